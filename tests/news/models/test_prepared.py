"""Questions with their SQL written once answer as any other."""

from datetime import timedelta

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import get_language, override

from news.models import Article, KeysField, Place, prepared
from tests.news.make import article, image, topic

pytestmark = pytest.mark.django_db


@prepared(now=models.DateTimeField(), key=models.UUIDField())
def translations(language: str, *, now, key) -> models.QuerySet[Article]:
    rows = Article.objects.public(now).in_language(language).filter(translation_key=key)
    topic = models.F(f"article_tags__tag__name_{get_language()}")
    return rows.select_related("lead_image", "place").annotate(topic=topic).order_by("pk")


def test_rows_come_with_their_relations_and_annotations() -> None:
    place = Place.objects.create(name_tr="Bornova", name_en="Bornova")
    topic("Ulaşım")
    row = article(lead_image=image(), place=place, tags=["Ulaşım"])
    article(translation_key=row.translation_key, language="en", title="Tram")
    now = timezone.now()
    with CaptureQueriesContext(connection) as asked:
        (found,) = translations("tr", now=now, key=row.translation_key)
        seen = (found.title, found.lead_image.title, found.place.name_tr, found.topic, found.published_at)
    assert seen == (row.title, row.lead_image.title, "Bornova", "Ulaşım", row.published_at)
    assert len(asked) == 1


def test_each_question_has_its_own_values_and_shape() -> None:
    now = timezone.now()
    first, second = article("Bir"), article("İki", published_at=now + timedelta(hours=1))
    other = article("One", language="en", translation_key=first.translation_key)
    titles = lambda rows: [row.title for row in rows]  # noqa: E731
    for _time in range(2):
        assert titles(translations("tr", now=now, key=first.translation_key)) == ["Bir"]
        assert titles(translations("en", now=now, key=first.translation_key)) == [other.title]
        assert titles(translations("tr", now=now, key=second.translation_key)) == []
        later = now + timedelta(hours=2)
        assert titles(translations("tr", now=later, key=second.translation_key)) == ["İki"]


@prepared(pk=models.BigAutoField())
def moments(*, pk) -> models.QuerySet[Article]:
    return Article.objects.filter(pk=pk).values_list("pk", "published_at")


def test_tuples_come_as_tuples_with_their_types() -> None:
    row = article()
    assert list(moments(pk=row.pk)) == [(row.pk, row.published_at)]


@prepared(pks=KeysField())
def named(*, pks) -> models.QuerySet[Article]:
    return Article.objects.filter(pk__in=pks).order_by("pk")


@pytest.mark.parametrize("number", [0, 1, 3])
def test_as_many_ids_as_there_are_fill_one_slot(number: int) -> None:
    rows = [article(f"Haber {turn}") for turn in range(4)][:number]
    assert list(named(pks=[row.pk for row in rows])) == rows


def test_a_question_in_another_language_is_another_question() -> None:
    tag = topic("Ulaşım")
    type(tag).objects.filter(pk=tag.pk).update(name_en="Transport")
    row = article(tags=[tag])
    for language, label in (("tr", "Ulaşım"), ("en", "Transport")):
        with override(language):
            (found,) = translations("tr", now=timezone.now(), key=row.translation_key)
            assert found.topic == label
