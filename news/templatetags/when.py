"""When an event takes place, in words: only what is known is said, in the zone where it happens."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from news.models import Event, Occurrence, Timing
from news.templatetags.dates import clock, days_text, machine, span_text

register = template.Library()


def when_text(event: Event, occurrence: Occurrence | None = None) -> str:
    if event.timing != Timing.TIMED:
        first = occurrence.first_day if occurrence else event.first_day
        last = occurrence.last_day if occurrence else event.last_day
        words = days_text(first, last)
        return (
            _("%(days)s, time to be announced") % {"days": words}
            if event.timing == Timing.TIME_UNKNOWN
            else words
        )
    starts, ends = _times(event, occurrence)
    zone = ZoneInfo(event.time_zone)
    words = span_text(timezone.localtime(starts, zone), timezone.localtime(ends, zone) if ends else None)
    at_home = timezone.localtime(starts)
    if timezone.localtime(starts, zone).utcoffset() == at_home.utcoffset():
        return words
    there = {"time": words, "here": span_text(at_home, timezone.localtime(ends) if ends else None)}
    return _("%(time)s local time (%(here)s in Istanbul)") % there


def _times(event: Event, occurrence: Occurrence | None) -> tuple[datetime, datetime | None]:
    """The end of an occurrence is a guess where the event's own is not known, and is then not said."""
    if occurrence:
        return occurrence.begins_at, occurrence.ends_at if event.ends_at else None
    return event.begins_at, event.ends_at


@register.simple_tag
def when(event: Event, occurrence: Occurrence | None = None) -> str:
    first = occurrence.first_day if occurrence else event.first_day
    starts = (
        first
        if event.timing != Timing.TIMED
        else timezone.localtime(_times(event, occurrence)[0], event.zone)
    )
    return format_html('<time datetime="{}">{}</time>', machine(starts), when_text(event, occurrence))


@register.simple_tag
def hour(event: Event, occurrence: Occurrence) -> str:
    """The time it starts, for lists that name the day already; empty for events without one."""
    if event.timing != Timing.TIMED:
        return ""
    starts = timezone.localtime(occurrence.begins_at, event.zone)
    return format_html('<time datetime="{}">{}</time>', machine(starts), clock(starts))


@register.simple_tag
def hours(event: Event, occurrence: Occurrence) -> str:
    """From when to when on a day that is named already."""
    if event.timing == Timing.ALL_DAY:
        return _("All day")
    if event.timing == Timing.TIME_UNKNOWN:
        return _("Time to be announced")
    starts, ends = _times(event, occurrence)
    at_home = timezone.localtime(starts)
    if timezone.localtime(starts, event.zone).utcoffset() != at_home.utcoffset():
        return when(event, occurrence)
    words = f"{clock(at_home)}–{clock(timezone.localtime(ends))}" if ends else clock(at_home)
    return format_html('<time datetime="{}">{}</time>', machine(at_home), words)
