"""Pages about the site itself."""

import json
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Correction, Place, SiteProfile, State
from tests.news.make import article, image, topic
from tests.news.pages import Read

pytestmark = pytest.mark.django_db
#: https://www.w3.org/TR/WCAG22/ has 31 criteria of level A, without the obsolete 4.1.1, and 24 of level AA.
LEVELS = {"A": 31, "AA": 24}
COMPONENTS = [
    "skip",
    "alert",
    "utility",
    "masthead",
    "main-nav",
    "breadcrumb",
    "page-head",
    "kicker",
    "meta",
    "notice",
    "card",
    "lead",
    "event",
    "date",
    "filters",
    "chips",
    "tags",
    "pager",
    "neighbours",
    "prose",
    "facts",
    "person",
    "changes",
    "search",
    "field",
    "button",
    "footer",
    "empty",
    "badge",
]


def test_the_feeds_page_offers_addresses_that_answer(client: Client):
    topic("Ulaşım")
    article("Tramvay", tags=["Ulaşım"])
    Place.objects.create(name_tr="Konak", name_en="Konak")
    page = Read(client, "/tr/akislar/")
    assert page.all("//tbody//th")[:3] == ["Tüm haberler", "Haberler", "Basın bültenleri"]
    assert "Ulaşım" in page.all("//tbody//th")
    assert "Konak" in page.main
    assert "http://testserver/tr/feed/" in page.main
    for address in page.all("//main//td/a/@href") + page.all("//main//ul[@class='links']//a/@href"):
        assert client.get(address).status_code == 200, address


def test_every_page_tells_readers_of_the_feeds_and_of_its_own_first(client: Client):
    found = topic("Ulaşım")
    article("Tramvay", tags=["Ulaşım"])
    links = "//head/link[@rel='alternate' and @type='application/rss+xml']/@href"
    assert Read(client, "/tr/").all(links) == ["/tr/feed/"]
    assert Read(client, found.get_absolute_url("tr")).all(links) == [
        f"/tr/feed/?topic={found.pk}",
        "/tr/feed/",
    ]
    assert Read(client, "/tr/haberler/", kind="story").all(links) == ["/tr/feed/?kind=story", "/tr/feed/"]
    page = Read(client, "/tr/haberler/", kind="story")
    assert page.link("Bu listenin akışı") == "/tr/feed/?kind=story"


def test_the_accessibility_statement_says_what_is_known(client: Client):
    SiteProfile.objects.create(
        pk=1, name_tr="K", name_en="K", short_name_tr="K", short_name_en="K", email="bilgi@kent.example",
        accessibility_gaps_tr="Eski PDF dosyaları etiketsiz.", accessibility_tested_on=date(2026, 11, 5),
    )  # fmt: skip
    page = Read(client, "/tr/erisilebilirlik/")
    assert "Eski PDF dosyaları etiketsiz." in page.main
    assert "5 Kasım 2026" in page.main
    assert page.link("bilgi@kent.example") == "mailto:bilgi@kent.example"
    assert "we know of none at present." in Read(client, "/en/accessibility/").main


def test_corrections_are_those_of_public_articles_in_the_language(client: Client):
    for title, values in {"Açık": {}, "Gizli": {"state": State.DRAFT}, "English": {"language": "en"}}.items():
        Correction.objects.create(
            article=article(title, **values), wrong="14", right=f"{title} 16", corrected_at=timezone.now()
        )
    main = Read(client, "/tr/duzeltmeler/").main
    assert "Açık 16" in main
    assert "Gizli" not in main
    assert "English" not in main


def test_the_style_page_shows_every_component(client: Client):
    page = Read(client, "/tr/stil/")
    assert page.meta("robots") == ["noindex"]
    missing = [component for component in COMPONENTS if not page.document.find_class(component)]
    assert missing == []
    assert max(map(len, page.titles)) > 290


@pytest.mark.parametrize("number", [1, 3])
def test_the_style_page_asks_for_its_pictures_once(client: Client, number: int):
    picture = image()
    for count in range(number):
        article(f"Haber {count}", lead_image=picture, lead_alt="Tramvay")
    with CaptureQueriesContext(connection) as questions:
        client.get("/tr/stil/")
    # profile, alerts, social accounts, menus, stories with pictures
    assert len(questions) == 5


def test_the_language_of_a_page_is_in_its_headers_and_nothing_is_kept_of_the_reader(client: Client):
    response = client.get("/tr/")
    assert response["Content-Language"] == "tr"
    assert "Cookie" not in response.get("Vary", "")
    assert "max-age" in response["Cache-Control"]
    assert urlsplit(response.request["PATH_INFO"]).path == "/tr/"


@pytest.mark.parametrize(
    ("statement", "address"),
    [("/tr/erisilebilirlik/", "olcutler/"), ("/en/accessibility/", "criteria/")],
)
def test_the_statement_leads_to_every_criterion_and_names_those_partly_met(
    client: Client, statement: str, address: str
):
    sheet = Read(client, statement + address)
    levels = sheet.all("//main//tbody//td[1]")
    assert {level: levels.count(level) for level in set(levels)} == LEVELS
    numbers = sheet.all("//main//tbody/tr[.//*[contains(@class, 'badge')]]/th")
    assert len(set(sheet.all("//main//tbody//th"))) == 55
    page = Read(client, statement)
    assert page.all("//main//li") == numbers
    assert statement + address in page.all("//main//a/@href")


def test_the_site_map_names_every_list_that_has_something(client: Client):
    topic("Ulaşım")
    topic("Sır")
    article("Haber", tags=["Ulaşım"])
    article("Taslak", tags=["Sır"], state=State.DRAFT)
    page = Read(client, "/tr/site-haritasi/")
    assert page.all("//main//h2")[:3] == ["Haberler", "Arşiv", "Etkinlikler"]
    assert page.link("Duyurular") == "/tr/haberler/?kind=notice"
    assert page.link("Ulaşım").startswith("/tr/konular/")
    assert "Sır" not in page.source
    assert "/tr/site-haritasi/" in Read(client, "/tr/").all("//footer//a/@href")
    for address in page.all("//main//a/@href"):
        assert client.get(address).status_code == 200, address


def test_every_page_below_the_first_tells_machines_the_way_to_it(client: Client):
    page = Read(client, "/tr/haberler/")
    (way,) = [json.loads(text) for text in page.all("//script[contains(text(), 'BreadcrumbList')]")]
    assert [step["name"] for step in way["itemListElement"]] == ["Ana sayfa", "Haberler"]
    assert way["itemListElement"][1]["item"].endswith("/tr/haberler/")
