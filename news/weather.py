"""The weather in words, from Open-Meteo (https://open-meteo.com/en/docs, CC BY 4.0).

Nothing here runs while somebody waits for a page: pages read what `refresh` left in the cache.
"""

import json
import logging
import math
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from news.outgoing import OutgoingError, ask

logger = logging.getLogger(__name__)

SERVICE = "https://api.open-meteo.com/v1/forecast"
SOURCE, SOURCE_URL = "Open-Meteo", "https://open-meteo.com/"
#: Seconds for the whole answer, from the first byte sent to the last received.
PATIENCE = 3.0
MOST_BYTES = 64 * 1024
FRESH = timedelta(minutes=30)
AGAIN_AFTER_FAULT = timedelta(minutes=5)
GOOD_FOR = timedelta(hours=3)
STORED, TRIED = "weather", "weather-tried"

#: Words and icon of the codes that Open-Meteo uses of WMO table 4677.
CODES = {
    0: (_("clear"), "sun"),
    1: (_("mainly clear"), "sun"),
    2: (_("partly cloudy"), "cloud"),
    3: (_("overcast"), "cloud"),
    45: (_("fog"), "cloud"),
    48: (_("freezing fog"), "cloud"),
    51: (_("light drizzle"), "rain"),
    53: (_("drizzle"), "rain"),
    55: (_("heavy drizzle"), "rain"),
    56: (_("light freezing drizzle"), "rain"),
    57: (_("freezing drizzle"), "rain"),
    61: (_("light rain"), "rain"),
    63: (_("rain"), "rain"),
    65: (_("heavy rain"), "rain"),
    66: (_("light freezing rain"), "rain"),
    67: (_("freezing rain"), "rain"),
    71: (_("light snow"), "cloud"),
    73: (_("snow"), "cloud"),
    75: (_("heavy snow"), "cloud"),
    77: (_("snow grains"), "cloud"),
    80: (_("light showers"), "rain"),
    81: (_("showers"), "rain"),
    82: (_("violent showers"), "rain"),
    85: (_("light snow showers"), "cloud"),
    86: (_("snow showers"), "cloud"),
    95: (_("thunderstorm"), "rain"),
    96: (_("thunderstorm with hail"), "rain"),
    99: (_("thunderstorm with heavy hail"), "rain"),
}


class WeatherError(Exception):
    """The service did not answer in time, or not with weather."""


@dataclass(frozen=True)
class Weather:
    """`temperature` is in whole degrees Celsius."""

    temperature: int
    words: str
    icon: str
    measured_at: datetime
    source: str = SOURCE
    source_url: str = SOURCE_URL


@dataclass(frozen=True)
class Reading:
    latitude: str
    longitude: str
    temperature: int
    code: int
    measured_at: datetime
    fetched_at: datetime

    def is_of(self, latitude: Decimal, longitude: Decimal) -> bool:
        return (self.latitude, self.longitude) == (str(latitude), str(longitude))


def current(language: str, now: datetime | None = None) -> Weather | None:
    """What is known now, in words of `language`; None once it is too old to be told. Reads the cache only."""
    try:
        reading = stored()
    except ConnectionError:
        # No page fails for want of the weather.
        return None
    if reading is None or (now or timezone.now()) - reading.measured_at > GOOD_FOR:
        return None
    words, icon = CODES[reading.code]
    with override(language):
        return Weather(reading.temperature, gettext(words), icon, reading.measured_at)


def stored() -> Reading | None:
    found = cache.get(STORED)
    return Reading(**found) if found else None


def forget() -> None:
    cache.delete_many([STORED, TRIED])


def refresh(latitude: Decimal, longitude: Decimal, now: datetime | None = None) -> bool:
    """Ask for the weather where what is stored is no longer fresh; a fault leaves the last good one.

    Several processes may call this at once: one asks, and after a fault nobody asks for a while.
    """
    now = now or timezone.now()
    known = stored()
    if known and known.is_of(latitude, longitude) and now - known.fetched_at < FRESH:
        return False
    if not cache.add(TRIED, str((latitude, longitude)), AGAIN_AFTER_FAULT.total_seconds()):
        return False
    try:
        reading = fetch(latitude, longitude, now)
    except WeatherError as fault:
        logger.warning("The weather could not be had: %s", fault)
        if known and not known.is_of(latitude, longitude):
            cache.delete(STORED)
        return False
    cache.set(STORED, asdict(reading), GOOD_FOR.total_seconds())
    cache.delete(TRIED)
    return True


def fetch(latitude: Decimal, longitude: Decimal, now: datetime) -> Reading:
    wanted = {"latitude": latitude, "longitude": longitude, "current": "temperature_2m,weather_code"}
    address = f"{SERVICE}?{urlencode({**wanted, 'timeformat': 'unixtime'})}"
    try:
        status, answer = ask(address, patience=PATIENCE, most_bytes=MOST_BYTES, accept="application/json")
    except OutgoingError as error:
        raise WeatherError(str(error)) from error
    if status != 200:
        raise WeatherError(f"the service answered {status}")
    try:
        found: Any = json.loads(answer)
        temperature, code = found["current"]["temperature_2m"], found["current"]["weather_code"]
        measured_at = datetime.fromtimestamp(found["current"]["time"], UTC)
    except (ValueError, TypeError, LookupError, OverflowError, OSError, RecursionError) as error:
        raise WeatherError("the answer is no weather") from error
    if not isinstance(temperature, int | float) or not math.isfinite(temperature) or abs(temperature) > 70:
        raise WeatherError("the answer has no temperature")
    if not isinstance(code, int) or code not in CODES or not -GOOD_FOR < measured_at - now < FRESH:
        raise WeatherError("the answer is of no use")
    return Reading(str(latitude), str(longitude), round(temperature), int(code), measured_at, now)
