from datetime import UTC, date, datetime, timedelta

import pytest

from news import richtext, text
from news.demo import archive
from news.models import Article, ArticleTag, Mention, Place, State, Tag
from tests.news import make

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def extend(total: int) -> int:
    return sum(archive.extend(total, NOW))


@pytest.fixture
def city() -> None:
    district = Place.objects.create(name_tr="Karşıyaka", name_en="Karşıyaka")
    Place.objects.create(name_tr="Bostanlı İskelesi", name_en="Bostanlı Pier", within=district)
    Tag.objects.create(name_tr="Ulaşım", name_en="Transport")
    Tag.objects.create(name_tr="Kültür Sanat", name_en="Culture and Arts")


def test_the_archive_is_as_large_as_asked_for(city):
    assert extend(30) == 30
    assert archive.count() == 30
    assert Article.objects.public(NOW).count() == 30


def test_it_goes_on_where_it_stopped(city):
    extend(10)
    first = list(Article.objects.order_by("guid").values_list("guid", "title", "body"))

    assert extend(25) == 15

    rows = list(Article.objects.order_by("guid").values_list("guid", "title", "body"))
    assert rows[:10] == first
    assert len({guid for guid, _title, _body in rows}) == 25


def test_when_it_is_large_enough_nothing_is_added(city):
    extend(10)

    assert extend(10) == 0
    assert extend(5) == 0
    assert archive.count() == 10


def test_stories_are_spread_over_twenty_years_and_leave_the_newest_days_free(city):
    extend(300)
    times = list(Article.objects.order_by("published_at").values_list("published_at", flat=True))

    assert times[0] < NOW - timedelta(days=7300)
    assert NOW - timedelta(days=80) < times[-1] < NOW - timedelta(days=40)


def test_a_story_is_what_the_cleaning_of_the_model_would_leave(city):
    extend(30)

    for row in Article.objects.all():
        assert richtext.clean(row.body) == row.body
        assert row.folded == text.fold(f"{row.title} {row.summary}")
        assert row.reading_minutes == text.reading_minutes(text.plain(row.body))
        row.full_clean()


def test_a_story_has_about_three_hundred_words(city):
    extend(9)

    assert all(250 < len(text.plain(row.body).split()) < 420 for row in Article.objects.all())


def test_every_third_story_is_the_english_of_the_one_before(city):
    extend(9)
    rows = list(Article.objects.order_by("guid"))

    assert [row.language for row in rows] == ["tr", "tr", "en"] * 3
    assert rows[1].translations().get() == rows[2]
    assert rows[1].place == rows[2].place
    assert rows[1].kind == rows[2].kind


def test_tags_and_people_are_listed_with_the_story(city):
    mayor = make.official("Işıl Çağlayan")
    make.appointment(mayor, make.office(), date(2024, 4, 8))
    extend(300)
    tagging, mention = ArticleTag.objects.first(), Mention.objects.first()

    assert tagging.listed_at == tagging.content_object.published_at
    assert tagging.language == tagging.content_object.language
    assert mention.official == mayor
    assert mention.article.published_at >= datetime(2024, 4, 8, tzinfo=UTC)
    assert mention.listed_at == mention.article.published_at


def test_it_needs_neither_places_nor_tags():
    extend(3)

    assert Article.objects.filter(state=State.PUBLISHED, place__isnull=True).count() == 3
