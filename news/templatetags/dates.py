"""Dates as they are written in each language: “5 Kasım 2026, 14.30”, “5 November 2026, 14:30”.

Django's own formats write a leading zero in Turkish and know no ranges. Words come from the active language,
times from the city's zone (or the event's own), never from the visitor's browser.
"""

from datetime import date, datetime, tzinfo

from django import template
from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

# Cut to three letters, Pazartesi and Pazar, Cuma and Cumartesi would read alike.
SHORT_WEEKDAYS = {
    "tr": ("Pzt", "Sal", "Çar", "Per", "Cum", "Cmt", "Paz"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
SHORT_MONTHS = {
    "tr": ("Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def local(value: date, zone: tzinfo | None = None) -> date:
    """`value` in the city's zone (or `zone`); a plain date has none and stays."""
    return timezone.localtime(value, zone) if isinstance(value, datetime) else value


def clock(value: datetime) -> str:
    return f"{value:%H.%M}" if get_language() == "tr" else f"{value:%H:%M}"


def day_text(value: date) -> str:
    return f"{value.day} {MONTHS[value.month]} {value.year}"


def month_text(value: date) -> str:
    return f"{MONTHS[value.month]} {value.year}"


def weekday_text(value: date) -> str:
    """“5 Kasım 2026 Perşembe”, “Thursday 5 November 2026”."""
    name = str(WEEKDAYS[value.weekday()])
    return f"{day_text(value)} {name}" if get_language() == "tr" else f"{name} {day_text(value)}"


def moment_text(value: datetime) -> str:
    return f"{day_text(value)}, {clock(value)}"


def days_text(first: date, last: date) -> str:
    """A range of days that names no month and no year twice."""
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return day_text(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_text(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month]} – {day_text(last)}"
    return f"{day_text(first)} – {day_text(last)}"


def span_text(start: datetime, end: datetime | None) -> str:
    """From one moment to another; both dates are written when midnight lies between them."""
    if end is None or end == start:
        return moment_text(start)
    if start.date() == end.date():
        return f"{moment_text(start)}–{clock(end)}"
    if start.year == end.year:
        return f"{start.day} {MONTHS[start.month]}, {clock(start)} – {moment_text(end)}"
    return f"{moment_text(start)} – {moment_text(end)}"


def machine(value: date) -> str:
    """What a `time` element or structured data carries: with offset and without fractions of a second."""
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


def time_element(value: date, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine(value), words)


@register.filter
def day(value: date | None) -> str:
    """`{{ article.published_at|day }}`: the local day in a `time` element."""
    if value is None:
        return ""
    value = local(value)
    return time_element(value, day_text(value))


@register.filter
def weekday(value: date | None) -> str:
    if value is None:
        return ""
    value = local(value)
    return time_element(value, weekday_text(value))


@register.filter
def moment(value: datetime | None) -> str:
    if value is None:
        return ""
    value = timezone.localtime(value)
    return time_element(value, moment_text(value))


@register.filter
def moment_words(value: datetime) -> str:
    """`5 Kasım 2026, 14.30`, plain text: within sentences, attributes and other elements."""
    return moment_text(timezone.localtime(value))


@register.filter
def month(value: date | None) -> str:
    """`Kasım 2026`, plain text: captions and links."""
    return month_text(local(value)) if value else ""


@register.filter
def short_month(value: date) -> str:
    return SHORT_MONTHS.get(get_language() or "tr", SHORT_MONTHS["en"])[local(value).month - 1]


@register.filter
def short_weekday(value: date) -> str:
    return SHORT_WEEKDAYS.get(get_language() or "tr", SHORT_WEEKDAYS["en"])[local(value).weekday()]


@register.filter
def iso(value: date | None) -> str:
    return machine(local(value)) if value else ""


@register.filter
def month_name(value: date) -> str:
    return str(MONTHS[value.month])


@register.filter
def clock_time(value: datetime) -> str:
    return clock(timezone.localtime(value))


@register.simple_tag
def days(first: date, last: date) -> str:
    """A range of local days in words, without markup."""
    return days_text(local(first), local(last))


def grouped(value: int) -> str:
    """`1.008` in Turkish, `1,008` in English."""
    return f"{value:,}".replace(",", ".") if get_language() == "tr" else f"{value:,}"


@register.filter
def weekday_name(value: date) -> str:
    return str(WEEKDAYS[value.weekday()])
