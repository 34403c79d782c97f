"""Only what is known of an event's time is said."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from news.models import Event, Timing
from news.templatetags.when import hours, when, when_text
from tests.news.make import event

pytestmark = pytest.mark.django_db


def at(*parts: int, zone: str = "Europe/Istanbul") -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone))


def timed(starts_at: datetime, ends_at: datetime | None = None, **values) -> Event:
    return event(starts_at=starts_at, ends_at=ends_at, **values)


def test_an_evening_has_its_day_and_both_hours():
    assert when_text(timed(at(2026, 11, 5, 19, 30), at(2026, 11, 5, 21))) == "5 Kasım 2026, 19.30–21.00"


def test_no_end_is_invented():
    concert = timed(at(2026, 11, 5, 19, 30))
    assert when_text(concert) == "5 Kasım 2026, 19.30"
    assert when_text(concert, concert.occurrences.get()) == "5 Kasım 2026, 19.30"


def test_whole_days_are_dates():
    fair = event(timing=Timing.ALL_DAY, starts_on=date(2021, 9, 9), ends_on=date(2021, 9, 11))
    assert when(fair) == '<time datetime="2021-09-09">9–11 Eylül 2021</time>'
    assert hours(fair, fair.occurrences.get()) == "Tüm gün"


def test_a_time_to_be_announced_is_not_midnight():
    feast = event(timing=Timing.TIME_UNKNOWN, starts_on=date(2026, 12, 31))
    assert when_text(feast) == "31 Aralık 2026, saati açıklanacak"
    assert hours(feast, feast.occurrences.get()) == "Saati açıklanacak"


def test_abroad_both_clocks_are_given():
    forum = timed(
        at(2026, 7, 1, 10, zone="Europe/London"),
        at(2026, 7, 1, 12, zone="Europe/London"),
        time_zone="Europe/London",
    )
    assert (
        when_text(forum)
        == "1 Temmuz 2026, 10.00–12.00 (yerel saat; İstanbul saatiyle 1 Temmuz 2026, 12.00–14.00)"
    )


def test_where_the_clocks_agree_one_is_enough():
    forum = timed(at(2026, 7, 1, 10, zone="Europe/Moscow"), time_zone="Europe/Moscow")
    assert when_text(forum) == "1 Temmuz 2026, 10.00"


def test_in_english_the_words_and_hours_are_english():
    with translation.override("en"):
        assert when_text(timed(at(2026, 11, 5, 19, 30), at(2026, 11, 6, 1))) == (
            "5 November, 19:30 – 6 November 2026, 01:00"
        )
