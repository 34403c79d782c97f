from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from news.models import ArticleFile, Mention, State, Tag
from tests.news.make import article, articles, event, official, topic
from tests.news.pages import Read

pytestmark = pytest.mark.django_db


def test_topics_stand_in_the_order_of_the_alphabet_of_the_page(client: Client):
    turkish = ["Cadde", "Çevre", "Işıklar", "İmar", "Sağlık", "Şehir", "Zabıta"]
    english = ["Streets", "Environment", "Lights", "Planning", "Health", "city", "Police"]
    for tr, en in zip(turkish, english, strict=True):
        topic(tr, name_en=en)
    article(tags=turkish[::-1])
    article(language="en", tags=turkish)
    assert Read(client, "/tr/konular/").titles == turkish
    assert Read(client, "/en/topics/").titles == sorted(english, key=str.lower)


def test_a_topic_has_its_words_news_and_coming_events(client: Client):
    found = topic("Ulaşım", description_tr="Raylı sistem ve vapurlar.", responsible_tr="Ulaşım Dairesi")
    articles(2, tags=["Ulaşım"])
    article("Opera")
    event("Yeni hattın açılışı", tags=["Ulaşım"])
    event("Gizli açılış", tags=["Ulaşım"], state=State.DRAFT)
    page = Read(client, found.get_absolute_url("tr"))
    assert page.heading == "Ulaşım"
    assert "Raylı sistem ve vapurlar." in page.main
    assert "Ulaşım Dairesi" in page.main
    assert page.titles == ["Haber 1", "Haber 2", "Yeni hattın açılışı"]
    assert page.meta("robots") == []


def test_a_topic_puts_its_featured_stories_first_and_gathers_people_and_files(client: Client):
    found = topic("Ulaşım")
    soon = timezone.now() + timedelta(days=1)
    story = article("Öne çıkan", tags=["Ulaşım"], featured_until=soon)
    article("Başka konu", tags=["Deniz"], featured_until=soon)
    Mention.objects.create(article=story, official=official("Oğuz Denizmen"))
    ArticleFile.objects.create(article=story, file=ContentFile(b"a;b", "sefer.csv"), title="Seferler")
    hidden = article("Taslak", tags=["Ulaşım"], state=State.DRAFT)
    Mention.objects.create(article=hidden, official=official("Gizli Kişi"))
    page = Read(client, found.get_absolute_url("tr"))
    assert page.all("//section[@aria-labelledby='featured']//h3") == ["Öne çıkan"]
    assert page.all("//section[@aria-labelledby='people']//h3") == ["Oğuz Denizmen"]
    assert page.all("//section[@aria-labelledby='files']//li") == ["Seferler (csv, 3 bayt)"]
    free = Tag.objects.get(name_tr="Deniz")
    assert not Read(client, free.get_absolute_url("tr")).all("//section[@aria-labelledby='featured']")


def test_a_tag_of_hidden_things_was_never_there(client: Client):
    found = topic("Sır")
    article("Taslak", tags=["Sır"], state=State.DRAFT)
    article("Yarın", tags=["Sır"], published_at=timezone.now() + timedelta(days=1))
    event("Gizli", tags=["Sır"], state=State.DRAFT)
    assert client.get(found.get_absolute_url("tr")).status_code == 404
    assert "Sır" not in Read(client, "/tr/konular/").source
    assert "Sır" not in Read(client, "/tr/").source


def test_a_merged_tag_leads_to_the_other(client: Client):
    kept = topic("Ulaşım")
    merged = Tag.objects.create(name_tr="Toplu taşıma", merged_into=kept)
    response = client.get(merged.get_absolute_url("tr"))
    assert (response.status_code, response["Location"]) == (301, kept.get_absolute_url("tr"))


def test_a_free_tag_is_left_out_of_search_engines_until_it_holds_three(client: Client):
    found = Tag.objects.create(name_tr="feribot")
    articles(2, tags=["feribot"])
    assert Read(client, found.get_absolute_url("tr")).meta("robots") == ["noindex"]
    article("Üçüncü", tags=["feribot"])
    assert Read(client, found.get_absolute_url("tr")).meta("robots") == []


def test_a_tag_is_in_a_language_only_with_a_label_and_something_public_there(client: Client):
    found = topic("Ulaşım", name_en="Transport")
    article("Tramvay", tags=["Ulaşım"])
    page = Read(client, found.get_absolute_url("tr"))
    assert page.alternates == {}
    assert client.get(found.get_absolute_url("en")).status_code == 404
    article("Tram", language="en", tags=["Transport"])
    assert set(Read(client, found.get_absolute_url("tr")).alternates) == {"tr", "en", "x-default"}


def test_pages_of_a_tag_go_on(client: Client):
    found = topic("Ulaşım")
    articles(14, tags=["Ulaşım"])
    first = Read(client, found.get_absolute_url("tr"))
    second = Read(client, found.get_absolute_url("tr") + first.link("Daha eski"))
    assert first.titles + second.titles == [f"Haber {number}" for number in range(1, 15)]
