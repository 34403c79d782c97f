"""What a page costs the database: the same few questions with one row, with twenty and in a large archive."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Article, Mention, Place, PublishedCount, SiteProfile, SocialAccount
from tests.news.make import appointment, article, event, image, office, official, topic

pytestmark = pytest.mark.django_db

#: Profile, alerts, social accounts and menus.
FRAME = 4


def fill(number: int) -> None:
    """A city of that size: stories with pictures, places, topics and people; events; officials."""
    SiteProfile.objects.create(pk=1, name_tr="K", name_en="K", short_name_tr="K", short_name_en="K")
    SocialAccount.objects.create(network="x", url="https://x.com/k")
    drawn = image()
    council, mayor = office("Meclis Üyesi", shared=True), office("Belediye Başkanı")
    office("Boş makam")
    for count in range(1, number + 1):
        topic(f"Konu {count}")
        person = official(f"Kişi {count}", portrait=drawn)
        appointment(person, council)
        appointment(person, mayor, date(2000 + count, 1, 1), ends_on=date(2000 + count, 12, 31))
        place = Place.objects.create(name_tr=f"Yer {count}", name_en=f"Place {count}")
        row = article(
            f"Haber {count}",
            lead_image=drawn,
            lead_alt="x",
            place=place,
            tags=["Konu 1", f"Konu {count}"],
            published_at=timezone.now() - timedelta(hours=count),
        )
        article(f"Story {count}", language="en", translation_key=row.translation_key)
        happening = event(f"Olay {count}", place=place, tags=["Konu 1"])
        happening.participants.add(person)
        row.events.add(happening)
        for named in {1, count}:
            Mention.objects.create(article=row, official_id=person.pk - count + named)
        row.relist()


def slug_of(kind: str) -> Callable[[], str]:
    from news.models import Article, Event, Official, Tag

    rows = {
        "article": lambda: Article.objects.get(title="Haber 1"),
        "official": lambda: Official.objects.get(name="Kişi 1"),
        "event": lambda: Event.objects.get(title_tr="Olay 1"),
        "tag": lambda: Tag.objects.get(name_tr="Konu 1"),
    }
    return lambda: rows[kind]().get_absolute_url()


#: What a list asks that goes on on a second page: its size, without those to come and those that are over.
SIZE = 3

#: An address, its questions, and those that a second page brings.
PAGES: list[tuple[str | Callable[[], str], int, int]] = [
    # chosen lead, latest, events, officials, topics
    ("/tr/", FRAME + 5, 0),
    # rows, featured, years, and the three lists of the filter
    ("/tr/haberler/", FRAME + 6, SIZE),
    ("/tr/arsiv/2026/", FRAME + 2, SIZE),
    # article, neighbours with translations, people, tags, related, events
    (slug_of("article"), FRAME + 6, 0),
    # holders, empty offices, former
    ("/tr/yoneticiler/", FRAME + 3, 0),
    # person, terms with former titles, neighbours in office, news, events
    (slug_of("official"), FRAME + 6, 0),
    # running, dated, districts
    ("/tr/etkinlikler/", FRAME + 3, 0),
    # event, participants with their offices, programme, articles, tags, others of its kind
    (slug_of("event"), FRAME + 6, 0),
    # month, before, after
    ("/tr/takvim/2026/11/", FRAME + 3, 0),
    ("/tr/konular/", FRAME + 1, 0),
    # tag, its publicity in two languages, featured, news, events, people, files
    (slug_of("tag"), FRAME + 8, 1),
    ("/tr/akislar/", FRAME + 5, 0),
    ("/tr/erisilebilirlik/", FRAME, 0),
    ("/tr/duzeltmeler/", FRAME + 1, 0),
    ("/tr/yok/", FRAME, 0),
]


def wanted(crowded: bool) -> dict[str, int]:
    return {
        address if isinstance(address, str) else address(): count + (more if crowded else 0)
        for address, count, more in PAGES
    }


def asked(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as questions:
        client.get(path)
    return [question["sql"] for question in questions]


@pytest.mark.parametrize("number", [1, 20])
def test_questions_do_not_grow_with_the_rows(client: Client, number: int):
    fill(number)
    costs = wanted(crowded=number > 12)
    assert {path: len(asked(client, path)) for path in costs} == costs


def archive(number: int) -> None:
    """As many copies of the newest story, an hour apart, each with its topic and the person it names."""
    story = Article.objects.get(title="Haber 1")
    random, before = {
        "sqlite": (
            "lower(hex(randomblob(16)))",
            "strftime('%Y-%m-%d %H:%M:%f', published_at, -i || ' hours')",
        ),
        "postgresql": ("gen_random_uuid()", "published_at - i * interval '1 hour'"),
    }[connection.vendor]
    anew = {"title": "'Eski haber'", "guid": random, "translation_key": random, "published_at": before}
    columns = [field.column for field in Article._meta.local_concrete_fields if not field.primary_key]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {number}) "
            f"INSERT INTO news_article ({', '.join(columns)}) "
            f"SELECT {', '.join(anew.get(column, column) for column in columns)} "
            f"FROM news_article, numbers WHERE id = {story.pk}"
        )
        for table, whose, fact in (
            ("news_articletag", "content_object_id", "tag_id"),
            ("news_mention", "article_id", "official_id"),
        ):
            more = {"news_mention": ", office_as_given, position"}.get(table, "")
            cursor.execute(
                f"INSERT INTO {table} ({whose}, {fact}, language, listed_at{more}) "
                f"SELECT a.id, old.{fact}, a.language, a.published_at{more} FROM news_article a, {table} old "
                f"WHERE old.{whose} = {story.pk} AND a.id > {story.pk} AND a.title = 'Eski haber'"
            )
    PublishedCount.objects.recount()


def test_questions_are_the_same_over_a_hundred_thousand_articles(client: Client):
    fill(20)
    archive(100_000)
    assert Article.objects.public().count() == 100_040
    costs = wanted(crowded=True)
    questions = {path: asked(client, path) for path in costs}
    assert {path: len(found) for path, found in questions.items()} == costs
    assert [sql for found in questions.values() for sql in found if "OFFSET" in sql] == []
