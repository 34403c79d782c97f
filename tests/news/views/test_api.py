"""What a program reads at /api/."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from news import search
from news.models import Appointment, Article, Body, Event, Mention, Office, Official, Place, State, Tag
from news.publishing.event import rebuild_occurrences
from tests.news import make

pytestmark = pytest.mark.django_db


def read(client: Client, address: str, **query: object) -> Any:
    response = client.get(f"/api/{address}", query)
    assert response.status_code == 200, response.content
    return response.json()


def titles(client: Client, **query: object) -> list[str]:
    return [item["title"] for item in read(client, "articles", **query)["items"]]


def an_event(**values: Any) -> Event:
    starts_at = timezone.now().replace(microsecond=0) + timedelta(days=3)
    values = {
        "title_tr": "Yaz konseri",
        "title_en": "Summer concert",
        "state": State.PUBLISHED,
        "published_at": timezone.now() - timedelta(hours=1),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        **values,
    }
    event = Event.objects.create(**values)
    rebuild_occurrences(event)
    return event


def test_an_article_is_told_in_full(client: Client):
    district = Place.objects.create(name_tr="Merkez", name_en="Centre")
    article = make.article(
        "Işıklar yandı",
        summary="Kısaca.",
        body='<p>Bkz. <a href="/tr/">ana sayfa</a></p>',
        place=district,
        tags=["Ulaşım"],
    )
    translation = make.article("Lights on", language="en", translation_key=article.translation_key)
    official = Official.objects.create(name="Ayşe Işık", family_name="Işık")
    Mention.objects.create(article=article, official=official)

    told = read(client, f"articles/{article.guid}")

    assert told["id"] == str(article.guid)
    assert told["title"] == "Işıklar yandı"
    assert told["url"] == f"http://testserver/tr/haberler/{article.pk}/isiklar-yandi/"
    assert told["html"] == '<p>Bkz. <a href="http://testserver/tr/">ana sayfa</a></p>'
    assert told["published_at"].endswith("+03:00")
    assert told["place"] == {"id": district.pk, "name": "Merkez"}
    assert [tag["name"] for tag in told["tags"]] == ["Ulaşım"]
    assert told["officials"] == [{"id": official.pk, "name": "Ayşe Işık"}]
    assert told["translations"] == [
        {
            "id": str(translation.guid),
            "language": "en",
            "url": f"http://testserver/en/news/{translation.pk}/lights-on/",
        }
    ]


def test_the_id_of_an_article_outlives_its_title_and_address(client: Client):
    article = make.article("Eski başlık")
    before = read(client, "articles")["items"][0]
    Article.objects.filter(pk=article.pk).update(title="Yeni başlık", slug="yeni-baslik")
    after = read(client, "articles")["items"][0]
    assert (after["id"], after["title"]) == (before["id"], "Yeni başlık")
    assert after["url"] != before["url"]


def test_following_next_reads_every_article_once_though_many_share_a_moment(client: Client):
    moment = timezone.now() - timedelta(days=1)
    for number in range(7):
        make.article(f"Haber {number}", published_at=moment)
    found, address, query = [], "articles", {"limit": 3}
    while address:
        page = read(client, address, **query)
        found += [item["title"] for item in page["items"]]
        address, query = (page["next"] or "").removeprefix("http://testserver/api/"), {}
    assert found == [f"Haber {number}" for number in reversed(range(7))]


def test_next_keeps_what_was_asked_for(client: Client):
    tag = Tag.objects.for_label("Ulaşım", "tr")
    for number in range(3):
        make.article(f"Haber {number}", tags=["Ulaşım"])
    make.article("Etiketsiz")
    since = (timezone.now() - timedelta(days=2)).isoformat()
    page = read(client, "articles", tag=tag.pk, limit=2, since=since)
    rest = read(client, page["next"].removeprefix("http://testserver/api/"))
    assert [item["title"] for item in page["items"] + rest["items"]] == ["Haber 2", "Haber 1", "Haber 0"]


def test_articles_are_filtered(client: Client):
    district = Place.objects.create(name_tr="Merkez", name_en="Centre")
    venue = Place.objects.create(name_tr="Meydan", name_en="Square", within=district)
    official = Official.objects.create(name="Ayşe Işık", family_name="Işık")
    old = make.article("Eski", published_at=timezone.now() - timedelta(days=30), kind="notice")
    new = make.article("Yeni", place=venue, tags=["Ulaşım"])
    make.article("New", language="en")
    Mention.objects.create(article=old, official=official)
    old.relist()
    search.index(old, new)
    tag = Tag.objects.named("ulasim").get()
    assert titles(client) == ["Yeni", "Eski"]
    assert titles(client, language="en") == ["New"]
    assert titles(client, kind="notice") == ["Eski"]
    assert titles(client, place=district.pk) == ["Yeni"]
    assert titles(client, tag=tag.pk) == ["Yeni"]
    assert titles(client, official=official.pk) == ["Eski"]
    assert titles(client, since=(timezone.now() - timedelta(days=1)).isoformat()) == ["Yeni"]
    assert titles(client, tag=tag.pk, place=venue.pk) == ["Yeni"]
    assert titles(client, tag=tag.pk, official=official.pk) == []
    assert titles(client, kind="notice", official=official.pk) == ["Eski"]
    too_many = client.get("/api/articles", {"kind": "notice", "official": official.pk, "tag": tag.pk})
    assert too_many.status_code == 400


def test_following_next_reads_a_combination_of_filters_to_its_end(client: Client):
    moment = timezone.now() - timedelta(days=1)
    made = [
        make.article(f"Haber {number}", published_at=moment - timedelta(hours=number // 2), tags=["Ulaşım"])
        for number in range(5)
    ]
    search.index(*made)
    tag = Tag.objects.named("ulasim").get()
    found, address, query = [], "articles", {"limit": 2, "tag": tag.pk, "kind": "story"}
    while address:
        page = read(client, address, **query)
        found += [item["title"] for item in page["items"]]
        address, query = (page["next"] or "").removeprefix("http://testserver/api/"), {}
    assert found == [f"Haber {number}" for number in (1, 0, 3, 2, 4)]


def hidden_articles() -> list[Article]:
    now = timezone.now()
    return [
        make.article("Gizli taslak", state=State.DRAFT, tags=["Gizli"]),
        make.article("Gizli yarın", published_at=now + timedelta(days=1), tags=["Gizli"]),
        make.article(
            "Gizli dün",
            published_at=now - timedelta(days=2),
            expires_at=now - timedelta(days=1),
            tags=["Gizli"],
        ),
        make.article("Gizli geri", state=State.WITHDRAWN, tags=["Gizli"]),
    ]


def test_nothing_that_is_not_public_is_told(client: Client):
    public = make.article("Açık")
    guest = Official.objects.create(name="Gizli Konuk", family_name="Konuk", listed=False)
    for article in hidden_articles():
        Mention.objects.create(article=article, official=guest)
        Article.objects.filter(pk=article.pk).update(
            translation_key=public.translation_key if article.language == "en" else article.translation_key
        )
        assert client.get(f"/api/articles/{article.guid}").status_code == 404
    hidden = an_event(title_tr="Gizli etkinlik", state=State.DRAFT)
    tag = Tag.objects.named("Gizli").get()
    for address in ("articles", f"articles/{public.guid}", "events", "officials", "tags"):
        assert "Gizli" not in client.get(f"/api/{address}").content.decode("unicode_escape")
    for address in (f"events/{hidden.guid}", f"officials/{guest.pk}", f"tags/{tag.pk}"):
        assert client.get(f"/api/{address}").status_code == 404


def test_a_translation_that_is_not_out_yet_is_not_named(client: Client):
    article = make.article("Açık")
    make.article(
        "Later",
        language="en",
        translation_key=article.translation_key,
        published_at=timezone.now() + timedelta(hours=1),
    )
    assert read(client, f"articles/{article.guid}")["translations"] == []


def test_an_event_is_told_with_its_times_where_it_takes_place(client: Client):
    event = an_event(time_zone="Europe/Moscow", timing="timed")
    told = read(client, f"events/{event.guid}", language="en")
    assert told["title"] == "Summer concert"
    assert told["starts_at"] == event.starts_at.astimezone(event.zone).isoformat()
    assert len(told["occurrences"]) == 1


def test_a_cancelled_event_stays_and_sells_no_tickets(client: Client):
    an_event(status="cancelled", status_reason_tr="Fırtına", tickets_url="https://tickets.example.org/")
    told = read(client, "events")["items"][0]
    assert (told["status"], told["status_reason"], told["tickets_url"]) == ("cancelled", "Fırtına", "")


def test_an_event_is_told_only_in_the_languages_it_has_words_in(client: Client):
    event = an_event(title_en="")
    assert read(client, "events", language="en")["items"] == []
    assert client.get(f"/api/events/{event.guid}", {"language": "en"}).status_code == 404


def test_an_official_is_told_with_the_offices_held(client: Client):
    official = Official.objects.create(name="Ayşe Işık", family_name="Işık", biography_tr="<p>Mühendis.</p>")
    office = Office.objects.create(
        title_tr="Başkan",
        title_en="Mayor",
        body=Body.objects.create(name_tr="Başkanlık", name_en="Presidency"),
    )
    Appointment.objects.create(official=official, office=office, starts_on="2024-04-01", party_en="Bay List")
    told = read(client, f"officials/{official.pk}", language="en")
    assert told["terms"] == [
        {
            "office": "Mayor",
            "body": "Presidency",
            "starts_on": "2024-04-01",
            "ends_on": None,
            "acting": False,
            "party": "Bay List",
        }
    ]
    Official.objects.create(name="Eski Üye", family_name="Üye")
    assert [item["name"] for item in read(client, "officials", in_office="true")["items"]] == ["Ayşe Işık"]
    assert [item["name"] for item in read(client, "officials", limit=1, cursor=official.pk)["items"]] == [
        "Eski Üye"
    ]


def test_tags_are_told_with_whether_they_are_topics(client: Client):
    make.article(tags=["Ulaşım", "Kültür"])
    Tag.objects.filter(fold_tr="kultur").update(is_topic=True)
    assert [item["name"] for item in read(client, "tags")["items"]] == ["Ulaşım", "Kültür"]
    assert [item["name"] for item in read(client, "tags", topic="true")["items"]] == ["Kültür"]
    assert read(client, "tags", language="en")["items"] == []


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"), [("articles", 3), ("events", 2), ("officials", 1), ("tags", 1)]
)
def test_a_list_costs_the_same_queries_however_long(
    client: Client, django_assert_num_queries, address: str, queries: int, number: int
):
    for count in range(number):
        article = make.article(f"Haber {count}", tags=["Ulaşım", "Kültür"])
        official = Official.objects.create(name=f"Kişi {count}", family_name="Kişi")
        Mention.objects.create(article=article, official=official)
        an_event().tags.add("Ulaşım")
    with django_assert_num_queries(queries):
        found = read(client, address)["items"]
    assert len(found) == (2 if address == "tags" else number)


@pytest.mark.parametrize("address", ["articles", "events", "officials", "tags", "openapi.json"])
def test_an_unchanged_answer_is_a_304_and_sets_no_cookie(client: Client, address: str):
    make.article(tags=["Ulaşım"])
    first = client.get(f"/api/{address}")
    assert client.get(f"/api/{address}", headers={"if-none-match": first["ETag"]}).status_code == 304
    assert first["Access-Control-Allow-Origin"] == "*"
    assert not first.cookies
    assert client.head(f"/api/{address}").status_code == 200


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"limit": 101}, "limit"),
        ({"limit": "x"}, "limit"),
        ({"cursor": "'; drop"}, "cursor"),
        ({"cursor": "f" * 15 + ".1"}, "cursor"),
        ({"kind": "secret"}, "kind"),
        ({"language": "de"}, "language"),
        ({"tag": 10**30}, "tag"),
        ({"since": "yesterday"}, "since"),
        ({"since": "2026-03-18"}, "since"),
    ],
)
def test_a_wrong_value_is_refused_in_words(client: Client, query: dict, said: str):
    response = client.get("/api/articles", query)
    assert response.status_code == 400
    assert response.json()["detail"].startswith(said)


@pytest.mark.parametrize("address", ["articles/5", "officials/999999999999999999999", "tags/0", "drafts"])
def test_what_does_not_exist_is_a_404(client: Client, address: str):
    assert client.get(f"/api/{address}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, method: str):
    assert getattr(client, method)("/api/articles").status_code == 405


def test_a_cursor_beyond_all_time_is_an_empty_page_or_refused(client: Client):
    make.article()
    assert client.get("/api/articles", {"cursor": "-" + "f" * 14 + ".1"}).status_code in (200, 404)


def test_the_description_is_openapi_and_names_every_answer(client: Client):
    described = read(client, "openapi.json")
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {
        f"/api/{noun}{one}"
        for noun, key in [("articles", "id"), ("events", "id"), ("officials", "id"), ("tags", "id")]
        for one in ("", f"/{{{key}}}")
    }
    for path in described["paths"].values():
        shape = path["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        assert shape.removeprefix("#/components/schemas/") in described["components"]["schemas"]


@pytest.mark.parametrize("language", ["tr", "en"])
def test_people_read_about_it_on_a_page(client: Client, language: str):
    page = client.get("/api/", headers={"accept-language": language}, follow=True).content.decode()
    assert f'<html lang="{language}"' in page
    for said in ("/api/articles", "/api/openapi.json", "since", "press_release"):
        assert said in page
