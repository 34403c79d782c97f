"""Every list as a feed, in every form."""

import json
from datetime import timedelta

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from news import search
from news.models import Article, Correction, Kind, Mention, Official, Place, State, Tag
from tests.news.make import article, articles, image

pytestmark = pytest.mark.django_db

FORMS = ["/tr/feed/", "/tr/feed/atom/", "/tr/feed.json"]
ATOM = {"a": "http://www.w3.org/2005/Atom", "media": "http://search.yahoo.com/mrss/"}


def titles(client: Client, address: str, **query: object) -> list[str]:
    response = client.get(address, query)
    assert response.status_code == 200
    if address.endswith("json"):
        return [item["title"] for item in json.loads(response.content)["items"]]
    feed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not feed.bozo, feed.get("bozo_exception")
    return [entry.title for entry in feed.entries]


@pytest.fixture
def archive() -> dict[str, object]:
    """One article that every filter picks, among others that it does not."""
    district = Place.objects.create(name_tr="Konak", name_en="Konak")
    hall = Place.objects.create(name_tr="Salon", name_en="Hall", within=district)
    person = Official.objects.create(name="Ayşe Işık", family_name="Işık")
    published_at = timezone.now() - timedelta(days=400)
    wanted = article(
        "Aranan bildiri", kind=Kind.STATEMENT, place=hall, tags=["Ulaşım"], published_at=published_at
    )
    Mention.objects.create(article=wanted, official=person)
    wanted.relist()
    other = article("Başka haber", tags=["Çevre"])
    english = article("Another statement", language="en", kind=Kind.STATEMENT, tags=["Ulaşım"])
    search.index(wanted, other, english)
    local = timezone.localtime(published_at)
    return {
        "kind": {"kind": "statement"},
        "topic": {"topic": wanted.tags.get().pk},
        "person": {"person": person.pk},
        "district": {"place": district.pk},
        "venue": {"place": hall.pk},
        "year": {"year": local.year},
        "month": {"year": local.year, "month": local.month},
        "words": {"q": "BİLDİRİ"},
        "words and kind": {"q": "bildiri", "kind": "statement"},
        "two": {"kind": "statement", "topic": wanted.tags.get().pk},
    }


@pytest.mark.parametrize("address", FORMS)
def test_a_feed_holds_what_its_list_shows(client: Client, archive: dict, address: str):
    assert titles(client, address) == ["Başka haber", "Aranan bildiri"]
    for name, query in archive.items():
        assert titles(client, address, **query) == ["Aranan bildiri"], name
    assert titles(client, address, q="yokboyle") == []


def test_a_feed_names_its_choice_its_list_and_itself(client: Client, archive: dict, settings):
    settings.SITE_URL = "https://sehir.example.org"
    tag = archive["topic"]["topic"]

    feed = feedparser.parse(client.get("/tr/feed/", {"topic": tag, "utm_source": "x"}).content).feed

    assert feed.title.endswith(": Ulaşım")
    links = {link.rel: link.href for link in feed.links}
    assert links["self"] == f"https://sehir.example.org/tr/feed/?topic={tag}"
    assert links["alternate"] == f"https://sehir.example.org/tr/haberler/?topic={tag}"
    found = feedparser.parse(client.get("/tr/feed/", {"q": "ışık & su"}).content).feed
    assert found.title.endswith("“ışık & su”")
    assert {link.rel: link.href for link in found.links}["self"].endswith(
        "/tr/feed/?q=%C4%B1%C5%9F%C4%B1k+%26+su"
    )


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize(
    "query",
    ["kind=poem", "topic=999999", "topic=-1", "place=99999999999999999999999", "person=x", "year=12",
     "month=13&year=2026", "kind=story&topic=1&person=1&place=1"],
)  # fmt: skip
def test_a_choice_that_no_list_offers_is_a_missing_page(client: Client, address: str, query: str):
    assert client.get(f"{address}?{query}").status_code == 404


@pytest.mark.parametrize("address", FORMS)
def test_three_filters_make_no_feed(client: Client, archive: dict, address: str):
    two = archive["two"]
    assert client.get(address, two).status_code == 200
    assert client.get(address, two | archive["year"]).status_code == 404


@pytest.mark.parametrize("address", FORMS)
def test_the_topic_of_a_draft_has_no_feed(client: Client, address: str):
    article("Taslak", state=State.DRAFT, tags=["Gizli proje"])

    assert client.get(f"{address}?topic={Tag.objects.get().pk}").status_code == 404


def test_a_language_that_does_not_exist_has_no_feed(client: Client):
    assert client.get("/de/feed/").status_code == 404


def test_atom_is_complete_and_its_pictures_are_enclosures(client: Client, settings):
    settings.SITE_URL = "https://sehir.example.org"
    picture = image()
    made = article(
        "Başlık <b> & daha", summary="Özet < uzun", tags=["Ulaşım"], byline="Basın Bürosu",
        lead_image=picture, lead_alt="Tramvay", changed_at=timezone.now(),
    )  # fmt: skip

    response = client.get("/tr/feed/atom/")
    root = etree.fromstring(response.content)

    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "tr"
    entry = root.find("a:entry", ATOM)
    assert entry.findtext("a:id", namespaces=ATOM) == made.guid.urn
    assert entry.findtext("a:title", namespaces=ATOM) == "Başlık <b> & daha"
    assert entry.findtext("a:author/a:name", namespaces=ATOM) == "Basın Bürosu"
    assert entry.find("a:content", ATOM).get("type") == "html"
    links = [dict(link.attrib) for link in entry.findall("a:link", ATOM)]
    assert links[0] == {"href": f"https://sehir.example.org{made.get_absolute_url()}"}
    assert links[1]["rel"] == "enclosure"
    assert links[1]["type"] == "image/jpeg"
    assert int(links[1]["length"]) == picture.share_length > 0
    assert [category.get("term") for category in entry.findall("a:category", ATOM)] == ["haber", "Ulaşım"]
    published, updated = (entry.findtext(f"a:{name}", namespaces=ATOM) for name in ("published", "updated"))
    assert published < updated == root.findtext("a:updated", namespaces=ATOM)
    assert entry.findtext(".//media:credit", namespaces=ATOM) == "Ayşe Işık"
    assert {link.get("rel") for link in root.findall("a:link", ATOM)} == {"self", "alternate"}


def test_json_holds_the_same(client: Client, settings):
    settings.SITE_URL = "https://sehir.example.org"
    made = article(
        "Işık & su", summary="Özet", tags=["Ulaşım"], byline="Basın Bürosu", lead_image=image(),
        lead_alt="Tramvay", body='<p><a href="/tr/">Ana sayfa</a></p>',
    )  # fmt: skip

    response = client.get("/tr/feed.json")
    feed = json.loads(response.content)

    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["language"], feed["feed_url"]) == ("tr", "https://sehir.example.org/tr/feed.json")
    (item,) = feed["items"]
    assert (item["id"], item["title"], item["summary"]) == (made.guid.urn, "Işık & su", "Özet")
    assert 'href="https://sehir.example.org/tr/"' in item["content_html"]
    assert item["tags"] == ["haber", "Ulaşım"]
    assert item["authors"] == [{"name": "Basın Bürosu"}]
    assert item["image"] == item["attachments"][0]["url"]
    assert item["attachments"][0]["size_in_bytes"] > 0
    assert "date_modified" not in item


def test_the_three_forms_tell_the_same_identities(client: Client):
    articles(3)

    rss = [entry.id for entry in feedparser.parse(client.get("/tr/feed/").content).entries]
    atom = [entry.id for entry in feedparser.parse(client.get("/tr/feed/atom/").content).entries]
    item = [item["id"] for item in json.loads(client.get("/tr/feed.json").content)["items"]]

    assert rss == atom == item
    assert len(set(rss)) == 3


@pytest.mark.parametrize("address", FORMS)
def test_an_unchanged_feed_is_not_written_again(client: Client, address: str):
    article()
    first = client.get(address)

    assert client.get(address).content == first.content
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert not first.cookies


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("number", [1, 20])
def test_a_filtered_feed_costs_the_same_with_one_and_twenty(
    client: Client, archive: dict, address: str, number: int
):
    articles(number, kind=Kind.STATEMENT, tags=["Ulaşım"])
    for query, cost in ((archive["kind"], 7), (archive["topic"], 7), (archive["district"], 7)):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(address, query)
        assert len(asked) == cost, query


def test_a_topic_s_feed_reads_the_index_beside_the_tags(client: Client, archive: dict):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads so small a table whole, and rightly.")
    with CaptureQueriesContext(connection) as asked:
        client.get("/tr/feed/", archive["topic"])
    read = [query["sql"] for query in asked if "LIMIT 50" in query["sql"]]
    (listing,) = [sql for sql in read if "news_articletag" in sql and "withdrawn" not in sql]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {listing}")
        plan = str(cursor.fetchall())
    assert "articletag_list" in plan
    assert "TEMP B-TREE" not in plan


def test_a_rename_keeps_a_story_s_place_and_a_correction_its_identity(client: Client):
    older, newer = articles(2)[::-1]
    older.title, older.changed_at = "Yeni ad", timezone.now()
    older.save()

    assert titles(client, "/tr/feed/atom/") == [newer.title, "Yeni ad"]
    assert Article.objects.count() == 2


def test_a_withdrawn_story_leaves_its_notice_in_the_feeds_of_its_topic_and_people(
    client: Client, archive: dict
):
    wanted = Article.objects.get(title="Aranan bildiri")
    Correction.objects.create(article=wanted, wrong="a", right="b")
    wanted.state, wanted.withdrawn_at = State.WITHDRAWN, timezone.now()
    wanted.save()
    wanted.relist()
    article("Kalan", tags=["Ulaşım"])

    assert titles(client, "/tr/feed/", **archive["topic"]) == ["Kalan", "Yayından kaldırıldı: Aranan bildiri"]
    for name in ("kind", "district", "year"):
        assert titles(client, "/tr/feed/", **archive[name]) == ["Yayından kaldırıldı: Aranan bildiri"], name
