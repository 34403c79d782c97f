"""The same thing in the other language, or the plain word that it is not there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from news.models import Place, State
from tests.news.make import appointment, article, event, office, official, topic
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


def test_the_switch_keeps_what_was_asked_for_and_search_engines_are_told_of_no_filter(client: Client):
    konak = Place.objects.create(name_tr="Konak", name_en="Konak")
    for turkish, english, query in [
        ("/tr/haberler/", "/en/news/", f"place={konak.pk}&year=2026"),
        ("/tr/etkinlikler/", "/en/events/", f"when=weekend&kind=sport&district={konak.pk}&free=1"),
        ("/tr/etkinlikler/", "/en/events/", "day=2026-12-05"),
        ("/tr/etkinlikler/", "/en/events/", "since=2026-12-05&until=2026-12-09&children=1"),
        ("/tr/yoneticiler/", "/en/officials/", f"district={konak.pk}"),
        ("/tr/arama/", "/en/search/", "q=x&kind=event"),
        ("/tr/arama/", "/en/search/", f"q=%C4%B1%C5%9F%C4%B1k&place={konak.pk}&year=2026&month=3"),
    ]:
        page = Read(client, f"{turkish}?{query}")
        assert switch(page) == f"{english}?{query}"
        assert switch(Read(client, f"{english}?{query}")) == f"{turkish}?{query}"
        assert page.alternates == {}
        assert page.meta("robots") == ["noindex"]
        canonical = turkish if "arama" in turkish else f"{turkish}?{query}"
        assert page.one("//link[@rel='canonical']/@href") == f"http://testserver{canonical}"
    assert Read(client, "/tr/etkinlikler/").alternates["en"] == "http://testserver/en/events/"
    assert Read(client, "/tr/yoneticiler/").alternates["en"] == "http://testserver/en/officials/"


def test_a_party_goes_by_its_name_in_the_other_language(client: Client):
    member = office("Meclis Üyesi", shared=True)
    konak = Place.objects.create(name_tr="Konak", name_en="Konak")
    appointment(official("Ali Ak", district=konak), member, party_tr="Bağımsız", party_en="Independent")
    appointment(official("Can Su"), member, party_tr="Yerel Hareket")
    turkish = f"/tr/yoneticiler/?district={konak.pk}&party=Ba%C4%9F%C4%B1ms%C4%B1z"
    english = f"/en/officials/?district={konak.pk}&party=Independent"
    assert switch(Read(client, turkish)) == english
    assert switch(Read(client, english)) == turkish
    # It has no name there that could be asked for.
    assert switch(Read(client, "/tr/yoneticiler/?party=Yerel+Hareket")) == "/en/officials/"


def test_a_search_leaves_behind_a_topic_that_the_other_language_does_not_know(client: Client):
    transport = topic("Ulaşım").pk
    article("Tramvay", tags=["Ulaşım"])
    address = f"/tr/arama/?q=tramvay&kind=story&topic={transport}"
    assert switch(Read(client, address)) == "/en/search/?q=tramvay&kind=story"
    article("Tram", language="en", tags=["Ulaşım"])
    assert switch(Read(client, address)) == f"/en/search/?q=tramvay&kind=story&topic={transport}"


def test_english_pages_are_english(client: Client):
    page = Read(client, "/en/")
    assert page.one("//html/@lang") == "en"
    assert page.all("//nav[@class='main-nav']//a") == ["Home", "News", "Events", "Officials", "Topics"]
    assert Read(client, "/tr/").all("//nav[@class='main-nav']//a") == [
        "Ana sayfa", "Haberler", "Etkinlikler", "Yöneticiler", "Konular",
    ]  # fmt: skip
