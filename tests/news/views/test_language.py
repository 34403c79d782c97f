"""The same thing in the other language, or the plain word that it is not there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from news.models import State
from tests.news.make import article, event, official
from tests.news.pages import Read

pytestmark = pytest.mark.django_db


def switch(page: Read) -> str:
    return page.one("//li[contains(@class, 'utility__language')]/a/@href")


def test_the_switch_leads_to_the_translation_and_back(client: Client):
    turkish = article("Şenlik başladı")
    english = article("The festival has begun", language="en", translation_key=turkish.translation_key)

    page = Read(client, turkish.get_absolute_url())
    assert switch(page) == english.get_absolute_url()
    assert page.one("//li[contains(@class, 'utility__language')]/a/@lang") == "en"
    assert page.alternates == {
        "tr": "http://testserver" + turkish.get_absolute_url(),
        "en": "http://testserver" + english.get_absolute_url(),
        "x-default": "http://testserver" + turkish.get_absolute_url(),
    }
    assert switch(Read(client, english.get_absolute_url())) == turkish.get_absolute_url()


@pytest.mark.parametrize(
    "hidden",
    [{"state": State.DRAFT}, {"published_at": timezone.now() + timedelta(days=1)}],
    ids=["draft", "scheduled"],
)
def test_a_translation_that_is_not_public_is_not_told_of(client: Client, hidden: dict):
    turkish = article("Şenlik başladı")
    article("The festival has begun", language="en", translation_key=turkish.translation_key, **hidden)

    page = Read(client, turkish.get_absolute_url())
    assert page.alternates == {}
    said = Read(client, switch(page))
    assert said.heading == "Not available in English"
    assert "The festival has begun" not in said.source
    assert said.link("Şenlik başladı") == turkish.get_absolute_url()
    assert said.one("//main//a[text()='Şenlik başladı']/@lang") == "tr"
    assert said.link("All news") == "/en/news/"
    assert said.meta("robots") == ["noindex"]
    assert said.all("//link[@rel='canonical']") == []


def test_an_article_asked_for_under_the_other_language_leads_to_its_translation(client: Client):
    turkish = article("Şenlik başladı")
    english = article("The festival has begun", language="en", translation_key=turkish.translation_key)
    response = client.get(f"/en/news/{turkish.pk}/senlik-basladi/")
    assert (response.status_code, response["Location"]) == (301, english.get_absolute_url())


def test_an_event_without_words_in_a_language_says_so_there(client: Client):
    row = event("Körfez Şenliği")
    page = Read(client, row.get_absolute_url("tr"))
    said = Read(client, switch(page))
    assert said.heading == "Not available in English"
    assert said.link("Körfez Şenliği") == row.get_absolute_url("tr")


def test_an_event_in_both_languages_has_two_addresses(client: Client):
    row = event("Körfez Şenliği", title_en="Festival of the Bay")
    page = Read(client, row.get_absolute_url("tr"))
    assert page.alternates["en"].endswith(f"/en/events/{row.pk}/festival-of-the-bay/")
    assert switch(page) == row.get_absolute_url("en")


def test_pages_of_both_languages_lead_to_each_other(client: Client):
    person = official()
    for turkish, english in [
        ("/tr/", "/en/"),
        ("/tr/haberler/", "/en/news/"),
        ("/tr/arsiv/2026/11/", "/en/archive/2026/11/"),
        ("/tr/yoneticiler/", "/en/officials/"),
        ("/tr/etkinlikler/", "/en/events/"),
        ("/tr/takvim/2026/11/", "/en/calendar/2026/11/"),
        ("/tr/konular/", "/en/topics/"),
        ("/tr/akislar/", "/en/feeds/"),
        ("/tr/erisilebilirlik/", "/en/accessibility/"),
        ("/tr/duzeltmeler/", "/en/corrections/"),
        ("/tr/stil/", "/en/style/"),
        (person.get_absolute_url("tr"), person.get_absolute_url("en")),
    ]:
        assert switch(Read(client, turkish)) == english
        assert switch(Read(client, english)) == turkish


def test_english_pages_are_english(client: Client):
    page = Read(client, "/en/")
    assert page.one("//html/@lang") == "en"
    assert page.all("//nav[@class='main-nav']//a") == ["Home", "News", "Events", "Officials", "Topics"]
    assert Read(client, "/tr/").all("//nav[@class='main-nav']//a") == [
        "Ana sayfa", "Haberler", "Etkinlikler", "Yöneticiler", "Konular",
    ]  # fmt: skip
