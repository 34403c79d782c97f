from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from news import search
from news.models import Article, Official, State, Tag
from news.search import rebuild
from news.search.documents import findable
from news.search.indexing import LIVE, NEXT, engine
from tests.news import make

pytestmark = pytest.mark.django_db


def ids(typed: str) -> list[int]:
    return [one.object_id for one in search.search(search.parse(typed), "tr").found]


def run(**options) -> str:
    said = StringIO()
    call_command("rebuild_search", stdout=said, stderr=StringIO(), **options)
    return said.getvalue()


def damage() -> None:
    with connection.cursor() as cursor:
        for table in engine().tables(LIVE):
            cursor.execute(f"DELETE FROM {table}")


def test_it_makes_the_index_of_all_that_is_published():
    made = [make.article("Tramvay geldi"), Official.objects.create(name="Tramvay Bey", family_name="Bey")]
    topic = Tag.objects.create(name_tr="Tramvaylar", is_topic=True)
    made[0].tags.add(topic)
    make.article("Tramvay taslağı", state=State.DRAFT)
    assert "3 articles" in run()
    assert len(ids("tramvay")) == 3
    assert not rebuild.under_way()


def test_it_puts_right_what_was_damaged():
    article = make.article("Tramvay", body="<p>Kordon boyunca.</p>")
    search.index(article)
    damage()
    assert ids("tramvay") == []
    run()
    assert ids("kordon") == [article.pk]
    assert ids('"kordon boyunca"') == [article.pk]


def test_it_counts_words_as_indexing_does():
    def counts():
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT language, word, skeleton, entries FROM {LIVE}_word WHERE entries > 0 ORDER BY 1, 2"
            )
            return cursor.fetchall()

    articles = [make.article(f"Tramvay {number}", body="<p>Kordon ve Москва</p>") for number in range(3)]
    search.index(*articles)
    before = counts()
    run()
    assert counts() == before


def test_search_goes_on_and_hears_of_changes_while_it_runs(monkeypatch):
    monkeypatch.setattr(rebuild, "AT_ONCE", 2)
    articles = [make.article(f"Tramvay {number}") for number in range(6)]
    search.index(*articles)
    rebuild.begin()
    steps = rebuild.fill()
    next(steps)
    assert len(ids("tramvay")) == 6
    # One that the run has passed, one before it, a new one, and one that leaves.
    Article.objects.filter(pk=articles[0].pk).update(title="Metro bir")
    Article.objects.filter(pk=articles[5].pk).update(title="Metro iki")
    Article.objects.filter(pk=articles[1].pk).update(state=State.DRAFT)
    new = make.article("Metro üç")
    search.index(articles[0], articles[5], articles[1], new)
    list(steps)
    rebuild.finish()
    assert sorted(ids("metro")) == [articles[0].pk, articles[5].pk, new.pk]
    assert sorted(ids("tramvay")) == [article.pk for article in articles[2:5]]


def test_what_is_published_while_a_step_makes_its_documents_is_not_overwritten(monkeypatch):
    changed, hidden, untouched = [make.article(f"Tramvay {number}") for number in range(3)]
    make_documents = rebuild.documents_of

    def with_a_colleague(model, pks):
        made = list(make_documents(model, pks))
        if model == "article":
            Article.objects.filter(pk=changed.pk).update(title="Metro")
            Article.objects.filter(pk=hidden.pk).update(state=State.DRAFT)
            search.index(changed, hidden)
        return made

    monkeypatch.setattr(rebuild, "documents_of", with_a_colleague)
    run()
    assert ids("metro") == [changed.pk]
    assert ids("tramvay") == [untouched.pk]


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_documents_are_made(monkeypatch):
    make.article("Tramvay")
    held = []
    make_documents = rebuild.documents_of

    def watched(model, pks):
        held.append(connection.in_atomic_block)
        return make_documents(model, pks)

    monkeypatch.setattr(rebuild, "documents_of", watched)
    run()
    assert held
    assert not any(held)
    assert not engine().exists(rebuild.OLD)


def test_an_interrupted_run_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(rebuild, "AT_ONCE", 2)
    for number in range(5):
        make.article(f"Tramvay {number}")
    rebuild.begin()
    next(rebuild.fill())
    assert rebuild.done() == 2
    assert "would go on" in run(dry_run=True)

    written = []
    monkeypatch.setattr(rebuild, "add", lambda _name, documents: written.extend(documents))
    rebuild.begin()
    list(rebuild.fill())
    assert len(written) == 3

    monkeypatch.undo()
    run(anew=True)
    assert len(ids("tramvay")) == 5


def test_a_dry_run_says_what_it_would_do_and_does_nothing():
    article = make.article("Tramvay")
    search.index(article)
    make.article("Kayıp")
    assert "article: 2 to be indexed, 1 in the index now" in run(dry_run=True)
    assert ids("kayıp") == []
    assert not engine().exists(NEXT)


def test_a_run_that_was_given_up_leaves_nothing_behind():
    article = make.article("Tramvay")
    rebuild.begin()
    list(rebuild.fill())
    run(anew=True)
    assert ids("tramvay") == [article.pk]
    assert not engine().exists(NEXT)
    assert not engine().exists(rebuild.OLD)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a plan of SQLite")
@pytest.mark.parametrize("model", ["article", "event"])
def test_documents_are_read_by_their_ids_and_not_among_all_that_is_published(model):
    assert "USING INTEGER PRIMARY KEY" in findable(model).filter(pk__in=range(200)).explain()


def test_it_can_run_again_and_again():
    article = make.article("Tramvay")
    for _time in range(3):
        run()
    assert ids("tramvay") == [article.pk]
    assert not engine().exists(rebuild.OLD)
