"""SQLite chooses an index by rules of thumb: questions that it once answered by reading the archive."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news import search
from news.models import Article, PublishedCount, naming, tagged
from news.views import article_parts
from news.views.keyset import Cursor
from tests.news.make import article, event, official, topic

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by statistics"),
]


def plan(rows: QuerySet) -> str:
    return plan_of(*rows.query.sql_with_params())


def plan_of(sql: str, values: tuple | None = None) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return "; ".join(row[3] for row in cursor.fetchall())


def test_translations_are_found_by_their_key():
    assert "article_translations" in plan(article().translations())
    assert "article_translations" in plan(article(language="en").translations().public())


def test_rows_named_by_their_ids_are_read_by_them():
    named = Article.objects.public(by_key=True).filter(pk__in=range(50)).order_by("pk")

    assert plan(named) == "SEARCH news_article USING INTEGER PRIMARY KEY (rowid=?)"
    assert plan(named.in_language("tr")) == plan(named)


def test_the_events_of_a_story_are_read_by_its_links():
    story = article("Haber")
    story.events.add(event("Konser"))
    read = plan(article_parts._events("tr", pk=story.pk, now=timezone.now())).split("; ")
    assert "news_article_events" in read[0]
    assert "(article_id=?)" in read[0]


@pytest.mark.parametrize(
    "address",
    ["/tr/arama/?q=durak", "/tr/feed/?q=durak", "/api/articles?language=tr&kind=story&tag={tag}"],
)
def test_articles_found_by_words_are_read_by_their_ids(client, address):
    made = [article("Yeni durak", tags=["Ulaşım"]) for _number in range(3)]
    search.index(*made)
    with CaptureQueriesContext(connection) as asked:
        client.get(address.format(tag=made[0].tags.get().pk))

    found = [sql for sql in (question["sql"] for question in asked) if '"news_article"."id" IN (' in sql]
    assert found
    for sql in found:
        assert "news_article USING INTEGER PRIMARY KEY (rowid=?)" in plan_of(sql)


def test_the_lists_of_a_tag_and_a_person_are_read_beside_them():
    made = article(tags=["Ulaşım"])
    public = Article.objects.public().in_language("tr")
    by_tag = public.filter(tagged(made.tags.get(), "tr"))
    by_person = public.filter(naming(official(), "tr"))

    of_tag = plan(by_tag.order_by("-article_tags__listed_at", "-article_tags__content_object_id")[:12])
    of_person = plan(by_person.order_by("-mentions__listed_at", "-mentions__article_id")[:12])

    assert of_tag.startswith("SEARCH news_articletag USING COVERING INDEX articletag_list")
    assert of_person.startswith("SEARCH news_mention USING COVERING INDEX mention_list")
    assert "TEMP B-TREE" not in of_tag + of_person


def test_the_topics_of_the_home_page_are_read_beside_them(client):
    topic("Ulaşım", in_focus=True)
    article("Yeni durak", tags=["Ulaşım"])
    with CaptureQueriesContext(connection) as asked:
        client.get("/tr/")

    of_topic = [question["sql"] for question in asked.captured_queries if "listed_at" in question["sql"]]
    plans = [plan_of(sql) for sql in of_topic if sql.endswith("LIMIT 3")]
    assert len(plans) == 1
    assert plans[0].startswith("SEARCH news_articletag USING COVERING INDEX articletag_list")
    assert "listed_at<?" in plans[0]
    assert "TEMP B-TREE" not in plans[0]


def test_the_articles_about_an_event_are_read_beside_it(client):
    concert = event()
    concert.articles.add(article(), article())
    with CaptureQueriesContext(connection) as asked:
        client.get(concert.get_absolute_url())

    (about,) = [sql for sql in (question["sql"] for question in asked) if "news_article_events" in sql]
    beside, rows, *_rest = plan_of(about).split("; ")
    assert beside.endswith("(event_id=?)")
    assert rows == "SEARCH news_article USING INTEGER PRIMARY KEY (rowid=?)"


@pytest.mark.parametrize(
    "address", ["/tr/haberler/?topic={tag}&before={cursor}", "/tr/haberler/?topic={tag}&year=2010"]
)
def test_a_list_of_long_ago_is_not_read_from_today_backwards(client, address):
    """Of two bounds on one column SQLite takes the first."""
    made = article(tags=["Ulaşım"], published_at=datetime(2010, 6, 1, 12, tzinfo=UTC))
    tag = made.tags.get().pk
    with CaptureQueriesContext(connection) as asked:
        client.get(address.format(tag=tag, cursor=Cursor(made.published_at, made.pk)))

    (cards,) = [sql for sql in (question["sql"] for question in asked) if sql.endswith("LIMIT 13")]
    first_bound = re.search(r'"listed_at" <=? \(?\'(\d+)-', cards)
    assert first_bound
    assert first_bound[1] in {"2010", "2011"}


def test_the_gate_leaves_the_choice_of_times_to_the_question():
    """Two bounds on one column are one too many: SQLite takes the first, be it the whole archive's."""
    deep = timezone.now() - timedelta(days=7000)
    rows = Article.objects.public().in_language("tr").filter(published_at__lte=deep).newest_first()

    assert "article_list (state=? AND language=? AND published_at<?)" in plan(rows[:12])
    assert str(rows.query).count('"published_at" <=') == 1


def test_featured_stories_and_those_that_ended_this_month_are_read_by_their_times():
    with CaptureQueriesContext(connection) as asked:
        article_parts.featured("tr", timezone.now(), 3)
        PublishedCount.objects.public("tr", timezone.now(), "notice")
    featured, _counted, ahead, over = [plan_of(question["sql"]) for question in asked.captured_queries]
    assert "article_featured (language=? AND featured_until>?)" in featured
    assert "published_at>? AND published_at<?" in ahead
    assert "article_expiry (state=? AND expires_at>? AND expires_at<?)" in over


@pytest.mark.parametrize("kind", ["", "story"])
def test_those_before_a_page_are_counted_without_reading_them(kind):
    first = article()
    with CaptureQueriesContext(connection) as asked:
        PublishedCount.objects.newer_than(first, timezone.now(), kind)

    plans = [plan_of(question["sql"]) for question in asked if "COUNT" in question["sql"]]
    assert "USING COVERING INDEX article_count (published_at>? AND published_at<?)" in plans[0]
