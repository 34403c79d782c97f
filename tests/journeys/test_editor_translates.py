"""Turkish left, English right, in one screen; and what the preview promises."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect

from news.models import Article, State
from tests.news import make
from tests.news.newsroom import enter, person

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "<p>Park bugün törenle açıldı ve binlerce kişi geldi.</p>"


@pytest.fixture
def publisher(context, live_server):
    user = person("Publisher", "elif")
    enter(context, live_server, user)
    return user


def body(page: Page, language: str):
    return page.get_by_role("textbox", name=f"Metin ({language})", exact=True)


def test_who_finds_a_translation_missing_writes_it_beside_and_publishes_it(page, live_server, publisher):
    story = make.article("Yeni park açıldı", body=TEXT, summary="Park açıldı.", author=publisher)
    page.goto(f"{live_server.url}/admin/")
    missing = page.locator(".desk-untranslated")
    missing.get_by_role("link", name="Yeni park açıldı").click()
    expect(page.get_by_text("Bu dilde henüz metin yok.")).to_be_visible()
    page.get_by_role("button", name="Çeviriye başla").click()

    left = page.locator(".beside-read").first
    right = page.locator("#id_en-title")
    expect(left).to_have_text("Yeni park açıldı")
    assert left.bounding_box()["x"] < right.bounding_box()["x"]
    right.fill("A new park has opened")
    page.get_by_role("button", name="Yayımla (İngilizce)").click()
    expect(page.locator(".errornote")).to_contain_text("öteki dilde")
    expect(right).to_have_value("A new park has opened")
    assert Client().get(f"/en/news/{story.pk + 1}/").status_code == 404

    page.locator("#id_en-summary").fill("The park is open.")
    body(page, "İngilizce").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("The park was opened today; thousands came.")
    expect(page.locator(".autosave-status")).to_contain_text("Taslak saklandı", timeout=8000)
    page.get_by_role("button", name="Yayımla (İngilizce)").click()
    expect(page.locator(".messagelist .success")).to_contain_text("yayında")

    english = Article.objects.get(language="en")
    assert english.get_absolute_url().endswith("/a-new-park-has-opened/")
    for row in (story, english):
        html = Client().get(row.get_absolute_url()).content.decode()
        assert 'hreflang="tr"' in html
        assert 'hreflang="en"' in html


def test_both_are_typed_kept_and_saved_together_by_keyboard_and_on_a_phone(page, live_server, publisher):
    turkish = make.article("Yeni park", body=TEXT, state=State.DRAFT, author=publisher)
    english = make.article(
        "New park",
        language="en",
        translation_key=turkish.translation_key,
        body="<p>Text.</p>",
        state=State.DRAFT,
        author=publisher,
    )
    turkish.gallery.create(image=make.image(title="Meydan"), alt="Meydanda kalabalık")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/admin/news/article/{turkish.pk}/beside/")
    expect(body(page, "Türkçe")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    first, second = page.locator("#id_tr-title"), page.locator("#id_en-title")
    assert first.bounding_box()["y"] < second.bounding_box()["y"]
    first.fill("Yeni park açıldı")
    first.press("Tab")
    expect(second).to_be_focused()
    second.fill("The new park")
    expect(page.locator(".autosave-status")).to_contain_text("Taslak saklandı", timeout=8000)

    page.reload()
    page.get_by_role("button", name="Geri getir").click()
    expect(first).to_have_value("Yeni park açıldı")
    expect(second).to_have_value("The new park")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist .success")).to_have_text("İki dil de kaydedildi.")
    turkish.refresh_from_db()
    english.refresh_from_db()
    assert (turkish.title, english.title) == ("Yeni park açıldı", "The new park")

    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert not Axe().run(page, options={"preload": False}).response["violations"]


def test_the_preview_is_what_will_be_published(page, live_server, publisher):
    target = make.article("Hedef haber", body=TEXT)
    story = make.article(
        "Park",
        body=f'<p>Bkz. <a href="/tr/haberler/{target.pk}/">hedef</a>.</p>',
        state=State.DRAFT,
        author=publisher,
        tags=["Ulaşım"],
    )
    make.article("A park", language="en", translation_key=story.translation_key, state=State.DRAFT)
    page.goto(f"{live_server.url}/admin/news/article/{story.pk}/change/")
    page.locator("#id_title").fill("Yeni park açıldı")
    page.get_by_role("button", name="Ön izlemeyi göster").click()
    seen = page.frame_locator("iframe[name=preview]")
    expect(seen.get_by_role("heading", level=1)).to_have_text("Yeni park açıldı")
    frame = page.locator("iframe[name=preview]")
    expect(page.get_by_role("button", name="Masaüstü")).to_have_attribute("aria-pressed", "true")
    assert frame.evaluate("frame => frame.clientWidth") >= 1200
    page.get_by_role("button", name="Telefon").click()
    assert frame.evaluate("frame => frame.clientWidth") <= 390

    # What is typed on is seen without asking.
    page.locator("#id_title").fill("Yeni park bugün açıldı")
    expect(seen.get_by_role("heading", level=1)).to_have_text("Yeni park bugün açıldı", timeout=8000)
    promised = seen.locator("main").inner_html()
    page.get_by_role("link", name="İngilizce", exact=True).click()
    expect(seen.get_by_role("heading", level=1)).to_have_text("A park")
    story.refresh_from_db()
    assert (story.title, story.state) == ("Park", State.DRAFT)
    page.get_by_role("button", name="Ön izlemeyi kapat").click()
    expect(frame).to_be_hidden()

    page.get_by_role("button", name="Yayımla", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("yayında")
    story.refresh_from_db()
    page.goto(live_server.url + story.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("Yeni park bugün açıldı")
    page.evaluate("document.querySelector('.edit-this-page')?.remove()")
    assert without_times(page.locator("main").inner_html()) == without_times(promised)


def test_the_preview_of_an_event_is_what_will_be_published_in_both_languages(page, live_server, publisher):
    draft = {"state": State.DRAFT, "published_at": None, "first_published_at": None}
    event = make.event(title_en="Festival", recurrence="FREQ=WEEKLY;COUNT=3", **draft)
    page.goto(f"{live_server.url}/admin/news/event/{event.pk}/change/")
    page.locator("#id_title_tr").fill("Deniz Şenliği")
    page.get_by_role("button", name="Ön izlemeyi göster (Türkçe)").click()
    seen = page.frame_locator("iframe[name=preview]")
    title = seen.get_by_role("heading", level=1)
    expect(title).to_have_text("Deniz Şenliği")
    turkish = page.get_by_role("button", name="Türkçe", exact=True)
    expect(turkish).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Telefon").click()
    expect(turkish).to_have_attribute("aria-pressed", "true")
    assert page.locator("iframe[name=preview]").evaluate("frame => frame.clientWidth") <= 390
    promised = {"tr": seen.locator("main").inner_html()}

    page.get_by_role("button", name="İngilizce", exact=True).click()
    expect(title).to_have_text("Festival")
    # What is typed on is seen without asking, in the language that was chosen.
    page.locator("#id_title_en").fill("Sea festival")
    expect(title).to_have_text("Sea festival", timeout=8000)
    promised["en"] = seen.locator("main").inner_html()
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert not Axe().run(page, options={"preload": False}).response["violations"]
    event.refresh_from_db()
    assert (event.title_en, event.state) == ("Festival", State.DRAFT)

    page.get_by_role("button", name="Yayımla", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("yayında")
    event.refresh_from_db()
    for language, html in promised.items():
        page.goto(live_server.url + event.get_absolute_url(language))
        page.evaluate("document.querySelector('.edit-this-page')?.remove()")
        assert without_times(page.locator("main").inner_html()) == without_times(html)


def test_without_script_the_preview_opens_beside_the_form_as_a_page(browser, live_server):
    context = browser.new_context(java_script_enabled=False, locale="tr-TR")
    publisher = person("Publisher", "elif")
    enter(context, live_server, publisher)
    story = make.article("Park", state=State.DRAFT, author=publisher)
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/news/article/{story.pk}/change/")
    page.locator("#id_title").fill("Yeni park")
    with context.expect_page() as opened:
        page.get_by_role("button", name="Ön izlemeyi göster").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Yeni park")
    expect(page.locator("#id_title")).to_have_value("Yeni park")
    story.refresh_from_db()
    assert story.title == "Park"
    context.close()


def without_times(html: str) -> str:
    """The two are a moment apart, and the seconds may turn between them."""
    return re.sub(r'datetime="[^"]*"|\d\d[.:]\d\d', "", html).strip()
