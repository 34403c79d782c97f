"""Linking to our own pages without copying an address, by keyboard alone, and on a phone."""

import pytest
from playwright.sync_api import Page, expect

from news import search
from news.models import Article, State
from tests.news import make
from tests.news.newsroom import enter, person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def author(context, live_server):
    user = person("Publisher", "elif")
    enter(context, live_server, user)
    return user


def text(page: Page):
    return page.get_by_role("textbox", name="Metin:", exact=True)


def open_story(page: Page, live_server, story: Article) -> None:
    page.goto(f"{live_server.url}/admin/news/article/{story.pk}/change/")
    expect(text(page)).to_be_visible()


def test_an_editor_links_by_keyboard_and_the_link_survives_a_rename(page, live_server, author):
    target = make.article("Işıklı köprü açıldı")
    search.index(target)
    story = make.article("Haber", state=State.DRAFT, author=author, body="<p>Köprü dün açıldı.</p>")
    open_story(page, live_server, story)
    text(page).focus()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+Control+ArrowRight")
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Bağlantı")
    expect(dialog.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("isikli kopru")
    expect(dialog.get_by_role("option", name="Işıklı köprü açıldı – haber, Türkçe")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(dialog.get_by_label("ya da bir adres")).to_have_value(f"/tr/haberler/{target.pk}/")
    expect(dialog.get_by_role("status").last).to_contain_text("okurlar görüyor")
    expect(dialog.get_by_role("button", name="Ekle")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(text(page).locator("a")).to_have_attribute("href", f"/tr/haberler/{target.pk}/")
    page.get_by_role("button", name="Yayımla", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()

    target.slug = "bambaska-bir-ad"
    target.save()
    story.refresh_from_db()
    page.goto(live_server.url + story.get_absolute_url())
    page.get_by_role("main").get_by_role("link", name="Köprü", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Işıklı köprü açıldı")
    assert page.url.endswith("/bambaska-bir-ad/")


def test_a_link_is_put_in_on_a_phone_with_the_title_as_its_words_and_taken_out_again(
    page, live_server, author
):
    page.set_viewport_size({"width": 390, "height": 844})
    make.article("Henüz taslak", state=State.DRAFT)
    story = make.article("Haber", state=State.DRAFT, author=author, body="<p>Bakınız: </p>")
    open_story(page, live_server, story)
    text(page).click()
    page.keyboard.press("Control+End")
    page.get_by_role("button", name="bağlantı ekle").click()
    dialog = page.get_by_role("dialog", name="Bağlantı")
    dialog.get_by_role("combobox").fill("henüz")
    dialog.get_by_role("option", name="Henüz taslak").click()
    expect(dialog.get_by_label("Bağlantının sözcükleri")).to_have_value("Henüz taslak")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    dialog.get_by_role("button", name="Ekle").click()
    expect(text(page).get_by_role("link")).to_have_text("Henüz taslak")

    text(page).get_by_role("link").click()
    page.get_by_role("button", name="bağlantı ekle").click()
    expect(dialog.get_by_role("status").last).to_contain_text("Henüz taslak – haber, Türkçe, taslak")
    dialog.get_by_role("button", name="bağlantıyı kaldır").click()
    expect(text(page).get_by_role("link")).to_have_count(0)
    expect(text(page)).to_contain_text("Henüz taslak")
