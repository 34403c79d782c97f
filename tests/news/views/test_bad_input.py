"""Whatever is asked, the answer is a page, a redirect or a plain refusal: never an error, never a leak."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from news.models import MenuItem, Tag
from tests.news.make import appointment, article, articles, event, office, official, topic
from tests.news.pages import Read

JUNK = [
    "",
    "0",
    "-1",
    "9" * 40,
    "1e9",
    "abc",
    "٣",
    "½",
    "1;DROP TABLE",
    "<script>",
    "%",
    "\u202e",
    "a" * 5000,
    "🎉",
    " 1 ",
    "NaN",
    "1.5",
    "true",
]
LISTS = {
    "/tr/haberler/": ["kind", "topic", "person", "place", "year", "month", "q", "before", "after"],
    "/tr/arsiv/2026/11/": ["before", "after"],
    "/tr/yoneticiler/": ["district", "party"],
    "/tr/etkinlikler/": ["when", "day", "start", "kind", "district", "free", "accessible", "children"],
}


@pytest.mark.django_db
@pytest.mark.parametrize("address", LISTS)
def test_junk_in_a_query_value_is_a_page_or_a_missing_one(client: Client, address: str):
    articles(2)
    event()
    for name in LISTS[address]:
        for value in JUNK:
            response = client.get(address, {name: value})
            assert response.status_code in (200, 302, 404), (name, value, response.status_code)


@pytest.mark.django_db
def test_unknown_and_repeated_keys_do_no_harm(client: Client):
    articles(2)
    page = Read(client, "/tr/haberler/?utm_source=x&kind=notice&kind=story&foo[]=1&=&&")
    assert page.titles == ["Haber 1", "Haber 2"]
    assert "utm_source" not in page.source


@pytest.mark.django_db
def test_a_cursor_past_either_end_leads_to_what_there_is(client: Client):
    articles(2)
    assert Read(client, "/tr/haberler/", before="1.1").titles == []
    assert Read(client, "/tr/haberler/", after="1.1").titles == ["Haber 1", "Haber 2"]
    assert Read(client, "/tr/haberler/", before="f" * 14 + ".1").titles == ["Haber 1", "Haber 2"]
    assert client.get("/tr/haberler/", {"before": "-" + "f" * 14 + ".1"}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/tr/haberler/0/x/",
        "/tr/haberler/-1/x/",
        "/tr/haberler/99999999999999999999/x/",
        "/tr/haberler/999999999999999999/x/",
        "/tr/arsiv/2026/13/",
        "/tr/arsiv/2026/00/",
        "/tr/arsiv/2026/1/",
        "/tr/takvim/0000/01/",
        "/tr/takvim/2026/99/",
        "/tr/konular/1/%F0%9F%8E%89/",
        "/tr/%ff%fe/",
        "/tr/haberler/1/%C3%28/",
        "/tr/haberler/1/" + "a" * 3000 + "/",
        "/tr/../etc/passwd",
        "/fr/",
        "/xx/news/",
        "/tr/news/",
        "/en/haberler/",
        "/tr//haberler/",
    ],
)
def test_paths_that_lead_nowhere_are_missing_pages(client: Client, path: str):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/tr/haberler/%00/", "/tr/haberler/?q=%00", "/%00"])
def test_null_bytes_are_refused(client: Client, path: str):
    response = client.get(path)
    assert response.status_code == 400
    assert "Bu adres okunamadı" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_are_for_reading(client: Client, method: str):
    article("Haber")
    strict = Client(enforce_csrf_checks=True)
    for name in (
        "home",
        "articles",
        "officials",
        "events",
        "topics",
        "feeds",
        "accessibility",
        "corrections",
        "style",
    ):
        assert getattr(strict, method)(reverse(f"news:{name}")).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    "path",
    [
        "/media/images/x.jpg",
        "/media/files/x.pdf",
        "/tr/Haberler/konuk/45046/156",
        "/en/News/a-guest/45046/156",
        "/tr/arama/",
        "/en/search/opensearch.xml",
        "/favicon.ico",
        "/preview/",
        "/preview/page/",
        "/preview/token/",
    ],
)
def test_what_can_only_be_read_says_so_to_other_methods(method: str, path: str):
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.django_db
def test_a_text_pasted_into_the_news_filter_reaches_the_search(client: Client):
    response = client.get("/tr/haberler/", {"q": "vapur " * 900}, follow=True)
    assert response.status_code == 200
    assert len(response.request["QUERY_STRING"]) < 300
    assert "Yalnızca ilk sözcükler arandı" in response.content.decode()


@pytest.mark.django_db
def test_head_answers_without_a_body(client: Client):
    response = client.head("/tr/")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.django_db
def test_a_foreign_host_gets_nothing(client: Client):
    response = client.get("/tr/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content


@pytest.mark.django_db
def test_markup_in_names_is_shown_as_words(client: Client):
    evil = "<img src=x onerror=alert(1)>"
    topic(evil)
    person = official(evil)
    appointment(person, office(evil))
    row = article(evil, summary=evil, tags=[evil], byline=evil)
    happening = event(evil, summary_tr=evil, organiser_tr=evil, status_reason_tr=evil, status="cancelled")
    addresses = [
        row.get_absolute_url(),
        person.get_absolute_url("tr"),
        happening.get_absolute_url("tr"),
        Tag.objects.get().get_absolute_url("tr"),
    ]
    for address in [
        "/tr/",
        "/tr/haberler/",
        "/tr/yoneticiler/",
        "/tr/etkinlikler/",
        "/tr/konular/",
        *addresses,
    ]:
        assert "<img src=x" not in Read(client, address).source


@pytest.mark.django_db
def test_links_that_are_no_links_are_not_followed(client: Client):
    row = event(tickets_url="javascript:alert(1)", organiser_tr="X", organiser_url="data:text/html,x")
    made = MenuItem.objects.create(menu="main", label_tr="X", url_tr="/")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_menuitem SET url_tr = 'javascript:alert(1)' WHERE id = %s", [made.pk])
    assert "javascript:" not in Read(client, row.get_absolute_url("tr")).source
