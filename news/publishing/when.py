"""Times said back to people: with the weekday and the zone, so that a slip of a month or a day is seen."""

from datetime import date, datetime, tzinfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from news.models import ISTANBUL

FORMATS = {"tr": "j F Y l, H.i", "en": "l j F Y, H:i"}


DAY_FORMATS = {"tr": "j F Y l", "en": "l j F Y"}


def said_back(moment: datetime, zone: tzinfo = ISTANBUL) -> str:
    """“24 Kasım 2026 Salı, 10.00” or “Tuesday 24 November 2026, 10:00”, by default in Istanbul time."""
    local = timezone.localtime(moment, zone)
    return date_format(local, FORMATS.get(get_language() or "tr", FORMATS["en"]))


def day_said(day: date) -> str:
    return date_format(day, DAY_FORMATS.get(get_language() or "tr", DAY_FORMATS["en"]))
