"""The public pages in a real browser: three widths, both colour schemes, no finding, nothing sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.news.views import city

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (320, 768, 1440)
# What axe loads beforehand it writes into the page as a style, which our policy refuses.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {
    "light": {"preload": False, "runOnly": TAGS},
    # A scheme changes colours and nothing else.
    "dark": {"preload": False, "runOnly": ["color-contrast", "link-in-text-block"]},
}
SPACED = """() => {
  for (const element of document.querySelectorAll("body *")) {
    element.style.lineHeight = "1.5";
    element.style.letterSpacing = ".12em";
    element.style.wordSpacing = ".16em";
  }
}"""
#: In English too, where the words are longer or shorter than ours.
BOTH = ("home", "news", "article", "official", "events", "event", "month", "search", "missing", "style")
ONCE = (
    "accessibility",
    "site-map",
    "criteria",
    "archive",
    "officials",
    "topic",
    "topics",
    "feeds",
    "follow",
    "leave-not-known",
    "confirm-not-known",
    "not-translated",
    "article-old",
    "news-refused",
)


@pytest.fixture
def addresses(context, live_server) -> dict[str, str]:
    made = city.build()
    return {name: made[name] for both in BOTH for name in (both, f"{both}-en")} | {
        name: made[name] for name in ONCE
    }


def open_page(page: Page, url: str, faults: list[str]) -> None:
    response = page.goto(url)
    if (status := str(response.status)) in ("400", "404"):
        # The browser writes the page that was refused or is missing into its console, and is right to.
        faults[:] = [fault for fault in faults if status not in fault]
    page.wait_for_load_state("load")


def test_no_page_has_a_finding_of_axe_or_scrolls_sideways(page: Page, live_server, addresses, faults):
    found: dict[tuple[str, str], str] = {}
    for name, address in addresses.items():
        open_page(page, live_server.url + address, faults)
        for scheme in AXE:
            page.emulate_media(color_scheme=scheme)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    found.setdefault(("scrolls sideways", ""), f"{name} {width}")
                for violation in Axe().run(page, options=AXE[scheme]).response["violations"]:
                    for node in violation["nodes"]:
                        found.setdefault((violation["id"], node["html"][:160]), f"{name} {width} {scheme}")
    assert not found, "\n".join(f"{rule} {where}: {html}" for (rule, html), where in sorted(found.items()))


def test_spaced_text_and_four_times_zoom_lose_nothing(page: Page, live_server, addresses, faults):
    """WCAG 1.4.12 and 1.4.10: 1280 pixels at 400 % are 320."""
    page.set_viewport_size({"width": 320, "height": 256})
    for name in ("home", "news", "article", "official", "event", "month", "style"):
        open_page(page, live_server.url + addresses[name], faults)
        page.evaluate(SPACED)
        cut = page.evaluate(
            """() => [...document.querySelectorAll("h1, h2, h3, p, a, button, label, dt, dd, th, td")]
                .filter((element) => getComputedStyle(element).overflow !== "visible"
                    && !element.matches(".hidden, .card__text, .month__empty") && !element.closest(".hidden")
                    && element.scrollHeight > element.clientHeight + 1)
                .map((element) => element.outerHTML.slice(0, 120))"""
        )
        assert cut == [], name
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), name
