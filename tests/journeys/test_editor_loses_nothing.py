"""Nothing typed is lost: not by a dead server, not by an ended session, not by somebody who was faster."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from news.models import Article, Draft, State
from tests.news import make
from tests.news.newsroom import enter, person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def author(context, live_server):
    user = person("Author", "elif")
    enter(context, live_server, user)
    return user


def open_story(page: Page, live_server, story: Article) -> None:
    page.goto(f"{live_server.url}/admin/news/article/{story.pk}/change/")
    expect(text(page)).to_be_visible()


def text(page: Page):
    return page.get_by_role("textbox", name="Metin:", exact=True)


def type_on(page: Page, words: str) -> None:
    text(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def save(page: Page) -> None:
    page.get_by_role("button", name="Kaydet ve düzenlemeye devam et").click()


def draft(author, **values) -> Article:
    return make.article(state=State.DRAFT, author=author, **values)


def test_what_was_typed_is_offered_after_a_reload_and_comes_back(page, live_server, author):
    story = draft(author, body="<p>Başlangıç.</p>")
    open_story(page, live_server, story)
    type_on(page, " Üç saniye sonra saklanır.")
    expect(page.locator(".autosave-status")).to_have_text(
        re.compile(r"Taslak saklandı: \d\d\.\d\d"), timeout=8000
    )
    page.reload()
    expect(text(page)).to_have_text("Başlangıç.")
    page.get_by_role("button", name="Geri getir").click()
    expect(text(page)).to_have_text("Başlangıç. Üç saniye sonra saklanır.")
    save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()
    story.refresh_from_db()
    assert "Üç saniye sonra saklanır." in story.body
    assert not Draft.objects.exists()


def test_a_server_that_is_gone_takes_no_text_with_it(page, live_server, author, faults):
    story = draft(author, body="<p>Başlangıç.</p>")
    open_story(page, live_server, story)
    page.route("**/admin/**", lambda route: route.abort())
    type_on(page, " Sunucu yokken yazıldı.")
    expect(page.locator(".autosave-status")).to_contain_text("Sunucuya ulaşılamıyor", timeout=8000)
    save(page)
    expect(text(page)).to_contain_text("Sunucu yokken yazıldı.")
    page.unroute_all()
    faults.clear()
    page.reload()
    page.get_by_role("button", name="Geri getir").click()
    expect(text(page)).to_have_text("Başlangıç. Sunucu yokken yazıldı.")


def test_a_server_that_dies_while_it_is_sent_to_takes_no_text_with_it(page, live_server, author, faults):
    story = draft(author, body="<p>Başlangıç.</p>")
    open_story(page, live_server, story)
    type_on(page, " Gönderilirken öldü.")
    change = f"**/admin/news/article/{story.pk}/change/"
    page.route(change, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    save(page)
    expect(page).to_have_url("chrome-error://chromewebdata/")
    page.unroute_all()
    faults.clear()
    open_story(page, live_server, story)
    page.get_by_role("button", name="Geri getir").first.click()
    expect(text(page)).to_have_text("Başlangıç. Gönderilirken öldü.")

    # Once it is saved, nothing is offered any more, neither here nor from the list.
    page.get_by_role("button", name="Kaydet", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    open_story(page, live_server, story)
    expect(text(page)).to_have_text("Başlangıç. Gönderilirken öldü.")
    expect(page.get_by_role("button", name="Geri getir")).to_have_count(0)


def test_signing_in_again_in_another_tab_lets_the_form_be_sent(page, live_server, author, context, faults):
    story = draft(author, body="<p>Başlangıç.</p>")
    open_story(page, live_server, story)
    Session.objects.all().delete()
    type_on(page, " Oturum bitmişti.")
    save(page)
    expect(page.locator(".autosave-status")).to_contain_text("Oturumunuz kapandı")
    assert page.get_by_role("link", name="Oturum aç (yeni sekme)").get_attribute("target") == "_blank"
    enter(context, live_server, author)
    save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()
    story.refresh_from_db()
    assert "Oturum bitmişti." in story.body
    faults.clear()


def test_two_people_in_one_story_see_each_other_and_neither_loses_a_word(page, live_server, author, browser):
    story = draft(author, title="Eski başlık", body="<p>Başlangıç.</p>")
    open_story(page, live_server, story)
    elsewhere = browser.new_context(locale="tr-TR")
    enter(elsewhere, live_server, person("Editor", "mehmet"))
    other = elsewhere.new_page()
    open_story(other, live_server, story)
    expect(other.get_by_text("Şu anda burada: elif.").first).to_be_visible()
    expect(page.locator(".autosave-others")).to_contain_text("mehmet", timeout=15_000)

    type_on(page, " Elif yazdı.")
    save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()
    type_on(other, " Mehmet yazdı.")
    save(other)
    both = other.get_by_role("table").filter(has_text="Sizin yazdığınız")
    expect(both).to_contain_text("Başlangıç. Elif yazdı.")
    expect(both).to_contain_text("Başlangıç. Mehmet yazdı.")
    expect(text(other)).to_have_text("Başlangıç. Mehmet yazdı.")
    type_on(other, " Elif yazdı.")
    save(other)
    expect(other.locator(".messagelist .success")).to_be_visible()
    story.refresh_from_db()
    assert "Mehmet yazdı. Elif yazdı." in story.body
    elsewhere.close()
