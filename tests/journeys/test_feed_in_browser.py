"""A person who follows the link to a feed: words and not source."""

import pytest
from playwright.sync_api import Page, expect

from tests.news.make import article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("path", "item"), [("/tr/feed/", "item"), ("/tr/feed/atom/", "entry")])
def test_a_feed_can_be_read_in_a_browser(page: Page, live_server, path: str, item: str):
    article("Köprü açıldı", summary="Yeni köprü bugün açıldı.", body="<p>Bütün metin burada.</p>")

    page.goto(live_server.url + path)

    expect(page.locator(f"{item} > title")).to_have_text("Köprü açıldı")
    expect(page.get_by_text("Yeni köprü bugün açıldı.")).to_be_visible()
    for machine_words in ("Bütün metin", "urn:uuid"):
        expect(page.locator(item).get_by_text(machine_words)).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement, '::before').content").startswith(
        '"Bu bir'
    )
