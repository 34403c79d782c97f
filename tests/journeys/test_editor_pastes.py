"""What is pasted from elsewhere, through the real editor and out to the readers."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from news.models import State
from news.richtext import clean
from tests.news import make
from tests.news.newsroom import enter, person

pytestmark = pytest.mark.django_db(transaction=True)
PASTED = Path(__file__).parents[1] / "data" / "pasted"
FRAGMENTS = {path.name.removesuffix(".clean.html") for path in PASTED.glob("*.clean.html")}
#: The editor knows no languages, quotes and captions, and makes emphasis of stars and links of addresses.
READ_OTHERWISE = {"web-foreign-words", "web-table-with-caption", "whatsapp-plain"}
PASTE = """(area, [html, words]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", words);
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""

COPY_AND_PASTE = """(area) => {
  const clipboardData = new DataTransfer();
  const init = { clipboardData, bubbles: true, cancelable: true };
  const tell = (kind) => area.dispatchEvent(new ClipboardEvent(kind, init));
  tell("copy");
  getSelection().collapseToEnd();
  document.dispatchEvent(new Event("selectionchange"));
  tell("paste");
}"""


@pytest.fixture
def story(page, context, live_server):
    publisher = person("Publisher", "elif")
    enter(context, live_server, publisher)
    story = make.article("Yapıştırılan haber", state=State.DRAFT, author=publisher, body="")
    page.goto(f"{live_server.url}/admin/news/article/{story.pk}/change/")
    area(page).click()
    return story


def area(page: Page):
    return page.get_by_role("textbox", name="Metin:", exact=True)


def paste(page: Page, html: str, words: str = "") -> None:
    with page.expect_response("**/admin/pasted/"):
        area(page).evaluate(PASTE, [html, words])
    page.evaluate("new Promise((done) => setTimeout(done, 50))")


def fragment(name: str) -> str:
    return (PASTED / f"{name}.html").read_bytes().decode()


def test_a_text_from_word_goes_out_in_clean_structure_without_its_notes(page, live_server, story):
    for name in ("headings", "list", "comments-and-deletions", "pictures"):
        area(page).press("Control+End")
        paste(page, fragment(f"word-desktop-{name}"))
    expect(page.locator(".pasted-said")).to_contain_text("görsel metne alınmadı")
    page.keyboard.type(" Elle yazılan.")
    page.keyboard.press("Enter")
    paste(page, fragment("word-desktop-table"))
    expect(page.locator(".pasted-said")).to_be_empty()
    page.get_by_role("button", name="Yayımla", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("yayında")

    page.goto(live_server.url + story.get_absolute_url())
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="Ulaşım Planı", level=2)).to_be_visible()
    expect(main.get_by_role("heading", name="Tramvay", level=3)).to_be_visible()
    expect(main.get_by_role("listitem").filter(has_text="Çim Konserleri").first).to_be_visible()
    expect(main.get_by_role("cell", name="1.250")).to_be_visible()
    expect(main).to_contain_text("Açılış Başkan ile yapıldı.")
    expect(main).to_contain_text("Program ektedir. Elle yazılan.")
    for unseen in ("gizli konuk", "Bunu yayımlamayalım", "[B1]"):
        expect(main).not_to_contain_text(unseen)
    story.refresh_from_db()
    assert not any(mark in story.body for mark in ("mso", "Mso", "style=", "class=", "·"))


def test_every_fragment_reads_through_the_editor_as_it_does_without(page, story, faults):
    for name in sorted(FRAGMENTS - READ_OTHERWISE):
        area(page).press("Control+A")
        area(page).press("Delete")
        paste(page, fragment(name))
        expected = (PASTED / f"{name}.clean.html").read_text().strip()
        assert clean(page.locator("textarea[name=body]").input_value()) == expected, name
    # Some show pictures of our own library, which is empty here.
    assert all("/media/" in fault for fault in faults)
    faults.clear()


def test_without_the_server_the_words_are_pasted_and_that_is_said(page, story, faults):
    page.route("**/admin/pasted/", lambda route: route.abort())
    area(page).evaluate(PASTE, ["<p style='color: red'>Park <b>açıldı</b></p>", "Park açıldı"])
    expect(area(page)).to_have_text("Park açıldı")
    expect(page.locator(".pasted-said")).to_contain_text("Sunucuya ulaşılamıyor")
    faults.clear()


def test_what_the_editor_copied_itself_is_pasted_without_asking(page, story):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/pasted/" in request.url else None)
    page.keyboard.type("Park açıldı")
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+b")
    area(page).evaluate(COPY_AND_PASTE)
    expect(area(page).locator("strong")).to_have_text(["Park açıldı", "Park açıldı"])
    assert not asked


def test_a_few_words_are_pasted_into_the_sentence(page, story):
    page.keyboard.type("Park açıldı.")
    for _letter in "açıldı.":
        page.keyboard.press("ArrowLeft")
    paste(page, "<html><body><!--StartFragment--><b>bugün</b> törenle<!--EndFragment--></body></html>")
    page.keyboard.type(" ")
    expect(area(page).locator("p")).to_have_text("Park bugün törenle açıldı.")
    expect(area(page).locator("strong")).to_have_text("bugün")
