from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from news.templatetags import dates

ISTANBUL = ZoneInfo("Europe/Istanbul")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ISTANBUL)


def test_a_day_is_written_without_a_leading_zero():
    assert dates.day(date(2026, 11, 5)) == '<time datetime="2026-11-05">5 Kasım 2026</time>'


def test_a_moment_has_a_full_stop_in_turkish_and_a_colon_in_english():
    moment = at(2026, 11, 5, 14, 30)
    expected = '<time datetime="2026-11-05T14:30:00+03:00">{}</time>'
    assert dates.moment(moment) == expected.format("5 Kasım 2026, 14.30")
    with translation.override("en"):
        assert dates.moment(moment) == expected.format("5 November 2026, 14:30")


def test_the_day_is_the_citys_and_not_that_of_utc():
    assert dates.day(datetime(2026, 3, 17, 22, 30, tzinfo=UTC)).endswith(">18 Mart 2026</time>")


def test_the_offset_is_that_of_the_year():
    assert "2016-01-10T09:00:00+02:00" in dates.moment(datetime(2016, 1, 10, 7, tzinfo=UTC))
    assert "2015-10-26T12:00:00+03:00" in dates.moment(datetime(2015, 10, 26, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("first", "last", "turkish", "english"),
    [
        (date(2026, 11, 24), date(2026, 11, 24), "24 Kasım 2026", "24 November 2026"),
        (date(2026, 11, 24), date(2026, 11, 26), "24–26 Kasım 2026", "24–26 November 2026"),
        (date(2026, 11, 28), date(2026, 12, 2), "28 Kasım – 2 Aralık 2026", "28 November – 2 December 2026"),
        (
            date(2026, 12, 30),
            date(2027, 1, 2),
            "30 Aralık 2026 – 2 Ocak 2027",
            "30 December 2026 – 2 January 2027",
        ),
        (date(2026, 1, 5), date(2027, 1, 5), "5 Ocak 2026 – 5 Ocak 2027", "5 January 2026 – 5 January 2027"),
    ],
)
def test_a_range_names_nothing_twice(first, last, turkish, english):
    assert dates.days_text(first, last) == turkish
    with translation.override("en"):
        assert dates.days_text(first, last) == english


def test_two_moments_of_one_day_give_the_day_once():
    assert dates.span_text(at(2026, 11, 5, 19, 30), at(2026, 11, 5, 21)) == "5 Kasım 2026, 19.30–21.00"


def test_a_night_shows_both_dates():
    words = dates.span_text(at(2026, 12, 31, 22), at(2027, 1, 1, 2))
    assert words == "31 Aralık 2026, 22.00 – 1 Ocak 2027, 02.00"
    assert dates.span_text(at(2026, 11, 5, 22), at(2026, 11, 6, 2)) == "5 Kasım, 22.00 – 6 Kasım 2026, 02.00"


def test_an_end_that_is_not_known_is_not_said():
    assert dates.span_text(at(2026, 11, 5, 19, 30), None) == "5 Kasım 2026, 19.30"


def test_short_weekdays_tell_monday_from_sunday_and_friday_from_saturday():
    week = [dates.short_weekday(date(2026, 11, day)) for day in range(23, 30)]
    assert week == ["Pzt", "Sal", "Çar", "Per", "Cum", "Cmt", "Paz"]


def test_a_day_with_its_weekday_follows_the_order_of_the_language():
    assert dates.weekday(date(2026, 11, 5)).endswith(">5 Kasım 2026 Perşembe</time>")
    with translation.override("en"):
        assert dates.weekday(date(2026, 11, 5)).endswith(">Thursday 5 November 2026</time>")


def test_nothing_is_written_where_there_is_no_date():
    assert (
        dates.day(None)
        == dates.moment(None)
        == dates.weekday(None)
        == dates.month(None)
        == dates.iso(None)
        == ""
    )
