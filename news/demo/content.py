"""The demo's content as it stands in the TOML files beside this module, and what its dates mean.

A day is fixed (`on`) or counted from the day of loading (`in`, `ago`, `hours_ago`); with a `weekday` it moves
on to the next such day. `at` is a time of that day, by default ten in the morning.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

FOLDER = Path(__file__).parent
LANGUAGES = ("tr", "en")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVENT_DATE = re.compile(r"\[\[([a-z-]+)\]\]")
PICTURE = re.compile(r'src="picture:([a-z-]+)"')

Entry = dict[str, Any]


def read(name: str) -> Entry:
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def stories() -> list[Entry]:
    return [read(f"articles/{file.stem}") for file in sorted((FOLDER / "articles").glob("*.toml"))]


def words(**texts: dict[str, str] | None) -> dict[str, str]:
    """`name={"tr": ..., "en": ...}` as the columns `name_tr` and `name_en`."""
    return {
        f"{field}_{language}": text
        for field, by_language in texts.items()
        for language, text in (by_language or {}).items()
    }


def mentions(story: Entry) -> list[Entry]:
    """Who a story names: by key alone, or with the office it gives a guest."""
    return [{"official": key} for key in story.get("mentions", [])] + story.get("mention", [])


def day_of(spec: Entry, now: datetime) -> date:
    if "on" in spec:
        return spec["on"]
    day = timezone.localdate(now) + timedelta(days=spec.get("in", 0) - spec.get("ago", 0))
    if "weekday" in spec:
        day += timedelta(days=(WEEKDAYS.index(spec["weekday"]) - day.weekday()) % 7)
    return day


def moment_of(spec: Entry, now: datetime, zone: tzinfo | None = None) -> datetime:
    if "hours_ago" in spec:
        return now - timedelta(hours=spec["hours_ago"])
    local = zone or timezone.get_default_timezone()
    return datetime.combine(day_of(spec, now), spec.get("at", time(10)), local)


def in_words(first: date, last: date, language: str) -> str:
    """A day or a range of days in a sentence, so that a text and its event never contradict each other."""
    with override(language):
        if first == last:
            pattern = "j F Y l" if language == "tr" else "l j F Y"
            return date_format(first, pattern) + (" günü" if language == "tr" else "")
        start = "j" if (first.year, first.month) == (last.year, last.month) else "j F"
        start = start if first.year == last.year else "j F Y"
        joint = "–" if language == "tr" else " to "
        return date_format(first, start) + joint + date_format(last, "j F Y")
