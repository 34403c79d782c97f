"""The main job, by hand: an editor writes the model story with its picture, people and events, in both
languages, and citizens find it wherever it belongs."""

from io import BytesIO

import feedparser
import pytest
from django.utils import timezone, translation
from PIL import Image as Picture
from playwright.sync_api import Page, expect

from news.models import Article
from tests.news import make
from tests.news.newsroom import PASSWORD, person

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "We Have A Guest From Moscow"
TITLE_TR = "Moskova'dan konuğumuz var"
QUOTE = "Mayors from many cities from the world will also participate in the Forum."
#: English title, Turkish title, first and last day, zone, organiser of what is not ours
EVENTS = [
    (
        "Moscow City Forum",
        "Moskova Kent Forumu",
        "2021-07-01",
        "2021-07-04",
        "Europe/Moscow",
        "City of Moscow",
    ),
    ("Russian Expo 2021", "Rusya Fuarı 2021", "2021-10-06", "2021-10-09", "Europe/Istanbul", ""),
    ("UCLG Culture Summit", "UCLG Kültür Zirvesi", "2021-09-09", "2021-09-11", "Europe/Istanbul", "UCLG"),
]


@pytest.fixture
def photograph(tmp_path) -> str:
    path = tmp_path / "cheremin.jpg"
    data = BytesIO()
    Picture.effect_noise((600, 400), 40).convert("RGB").save(data, "JPEG")
    path.write_bytes(data.getvalue())
    return str(path)


def open_form(page: Page, live_server, noun: str) -> None:
    page.goto(f"{live_server.url}/admin/news/{noun}/add/")


def save(page: Page) -> None:
    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def choose(page: Page, label: str, words: str) -> None:
    """Pick a row by typing the beginning of its name and pressing Enter."""
    field = page.get_by_role("combobox", name=label)
    field.fill(words)
    expect(page.get_by_role("option", name=words).first).to_be_visible()
    field.press("Enter")
    expect(page.get_by_role("button", name=f"Kaldır: {words}").first).to_be_visible()


def test_an_editor_writes_the_story_and_citizens_find_it_everywhere(page, live_server, photograph):
    make.article("An older story", language="en")
    person("Publisher", "elif")

    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Kullanıcı adı").fill("elif")
    page.get_by_label("Parola").fill(PASSWORD)
    page.get_by_role("button", name="Giriş yap", exact=True).click()
    expect(page.get_by_role("heading", name="Masa")).to_be_visible()

    open_form(page, live_server, "image")
    page.locator("[name=file]").set_input_files(photograph)
    page.locator("[name=title]").fill("Sergey Cheremin'in ziyareti")
    page.locator("[name=alt_tr]").fill("İki kişi bir masada el sıkışıyor")
    page.locator("[name=alt_en]").fill("Two people shake hands at a table")
    page.locator("[name=credit]").fill("Basın Bürosu")
    save(page)

    for name, family, listed in (("Tunç Soyer", "Soyer", True), ("Sergey Cheremin", "Cheremin", False)):
        open_form(page, live_server, "official")
        page.locator("[name=name]").fill(name)
        page.locator("[name=family_name]").fill(family)
        page.locator("[name=listed]").set_checked(listed)
        save(page)

    for english, turkish, first, last, zone, organiser in EVENTS:
        open_form(page, live_server, "event")
        page.locator("[name=title_en]").fill(english)
        page.locator("[name=title_tr]").fill(turkish)
        page.locator("[name=timing]").select_option("all_day")
        page.locator("[name=time_zone]").fill(zone)
        page.locator("[name=starts_on]").fill(first)
        page.locator("[name=ends_on]").fill(last)
        if organiser:
            page.locator("[name=external]").check()
            page.locator("[name=organiser_en]").fill(organiser)
        page.get_by_role("button", name="Yayımla", exact=True).click()
        expect(page.locator(".messagelist .success")).to_contain_text("yayında")

    open_form(page, live_server, "article")
    page.get_by_label("Dil:", exact=True).select_option("en")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_summary").fill("Sergey Cheremin, Moscow Government Minister, visited Tunç Soyer.")
    text = page.get_by_role("textbox", name="Metin:", exact=True)
    text.click()
    text.press_sequentially("Cheremin invited Mayor Soyer to the Moscow City Forum.")
    text.press("Enter")
    text.press_sequentially(QUOTE)
    with page.expect_popup() as library:
        page.get_by_role("button", name="görsel", exact=True).click()
        page.get_by_role("button", name="Kitaplıktan seç…").click()
    library.value.get_by_role("button", name="Sergey Cheremin'in ziyareti").click()
    expect(page.get_by_role("dialog").get_by_label("Alternatif metin")).to_have_value(
        "Two people shake hands at a table"
    )
    page.get_by_role("dialog").get_by_role("button", name="Ekle").click()
    choose(page, "Ana görsel", "Sergey")
    page.locator("[name=lead_alt]").fill("Two people shake hands at a table")
    for name in ("Tunç Soyer", "Sergey Cheremin"):
        page.get_by_role("button", name="Başka bir Adı geçen kişi ekle").click()
        choose(page, "Yönetici", name)
    page.locator("[name=mentions-1-office_as_given]").fill("Moscow Government Minister")
    for _english, turkish, *_rest in EVENTS:
        choose(page, "Etkinlikler", turkish)
    page.locator("#id_tags").fill("International relations, Culture")
    page.get_by_role("button", name="Yayımla", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("yayında")

    page.get_by_role("button", name="Çevir: Türkçe").click()
    page.locator("#id_tr-title").fill(TITLE_TR)
    page.locator("#id_tr-summary").fill("Moskova Hükûmeti Bakanı Sergey Cheremin, Tunç Soyer'i ziyaret etti.")
    text = page.get_by_role("textbox", name="Metin (Türkçe)", exact=True)
    text.click()
    page.keyboard.press("Control+A")
    text.press_sequentially("Cheremin, Başkan Soyer'i Moskova Kent Forumu'na davet etti.")
    page.locator("#id_tr-lead_alt").fill("İki kişi bir masada el sıkışıyor")
    page.get_by_role("button", name="Yayımla (Türkçe)").click()
    expect(page.locator(".messagelist .success")).to_contain_text("yayında")

    make.article("A newer story", language="en", published_at=timezone.now())
    story = Article.objects.get(title=TITLE)
    page.goto(f"{live_server.url}/en/")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    page.goto(f"{live_server.url}/en/news/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    main = page.get_by_role("main")
    expect(main).to_contain_text(QUOTE)
    expect(main.get_by_role("img", name="Two people shake hands at a table").first).to_be_visible()
    for words in (
        "Tunç Soyer",
        "Sergey Cheremin",
        "Moscow Government Minister",
        *[event[0] for event in EVENTS],
    ):
        expect(main).to_contain_text(words)
    expect(main.get_by_role("link", name="An older story").first).to_be_visible()
    expect(main.get_by_role("link", name="A newer story").first).to_be_visible()

    page.get_by_role("link", name="Türkçe").first.click()
    expect(page.get_by_role("heading", level=1, name=TITLE_TR)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Rusya Fuarı 2021")

    with translation.override("en"):
        for mention in story.mentions.select_related("official"):
            page.goto(live_server.url + mention.official.get_absolute_url("en"))
            expect(page.get_by_role("main")).to_contain_text(TITLE)
        for event in story.events.all():
            page.goto(live_server.url + event.get_absolute_url("en"))
            expect(page.get_by_role("heading", level=1)).to_contain_text(event.title_en)
            expect(page.get_by_role("main")).to_contain_text(TITLE)

    for language, title in (("en", TITLE), ("tr", TITLE_TR)):
        feed = feedparser.parse(page.request.get(f"{live_server.url}/{language}/feed/").body())
        assert not feed.bozo
        assert title in [entry.title for entry in feed.entries]
