"""A kept page dies at the next moment at which anything on it begins, ends or expires."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from news.models import Alert, Event
from news.page_cache import Remembered, next_boundary
from tests.news import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
SOON = NOW + timedelta(hours=1)
LATER = NOW + timedelta(hours=2)
PAST = NOW - timedelta(days=1)
MIDNIGHT_IN_ISTANBUL = datetime(2026, 11, 25, 21, 0, tzinfo=UTC)
ALERT = {"severity": "warning", "text_tr": "Fırtına"}

WHAT_CHANGES: dict[str, Callable[[], object]] = {
    "a Turkish story appears": lambda: make.article(published_at=SOON),
    "an English story appears": lambda: make.article(language="en", published_at=SOON),
    "a story expires": lambda: make.article(published_at=PAST, expires_at=SOON),
    "the lead story changes": lambda: make.article(published_at=PAST, featured_until=SOON),
    "an event appears": lambda: make.event(published_at=SOON, starts_at=NOW + timedelta(days=9)),
    "an event expires": lambda: make.event(
        published_at=PAST, expires_at=SOON, starts_at=NOW + timedelta(days=9)
    ),
    "an event begins": lambda: make.event(published_at=PAST, starts_at=SOON, ends_at=LATER),
    "an event ends": lambda: make.event(published_at=PAST, starts_at=PAST, ends_at=SOON),
    "a link to join opens": lambda: make.event(
        published_at=PAST,
        starts_at=NOW + timedelta(hours=3),
        join_url="https://a.example/",
        join_opens_minutes=120,
    ),
    "an alert begins": lambda: Alert.objects.create(**ALERT, starts_at=SOON),
    "an alert ends": lambda: Alert.objects.create(**ALERT, starts_at=PAST, ends_at=SOON),
}


@pytest.mark.parametrize("happens", WHAT_CHANGES.values(), ids=WHAT_CHANGES)
def test_no_page_is_kept_beyond_what_changes_by_itself(happens: Callable[[], object]):
    happens()
    assert next_boundary(NOW) == SOON


def test_a_number_of_a_meeting_as_the_time_to_join_ends_no_page():
    """Forms refuse it; SQL and imports may not."""
    row = make.event(published_at=PAST, starts_at=NOW + timedelta(days=2), join_url="https://a.example/")
    Event.objects.update(join_opens_minutes=2_000_000_000)
    row.refresh_from_db()
    assert next_boundary(NOW) == MIDNIGHT_IN_ISTANBUL
    assert row.join_link(NOW) == "https://a.example/"
    row.join_opens_minutes = 84_512_345_678
    with pytest.raises(ValidationError, match="10080"):
        row.full_clean()


def test_no_page_is_kept_beyond_midnight_in_the_city():
    make.article(published_at=PAST)
    assert next_boundary(NOW) == MIDNIGHT_IN_ISTANBUL


def test_a_draft_ends_no_page():
    make.article(state="draft", published_at=SOON, expires_at=LATER)
    assert next_boundary(NOW) == MIDNIGHT_IN_ISTANBUL


def test_what_was_not_asked_for_the_longest_goes_first():
    kept: Remembered[str] = Remembered(budget=10)
    for key in "abc":
        kept.keep(key, lambda: "1234")
    assert list(kept.parts) == ["b", "c"]
    kept.keep("b", lambda: "never made")
    kept.keep("d", lambda: "1234")
    assert (list(kept.parts), kept.size) == (["b", "d"], 8)
