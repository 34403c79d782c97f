"""Events as iCalendar (RFC 5545, RFC 7986), written by the icalendar library.

A calendar program knows an event by its UID and believes a change only where SEQUENCE rose, so both come from
the row and never from address or date. What was called off stays and says so: left out, it would vanish
without a word.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache, partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateformat import format as format_date
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Timezone, vCalAddress, vDuration, vRecur, vUri
from icalendar import Event as VEvent

from news import text
from news.models import OFF, Attendance, Event, Occurrence, SiteProfile, Status, Timing
from news.page_cache import Remembered
from news.publishing import recurrence
from news.publishing.event import by_rule, extra_starts, first_start, left_out_days
from news.syndication.feed import digest
from news.syndication.item import FAULTS, absolute

logger = logging.getLogger(__name__)

TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//cityportal//events//EN"
END = b"END:VCALENDAR\r\n"
#: How often a subscribed program is asked to come back.
REFRESH = timedelta(hours=4)
#: A postponed event has no date to rely on, which is what RFC 5545 means by tentative.
STATUS = {Status.CANCELLED: "CANCELLED", Status.POSTPONED: "TENTATIVE"}


@dataclass(frozen=True)
class Programme:
    """One calendar in the active language; an event that cannot be written is left out and reported.

    Reads `place__within`, `part_of`, `occurrences` and `event_tags__tag` of each event: load them beforehand.
    """

    events: Sequence[Event]
    site: SiteProfile
    now: datetime
    name: str
    url: str

    @cached_property
    def stamps(self) -> list[str]:
        """Of each event, made from every row that is read of it: its entries follow from that."""
        shared = [get_language(), settings.SITE_URL, _values(self.site)]
        return [digest(repr([*shared, *self._facts(event)]).encode()) for event in self.events]

    def _facts(self, event: Event) -> list[object]:
        rows: list[models.Model | None] = [event, event.part_of, event.place]
        rows += [event.place.within] if event.place else []
        rows += [one for one in event.occurrences.all() if one.moved or one.cancelled]
        rows += [link.tag for link in event.event_tags.all()]
        facts: list[object] = [_values(row) for row in rows if row]
        return [*facts, event.join_link(self.now), event.part_of and event.part_of.is_public(self.now)]

    def etag(self) -> str:
        """Made from everything that is written, so that an unchanged calendar is known before it is."""
        facts = [self.name, self.url, get_language(), self.now.year, *self.stamps]
        return quote_etag(digest(repr(facts).encode()))

    def render(self) -> bytes:
        calendar = Calendar()
        calendar.add("version", "2.0")
        calendar.add("prodid", PRODUCT)
        calendar.add("calscale", "GREGORIAN")
        for key in ("name", "x-wr-calname"):
            calendar.add(key, self.name)
        calendar.add("x-wr-timezone", "Europe/Istanbul")
        calendar.add("url", vUri(self.url))
        calendar.add("source", vUri(self.url), parameters={"VALUE": "URI"})
        calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESH))
        first, entries = self.now.year, []
        for event, stamp in zip(self.events, self.stamps, strict=True):
            try:
                entries.append(remembered.keep(stamp, partial(written, event, self.site, self.now)))
            except (*FAULTS, ValidationError):
                logger.exception("Event %s cannot be written as a calendar entry and was left out.", event.pk)
                continue
            first = min(first, event.first_day.year)
        zones = sorted({zone for entry in entries for zone in entry.zones})
        parts = [*(zone_from(zone, first) for zone in zones), *(entry.lines for entry in entries)]
        return b"".join([calendar.to_ical().removesuffix(END), *parts, END])


@dataclass(frozen=True)
class Entries:
    """An event as it stands in a calendar, with the time zones that its lines name."""

    lines: bytes
    zones: frozenset[str]

    def __len__(self) -> int:
        return len(self.lines)


#: Those of a full calendar in both languages.
remembered: Remembered[Entries] = Remembered(budget=4_000_000)


def written(event: Event, site: SiteProfile, now: datetime) -> Entries:
    calendar = Calendar()
    for part in components(event, site, now):
        calendar.add_component(part)
    lines = b"".join(part.to_ical() for part in calendar.subcomponents)
    return Entries(lines, frozenset(calendar.get_missing_tzids()))


@lru_cache(maxsize=100)
def zone_from(name: str, year: int) -> bytes:
    """What its clocks do from then on, which takes the library as long to write as twenty events."""
    return Timezone.from_tzid(name, first_date=date(year, 1, 1)).to_ical()


def _values(row: models.Model) -> list[object]:
    return [row.__dict__.get(field.attname) for field in row._meta.concrete_fields]


def components(event: Event, site: SiteProfile, now: datetime) -> list[VEvent]:
    """The event, and one more entry for each of its times that alone was moved or called off."""
    whole = entry(event, site, now)
    add_span(whole, event, event.begins_at, event.ends_at, event.first_day, event.last_day)
    if not event.recurrence and not event.extra_dates:
        return [whole]
    add_recurrence(whole, event)
    changed = [one for one in event.occurrences.all() if one.moved or one.cancelled]
    return [whole, *(exception(event, one, site, now) for one in changed)]


def entry(event: Event, site: SiteProfile, now: datetime, status: str = "", note: str = "") -> VEvent:
    status = status or event.status
    part = VEvent()
    part.add("uid", str(event.guid))
    part.add("sequence", event.sequence)
    part.add("dtstamp", event.touched_at.astimezone(UTC))
    part.add("last-modified", event.touched_at.astimezone(UTC))
    if event.first_published_at:
        part.add("created", event.first_published_at.astimezone(UTC))
    part.add("summary", summary(event, status))
    part.add("status", STATUS.get(Status(status), "CONFIRMED"))
    # Nobody is busy because the city has something on.
    part.add("transp", "TRANSPARENT")
    url = absolute(event.get_absolute_url())
    join = "" if status in OFF else event.join_link(now)
    part.add("description", description(event, status, note, join, url))
    part.add("url", vUri(url))
    if where := location(event):
        part.add("location", where)
    if event.place and event.place.latitude is not None and event.place.longitude is not None:
        part.add("geo", (float(event.place.latitude), float(event.place.longitude)))
    if join:
        part.add("conference", vUri(join), parameters={"VALUE": "URI", "LABEL": _("Join online")})
    if organiser := organiser_of(event, site):
        part.add("organizer", organiser)
    labels = [event.get_kind_display(), *(link.tag.name for link in event.event_tags.all())]
    part.add("categories", [text.clean_line(str(label)) for label in labels if label])
    if event.part_of and event.part_of.is_public(now):
        part.add("related-to", str(event.part_of.guid), parameters={"RELTYPE": "PARENT"})
    return part


def exception(event: Event, one: Occurrence, site: SiteProfile, now: datetime) -> VEvent:
    part = entry(event, site, now, Status.CANCELLED if one.cancelled else "", one.note)
    local = one.recurrence_id.astimezone(event.zone)
    part.add("recurrence-id", local if event.timing == Timing.TIMED else local.date())
    ends_at = one.ends_at if event.ends_at else None
    add_span(part, event, one.begins_at, ends_at, one.first_day, one.last_day)
    return part


def add_span(
    part: VEvent, event: Event, begins_at: datetime, ends_at: datetime | None, first: date, last: date
) -> None:
    """Where no end is known none is made up; days end on the day after the last (RFC 5545 section 3.6.1)."""
    if event.timing == Timing.TIMED:
        part.add("dtstart", begins_at.astimezone(event.zone))
        if ends_at:
            part.add("dtend", ends_at.astimezone(event.zone))
    else:
        part.add("dtstart", first)
        part.add("dtend", last + timedelta(days=1))


def add_recurrence(part: VEvent, event: Event) -> None:
    """The same however much time has passed: what is told of dates depends on the dates alone."""
    first, extra, days = first_start(event), extra_starts(event), left_out_days(event)
    named = [start.date() for start in extra] + list(days)
    until = datetime.combine(max(named), time.max) if named else first
    ruled = {first, *by_rule(event, until)}

    def typed(starts: Iterable[datetime]) -> list[date]:
        if event.timing != Timing.TIMED:
            return [start.date() for start in sorted(starts)]
        return [start.replace(tzinfo=event.zone) for start in sorted(starts)]

    kind = {} if event.timing == Timing.TIMED else {"VALUE": "DATE"}
    if event.recurrence:
        part.add("rrule", rule(event))
    if more := [start for start in set(extra) - ruled if start.date() not in days]:
        part.add("rdate", typed(more), parameters=kind)
    if left_out := [start for start in ruled if start.date() in days]:
        part.add("exdate", typed(left_out), parameters=kind)


def rule(event: Event) -> vRecur:
    """The rule with its UNTIL as RFC 5545 section 3.3.10 wants it: a date for days, else a moment in UTC."""
    recurrence.check(event.recurrence, first_start(event))
    read = vRecur.from_ical(event.recurrence.removeprefix("RRULE:"))
    if until := read.get("UNTIL"):
        read["UNTIL"] = [until_of(value, event) for value in until]
    return read


def until_of(value: date, event: Event) -> date:
    if event.timing != Timing.TIMED:
        return value.date() if isinstance(value, datetime) else value
    if not isinstance(value, datetime):
        value = datetime.combine(value, time.max).replace(microsecond=0)
    # The newsroom writes local times, whatever letter stands behind them (`recurrence.starts` reads them so).
    return value.replace(tzinfo=event.zone).astimezone(UTC)


def summary(event: Event, status: str) -> str:
    title = {"title": text.clean_line(event.title)}
    match status:
        case Status.CANCELLED:
            return _("Cancelled: %(title)s") % title
        case Status.POSTPONED:
            return _("Postponed: %(title)s") % title
        case Status.MOVED_ONLINE:
            return _("Moved online: %(title)s") % title
    return title["title"]


def description(event: Event, status: str, note: str, join: str, url: str) -> str:
    facts = [event.status_reason if status == event.status else "", note]
    if event.status == Status.RESCHEDULED and event.previous_start_date:
        day = format_date(event.previous_start_date, "j F Y")
        facts.append(_("The original date was %(day)s.") % {"day": day})
    if event.timing == Timing.TIME_UNKNOWN:
        facts.append(_("The time will be announced."))
    closing = [_("Organiser: %(name)s") % {"name": event.organiser} if event.organiser else ""]
    if status not in OFF:
        closing.append(_("Free of charge.") if event.free else event.price)
        closing.append(_("Tickets: %(url)s") % {"url": event.tickets_url} if event.tickets_url else "")
        closing.append(_("Join online: %(url)s") % {"url": join} if join else "")
    blocks = ["\n".join(filter(None, facts)), event.summary, text.plain(event.description)]
    blocks += ["\n".join(filter(None, closing)), url]
    return "\n\n".join(text.clean_text(block) for block in blocks if block)


def location(event: Event) -> str:
    if place := event.place:
        district = place.within.name if place.within else ""
        return ", ".join(filter(None, [place.name, place.address, district, place.locality]))
    return "" if event.attendance == Attendance.ON_SITE else _("Online")


def organiser_of(event: Event, site: SiteProfile) -> vCalAddress | None:
    """Only with an address to name: ORGANIZER is no place for a bare name."""
    if event.external or event.organiser:
        address, name = event.organiser_url, event.organiser
    else:
        address, name = f"mailto:{site.email}" if site.email else "", site.name
    if not address:
        return None
    organiser = vCalAddress(address)
    organiser.params["CN"] = text.clean_line(name)
    return organiser
