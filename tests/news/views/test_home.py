from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from news.models import Alert, Menu, MenuItem, Severity, SiteProfile, SocialAccount, State
from tests.news.make import appointment, article, articles, event, office, official, topic
from tests.news.pages import Read

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_an_empty_site_is_still_a_page(client: Client):
    assert Read(client, "/tr/").heading == "Şehir Portalı"
    assert Read(client, "/en/").heading == "City Portal"


def test_machines_are_told_whose_site_it_is(client: Client):
    SiteProfile.objects.create(name_tr="Örnek Kent", name_en="Sample City", phone="153")
    SocialAccount.objects.create(network="x", url="https://x.example/ornekkent")
    city, site = Read(client, "/en/").things
    assert city["@type"] == "GovernmentOrganization"
    assert (city["name"], city["telephone"]) == ("Sample City", "153")
    assert city["sameAs"] == ["https://x.example/ornekkent"]
    assert site == {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": "Sample City",
        "url": "http://testserver/en/",
        "inLanguage": "en",
    }


def test_the_lead_story_is_the_chosen_one_while_it_lasts(client: Client):
    articles(8)
    article("Seçilmiş", published_at=timezone.now() - timedelta(days=9), featured_until=timezone.now() + HOUR)
    article(
        "Süresi dolmuş", published_at=timezone.now() - timedelta(days=9), featured_until=timezone.now() - HOUR
    )
    page = Read(client, "/tr/")
    assert page.titles[:7] == ["Seçilmiş", *(f"Haber {number}" for number in range(1, 7))]
    assert page.link("Tüm haberler") == "/tr/haberler/"


def test_without_a_choice_the_newest_leads_and_is_not_repeated(client: Client):
    articles(3)
    assert Read(client, "/tr/").titles == ["Haber 1", "Haber 2", "Haber 3"]


def test_a_scheduled_lead_does_not_show_early(client: Client):
    articles(1)
    article("Yarın", published_at=timezone.now() + HOUR, featured_until=timezone.now() + 9 * HOUR)
    assert Read(client, "/tr/").titles == ["Haber 1"]


def test_coming_events_are_shown_once_each_in_their_order(client: Client):
    soon = timezone.now() + timedelta(days=1)
    event("Atölye", starts_at=soon, ends_at=soon + HOUR, recurrence="FREQ=DAILY;COUNT=9")
    event("Konser", starts_at=soon + timedelta(days=3))
    event("Geçmiş", starts_at=soon - timedelta(days=9), ends_at=soon - timedelta(days=8))
    event("Taslak", state=State.DRAFT)
    titles = Read(client, "/tr/").all("//section[@aria-labelledby='coming']//h3")
    assert titles == ["Atölye", "Konser"]


def test_those_who_govern_and_the_topics_are_there(client: Client):
    appointment(official("Nermin Çağlar"), office("Belediye Başkanı"))
    topic("Ulaşım")
    topic("Boş konu")
    article("Tramvay", tags=["Ulaşım"])
    page = Read(client, "/tr/")
    assert "Nermin Çağlar Belediye Başkanı" in page.one("//section[@aria-labelledby='people']")
    assert "Ulaşım" in page.one("//section[@aria-labelledby='topics']")
    assert "Boş konu" not in page.source


def test_topics_in_focus_show_their_newest_three(client: Client):
    topic("Ulaşım", in_focus=True)
    topic("Çevre")
    articles(4, tags=["Ulaşım"])
    article("Taslak", tags=["Ulaşım"], state=State.DRAFT)
    article("Orman", tags=["Çevre"])
    focus = Read(client, "/tr/").one("//div[@class='focus']")
    assert focus == "Ulaşım Haber 1 Haber 2 Haber 3"


def test_the_frame_comes_from_what_editors_keep(client: Client):
    SiteProfile.objects.create(
        pk=1,
        name_tr="Körfezkent Belediyesi",
        name_en="Körfezkent",
        short_name_tr="K",
        short_name_en="K",
        phone="153",
    )
    SocialAccount.objects.create(network="instagram", url="https://instagram.com/korfezkent")
    MenuItem.objects.create(menu=Menu.QUICK, label_tr="Nöbetçi eczaneler", url_tr="https://eczane.example/")
    MenuItem.objects.create(menu=Menu.QUICK, label_tr="Tehlikeli", url_tr="javascript:alert(1)", position=1)
    MenuItem.objects.create(menu=Menu.MAIN, label_tr="Haberler", url_tr="/tr/haberler/")

    page = Read(client, "/tr/")
    assert page.one("//title") == "Körfezkent Belediyesi"
    assert page.all("//nav[@class='main-nav']//a") == ["Haberler"]
    assert page.link("Nöbetçi eczaneler dış site") == "https://eczane.example/"
    assert page.link("153") == "tel:153"
    assert page.link("Instagram") == "https://instagram.com/korfezkent"
    assert "javascript:" not in page.source
    english = Read(client, "/en/")
    assert "Nöbetçi" not in english.source
    assert english.all("//aside") == []


def test_alerts_stand_above_everything_while_they_last(client: Client):
    now = timezone.now()
    Alert.objects.create(severity=Severity.EMERGENCY, text_tr="Fırtına uyarısı", starts_at=now - HOUR)
    Alert.objects.create(text_tr="Geçti", starts_at=now - 2 * HOUR, ends_at=now - HOUR)
    Alert.objects.create(text_tr="Gelecek", starts_at=now + HOUR)
    page = Read(client, "/tr/haberler/")
    assert page.one("//header/section").startswith("Acil durum Fırtına uyarısı")
    assert "Fırtına" not in Read(client, "/en/").source


def test_the_order_of_the_page_is_the_order_of_reading(client: Client):
    MenuItem.objects.create(menu=Menu.QUICK, label_tr="Hızlı", url_tr="/tr/")
    page = Read(client, "/tr/haberler/")
    body = page.document.body
    assert [element.tag for element in body] == ["a", "header", "nav", "div", "footer"]
    order = [element.tag for element in body.xpath(".//*[self::main or self::aside or self::footer]")]
    assert order == ["main", "aside", "footer"]
    assert page.one("//body/a[1]/@href") == "#main"
    assert page.one("//main/@tabindex") == "-1"
