"""What search engines and finders of faults are told."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from news.models import Article, Official, SiteProfile, State, Tag
from news.syndication import sitemaps
from tests.news.make import article, event

pytestmark = pytest.mark.django_db

NAMESPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def read(client: Client, address: str) -> etree._Element:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert not response.cookies
    return etree.fromstring(response.content)


def texts(root: etree._Element, path: str) -> list[str]:
    return [element.text for element in root.iterfind(path, NAMESPACES)]


def listed(client: Client, address: str) -> list[str]:
    return [url.removeprefix("http://testserver") for url in texts(read(client, address), ".//s:loc")]


def file_of(row: Article) -> str:
    return f"/sitemaps/articles-{row.pk // sitemaps.RANGE}.xml"


def everything(client: Client) -> list[str]:
    """Every address that a crawler reaches from the index."""
    return [url for file in listed(client, "/sitemap.xml") for url in listed(client, file)]


def test_every_address_that_is_listed_opens_and_is_its_own_canonical(client: Client):
    turkish = article("Şenlik başladı", tags=["Şenlik"])
    Tag.objects.update(is_topic=True, name_en="Festival")
    english = {"language": "en", "translation_key": turkish.translation_key, "tags": Tag.objects.all()}
    article("The festival has begun", **english)
    event("Konser", title_en="Concert")
    Official.objects.create(name="Ayşe Işık", family_name="Işık")

    addresses = everything(client)

    assert len(addresses) == len(set(addresses))
    for path in addresses:
        response = client.get(path)
        assert response.status_code == 200, path
        assert f'<link rel="canonical" href="http://testserver{path}">' in response.content.decode(), path
    for thing in ("tr/haberler", "en/news", "tr/etkinlikler", "en/events", "tr/konular", "en/topics",
                  "tr/yoneticiler", "en/officials"):  # fmt: skip
        assert any(re.match(rf"/{thing}/\d+/", path) for path in addresses), thing


def test_only_what_is_public_now_is_listed(client: Client):
    now = timezone.now()
    article("acik")
    article("taslak", state=State.DRAFT, tags=["Gizli konu"])
    article("zamanlanmis", published_at=now + timedelta(hours=1))
    article("suresi-dolmus", published_at=now - timedelta(days=2), expires_at=now - timedelta(days=1))
    article("geri-cekilmis", state=State.WITHDRAWN)
    event("gizli-etkinlik", state=State.DRAFT)
    Official.objects.create(name="Konuk", family_name="Konuk", listed=False)
    Tag.objects.update(is_topic=True)

    told = " ".join(everything(client) + listed(client, "/sitemaps/news.xml"))

    assert "acik" in told
    for hidden in ("taslak", "zamanlanmis", "suresi", "cekilmis", "gizli", "konuk"):
        assert hidden not in told


def test_languages_are_named_only_where_the_translation_is_public_now(client: Client, time_machine):
    now = datetime(2026, 3, 18, 12, tzinfo=UTC)
    time_machine.move_to(now, tick=False)
    turkish = article("Şenlik")
    english = article(
        "Festival",
        language="en",
        translation_key=turkish.translation_key,
        published_at=now + timedelta(hours=1),
    )
    (address,) = listed(client, file_of(turkish))
    assert address == turkish.get_absolute_url()
    assert not read(client, file_of(turkish)).findall(".//x:link", NAMESPACES)

    time_machine.move_to(now + timedelta(hours=2), tick=False)

    links = read(client, file_of(turkish)).findall(".//x:link", NAMESPACES)
    alternates = [
        (link.get("hreflang"), link.get("href").removeprefix("http://testserver")) for link in links
    ]
    pair = [("tr", turkish.get_absolute_url()), ("en", english.get_absolute_url())]
    assert alternates == pair * 2


def test_the_time_of_change_is_that_of_the_last_significant_one(client: Client):
    made = article(
        published_at=datetime(2026, 3, 1, 9, tzinfo=UTC), changed_at=datetime(2026, 3, 5, 9, tzinfo=UTC)
    )
    made.save()

    assert texts(read(client, file_of(made)), ".//s:lastmod") == ["2026-03-05T12:00:00+03:00"]


def test_ids_of_a_large_import_are_listed_too(client: Client):
    rows = [article("Haber"), article("Haber", pk=30_000_000)]

    assert {file_of(row) for row in rows} <= {*listed(client, "/sitemap.xml")}


def test_a_range_without_anything_is_neither_listed_nor_found(client: Client, monkeypatch):
    monkeypatch.setattr(sitemaps, "RANGE", 2)
    made = [article(f"Haber {number}") for number in range(6)]
    middle = made[2].pk // 2
    Article.objects.filter(pk__gte=middle * 2, pk__lt=middle * 2 + 2).update(state=State.DRAFT)

    files = [path for path in listed(client, "/sitemap.xml") if "articles" in path]

    assert f"/sitemaps/articles-{middle}.xml" not in files
    assert client.get(f"/sitemaps/articles-{middle}.xml").status_code == 404
    assert sum(len(listed(client, file)) for file in files) == 4


@pytest.mark.parametrize("number", [1, 20])
def test_the_cost_does_not_grow(client: Client, number: int, django_assert_num_queries):
    for count in range(number):
        turkish = article(f"Haber {count}")
        article(f"News {count}", language="en", translation_key=turkish.translation_key)

    with django_assert_num_queries(2):
        assert len(listed(client, file_of(turkish))) == 2 * number
    with django_assert_num_queries(4):
        client.get("/sitemap.xml")
    with django_assert_num_queries(3):
        client.get("/sitemaps/news.xml")


@pytest.mark.parametrize(
    "address", ["/sitemaps/articles-x.xml", "/sitemaps/articles-999999999.xml", "/sitemaps/users-0.xml"]
)
def test_a_sitemap_that_does_not_exist_is_a_missing_page(client: Client, address: str):
    assert client.get(address).status_code == 404


def test_the_news_of_two_days_are_told_with_their_publication(client: Client):
    now = timezone.now()
    SiteProfile.objects.create(
        pk=1, name_tr="Körfez & Şehir", name_en="Gulf City", short_name_tr="K", short_name_en="G"
    )
    article("Bugün <yeni>", published_at=now - timedelta(hours=47))
    article("Two days old", language="en", published_at=now - timedelta(hours=49))

    root = read(client, "/sitemaps/news.xml")

    assert texts(root, ".//n:title") == ["Bugün <yeni>"]
    assert texts(root, ".//n:name") == ["Körfez & Şehir"]
    assert texts(root, ".//n:language") == ["tr"]
    (date,) = texts(root, ".//n:publication_date")
    assert datetime.fromisoformat(date) == (now - timedelta(hours=47)).replace(microsecond=0)


def test_robots_are_shown_the_sitemaps_and_kept_from_what_is_not_for_them(client: Client):
    words = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in words
    for path in ("/admin/", "/tr/arama/", "/en/search/"):
        assert f"Disallow: {path}\n" in words


def test_a_finder_of_faults_is_told_whom_to_write_for_less_than_a_year(client: Client, time_machine):
    assert client.get("/.well-known/security.txt").status_code == 404
    SiteProfile.objects.create(
        pk=1, name_tr="K", name_en="G", short_name_tr="K", short_name_en="G",
        security_contact="guvenlik@sehir.example.org",
    )  # fmt: skip
    for now in (
        datetime(2026, 3, 1, tzinfo=UTC),
        datetime(2028, 2, 29, 23, tzinfo=UTC),
        datetime(2027, 12, 31, tzinfo=UTC),
    ):
        time_machine.move_to(now, tick=False)
        lines = client.get("/.well-known/security.txt").content.decode().splitlines()
        fields = dict(line.split(": ", 1) for line in lines)
        assert fields["Contact"] == "mailto:guvenlik@sehir.example.org"
        assert timedelta(days=300) < datetime.fromisoformat(fields["Expires"]) - now < timedelta(days=365)
        assert fields["Canonical"] == "http://testserver/.well-known/security.txt"


@pytest.mark.parametrize("accepted", ["tr", "en", "de"])
def test_the_reader_s_language_changes_nothing(client: Client, accepted: str):
    article()
    for address in ("/sitemap.xml", "/sitemaps/articles-0.xml", "/sitemaps/news.xml", "/robots.txt"):
        plain = client.get(address).content
        assert client.get(address, headers={"accept-language": accepted}).content == plain


def test_a_browser_finds_an_icon_where_it_looks_without_being_told(client: Client):
    assert client.get("/favicon.ico")["Location"] == "/static/img/favicon.ico"
