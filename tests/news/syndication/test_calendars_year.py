"""A year of a subscribed calendar: every change arrives, and what was called off says so."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.contrib.auth.models import User
from django.test import Client

from news.models import Attendance, Event, State, Status
from news.publishing import actions
from news.publishing.event import rebuild_occurrences
from tests.news.make import event

pytestmark = pytest.mark.django_db

ISTANBUL = ZoneInfo("Europe/Istanbul")
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass
class Program:
    """Keeps entries by UID and RECURRENCE-ID, and believes a change only where SEQUENCE or the stamp rose."""

    client: Client
    entries: dict[tuple[str, object], icalendar.Event] = field(default_factory=dict)

    def sync(self) -> list[str]:
        calendar = icalendar.Calendar.from_ical(self.client.get("/tr/events.ics").content)
        found, seen = {}, []
        for part in calendar.walk("VEVENT"):
            key = str(part["UID"]), part["RECURRENCE-ID"].dt if "RECURRENCE-ID" in part else None
            found[key] = part
            old = self.entries.get(key)
            if old is None:
                seen.append(f"new: {part['SUMMARY']}")
            elif old.to_ical() != part.to_ical():
                assert (part["SEQUENCE"], part["DTSTAMP"].dt) > (old["SEQUENCE"], old["DTSTAMP"].dt)
                seen.append(f"changed: {part['SUMMARY']}")
        seen += [f"gone: {part['SUMMARY']}" for key, part in self.entries.items() if key not in found]
        self.entries = found
        return seen


def save(made: Event, **values: object) -> None:
    """What the admin does when an editor saves a published event."""
    made.refresh_from_db()
    for name, value in values.items():
        setattr(made, name, value)
    made.sequence += 1
    made.save()
    rebuild_occurrences(made)


def test_a_calendar_sees_each_change_of_a_year_exactly_once(client: Client, settings, time_machine):
    editor = User.objects.create_superuser("editor")
    program = Program(client)
    day = iter(range(1, 400, 7))

    def sees(*expected: str) -> None:
        assert program.sync() == list(expected)
        time_machine.shift(timedelta(hours=1))
        assert program.sync() == []
        time_machine.move_to(START + timedelta(days=next(day)), tick=False)

    time_machine.move_to(START, tick=False)
    sees()

    concert = event("Konser", starts_at=datetime(2026, 8, 1, 20, tzinfo=ISTANBUL), state=State.DRAFT,
                    published_at=None, first_published_at=None)  # fmt: skip
    sees()
    actions.publish(concert, editor)
    sees("new: Konser")

    save(concert, title_tr="Yaz Konseri")
    sees("changed: Yaz Konseri")

    save(concert, status=Status.POSTPONED, status_reason_tr="Yağmur")
    sees("changed: Ertelendi: Yaz Konseri")

    new_start = datetime(2026, 8, 9, 20, tzinfo=ISTANBUL)
    save(concert, status=Status.RESCHEDULED, starts_at=new_start, previous_start_date=new_start.date())
    sees("changed: Yaz Konseri")
    assert next(iter(program.entries.values())).start == new_start

    save(concert, status=Status.MOVED_ONLINE, attendance=Attendance.ONLINE)
    sees("changed: Çevrim içi yapılacak: Yaz Konseri")

    save(concert, status=Status.CANCELLED, status_reason_tr="Sanatçı hasta")
    sees("changed: İptal: Yaz Konseri")
    assert next(iter(program.entries.values()))["STATUS"] == "CANCELLED"

    course = event(
        "Kurs", starts_at=datetime(2026, 9, 1, 18, tzinfo=ISTANBUL), recurrence="FREQ=WEEKLY;COUNT=4"
    )
    sees("new: Kurs")

    course.occurrences.filter(pk=course.occurrences.order_by("begins_at")[1].pk).update(cancelled=True)
    save(course)
    sees("changed: Kurs", "new: İptal: Kurs")

    save(course, recurrence="FREQ=WEEKLY;COUNT=6")
    sees("changed: Kurs", "changed: İptal: Kurs")

    settings.SITE_URL = "https://yeni.example.org"
    before = set(program.entries)
    Event.objects.filter(pk__in=[concert.pk, course.pk]).update(touched_at=datetime.now(UTC))
    program.sync()
    assert set(program.entries) == before

    concert.refresh_from_db()
    actions.withdraw(concert, editor, "Yanlış etkinlik")
    sees("gone: İptal: Yaz Konseri")
    concert.refresh_from_db()
    actions.publish(concert, editor)
    sees("new: İptal: Yaz Konseri")
