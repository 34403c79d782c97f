"""The kept counts say what counting the archive would say, at every moment and whatever was done."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from news.models import Article, Kind, PublishedCount, State
from news.publishing import actions, copies
from tests.news import newsroom
from tests.news.make import article

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: The first moments of months in the city, as lists of a year and of a month ask for them.
MARCH, APRIL = datetime(2026, 2, 28, 21, tzinfo=UTC), datetime(2026, 3, 31, 21, tzinfo=UTC)
PERIODS = [(None, None), (MARCH, APRIL), (datetime(2025, 12, 31, 21, tzinfo=UTC), APRIL), (APRIL, None)]


def read(language: str, now: datetime, kind: str = "", since=None, before=None) -> list[Article]:
    rows = Article.objects.public(now).in_language(language).newest_first()
    for name, value in (("kind", kind), ("published_at__gte", since), ("published_at__lt", before)):
        if value:
            rows = rows.filter(**{name: value})
    return list(rows)


def archive(number: int) -> None:
    """Stories around month ends, scheduled, expired and about to expire, some hours apart."""
    rng = Random(7)
    edges = [MARCH, APRIL, NOON, NOON - 400 * DAY]
    for _ in range(number):
        begins = rng.choice(edges) + rng.randint(-60, 60) * HOUR
        ends = begins + rng.randint(1, 1500) * HOUR if rng.random() < 0.5 else None
        article(
            "Haber",
            language=rng.choice(["tr", "en"]),
            kind=rng.choice([Kind.STORY, Kind.NOTICE]),
            published_at=begins,
            expires_at=ends,
            state=rng.choice([State.PUBLISHED, State.PUBLISHED, State.PUBLISHED, State.DRAFT]),
        )


def test_the_count_is_that_of_the_archive_at_every_moment():
    archive(90)
    PublishedCount.objects.recount()
    moments = [NOON + step * 31 * HOUR for step in range(-18, 18)] + [MARCH, APRIL, APRIL - HOUR]
    seen = set()
    for now in moments:
        for language, kind in (("tr", ""), ("en", ""), ("tr", "notice")):
            for since, before in PERIODS:
                counted = PublishedCount.objects.public(language, now, kind, since, before)
                assert counted == len(read(language, now, kind, since, before)), (now, kind, since, before)
                seen.add(counted)
    assert len(seen) > 20


def test_the_place_in_the_list_is_that_of_the_archive():
    archive(60)
    PublishedCount.objects.recount()
    for now in (NOON, APRIL + HOUR):
        for kind, (since, before) in (("", PERIODS[0]), ("notice", PERIODS[0]), ("", PERIODS[1])):
            for place, row in enumerate(read("tr", now, kind, since, before)):
                assert PublishedCount.objects.newer_than(row, now, kind, before) == place


def test_it_costs_the_same_few_questions_however_large_the_archive():
    for number in (1, 20):
        archive(number)
        PublishedCount.objects.recount()
        with CaptureQueriesContext(connection) as asked:
            PublishedCount.objects.public("tr", NOON)
        assert len(asked) == 3


@pytest.fixture
def standing_counts():
    """What the verbs kept, compared with counting anew."""

    def compare() -> None:
        rows = PublishedCount.objects.exclude(number=0).order_by("language", "kind", "month", "until")
        values = ("language", "kind", "month", "until", "number")
        kept = list(rows.values_list(*values))
        PublishedCount.objects.recount()
        assert kept == list(rows.all().values_list(*values))

    return compare


def test_every_step_of_an_article_is_counted(standing_counts):
    editor = newsroom.person()
    with time_machine.travel(NOON, tick=False):
        story = article(state=State.DRAFT)
        actions.publish(story, editor)
        assert PublishedCount.objects.public("tr", timezone.now()) == 1
        standing_counts()
        actions.withdraw(story, editor, "Yanlış.")
        assert PublishedCount.objects.public("tr", timezone.now()) == 0
        standing_counts()
        actions.publish(story, editor)
        planned = article("Plan", state=State.DRAFT, expires_at=NOON + 3 * HOUR)
        actions.publish(planned, editor, at=NOON + HOUR)
        standing_counts()
        assert PublishedCount.objects.public("tr", timezone.now()) == 1
    assert PublishedCount.objects.public("tr", NOON + HOUR) == 2
    assert PublishedCount.objects.public("tr", NOON + 3 * HOUR) == 1
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        actions.unschedule(planned, editor)
        standing_counts()


def test_a_change_that_goes_live_moves_the_article_to_its_new_kind(standing_counts):
    editor = newsroom.person()
    story = article()
    PublishedCount.objects.recount()
    copy = copies.working_copy(story, editor)
    copy.kind, copy.expires_at = Kind.NOTICE, timezone.now() + 40 * DAY
    copy.save()
    actions.publish(copy, editor)
    assert PublishedCount.objects.public("tr", timezone.now(), kind="notice") == 1
    assert PublishedCount.objects.public("tr", timezone.now(), kind="story") == 0
    assert PublishedCount.objects.public("tr", timezone.now() + 41 * DAY) == 0
    standing_counts()


def test_what_an_editor_changes_in_a_scheduled_article_is_counted(standing_counts):
    client = newsroom.signed_in(newsroom.person())
    planned = article(published_at=timezone.now() + 3 * DAY)
    PublishedCount.objects.recount()
    address = reverse("admin:news_article_change", args=[planned.pk])
    form = newsroom.filled(client.get(address), kind="notice")
    client.post(address, form)
    assert Article.objects.get(pk=planned.pk).kind == "notice"
    standing_counts()
