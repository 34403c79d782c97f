"""The page that explains feeds and makes their addresses for people."""

import html
import re

import feedparser
import pytest
from django.test import Client

from news.models import Kind, Place
from tests.news.make import article, event, official

pytestmark = pytest.mark.django_db


def shown(client: Client, **query: object) -> str:
    response = client.get("/tr/akislar/", query)
    assert response.status_code == 200
    assert not response.cookies
    return html.unescape(response.content.decode())


def test_every_address_on_the_page_opens(client: Client):
    article("Bildiri", kind=Kind.STATEMENT, tags=["Ulaşım"])
    event()
    Place.objects.create(name_tr="Konak", name_en="Konak")

    page = shown(client)

    links = set(re.findall(r'href="(/tr/(?:feed|events)[^"]*)"', page))
    assert len(links) > 20
    for link in links:
        assert client.get(link).status_code == 200, link
    assert "webcal://testserver/tr/events.ics" in page


def test_a_feed_is_put_together_from_kind_subject_and_words(client: Client):
    wanted = article("Aranan bildiri", kind=Kind.STATEMENT, tags=["Ulaşım"])
    article("Başka", tags=["Ulaşım"])
    tag = wanted.tags.get()

    page = shown(client, kind="statement", about=f"topic-{tag.pk}")

    (address,) = re.findall(r"<code>(http://testserver/tr/feed/\?[^<]+)</code>", page)
    entries = feedparser.parse(client.get(address.removeprefix("http://testserver")).content).entries
    assert [entry.title for entry in entries] == ["Aranan bildiri"]
    assert "q=k%C3%B6pr%C3%BC" in shown(client, q="köprü", about=f"person-{official().pk}")


def test_a_feed_of_nothing_in_particular_shows_no_address_of_its_own(client: Client):
    assert '<div class="notice" role="status">' not in shown(client, kind="", about="", q="")


@pytest.mark.parametrize(
    "query", ["about=topic-1", "about=tag-1", "about=topic-0", "kind=poem", "about=place-x"]
)
def test_a_subject_that_does_not_exist_is_a_missing_page(client: Client, query: str):
    assert client.get(f"/tr/akislar/?{query}").status_code == 404


def test_an_event_s_page_offers_it_as_a_file(client: Client):
    made = event("Işık Şenliği")
    page = client.get(made.get_absolute_url()).content.decode()

    assert f'href="/tr/etkinlikler/{made.pk}/isik-senligi.ics"' in page
    assert client.get(f"/tr/etkinlikler/{made.pk}/isik-senligi.ics").status_code == 200
