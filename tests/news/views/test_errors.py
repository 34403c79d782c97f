import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

from tests.news.pages import Read

pytestmark = pytest.mark.django_db


def test_a_page_that_is_not_there_says_so_and_offers_a_way(client: Client):
    page = Read(client, "/tr/yok/", status=404)
    assert page.heading == "Sayfa bulunamadı"
    assert page.one("//title").startswith("Sayfa bulunamadı – ")
    assert page.link("Tüm haberler") == "/tr/haberler/"
    assert page.all("//main//form[@role='search']//input/@name") == ["q"]
    assert page.all("//nav[@class='breadcrumb']") == []
    assert page.meta("robots") == ["noindex"]
    assert "404" not in page.main


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/TR/", "/tr/"),
        ("/Tr", "/tr/"),
        ("/tr/Haberler", "/tr/haberler/"),
        ("/en/News/?kind=notice", "/en/news/?kind=notice"),
        ("/EN/EVENTS/", "/en/events/"),
    ],
)
def test_capital_letters_lead_to_the_page_in_one_step(client: Client, typed: str, meant: str):
    response = client.get(typed)
    assert (response.status_code, response["Location"]) == (301, meant)
    Read(client, meant)


@pytest.mark.parametrize("typed", ["/tr/YOK/", "/tr/haberler/4711/Yok/", "/media/images/X.jpg"])
def test_capital_letters_make_no_page_of_what_is_none(client: Client, typed: str):
    assert Read(client, typed, status=404).heading == "Sayfa bulunamadı"


def test_it_speaks_the_language_of_the_address(client: Client):
    assert Read(client, "/en/nothing/", status=404).heading == "Page not found"
    Read(client, "/en/")
    assert Read(client, "/nothing/", status=404).heading == "Sayfa bulunamadı"


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_pages_for_bad_days_need_neither_database_nor_context(name: str, django_assert_num_queries):
    source = (settings.BASE_DIR / "templates" / name).read_text()
    with django_assert_num_queries(0):
        assert render_to_string(name) == source.rstrip("\n") or render_to_string(name) == source
    assert "{%" not in source
    assert "{{" not in source
    assert '<html lang="tr">' in source
    assert 'lang="en"' in source


def test_search_and_missing_pages_describe_themselves(client: Client):
    for address, status in (
        ("/tr/arama/?q=vapur", 200),
        ("/en/search/", 200),
        ("/tr/yok/", 404),
        ("/en/no/", 404),
    ):
        assert len(Read(client, address, status).meta("description")) == 1, address
