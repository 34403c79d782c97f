"""Series: what a form says, the rule that is kept, and the times that come of it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override
from hypothesis import assume, given
from hypothesis import strategies as st

from news.models import Event, Timing
from news.publishing import event as publishing
from news.publishing import recurrence
from news.publishing.event import local_starts, rebuild_occurrences, write_out_series
from news.publishing.recurrence import Pattern, Recurrence, read
from tests.news.make import event
from tests.news.pages import Read

ISTANBUL = ZoneInfo("Europe/Istanbul")
NOW = datetime(2026, 11, 25, 12, tzinfo=ISTANBUL)
TUESDAY = date(2026, 12, 8)


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


def series(rule: str, **values) -> Event:
    values = {"starts_at": datetime(2026, 12, 8, 18, tzinfo=ISTANBUL)} | values
    return event("Kurs", recurrence=rule, **values)


def days(made: Event) -> list[str]:
    return [f"{row.first_day:%m-%d}" for row in made.occurrences.order_by("begins_at")]


@pytest.mark.parametrize(
    ("asked", "rule", "turkish", "english"),
    [
        (Recurrence(), "", "bir kez", "once"),
        (Recurrence(Pattern.DAILY), "FREQ=DAILY", "her gün", "every day"),
        (Recurrence(Pattern.DAILY, 3, times=4), "FREQ=DAILY;INTERVAL=3;COUNT=4", "3 günde bir, 4 kez",
         "every 3 days, 4 times"),
        (Recurrence(Pattern.WEEKLY, 2, (1, 3), date(2027, 1, 31)),
         "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20270131T235959",
         "2 haftada bir salı ve perşembe günleri, 31 Ocak 2027 tarihine kadar",
         "every 2 weeks on Tuesday and Thursday, until 31 January 2027"),
        (Recurrence(Pattern.WEEKLY), "FREQ=WEEKLY", "her hafta salı günleri", "every week on Tuesday"),
        (Recurrence(Pattern.MONTHLY), "FREQ=MONTHLY", "her ay, ayın 8. günü",
         "every month on day 8 of the month"),
        (Recurrence(Pattern.MONTHLY_WEEKDAY), "FREQ=MONTHLY;BYDAY=2TU", "her ay, ayın ikinci salı günü",
         "every month on the second Tuesday of the month"),
        (Recurrence(Pattern.MONTHLY_LAST), "FREQ=MONTHLY;BYDAY=-1TU", "her ay, ayın son salı günü",
         "every month on the last Tuesday of the month"),
        (Recurrence(Pattern.YEARLY), "FREQ=YEARLY", "her yıl 8 Aralık günü", "every year on 8 December"),
    ],
)  # fmt: skip
def test_a_rule_and_its_words(asked: Recurrence, rule: str, turkish: str, english: str):
    assert asked.rule(TUESDAY) == rule
    assert read(rule, TUESDAY) == asked
    with override("tr"):
        assert asked.said(TUESDAY) == turkish
    with override("en"):
        assert asked.said(TUESDAY) == english


@given(
    pattern=st.sampled_from([one for one in Pattern if one not in (Pattern.ONCE, Pattern.OTHER)]),
    interval=st.integers(1, recurrence.MOST_INTERVAL),
    weekdays=st.sets(st.integers(0, 6)).map(lambda found: tuple(sorted(found))),
    until=st.none() | st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    times=st.none() | st.integers(1, recurrence.MOST_TIMES),
    first=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
)
def test_every_choice_of_the_form_is_read_back_as_it_was_made(
    pattern, interval, weekdays, until, times, first
):
    assume(not (until and times))
    asked = Recurrence(pattern, interval, weekdays if pattern == Pattern.WEEKLY else (), until, times)
    rule = asked.rule(first)
    recurrence.check(rule, datetime.combine(first, datetime.min.time()))
    assert read(rule, first) == asked


@pytest.mark.parametrize(
    "rule", ["FREQ=YEARLY;BYMONTH=5;BYDAY=3SU", "FREQ=MONTHLY;BYDAY=1MO", "FREQ=WEEKLY;WKST=SU"]
)
def test_a_rule_that_the_form_has_no_words_for_is_kept_as_it_is(rule: str):
    assert read(rule, TUESDAY).pattern == Pattern.OTHER
    recurrence.check(rule, datetime(2026, 12, 8, 18))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=1", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=1,2,3",
        "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=99999999",
        "FREQ=WEEKLY;UNTIL=yarın", "FREQ=WEEKLY;UNTIL=99999999", "FREQ=WEEKLY;BYDAY=XX", "her salı",
        "FREQ=WEEKLY\nRRULE:FREQ=DAILY", "FREQ", "=;=",
        "FREQ=DAILY;FREQ=WEEKLY", "DTSTART=20260101",
    ],
)  # fmt: skip
def test_what_no_event_does_is_refused(rule: str):
    with pytest.raises(ValidationError):
        recurrence.check(rule, datetime(2026, 12, 8, 18))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY", "FREQ=DAILY;UNTIL=99991231T000000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"]
)
def test_a_series_without_end_is_written_out_within_bounds(rule: str):
    made = series(rule, starts_at=datetime(2016, 1, 5, 18, tzinfo=ISTANBUL))
    rows = made.occurrences.order_by("begins_at")
    assert rows.count() <= publishing.MOST + 1
    assert rows.last().begins_at > NOW + timedelta(days=700)
    assert rows.first().first_day == date(2016, 1, 5)


def test_a_rule_that_never_comes_ends_at_once():
    made = Event(
        starts_at=datetime(2026, 12, 8, 18, tzinfo=ISTANBUL), recurrence="FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    )
    assert local_starts(made) == [datetime(2026, 12, 8, 18)]


@pytest.mark.parametrize("year", [1, 1899, 2101, 9999])
def test_a_year_beyond_all_plans_is_refused(year: int):
    with pytest.raises(ValidationError):
        local_starts(Event(timing=Timing.ALL_DAY, starts_on=date(year, 12, 31), recurrence="FREQ=YEARLY"))


@pytest.mark.django_db
def test_a_series_that_goes_on_is_written_out_further_as_time_passes(time_machine, client: Client):
    made = series("FREQ=WEEKLY")
    single = event("Tek", starts_at=NOW + timedelta(days=3))
    ending = series("FREQ=WEEKLY;COUNT=3")
    last = made.occurrences.order_by("begins_at").last()
    assert write_out_series() == 0

    time_machine.move_to(NOW + timedelta(days=740), tick=False)
    assert last.begins_at < datetime.now(ISTANBUL) + timedelta(days=30)
    call_command("tick")

    assert made.occurrences.order_by("begins_at").last().begins_at > datetime.now(ISTANBUL) + timedelta(
        days=700
    )
    assert (single.occurrences.count(), ending.occurrences.count()) == (1, 3)
    assert "Kurs" in Read(client, "/tr/takvim/2028/12/").source
    assert write_out_series() == 0


@pytest.mark.django_db
def test_what_is_long_over_stays_where_it_was(time_machine, client: Client):
    made = series("FREQ=WEEKLY")
    time_machine.move_to(NOW + timedelta(days=740), tick=False)
    rebuild_occurrences(made)
    assert "2026-12-08" in map(str, made.occurrences.values_list("first_day", flat=True))
    assert "2026-12-15" in map(str, made.occurrences.values_list("first_day", flat=True))


@pytest.mark.django_db
def test_what_was_said_of_one_evening_survives_a_new_hour_of_the_series():
    made = series("FREQ=WEEKLY;COUNT=4")
    off, moved = made.occurrences.order_by("begins_at")[1:3]
    off.cancelled, off.note_tr = True, "Bayram"
    off.save()
    moved.moved, moved.begins_at = True, moved.begins_at + timedelta(days=1)
    moved.ends_at, moved.first_day, moved.last_day = (
        moved.begins_at + timedelta(hours=2),
        date(2026, 12, 23),
        date(2026, 12, 23),
    )
    moved.save()

    made.starts_at += timedelta(hours=1)
    made.save()
    rebuild_occurrences(made)

    rows = made.occurrences.order_by("recurrence_id")
    assert [(row.cancelled, row.moved, row.note_tr) for row in rows] == [
        (False, False, ""), (True, False, "Bayram"), (False, True, ""), (False, False, ""),
    ]  # fmt: skip
    assert days(made) == ["12-08", "12-15", "12-23", "12-29"]
    assert rows[1].begins_at.astimezone(ISTANBUL).hour == 19


@pytest.mark.django_db
def test_a_course_keeps_its_hour_over_a_change_of_the_clocks_elsewhere():
    berlin = ZoneInfo("Europe/Berlin")
    made = series(
        "FREQ=WEEKLY;COUNT=20", time_zone="Europe/Berlin", starts_at=datetime(2026, 12, 8, 18, tzinfo=berlin)
    )
    rows = list(made.occurrences.order_by("begins_at"))
    assert {row.begins_at.astimezone(berlin).hour for row in rows} == {18}
    assert {row.begins_at.astimezone(ISTANBUL).hour for row in rows} == {20, 19}
