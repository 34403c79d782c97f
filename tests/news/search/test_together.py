"""Publishing while the index is made anew, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from news import search
from news.models import Article, State
from news.search import rebuild
from tests.news import make

pytestmark = pytest.mark.django_db(transaction=True)


def ids(typed: str) -> list[int]:
    return sorted(one.object_id for one in search.search(search.parse(typed), "tr").found)


def aside(pool: ThreadPoolExecutor, work: Callable[[], None]) -> Future:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    return pool.submit(run)


def test_what_is_being_published_when_a_rebuild_begins_is_in_the_new_index():
    make.article("Tramvay bir")
    written, go_on = Event(), Event()
    published: list[int] = []

    def publish() -> None:
        with transaction.atomic():
            article = make.article("Tramvay iki")
            search.index(article)
            published.append(article.pk)
            written.set()
            go_on.wait(10)

    with ThreadPoolExecutor(2) as pool:
        publishing = aside(pool, publish)
        assert written.wait(10)
        beginning = aside(pool, rebuild.begin)
        # It must not begin before the other has ended: nothing it reads would know of the article.
        assert not beginning.done()
        go_on.set()
        publishing.result(20)
        beginning.result(20)
    list(rebuild.fill())
    rebuild.finish()
    assert published[0] in ids("tramvay")
    assert len(ids("tramvay")) == 2


def test_a_story_withdrawn_in_the_middle_does_not_come_back_with_the_new_index():
    articles = [make.article(f"Tramvay {number}") for number in range(3)]
    search.index(*articles)
    rebuild.begin()

    def withdraw() -> None:
        with transaction.atomic():
            Article.objects.filter(pk=articles[1].pk).update(state=State.DRAFT)
            search.index(articles[1])

    with ThreadPoolExecutor(2) as pool:
        filling = aside(pool, lambda: list(rebuild.fill()) and None)
        withdrawing = aside(pool, withdraw)
        filling.result(20)
        withdrawing.result(20)
    rebuild.finish()
    Article.objects.update(state=State.PUBLISHED)
    assert ids("tramvay") == [articles[0].pk, articles[2].pk]


def test_search_answers_while_the_new_index_takes_the_place_of_the_old():
    article = make.article("Tramvay")
    search.index(article)
    ended = Event()
    answers: list[list[int]] = []

    def ask() -> None:
        while not ended.is_set():
            answers.append(ids("tramvay"))

    with ThreadPoolExecutor(1) as pool:
        asking = aside(pool, ask)
        try:
            for _time in range(3):
                rebuild.begin()
                list(rebuild.fill())
                rebuild.finish()
        finally:
            ended.set()
        asking.result(20)
    assert answers
    assert all(answer == [article.pk] for answer in answers)
