"""Windows within the form: no finding of axe while they are open, at both widths and in both schemes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from news.models import State
from tests.news import make
from tests.news.newsroom import enter, person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_open_window_has_a_finding(page, live_server, context, scheme):
    publisher = person("Publisher", "elif")
    enter(context, live_server, publisher)
    story = make.article("x" * 130, state=State.DRAFT, author=publisher)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{live_server.url}/admin/news/article/{story.pk}/change/")
    text = page.get_by_role("textbox", name="Metin:", exact=True)
    expect(text).to_be_visible()
    found = []

    def look(name: str) -> None:
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            for violation in Axe().run(page, options={"preload": False}).response["violations"]:
                found.extend(
                    f"{name} {width}: {violation['id']} {node['html'][:160]}" for node in violation["nodes"]
                )

    look("form")
    text.focus()
    page.keyboard.press("Control+k")
    page.get_by_role("dialog", name="Bağlantı").get_by_role("combobox").fill("xxx")
    expect(page.get_by_role("option", name="x" * 130)).to_be_visible()
    look("link")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog", name="Yayımla")).to_be_visible()
    look("asking")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Klavye kısayolları")).to_be_visible()
    look("shortcuts")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Ön izlemeyi göster").click()
    expect(page.frame_locator("iframe[name=preview]").get_by_role("heading", level=1)).to_be_visible()
    look("preview")
    assert not found, "\n".join(found)
