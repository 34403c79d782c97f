from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from news.models import Attendance, Event, State, Status, TimelineEntry, Timing
from news.publishing import history
from news.publishing.event import rebuild_occurrences

from .content import Entry, day_of, moment_of, read, words
from .noun import Known, Noun, minted, saved
from .picture import hang_gallery

PLAIN = (
    "kind",
    "timing",
    "status",
    "join_url",
    "join_opens_minutes",
    "external",
    "organiser_url",
    "tickets_url",
    "free",
    "accessible",
    "for_children",
)
TEXTS = (
    "title",
    "summary",
    "description",
    "status_reason",
    "organiser",
    "price",
    "audience",
    "patron",
    "sponsors",
)
CONTACT = "153, etkinlik@izmir.example"


def find(entry: Entry) -> Event | None:
    return Event.objects.filter(guid=minted("event", entry["key"])).first()


def make(known: Known, entry: Entry) -> Event:
    picture = known.picture(entry.get("picture"))
    event = Event(
        guid=minted("event", entry["key"]),
        time_zone=entry.get("zone", "Europe/Istanbul"),
        attendance=entry.get("attendance", Attendance.ON_SITE),
        place=known.place(entry.get("place")),
        image=picture,
        contact="" if entry.get("external") else CONTACT,
        part_of=known["events"].get(entry.get("part_of", "")),
        **{name: entry[name] for name in PLAIN if name in entry},
        **{"organiser_tr": "İzmir Büyükşehir Belediyesi", "organiser_en": "İzmir Metropolitan Municipality"}
        | words(**{name: entry.get(name) for name in TEXTS}),
    )
    if picture:
        event.image_alt_tr = picture.alt_tr
        event.image_alt_en = picture.alt_en if event.title_en else ""
    _set_time(event, entry, known.now)
    _set_state(event, entry, known.now)
    saved(event)
    event.tags.set([known["tags"][key] for key in entry["tags"]])
    event.participants.set([known["officials"][key] for key in entry.get("participants", [])])
    event.event_tags.update(listed_at=event.published_at if event.state == State.PUBLISHED else None)
    hang_gallery(known, entry, event=event)
    rebuild_occurrences(event, known.now)
    if event.published_at:
        TimelineEntry.objects.create(event=event, move="publish", at=event.published_at, version=1)
    history.record(event, None)
    return event


def _set_time(event: Event, entry: Entry, now: datetime) -> None:
    if event.timing == Timing.TIMED:
        event.starts_at = moment_of(entry["starts"], now, event.zone)
        if minutes := entry.get("minutes"):
            event.ends_at = event.starts_at + timedelta(minutes=minutes)
    else:
        event.starts_on = day_of(entry["starts"], now)
        if days := entry.get("days"):
            event.ends_on = event.starts_on + timedelta(days=days - 1)
    event.recurrence = entry.get("rule", "")
    left_out = [event.first_day + timedelta(weeks=week) for week in entry.get("leave_out_weeks", [])]
    event.excluded_dates = "\n".join(map(str, left_out))


def _set_state(event: Event, entry: Entry, now: datetime) -> None:
    event.state = entry.get("state", State.PUBLISHED)
    if event.state == State.PUBLISHED:
        event.published_at = event.first_published_at = moment_of(entry["published"], now)
        event.changed_at = event.published_at
    if event.status != Status.SCHEDULED:
        event.status_changed_at = event.changed_at = moment_of(entry["status_changed"], now)
        event.sequence = 1
    if "previous_start" in entry:
        event.previous_start_date = day_of(entry["previous_start"], now)


def days_of(event: Any) -> tuple[date, date]:
    """First and last day for a sentence: what ends in the small hours belongs to the evening before."""
    if event.starts_at and event.ends_at and event.ends_at - event.starts_at < timedelta(hours=12):
        return event.first_day, event.first_day
    return event.first_day, event.last_day


EVENTS = Noun("events", lambda: read("events")["event"], find, make, searched=True)
