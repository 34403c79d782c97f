"""The times an event takes place, written out from its rule.

Rules are kept in local time with their zone, so that a change of clocks elsewhere does not shift them
(RFC 5545 section 3.8.5.3 expands in local time). The expansion is bounded by a horizon and a number.
"""

import re
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import ISTANBUL, Event, Occurrence, Timing

HORIZON = timedelta(days=732)
MOST = 800
#: dateutil steps on the spot for the first of these, and second by second through the years for the others.
ENDLESS = re.compile(r"INTERVAL=0*(?!\d)|FREQ=(SECONDLY|MINUTELY|HOURLY)", re.IGNORECASE)


def local_starts(event: Event, now: datetime | None = None) -> list[datetime]:
    """The starts as wall-clock times in the event's zone, in order, from its rule, extra and left-out dates.

    Raises `ValidationError` where the rule or a date cannot be read.
    """
    first = event.begins_at.astimezone(event.zone).replace(tzinfo=None, microsecond=0)
    until = max(first, (now or timezone.now()).astimezone(event.zone).replace(tzinfo=None)) + HORIZON
    starts = {first}
    if event.recurrence:
        starts |= _repeated(event.recurrence, first, until)
    starts.update(_dates(event.extra_dates, "extra_dates", first.time()))
    left_out = {start.date() for start in _dates(event.excluded_dates, "excluded_dates", first.time())}
    return sorted(start for start in starts if start.date() not in left_out)


def _repeated(rule: str, first: datetime, until: datetime) -> set[datetime]:
    if ENDLESS.search(rule):
        raise ValidationError({"recurrence": _("This rule cannot be read.")})
    starts: set[datetime] = set()
    try:
        for start in rrulestr(rule, dtstart=first, ignoretz=True):
            if start > until or len(starts) >= MOST:
                break
            starts.add(start)
    except (ValueError, TypeError, IndexError) as error:
        raise ValidationError({"recurrence": _("This rule cannot be read.")}) from error
    return starts


def _dates(lines: str, field: str, at: time) -> list[datetime]:
    found = []
    for line in lines.split():
        try:
            found.append(
                datetime.fromisoformat(line)
                if "T" in line
                else datetime.combine(date.fromisoformat(line), at)
            )
        except ValueError as error:
            raise ValidationError(
                {field: _("“%(line)s” is not a date such as 2026-11-24.") % {"line": line}}
            ) from error
    return found


def rebuild_occurrences(event: Event, now: datetime | None = None) -> None:
    """Bring the occurrences in line with the event's rule; those moved or cancelled alone stay."""
    length = event.finishes_at - event.begins_at
    days = event.last_day - event.first_day
    kept = {occurrence.recurrence_id: occurrence for occurrence in event.occurrences.all()}
    wanted: dict[datetime, Occurrence] = {}
    for start in local_starts(event, now):
        begins_at = start.replace(tzinfo=event.zone)
        ends_at = begins_at + length
        if event.timing == Timing.TIMED:
            first_day = begins_at.astimezone(ISTANBUL).date()
            last_day = first_day
            if event.ends_at:
                last_day = max(first_day, (ends_at - timedelta(microseconds=1)).astimezone(ISTANBUL).date())
        else:
            first_day, last_day = start.date(), start.date() + days
            ends_at = datetime.combine(last_day + timedelta(days=1), time.min, event.zone)
        wanted[begins_at] = Occurrence(
            event=event,
            recurrence_id=begins_at,
            begins_at=begins_at,
            ends_at=ends_at,
            first_day=first_day,
            last_day=last_day,
        )
    with transaction.atomic():
        for begins_at, occurrence in kept.items():
            if begins_at not in wanted:
                occurrence.delete()
            elif occurrence.moved or occurrence.cancelled:
                wanted[begins_at] = occurrence
        changed = [
            o for begins_at, o in wanted.items() if begins_at not in kept or _differs(kept[begins_at], o)
        ]
        Occurrence.objects.filter(event=event, recurrence_id__in=[o.recurrence_id for o in changed]).delete()
        Occurrence.objects.bulk_create(changed)
        event.last_ends_at = max(
            (o.ends_at for o in wanted.values() if not o.cancelled), default=event.finishes_at
        )
        Event.objects.filter(pk=event.pk).update(last_ends_at=event.last_ends_at)


def _differs(old: Occurrence, new: Occurrence) -> bool:
    fields = ("begins_at", "ends_at", "first_day", "last_day")
    return any(getattr(old, field) != getattr(new, field) for field in fields)
