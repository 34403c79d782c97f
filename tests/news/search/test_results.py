from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from news import search
from news.models import Article, Event, Mention, Official, State, Tag
from news.search import results
from news.search.query import mark
from tests.news import make

pytestmark = pytest.mark.django_db


def article(title: str, **values: Any) -> Article:
    made = make.article(title, **values)
    search.index(made)
    return made


def find(typed: str, language: str = "tr", marks: tuple[str, ...] = ()) -> results.Results:
    return search.search(search.parse(typed), language, marks)


def ids(typed: str, language: str = "tr", marks: tuple[str, ...] = ()) -> list[int]:
    return [one.object_id for one in find(typed, language, marks).found]


@pytest.mark.parametrize("typed", ["ışık", "IŞIK", "isik", "Işık", "ISIK", "ışıkları", "i\u0307s\u0327ik"])
@pytest.mark.parametrize("title", ["Işıkları yandı", "IŞIKLARI YANDI", "isiklari yandi"])
def test_letters_with_and_without_turkish_marks_meet(typed, title):
    found = article(title)
    assert ids(typed) == [found.pk]


@pytest.mark.parametrize("typed", ["SEHIR", "şehir", "Şehir"])
def test_the_marks_of_consonants_do_not_matter_either(typed):
    found = article("Şehir planı")
    assert ids(typed) == [found.pk]


def test_a_word_finds_its_suffixed_forms():
    forms = [article(f"{word} kararı").pk for word in ("Belediye", "Belediyenin", "Belediyelerimizden")]
    article("Belde kararı")
    assert sorted(ids("belediye")) == forms
    assert ids("belediyelerimiz") == forms[-1:]


def test_all_words_are_needed_wherever_they_stand():
    both = article("Yeni tramvay hattı", body="<p>Kordon boyunca.</p>")
    article("Yeni tramvay hattı")
    assert ids("kordon tramvay") == [both.pk]


def test_a_phrase_is_found_in_a_row_and_not_across_title_and_text():
    found = article("Açılış", body="<p>Belediye başkanı konuştu.</p>")
    article("Başkanı belediye seçti")
    article("Belediye", summary="Başkanı bekliyor")
    assert ids('"belediye başkanı"') == [found.pk]
    assert ids('"başkan"') == []


def test_a_word_of_the_text_is_found_and_markup_is_not():
    found = article("Duyuru", body="<p>Su <strong>kesintisi</strong> olacak.</p>")
    assert ids("kesinti") == [found.pk]
    assert ids("strong") == []


def test_names_and_labels_find_the_article_that_carries_them():
    found = make.article("Açılış", tags=["Ulaşım"])
    Mention.objects.create(
        article=found, official=Official.objects.create(name="Ayşe Işık", family_name="Işık")
    )
    search.index(found)
    assert ids("ulaşım") == [found.pk]
    assert ids('"ayse isik"') == [found.pk]


def test_a_language_finds_its_own_texts_only():
    turkish = article("Tramvay")
    english = article("Tramvay", language="en")
    assert ids("tramvay", "tr") == [turkish.pk]
    assert ids("tramvay", "en") == [english.pk]


def test_events_officials_and_topics_are_found():
    now = timezone.now()
    event = Event.objects.create(
        title_tr="Işık şenliği",
        starts_at=now,
        ends_at=now + timedelta(hours=1),
        state=State.PUBLISHED,
        published_at=now,
    )
    official = Official.objects.create(name="Ayşe Işık", family_name="Işık")
    topic = Tag.objects.create(name_tr="Işıklandırma", is_topic=True)
    carrier = make.article("Sokaklar")
    carrier.tags.add(topic)
    search.index(event, official, topic)
    assert {(one.kind, one.object_id) for one in find("ışık").found} == {
        ("event", event.pk), ("official", official.pk), ("topic", topic.pk)
    }  # fmt: skip
    assert [one.kind for one in find("ışık", "en").found] == ["official"]


# Ranking


def test_a_title_outweighs_the_text_and_years():
    now = timezone.now()
    text = article("Duyuru", body="<p>Tramvay geliyor.</p>")
    title = article("Tramvay geliyor", published_at=now - timedelta(days=700))
    ages_ago = article("Tramvay geldi", published_at=now - timedelta(days=9 * 365))
    assert ids("tramvay") == [title.pk, text.pk, ages_ago.pk]


def test_a_word_itself_outweighs_one_that_begins_with_it():
    longer = article("Parklar açıldı")
    itself = article("Park açıldı", published_at=timezone.now() - timedelta(days=30))
    assert ids("park") == [itself.pk, longer.pk]


def test_of_equal_titles_the_newer_stands_first_and_equal_moments_go_by_id():
    moment = timezone.now() - timedelta(days=3)
    first, second = (article("Tramvay saatleri", published_at=moment) for _twice in range(2))
    newer = article("Tramvay saatleri", published_at=moment + timedelta(days=1))
    assert ids("tramvay") == [newer.pk, second.pk, first.pk]


def test_a_person_asked_for_by_name_stands_first():
    official = Official.objects.create(name="Ayşe Işık", family_name="Işık")
    search.index(official)
    article("Ayşe Işık açılışta")
    assert [one.kind for one in find("ayşe ışık").found] == ["official", "story"]


def test_an_old_title_is_found_among_more_newer_texts_than_are_looked_at(monkeypatch):
    monkeypatch.setattr(results, "NEWEST", 3)
    monkeypatch.setattr(results, "PAGE", 3)
    old = article("Tramvay", published_at=timezone.now() - timedelta(days=400))
    for number in range(5):
        article(f"Haber {number}", body="<p>tramvay</p>")
    found = find("tramvay")
    assert found.more
    assert found.found[0].object_id == old.pk


def test_a_phrase_is_looked_for_in_the_newest_that_hold_its_words_and_what_is_left_out_is_known(monkeypatch):
    now = timezone.now()
    old = article("Haber", body="<p>Yeni tramvay geldi.</p>", published_at=now - timedelta(days=900))
    for days in (800, 400, 30, 20):
        article("Haber", body="<p>Tramvay yeni.</p>", published_at=now - timedelta(days=days))
    titled = article("Yeni tramvay", published_at=now - timedelta(days=10))
    article("Haber", body="<p>Tramvay.</p>")

    assert ids('"yeni tramvay"') == [titled.pk, old.pk]
    assert not find('"yeni tramvay"').partly
    assert ids('"yeni tramvay" geldi') == [old.pk]

    monkeypatch.setattr(results, "PHRASED", 5)
    assert ids('"yeni tramvay"') == [titled.pk]
    assert find('"yeni tramvay"').partly
    # What else is asked narrows those that are looked at.
    assert ids('"yeni tramvay" geldi') == [old.pk]
    assert not find('"yeni tramvay" geldi').partly
    assert ids('"yeni tramvay"', marks=(mark("y", timezone.localdate(old.published_at).year),)) == [old.pk]


def test_phrases_are_found_as_among_all_documents(monkeypatch):
    """Among words in every order, whatever their number and the time between them."""
    now, rows = timezone.now(), {}
    for number, order in enumerate(permutations(["deniz", "liman", "iskele", "vapur"])):
        made = article(" ".join(order), published_at=now - timedelta(days=50 * number))
        rows[made.pk] = " ".join(order)
    for phrases in (
        ["deniz liman"],
        ["liman iskele vapur"],
        ["deniz liman", "iskele vapur"],
        ["vapur vapur"],
    ):
        wanted = {pk for pk, title in rows.items() if all(phrase in title for phrase in phrases)}
        assert set(ids(" ".join(f'"{phrase}"' for phrase in phrases))) == wanted, phrases


# What a citizen may not see


def hidden(**values: Any) -> list[Article]:
    now = timezone.now()
    return [
        article("Gizli taslak", state=State.DRAFT, **values),
        article("Gizli inceleme", state=State.IN_REVIEW, **values),
        article("Gizli yarın", published_at=now + timedelta(days=1), **values),
        article(
            "Gizli dün", published_at=now - timedelta(days=2), expires_at=now - timedelta(days=1), **values
        ),
        article("Gizli geri", state=State.WITHDRAWN, **values),
    ]


def test_hidden_articles_are_neither_found_nor_counted():
    hidden(tags=["Gizem"])
    public = article("Gizli değil")
    found = find("gizli")
    assert [one.object_id for one in found.found] == [public.pk]
    assert found.count("y") == [(str(timezone.localdate().year), 1)]
    assert found.count("g") == []


def test_what_is_hidden_after_it_was_indexed_is_gone_at_once():
    made = article("Tramvay")
    Article.objects.update(
        expires_at=timezone.now() - timedelta(seconds=1), published_at=timezone.now() - timedelta(days=1)
    )
    assert ids("tramvay") == []
    Article.objects.update(expires_at=None)
    assert ids("tramvay") == [made.pk]


def test_what_was_scheduled_is_found_when_its_time_has_come(time_machine):
    made = article("Tramvay", published_at=timezone.now() + timedelta(hours=1))
    assert ids("tramvay") == []
    time_machine.move_to(timezone.now() + timedelta(hours=1, seconds=1))
    assert ids("tramvay") == [made.pk]


def test_a_public_article_is_found_behind_any_number_of_hidden_ones(monkeypatch):
    monkeypatch.setattr(results, "NEWEST", 2)
    public = article("Tramvay", published_at=timezone.now() - timedelta(days=5))
    for _number in range(5):
        article("Duyuru", body="<p>tramvay</p>", expires_at=timezone.now() + timedelta(seconds=1))
    Article.objects.exclude(pk=public.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ids("tramvay") == [public.pk]


def test_a_guest_and_a_topic_of_drafts_are_not_found():
    guest = Official.objects.create(name="Gizli Konuk", family_name="Konuk", listed=False)
    topic = Tag.objects.create(name_tr="Gizli konu", is_topic=True)
    draft = make.article("Taslak", state=State.DRAFT)
    draft.tags.add(topic)
    Mention.objects.create(article=draft, official=guest)
    search.index(draft, guest, topic)
    assert ids("gizli") == []


# Filters, counts, pages


def test_results_are_narrowed_and_counted_by_facts():
    year = timezone.localdate().year
    notice = article("Tramvay duyurusu", kind="notice", tags=["Ulaşım"])
    article("Tramvay haberi", tags=["Ulaşım"])
    old = article("Tramvay arşivi", published_at=timezone.now() - timedelta(days=800))
    tag = Tag.objects.named("ulasim").get()
    assert ids("tramvay", marks=(mark("k", "notice"),)) == [notice.pk]
    assert ids("tramvay", marks=(mark("y", year - 2), mark("k", "story"))) in ([old.pk], [])
    assert len(ids("tramvay", marks=(mark("g", tag.pk),))) == 2
    assert find("tramvay").count("k") == [("story", 2), ("notice", 1)]
    assert find("tramvay").count("g") == [(str(tag.pk), 2)]


def test_pages_follow_each_other_without_gap_or_repetition():
    moment = timezone.now() - timedelta(days=1)
    made = {article("Tramvay", published_at=moment).pk for _number in range(7)}
    found = find("tramvay")
    seen, after = [], ""
    while True:
        page, after = found.page(after, size=3)
        seen += [one.object_id for one in page]
        if not after:
            break
    assert len(seen) == 7
    assert set(seen) == made


@pytest.mark.parametrize("cursor", ["x", "1", ".", "-.-", "9" * 500, "1.2.3", "ff.gg", "\ud800"])
def test_a_cursor_of_nonsense_is_the_first_page_or_an_empty_one(cursor):
    made = article("Tramvay")
    page, _after = find("tramvay").page(cursor)
    assert [one.object_id for one in page] in ([made.pk], [])


def test_lists_and_feeds_get_articles_and_nothing_else():
    older = article("Tramvay", published_at=timezone.now() - timedelta(days=2))
    newer = article("Duyuru", body="<p>tramvay</p>")
    official = Official.objects.create(name="Tramvay Bey", family_name="Bey")
    search.index(official)
    found = Article.objects.filter(search.newest_articles(search.parse("tramvay"), "tr"))
    assert list(found.newest_first()) == [newer, older]


# Bad input

NAUGHTY = [
    '"', '""', "'", "*", "**", "a*", "*a", "-a", "+a", "(", ")", "()", "a OR b", "AND", "NOT a",
    "NEAR(a, b)", "title:a", "words:tramvay", "{words}: a", "^a", "a:b:c", "a & b | !c", "<->",
    "a <2> b", "\\", "\\'", "%", "_", "t_tramvay", "k_story", "b_118", "';DROP TABLE news_article;--",
    "a\x00b", "\ud800", "\ufdfa" * 100, "ﷺ" * 100, "İ" * 100, "ß" * 100, "u0043c", "a" * 10_000,
    "tramvay " * 1500, "ve ile bu", "the of and", "!?.,;", "​\u200b\u200d", "\u202egpj", "🙂", "👩‍👩‍👧",
    "１２３", "Ⅻ", "0x1f", "1e400", "-1", "null", "undefined", "true", "${7*7}", "{{7*7}}",
    "<script>alert(1)</script>",
]  # fmt: skip


@pytest.mark.parametrize("typed", NAUGHTY)
def test_no_input_is_an_error(typed):
    article("Tramvay")
    found = find(typed)
    assert len(found.found) <= 1
    better = search.corrected(found.query, "tr")
    assert better is None or len(search.search(better, "tr").found) <= 1


class AnyInput(TestCase):
    @given(st.text(max_size=120))
    def test_whatever_is_typed_is_answered(self, typed):
        assert find(typed).found == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a plan of PostgreSQL")
@pytest.mark.parametrize("typed", ["tramvay", '"tramvay seferi"'])
def test_not_even_a_small_index_is_read_through_for_each_stretch_of_time(typed):
    search.index(*[make.article(f"Tramvay {number}") for number in range(3)])
    plans = []

    def explained(execute, sql, values, many, context):
        if "UNION ALL" in sql and "@@" in sql:
            with connection.connection.cursor() as cursor:
                plans.append(str(cursor.execute(f"EXPLAIN {sql}", values).fetchall()))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(explained):
        search.search(search.parse(typed), "tr")
    assert plans
    for plan in plans:
        assert "Bitmap Index Scan on news_search_tr" in plan
        assert "Seq Scan" not in plan
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        assert cursor.fetchone() == ("on",)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a plan of PostgreSQL")
def test_the_newsroom_looks_words_up_in_their_index():
    search.index(*make.articles(3))
    rows = Article.objects.filter(search.published_articles(search.parse("haber")))
    with search.by_index():
        assert "Bitmap Index Scan on news_search" in rows.explain()
