"""Planning a series in the admin, in words."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client
from django.urls import reverse

from news.models import Event, Timing
from tests.news.make import event
from tests.news.newsroom import all_of, filled, person, signed_in, text_of

pytestmark = pytest.mark.django_db

ADD = "/admin/news/event/add/"
ISTANBUL = ZoneInfo("Europe/Istanbul")


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(datetime(2026, 11, 25, 12, tzinfo=ISTANBUL), tick=False)


@pytest.fixture
def editor() -> Client:
    return signed_in(person("Publisher"))


def change(made: Event) -> str:
    return reverse("admin:news_event_change", args=[made.pk])


def days(made: Event) -> list[str]:
    return [str(row.first_day) for row in made.occurrences.order_by("begins_at")]


def faults(response) -> list[str]:
    return all_of(response, "//ul[contains(@class, 'errorlist')]/li")


COURSE = {"title_tr": "Kurs", "starts_at": "2026-12-08T18:00", "ends_at": "2026-12-08T19:30"}


def test_a_weekly_course_is_planned_by_ticking_days(editor: Client):
    typed = {
        "pattern": "weekly", "interval": "2", "weekdays": ["1", "3"], "times": "5",
        "extra_dates": "24.12.2026 10.30\n5/1/2027", "excluded_dates": "22.12.2026",
    }  # fmt: skip
    response = editor.post(ADD, filled(editor.get(ADD), **COURSE, **typed, _continue="1"), follow=True)

    made = Event.objects.get()
    assert made.recurrence == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=5"
    assert made.extra_dates == "2026-12-24T10:30\n2027-01-05"
    assert days(made) == ["2026-12-08", "2026-12-10", "2026-12-24", "2026-12-24", "2027-01-05"]
    assert "2 haftada bir salı ve perşembe günleri, 5 kez. Sıradaki tarihler:" in text_of(response)
    assert "8 Aralık 2026 Salı, 18.00" in all_of(response, "//li")


def test_the_form_shows_what_is_stored_and_saving_it_unchanged_changes_nothing(editor: Client):
    editor.post(
        ADD,
        filled(editor.get(ADD), **COURSE, pattern="monthly_last", until="2027-06-30", extra_dates="1.1.2027"),
    )
    made = Event.objects.get()
    before = made.recurrence, made.extra_dates, days(made)

    form = filled(editor.get(change(made)))
    assert (form["pattern"], form["until"], form["extra_dates"]) == (
        ["monthly_last"],
        ["2027-06-30"],
        ["01.01.2027"],
    )
    editor.post(change(made), form)

    made.refresh_from_db()
    assert (made.recurrence, made.extra_dates, days(made)) == before


def test_a_rule_from_elsewhere_is_kept_and_shown(editor: Client):
    made = event(
        "Bayram",
        starts_at=datetime(2027, 5, 16, 10, tzinfo=ISTANBUL),
        recurrence="FREQ=YEARLY;BYMONTH=5;BYDAY=3SU",
    )
    form = filled(editor.get(change(made)))
    assert (form["pattern"], form["rule"]) == (["other"], ["FREQ=YEARLY;BYMONTH=5;BYDAY=3SU"])
    editor.post(change(made), form)
    made.refresh_from_db()
    assert made.recurrence == "FREQ=YEARLY;BYMONTH=5;BYDAY=3SU"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"pattern": "weekly", "weekdays": ["0"]}, "Başlangıç günü Salı: o günü de işaretleyin"),
        ({"pattern": "daily", "until": "2026-12-31", "times": "3"}, "ikisini birden değil"),
        ({"pattern": "daily", "until": "2026-12-01"}, "Son gün ilk günden önce."),
        ({"pattern": "once", "times": "3"}, "Nasıl yinelendiğini seçin"),
        ({"pattern": "daily", "interval": "0"}, "1"),
        ({"pattern": "daily", "times": "99999"}, "999"),
        ({"pattern": "other"}, "Kuralı yazın"),
        ({"pattern": "other", "rule": "FREQ=SECONDLY"}, "gün, hafta, ay veya yıl aralığıyla yinelenir"),
        ({"pattern": "other", "rule": "her salı"}, "Bu kural okunamıyor"),
        ({"extra_dates": "salı"}, "“salı”, 24.11.2026 18.30 gibi bir gün değil."),
        ({"extra_dates": "31.02.2027"}, "“31.02.2027”"),
        ({"excluded_dates": "24.12.2026 18.00"}, "“24.12.2026 18.00”, 24.11.2026 gibi bir gün değil."),
        ({"pattern": "daily", "weekdays": ["1"]}, "Yalnızca haftalık yinelenenin haftanın günleri olur"),
        (
            {"pattern": "other", "rule": "FREQ=YEARLY", "times": "3"},
            "Ne kadar süreceğini kuralın kendisi söyler",
        ),
        (
            {"pattern": "weekly", "excluded_dates": "15.12.2026\n16.12.2026\n01.02.2027\n09.02.2027"},
            "Zaten 16.12.2026, 01.02.2027 günlerinde yapılmıyor.",
        ),
        ({"excluded_dates": "09.12.2026"}, "Zaten 09.12.2026 günlerinde yapılmıyor."),
        (
            {"pattern": "weekly", "until": "2026-12-15", "excluded_dates": "08.12.2026\n15.12.2026"},
            "Bu, bütün günlerini hariç tutuyor.",
        ),
        ({"extra_dates": "01.01.0001"}, "Yıl 1900 ile 2199 arasında olmalı."),
        ({"excluded_dates": "01.01.2200"}, "Yıl 1900 ile 2199 arasında olmalı."),
        ({"pattern": "daily", "until": "0001-01-01"}, "Yıl 1900 ile 2199 arasında olmalı."),
        ({"previous_start_date": "0026-12-01"}, "Yıl 1900 ile 2199 arasında olmalı."),
        ({"timing": "all_day", "starts_at": "", "ends_at": "", "starts_on": "0026-12-01"}, "1900 ile 2199"),
        ({"starts_at": "2150-12-01T10:00", "ends_at": ""}, "Bir etkinlik bu yılda yapılamaz."),
        (
            {"starts_at": "9999-12-30T10:00", "ends_at": "", "pattern": "daily"},
            "Yıl 1900 ile 2199 arasında olmalı.",
        ),
    ],
)
def test_a_slip_is_told_at_its_field_and_nothing_typed_is_lost(editor: Client, typed: dict, said: str):
    response = editor.post(ADD, filled(editor.get(ADD), **(COURSE | typed)))
    assert any(said in fault for fault in faults(response)), faults(response)
    assert any(said in link for link in all_of(response, "//ul[@class='error-summary']//a"))
    assert not Event.objects.exists()
    again = filled(response)
    assert {name: again[name] for name in typed if name in again} == {
        name: value if isinstance(value, list) else [value] for name, value in typed.items()
    }


def test_one_evening_is_called_off_and_another_moved_and_calendars_hear_of_both(editor: Client):
    made = event(
        "Kurs", starts_at=datetime(2026, 12, 8, 18, tzinfo=ISTANBUL),
        ends_at=datetime(2026, 12, 8, 20, tzinfo=ISTANBUL), recurrence="FREQ=WEEKLY;COUNT=4",
    )  # fmt: skip
    form = filled(editor.get(change(made)))
    assert form["occurrences-1-begins_at"] == ["2026-12-15T18:00"]
    form |= {
        "occurrences-1-cancelled": "on", "occurrences-1-note_tr": "Salon dolu",
        "occurrences-2-begins_at": "2026-12-23T19:00", "occurrences-2-ends_at": "2026-12-23T21:00",
    }  # fmt: skip
    editor.post(change(made), form)

    assert days(made) == ["2026-12-08", "2026-12-15", "2026-12-23", "2026-12-29"]
    page = Client().get(made.get_absolute_url("tr"))
    assert all_of(page, "//section[@aria-labelledby='dates']//li") == [
        "8 Aralık 2026, 18.00–20.00", "15 Aralık 2026, 18.00–20.00 – Salon dolu İptal edildi",
        "23 Aralık 2026, 19.00–21.00 Yeni tarih", "29 Aralık 2026, 18.00–20.00",
    ]  # fmt: skip
    month = Client().get("/tr/takvim/2026/12/")
    assert "Kurs" in all_of(month, "//td[.//time[@datetime='2026-12-23']]")[0]
    assert "Kurs" not in "".join(all_of(month, "//td[.//time[@datetime='2026-12-22']]"))
    parts = icalendar.Calendar.from_ical(Client().get("/tr/events.ics").content).walk("VEVENT")
    assert [part["RECURRENCE-ID"].dt.day for part in parts[1:]] == [15, 22]
    assert (parts[1]["STATUS"], parts[2].start) == ("CANCELLED", datetime(2026, 12, 23, 19, tzinfo=ISTANBUL))
    assert {part["SEQUENCE"] for part in parts} == {1}


def test_a_moved_evening_goes_back_by_typing_its_old_time(editor: Client):
    made = event(
        "Kurs", starts_at=datetime(2026, 12, 8, 18, tzinfo=ISTANBUL), recurrence="FREQ=WEEKLY;COUNT=2"
    )
    editor.post(
        change(made), filled(editor.get(change(made))) | {"occurrences-1-begins_at": "2026-12-16T18:00"}
    )
    assert made.occurrences.filter(moved=True).count() == 1
    editor.post(
        change(made), filled(editor.get(change(made))) | {"occurrences-1-begins_at": "2026-12-15T18:00"}
    )
    assert made.occurrences.filter(moved=True).count() == 0
    assert days(made) == ["2026-12-08", "2026-12-15"]


def test_an_evening_abroad_is_typed_as_the_clock_shows_it_there(editor: Client):
    berlin = ZoneInfo("Europe/Berlin")
    made = event(
        "Kurs", time_zone="Europe/Berlin", starts_at=datetime(2026, 12, 8, 18, tzinfo=berlin),
        recurrence="FREQ=WEEKLY;COUNT=2",
    )  # fmt: skip
    form = filled(editor.get(change(made)))
    assert form["occurrences-1-begins_at"] == ["2026-12-15T18:00"]
    editor.post(change(made), form | {"occurrences-1-begins_at": "2026-12-15T20:00"})
    assert made.occurrences.get(moved=True).begins_at == datetime(2026, 12, 15, 20, tzinfo=berlin)


def fair() -> Event:
    """Two days of each of three months."""
    days = {"starts_on": date(2026, 12, 5), "ends_on": date(2026, 12, 6)}
    return event("Fuar", timing=Timing.ALL_DAY, recurrence="FREQ=MONTHLY;COUNT=3", **days)


def test_a_fair_of_days_is_moved_by_days(editor: Client):
    made = fair()
    form = filled(editor.get(change(made)))
    editor.post(
        change(made), form | {"occurrences-1-first_day": "2027-01-09", "occurrences-1-last_day": "2027-01-10"}
    )
    assert days(made) == ["2026-12-05", "2027-01-09", "2027-02-05"]
    parts = icalendar.Calendar.from_ical(Client().get("/tr/events.ics").content).walk("VEVENT")
    assert (parts[1].start, parts[1].end) == (date(2027, 1, 9), date(2027, 1, 11))


def test_a_day_of_a_fair_that_ends_before_it_begins_is_told_at_its_field(editor: Client):
    made = fair()
    form = filled(editor.get(change(made)))
    response = editor.post(change(made), form | {"occurrences-1-last_day": "2027-01-01"})
    assert faults(response) == ["Etkinlik başlamadan bitiyor."]
    assert filled(response)["occurrences-1-last_day"] == ["2027-01-01"]
    assert days(made) == ["2026-12-05", "2027-01-05", "2027-02-05"]


def test_a_year_of_a_single_day_that_is_a_slip_is_told_at_its_field(editor: Client):
    made = event(
        "Fuar", timing=Timing.ALL_DAY, starts_on=date(2026, 12, 5), recurrence="FREQ=MONTHLY;COUNT=3"
    )
    form = filled(editor.get(change(made)))
    response = editor.post(change(made), form | {"occurrences-1-first_day": "0027-01-05"})
    assert faults(response) == ["Yıl 1900 ile 2199 arasında olmalı."]


def test_days_left_out_long_ago_stay_where_they_are(editor: Client):
    made = event(
        "Kurs", starts_at=datetime(2020, 12, 8, 18, tzinfo=ISTANBUL), recurrence="FREQ=WEEKLY",
        excluded_dates="2020-12-08\n2020-12-15",
    )  # fmt: skip
    assert editor.post(change(made), filled(editor.get(change(made)))).status_code == 302


def test_a_conflict_shows_the_weekdays_of_both(editor: Client):
    made = event(
        "Kurs", starts_at=datetime(2026, 12, 8, 18, tzinfo=ISTANBUL), recurrence="FREQ=WEEKLY;BYDAY=TU"
    )
    mine = filled(editor.get(change(made)), weekdays=["1", "4"])
    editor.post(change(made), filled(editor.get(change(made)), weekdays=["1", "2"]))
    response = editor.post(change(made), mine)
    assert "Salı, Çarşamba" in text_of(response)
    assert "Salı, Cuma" in text_of(response)
