"""Finding articles in the list, and questions kept under a name."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from news import search
from news.models import Article, Mention, Place, SavedFilter, State
from news.publishing import copies
from tests.news import make
from tests.news.newsroom import all_of, person, signed_in, text_of

pytestmark = pytest.mark.django_db
LIST, FILTERS = "/admin/news/article/", "/admin/news/article/filters/"


def titles(user: Any, **asked: Any) -> list[str]:
    response = signed_in(user).get(LIST, asked)
    assert response.status_code == 200, response.url
    return sorted(all_of(response, "//th[@class='field-title']"))


def test_articles_are_found_by_what_they_are_about():
    user = person("Editor")
    place, official = Place.objects.create(name_tr="Konak", name_en="Konak"), make.official("Can Er")
    wanted = make.article("Aranan", tags=["Ulaşım"], place=place, kind="notice", author=user)
    make.article("Başkası", tags=["Çevre"])
    Mention.objects.create(article=wanted, official=official)
    tag = wanted.tags.get()
    merged = make.topic("Trafik", merged_into=tag)
    search.index(wanted)
    for asked in (
        {"topic": tag.pk},
        {"topic": merged.pk},
        {"person": official.pk},
        {"place": place.pk},
        {"kind": "notice"},
        {"author": user.pk},
        {"q": "ARANAN"},
        {"kind": "notice", "topic": tag.pk, "q": "aran", "state": "public", "language": "tr"},
    ):
        assert titles(user, **asked) == ["Aranan"], asked
    assert titles(user, topic=tag.pk, kind="story") == []


def test_states_are_asked_for_as_people_say_them():
    user, now = person("Publisher"), timezone.now()
    make.article("taslak", state=State.DRAFT)
    make.article("incelemede", state=State.IN_REVIEW)
    make.article("zamanlı", published_at=now + timedelta(days=1))
    make.article("süresi dolan", published_at=now - timedelta(days=2), expires_at=now - timedelta(days=1))
    make.article("geri çekilen", state=State.WITHDRAWN)
    live = make.article("yayında")
    Article.objects.filter(pk=copies.working_copy(live, user).pk).update(title="kopya")
    assert titles(user, state="draft") == ["kopya", "taslak"]
    assert titles(user, state="in_review") == ["incelemede"]
    assert titles(user, state="scheduled") == ["zamanlı"]
    assert titles(user, state="public") == ["yayında"]
    assert titles(user, state="expired") == ["süresi dolan"]
    assert titles(user, state="withdrawn") == ["geri çekilen"]
    assert titles(user, state="copies") == ["kopya"]


def test_days_are_those_of_istanbul_and_both_ends_count():
    user = person("Editor")
    for hour, title in ((20, "gece"), (21, "ertesi gün")):
        make.article(title, published_at=datetime(2026, 3, 17, hour, 30, tzinfo=UTC))
    assert titles(user, since="2026-03-17", until="2026-03-17") == ["gece"]
    assert titles(user, since="2026-03-18") == ["ertesi gün"]


@pytest.mark.parametrize(
    "asked",
    [
        {"state": "x"},
        {"topic": "99"},
        {"topic": "' OR 1=1"},
        {"since": "2026-02-31"},
        {"author": "9" * 40},
        {"desk": "hepsi"},
    ],
)
def test_what_cannot_be_read_filters_nothing_and_is_said(asked):
    make.article("Haber")
    response = signed_in(person("Editor")).get(LIST, asked)
    assert all_of(response, "//th[@class='field-title']") == ["Haber"]
    assert all_of(response, "//form[contains(@class, 'find')]//ul[contains(@class, 'errorlist')]/li")


def test_a_filter_is_kept_used_and_forgotten_by_who_made_it():
    user = person("Editor")
    make.article("Duyuru", kind="notice")
    make.article("Haber")
    client = signed_in(user)
    asked = client.get(LIST, {"kind": "notice", "q": ""})
    assert "Bu süzgeçleri şu adla sakla" in text_of(asked)
    (query,) = set(all_of(asked, "//div[@class='find-saved']//input[@name='query']/@value"))
    response = client.post(FILTERS, {"name": "Duyurular", "query": query}, follow=True)
    assert all_of(response, "//th[@class='field-title']") == ["Duyuru"]
    (link,) = all_of(client.get(LIST), "//div[@class='find-saved']//a/@href")
    assert all_of(client.get(LIST + link), "//th[@class='field-title']") == ["Duyuru"]
    other = signed_in(person("Editor", "başkası"))
    assert not all_of(other.get(LIST), "//div[@class='find-saved']//a")
    pk = SavedFilter.objects.get().pk
    other.post(FILTERS, {"delete": pk})
    assert SavedFilter.objects.exists()
    client.post(FILTERS, {"delete": pk})
    assert not SavedFilter.objects.exists()


def test_the_same_name_again_replaces_the_filter():
    client = signed_in(person("Editor"))
    for kind in ("notice", "story"):
        client.post(FILTERS, {"name": "Benimki", "query": f"kind={kind}"})
    assert SavedFilter.objects.get().query == "kind=story"


@pytest.mark.parametrize("query", ["", "next=https://kotu.example", "e=1&_popup=1", "q=" + "a" * 3000])
def test_what_is_no_question_is_not_kept(query):
    response = signed_in(person("Editor")).post(FILTERS, {"name": "Benimki", "query": query}, follow=True)
    assert response.status_code == 200
    assert not SavedFilter.objects.exists()


def test_a_filter_is_not_kept_by_asking_alone_and_not_for_strangers():
    assert signed_in(person("Editor")).get(FILTERS).status_code == 405
    visitor = person("Editor", "konuk")
    visitor.groups.clear()
    assert signed_in(visitor).post(FILTERS, {"name": "a", "query": "q=a"}).status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_a_filtered_list_asks_as_much_for_thirty_rows_as_for_one(number, django_assert_num_queries):
    user = person("Editor")
    make.articles(number, author=user, tags=["Ulaşım"])
    client = signed_in(user)
    client.get(LIST)
    # PostgreSQL is also told how to look words up.
    with django_assert_num_queries(11 if connection.vendor == "sqlite" else 14):
        client.get(LIST, {"author": user.pk, "q": "haber", "state": "public"})


def test_words_are_found_in_what_is_published_planned_withdrawn_and_not_public_yet():
    user, now = person("Editor"), timezone.now()
    for state, title in (
        (State.DRAFT, "Vapur taslağı"),
        (State.WITHDRAWN, "Vapur yalanı"),
        (State.PUBLISHED, "Vapur seferleri"),
    ):
        search.index(make.article(title, state=state))
    search.index(make.article("Yarınki vapur", published_at=now + timedelta(days=1)))
    search.index(make.article("Ferry timetable", language="en"))
    search.index(make.article("Metro"))
    assert titles(user, q="VAPUR") == ["Vapur seferleri", "Vapur taslağı", "Vapur yalanı", "Yarınki vapur"]
    assert titles(user, q="ferry") == ["Ferry timetable"]
    assert titles(user, q="vapur yalan") == ["Vapur yalanı"]
    assert titles(user, q="' OR 1=1 --") == []
    assert titles(user, q='"vapur') == titles(user, q="vapur")
