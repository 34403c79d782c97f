"""The times an event takes place, written out from its rule.

Rules are kept in local time with their zone, so that a change of clocks elsewhere does not shift them
(RFC 5545 section 3.8.5.3 expands in local time). The expansion is bounded by a horizon and a number.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news import page_cache
from news.models import ISTANBUL, Event, Occurrence, Timing
from news.publishing import recurrence

#: Of a series the coming times are written out so far ahead, those that are over so far back, never more than
#: so many. What stands further back was written out in its time, and stays.
HORIZON, KEPT, MOST = timedelta(days=732), timedelta(days=366), 1200
#: A series that goes on is written out further when so much of the horizon has passed.
STEP = timedelta(days=30)
FIRST_YEAR, LAST_YEAR = 1900, 2100


def first_start(event: Event) -> datetime:
    """When it begins, as the clock shows it where it takes place."""
    return event.begins_at.astimezone(event.zone).replace(tzinfo=None, microsecond=0)


def by_rule(event: Event, until: datetime) -> Iterator[datetime]:
    if event.recurrence:
        yield from recurrence.starts(event.recurrence, first_start(event), until)


def check_times(event: Event) -> None:
    """Raise `ValidationError` where a rule or a date cannot be read."""
    if not FIRST_YEAR <= event.first_day.year <= LAST_YEAR:
        field = "starts_on" if event.starts_on else "starts_at"
        raise ValidationError({field: _("This year is not one that an event can take place in.")})
    if event.recurrence:
        recurrence.check(event.recurrence, first_start(event))
    extra_starts(event)
    left_out_days(event)


def horizon(event: Event, now: datetime) -> datetime:
    return max(first_start(event), now.astimezone(event.zone).replace(tzinfo=None)) + HORIZON


def local_starts(event: Event, now: datetime | None = None) -> list[datetime]:
    """The starts as wall-clock times in the event's zone, in order, from its rule, extra and left-out dates.

    Raises `ValidationError` where the rule or a date cannot be read.
    """
    check_times(event)
    now = now or timezone.now()
    since = now.astimezone(event.zone).replace(tzinfo=None) - KEPT
    starts = {first_start(event)}
    for start in by_rule(event, horizon(event, now)):
        if len(starts) >= MOST:
            break
        if start >= since:
            starts.add(start)
    starts.update(extra_starts(event))
    left_out = left_out_days(event)
    return sorted(start for start in starts if start.date() not in left_out)


def extra_starts(event: Event) -> list[datetime]:
    at = first_start(event).time()
    return [
        datetime.fromisoformat(line) if "T" in line else datetime.combine(day, at)
        for line, day in _dates(event.extra_dates, "extra_dates")
    ]


def left_out_days(event: Event) -> set[date]:
    return {day for _line, day in _dates(event.excluded_dates, "excluded_dates")}


def check_left_out(event: Event, now: datetime | None = None) -> None:
    """Raise `ValidationError` where a left-out day is none of the event's, or no day of it is left.

    Asked of what somebody types, and not of what is stored: to leave out too much breaks nothing.
    """
    left_out = left_out_days(event)
    if not left_out:
        return
    last = datetime.combine(max(left_out), time.max)
    by_hand = [first_start(event), *extra_starts(event)]
    unmet, left = set(left_out), False
    for start in chain(by_hand, by_rule(event, max(last, horizon(event, now or timezone.now())))):
        day = start.date()
        unmet.discard(day)
        left = left or day not in left_out
        if left and not unmet:
            return
    if unmet:
        days = ", ".join(f"{day:%d.%m.%Y}" for day in sorted(unmet))
        said = _("It does not take place on %(days)s anyway. Write days of the series, or none.")
        raise ValidationError({"excluded_dates": said % {"days": days}})
    raise ValidationError(
        {"excluded_dates": _("This leaves out all of its days. Keep one, or set the status to cancelled.")}
    )


def _dates(lines: str, field: str) -> list[tuple[str, date]]:
    found = []
    for line in lines.split():
        try:
            day = datetime.fromisoformat(line).date() if "T" in line else date.fromisoformat(line)
        except ValueError as error:
            raise ValidationError(
                {field: _("“%(line)s” is not a date such as 2026-11-24.") % {"line": line}}
            ) from error
        found.append((line, day))
    return found


def days_of(event: Event, begins_at: datetime, ends_at: datetime) -> tuple[date, date]:
    """The first and the last of the city's days that such a time of a timed event touches."""
    first = begins_at.astimezone(ISTANBUL).date()
    if not event.ends_at:
        return first, first
    return first, max(first, (ends_at - timedelta(microseconds=1)).astimezone(ISTANBUL).date())


def midnight_after(day: date, event: Event) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, event.zone)


def rebuild_occurrences(event: Event, now: datetime | None = None) -> None:
    """Bring the occurrences in line with the event's rule; those moved or cancelled alone stay so."""
    now = now or timezone.now()
    kept = {occurrence.recurrence_id: occurrence for occurrence in event.occurrences.all()}
    wanted = {start: _occurrence(event, start) for start in local_starts(event, now)}
    _keep_exceptions(event, kept, wanted)
    rows = {row.recurrence_id: row for row in wanted.values()}
    over, first = now - KEPT, first_start(event).replace(tzinfo=event.zone)
    left_out = left_out_days(event)
    with transaction.atomic():
        for begins_at, occurrence in kept.items():
            if begins_at in rows:
                continue
            day = begins_at.astimezone(event.zone).date()
            if event.recurrence and first <= begins_at < over and day not in left_out:
                rows[begins_at] = occurrence
            else:
                occurrence.delete()
        changed = [row for begins_at, row in rows.items() if _differs(kept.get(begins_at), row)]
        Occurrence.objects.filter(event=event, recurrence_id__in=[o.recurrence_id for o in changed]).delete()
        Occurrence.objects.bulk_create(changed)
        event.last_ends_at = max(
            (o.ends_at for o in rows.values() if not o.cancelled), default=event.finishes_at
        )
        until = horizon(event, now)
        more = bool(event.recurrence) and recurrence.goes_on(event.recurrence, first_start(event), until)
        event.written_until = until.date() if more else None
        Event.objects.filter(pk=event.pk).update(
            last_ends_at=event.last_ends_at, written_until=event.written_until
        )


def write_out_series(now: datetime | None = None) -> int:
    """Write the series that go on out further as time passes; the `tick` command calls this."""
    now = now or timezone.now()
    due = Event.objects.filter(written_until__lt=(now + HORIZON - STEP).date())
    for event in due:
        rebuild_occurrences(event, now)
    if due:
        page_cache.changed()
    return len(due)


def _occurrence(event: Event, start: datetime) -> Occurrence:
    begins_at = start.replace(tzinfo=event.zone)
    if event.timing == Timing.TIMED:
        ends_at = begins_at + (event.finishes_at - event.begins_at)
        first_day, last_day = days_of(event, begins_at, ends_at)
    else:
        first_day, last_day = start.date(), start.date() + (event.last_day - event.first_day)
        ends_at = midnight_after(last_day, event)
    return Occurrence(
        event=event,
        recurrence_id=begins_at,
        begins_at=begins_at,
        ends_at=ends_at,
        first_day=first_day,
        last_day=last_day,
    )


def _keep_exceptions(
    event: Event, kept: dict[datetime, Occurrence], wanted: dict[datetime, Occurrence]
) -> None:
    """What an editor said of one time holds for that day, though the whole series is moved by some hours."""
    by_day = {start.date(): start for start in wanted}
    for occurrence in kept.values():
        start = by_day.get(occurrence.recurrence_id.astimezone(event.zone).date())
        if start is None or not (
            occurrence.moved or occurrence.cancelled or occurrence.note_tr or occurrence.note_en
        ):
            continue
        row = wanted[start]
        row.moved, row.cancelled = occurrence.moved, occurrence.cancelled
        row.note_tr, row.note_en = occurrence.note_tr, occurrence.note_en
        if row.moved:
            for field in SPAN:
                setattr(row, field, getattr(occurrence, field))


SPAN = ("begins_at", "ends_at", "first_day", "last_day")


def _differs(old: Occurrence | None, new: Occurrence) -> bool:
    fields = (*SPAN, "moved", "cancelled", "note_tr", "note_en")
    return old is None or any(getattr(old, field) != getattr(new, field) for field in fields)
