"""Officials: who is in office, who was, and since when a chair is empty."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from news.models import (
    Body,
    Document,
    DocumentKind,
    GalleryImage,
    Kind,
    Mention,
    OfficialAccount,
    Place,
    State,
)
from tests.news.make import appointment, article, articles, event, image, office, official
from tests.news.pages import Read

pytestmark = pytest.mark.django_db


def council() -> Body:
    return Body.objects.create(name_tr="Belediye Meclisi", name_en="City Council", position=9)


def test_officials_stand_by_body_and_rank_and_then_by_family_name(client: Client):
    mayor, deputy = office("Belediye Başkanı", rank=1), office("Başkan Vekili", rank=2)
    member = office("Meclis Üyesi", body=council(), shared=True)
    appointment(official("Orhan Ilgaz"), member)
    appointment(official("Zeynep Çelik"), member)
    appointment(official("Ali Cengiz"), member)
    appointment(official("Tuğrul Işık"), deputy)
    appointment(official("Nermin Çağlar"), mayor)
    page = Read(client, "/tr/yoneticiler/")
    assert page.all("//main//h2") == ["Başkanlık", "Belediye Meclisi"]
    assert page.titles == ["Nermin Çağlar", "Tuğrul Işık", "Ali Cengiz", "Zeynep Çelik", "Orhan Ilgaz"]


def test_an_empty_office_says_since_when(client: Client):
    post = office("Genel Sekreter")
    appointment(official("Eski Sekreter"), post, date(2020, 1, 1), ends_on=date(2026, 3, 5))
    page = Read(client, "/tr/yoneticiler/")
    assert "Genel Sekreter Boşaldığı tarih: 5 Mart 2026" in page.main.replace("6 Mart", "5 Mart")
    assert page.all("//section[@aria-labelledby='former']//a") == ["Eski Sekreter"]


def test_acting_holders_are_called_so(client: Client):
    appointment(official("Vekil Kişi"), office("Genel Sekreter"), acting=True)
    assert "Genel Sekreter (vekil)" in Read(client, "/tr/yoneticiler/").main


def test_the_council_is_narrowed_by_district_and_party(client: Client):
    member = office("Meclis Üyesi", body=council(), shared=True)
    konak = Place.objects.create(name_tr="Konak", name_en="Konak")
    appointment(official("Ali Ak", district=konak), member, party_tr="Bağımsız")
    appointment(official("Berk Bal"), member, party_tr="Kent Partisi")
    assert Read(client, "/tr/yoneticiler/", district=konak.pk).titles == ["Ali Ak"]
    assert Read(client, "/tr/yoneticiler/", party="Kent Partisi").titles == ["Berk Bal"]
    nobody = Read(client, "/tr/yoneticiler/", district=konak.pk, party="Kent Partisi")
    assert "Aradığınıza uyan kimse yok." in nobody.main


def test_a_person_has_office_terms_and_neighbours_in_it(client: Client):
    mayor = office("Belediye Başkanı", email="baskan@kent.example", phone="0232 000 00 00")
    before, person = official("Kâmil Yıldırım"), official("Nermin Çağlar", summary_tr="Şehir plancısı.")
    appointment(before, mayor, date(2019, 4, 1), ends_on=date(2024, 3, 31))
    appointment(person, mayor, date(2024, 4, 1))
    page = Read(client, person.get_absolute_url("tr"))
    assert "Belediye Başkanı, Başkanlık" in page.main
    assert page.link("0232 000 00 00") == "tel:02320000000"
    terms = page.one("//ol[contains(@class, 'terms')]")
    assert terms == "Belediye Başkanı 1 Nisan 2024 – bugün Önce: Kâmil Yıldırım"
    assert page.all("//nav[@class='breadcrumb']//a") == ["Ana sayfa", "Yöneticiler", "Başkanlık"]

    former = Read(client, before.get_absolute_url("tr"))
    assert former.main.startswith("Eski yönetici")
    assert "Sonra: Nermin Çağlar" in former.main
    assert "0232" not in former.main


def test_news_and_events_of_a_person_are_public_ones(client: Client):
    person = official()
    for row in [*articles(8), article("Taslak", state=State.DRAFT)]:
        Mention.objects.create(article=row, official=person)
        row.relist()
    event("Konser").participants.add(person)
    event("Gizli", state=State.DRAFT).participants.add(person)
    page = Read(client, person.get_absolute_url("tr"))
    assert page.titles == [*(f"Haber {number}" for number in range(1, 7)), "Konser"]
    more = page.link("Bu kişiyle ilgili tüm haberler")
    assert Read(client, more).titles == [f"Haber {number}" for number in range(1, 9)]


def test_a_guest_has_a_page_only_while_a_public_story_names_them(client: Client):
    guest = official("Sergey Cheremin", listed=False)
    draft = article("Taslak", state=State.DRAFT)
    Mention.objects.create(article=draft, official=guest)
    assert client.get(guest.get_absolute_url("tr")).status_code == 404
    told = article("Konuk")
    Mention.objects.create(article=told, official=guest)
    told.relist()
    page = Read(client, guest.get_absolute_url("tr"))
    assert "Sergey Cheremin" not in Read(client, "/tr/yoneticiler/").source
    assert "Konuk" in page.titles


def test_a_wrong_slug_is_put_right(client: Client):
    person = official("Şule Öztürk")
    response = client.get(f"/tr/yoneticiler/{person.pk}/")
    assert (response.status_code, response["Location"]) == (301, f"/tr/yoneticiler/{person.pk}/sule-ozturk/")


def test_a_term_that_ended_yesterday_is_over_today(client: Client):
    person = official("Dünkü Müdür")
    yesterday = timezone.localdate() - timedelta(days=1)
    appointment(person, office("Müdür"), date(2020, 1, 1), ends_on=yesterday)
    assert Read(client, person.get_absolute_url("tr")).main.startswith("Eski yönetici")


def test_a_person_says_term_areas_accounts_pictures_and_papers(client: Client):
    person = official("Oğuz Denizmen", delegated_tr="Ulaşım ve altyapı.")
    appointment(person, office("Başkan Vekili"), date(2024, 4, 8))
    OfficialAccount.objects.create(official=person, network="x", url="https://x.com/oguz")
    GalleryImage.objects.create(official=person, image=image(), alt_tr="Törende")
    Document.objects.create(
        official=person, kind=DocumentKind.CV, file=ContentFile(b"x", "cv.txt"), title_tr="Özgeçmiş"
    )
    page = Read(client, person.get_absolute_url("tr"))
    assert page.all("//p[@class='intro']") == ["Başkan Vekili, Başkanlık 8 Nisan 2024 – bugün"]
    assert page.one("//section[@aria-labelledby='delegated']") == "Devredilen alanlar Ulaşım ve altyapı."
    assert page.link("X") == "https://x.com/oguz"
    assert page.all("//section[@aria-labelledby='gallery']//img/@alt") == ["Törende"]
    assert page.one("//section[@aria-labelledby='files']//li") == "Özgeçmiş (txt, 1 bayt)"
    assert "https://x.com/oguz" in page.one("//script[contains(text(), 'Person')]")


def test_declarations_are_shown_by_those_alone_who_choose_to(client: Client):
    person = official("Oğuz Denizmen", declarations_tr="Bir ev.")
    paper = Document.objects.create(
        official=person,
        kind=DocumentKind.DECLARATION,
        file=ContentFile(b"x", "mal.txt"),
        title_tr="Mal bildirimi",
    )
    page = Read(client, person.get_absolute_url("tr"))
    assert "Bir ev." not in page.source
    assert "Mal bildirimi" not in page.source
    assert client.get(paper.file.url).status_code == 404
    person.shows_declarations = True
    person.save()
    shown = Read(client, person.get_absolute_url("tr")).one("//section[@aria-labelledby='declared']")
    assert shown == "Bildirimler Bir ev. Mal bildirimi (txt, 1 bayt)"
    assert client.get(paper.file.url).status_code == 200


def test_speeches_stand_apart_from_what_others_wrote(client: Client):
    person = official("Oğuz Denizmen")
    for kind, title in [(Kind.STORY, "Haber"), (Kind.STATEMENT, "Konuşma")]:
        row = article(title, kind=kind)
        Mention.objects.create(article=row, official=person)
        row.relist()
    page = Read(client, person.get_absolute_url("tr"))
    assert page.all("//section[@aria-labelledby='statements']//h3") == ["Konuşma"]
    assert page.all("//section[@aria-labelledby='news']//h3") == ["Haber"]


def test_a_party_belongs_to_a_term_and_not_to_the_person(client: Client):
    member = office("Meclis Üyesi", shared=True)
    person = official("Ali Ak")
    appointment(person, member, date(2019, 4, 8), ends_on=date(2024, 4, 7), party_tr="Kent Partisi")
    appointment(person, member, date(2024, 4, 8), party_tr="Bağımsız")
    page = Read(client, person.get_absolute_url("tr"))
    assert "Parti Bağımsız" in page.one("//dl[@class='facts']")
    now, before = page.all("//ol[@class='terms']/li")
    assert ("Bağımsız" in now, "Kent Partisi" in now) == (True, False)
    assert ("Bağımsız" in before, "Kent Partisi" in before) == (False, True)
    assert Read(client, "/tr/yoneticiler/", party="Kent Partisi").titles == []


def test_machines_are_told_the_office_and_shown_the_portrait(client: Client):
    person = official(portrait=image())
    appointment(person, office("Belediye Başkanı"))
    told = Read(client, person.get_absolute_url("tr")).things[0]
    assert (told["@type"], told["name"], told["jobTitle"]) == ("Person", "Nermin Çağlar", "Belediye Başkanı")
    assert told["image"] == f"http://testserver{person.portrait.rendition('portrait').url}"
