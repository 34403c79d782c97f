"""What every page of the newsroom has in common: its shelves, titles and dates."""

from datetime import datetime

import pytest
from django.conf import settings
from django.utils import timezone

from news.models import Alert, State
from tests.news import make
from tests.news.newsroom import all_of, filled, person, signed_in, text_of

pytestmark = pytest.mark.django_db


def test_the_desk_puts_the_nouns_on_shelves_in_a_newsrooms_order():
    response = signed_in(person("Administrator")).get("/admin/")

    assert all_of(response, "//caption") == ["Haberler", "Kitaplık", "Yöneticiler", "Site", "Hesaplar"]
    assert all_of(response, "//table[caption='Haberler']//th/a") == ["Haberler", "Etkinlikler"]


def test_an_author_sees_no_shelf_that_is_empty_to_him():
    assert "Hesaplar" not in all_of(signed_in(person("Author")).get("/admin/"), "//caption")


def test_a_list_is_titled_by_its_noun_and_writes_dates_as_people_do():
    moment = timezone.make_aware(datetime(2026, 3, 5, 9, 30))
    make.article("Yeni park açıldı", published_at=moment)
    client = signed_in(person("Publisher"))

    turkish = client.get("/admin/news/article/")
    assert all_of(turkish, "//h1") == ["Haberler"]
    assert "5 Mart 2026, 09.30" in text_of(turkish)
    client.post("/admin/language/", {"language": "en"})
    english = client.get("/admin/news/article/")
    assert all_of(english, "//h1") == ["Articles"]
    assert "5 March 2026, 09:30" in text_of(english)


def test_who_may_not_change_a_story_reads_its_text_and_no_markup():
    row = make.article("Yeni park", body="<h2>Ağaçlar</h2><p>Yüz çınar.</p>", contact="153")
    response = signed_in(person("Author")).get(f"/admin/news/article/{row.pk}/change/")

    assert all_of(response, "//h1") == ["Yeni park"]
    assert all_of(response, "//div[@class='prose']/h2") == ["Ağaçlar"]
    assert "<p>" not in text_of(response)
    assert "İletişim" in text_of(response)


def test_a_draft_is_titled_by_its_noun_until_it_has_a_title():
    assert all_of(signed_in(person("Author")).get("/admin/news/article/add/"), "//h1") == ["Haber ekle"]
    draft = make.article("Taslak", state=State.DRAFT)
    response = signed_in(person("Publisher")).get(f"/admin/news/article/{draft.pk}/change/")
    assert all_of(response, "//h1") == ["Taslak"]


def test_a_list_counts_as_the_language_counts():
    for text in ("Fırtına", "Sel"):
        Alert.objects.create(text_tr=text)
    client = signed_in(person("Administrator"))
    assert all_of(client.get("/admin/news/alert/"), "//p[@class='paginator']") == ["2 uyarı"]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert all_of(client.get("/admin/news/alert/"), "//p[@class='paginator']") == ["2 alerts"]


def test_what_is_to_be_put_right_stands_above_the_form_with_a_way_to_each_field():
    official = make.official("Can Er")
    make.appointment(official, make.office("Başkan"))
    client = signed_in(person("Editor"))
    address = f"/admin/news/official/{official.pk}/change/"
    response = client.post(
        address, filled(client.get(address), website="belki", **{"appointments-0-starts_on": "31.02.2026"})
    )
    listed = all_of(response, "//ul[@class='error-summary']//a")
    assert [words.partition(": ")[0] for words in listed] == ["Web sitesi", "Görevlendirme 1, İlk gün"]
    for link in all_of(response, "//ul[@class='error-summary']//a/@href"):
        assert all_of(response, f"//input[@id='{link.removeprefix('#')}']/@name")
