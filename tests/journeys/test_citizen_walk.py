"""Ways that people take: by keyboard, on a phone, without scripts, in two languages, on paper."""

import pytest
from playwright.sync_api import Browser, Page, expect

from news import page_cache
from news.models import Alert
from tests.news.views import city

#: Where the Tab key has led to; nothing once it has left the page.
STOP = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const seen = Number(element.dataset.seen || 0) + 1;
  const html = element.outerHTML.slice(0, 100);
  element.dataset.seen = seen;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3;
  return {seen, ring, html, visible: box.bottom > 0 && box.top < innerHeight};
}"""

#: Elements that do not scroll with the page.
STUCK = """() => [...document.querySelectorAll("body *")]
  .filter((element) => ["fixed", "sticky"].includes(getComputedStyle(element).position))
  .map((element) => element.outerHTML.slice(0, 100))"""
#: Buttons, fields and chips under 44 pixels; the line of an alert holds its button like a link.
SMALL = """() => [...document.querySelectorAll(
  "button:not(.alert__hide), .button, .control, .chips a, summary")]
  .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 43.5)
  .map((element) => element.outerHTML.slice(0, 100))"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def addresses(context, live_server) -> dict[str, str]:
    return city.build()


@pytest.fixture
def plain(browser: Browser, live_server, addresses):
    """A browser with scripts switched off."""
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url, locale="tr-TR")
    yield context.new_page()
    context.close()


def focused(page: Page) -> str:
    return page.evaluate("(document.activeElement.innerText || document.activeElement.name || '').trim()")


def test_by_keyboard_from_the_skip_link_to_a_story(page: Page, live_server, addresses):
    page.goto(live_server.url + "/tr/")
    page.keyboard.press("Tab")
    assert focused(page) == "Ana içeriğe geç"
    expect(page.get_by_role("link", name="Ana içeriğe geç")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Haber 1")


def test_every_stop_of_the_tab_key_shows_its_ring_and_none_is_a_trap(page: Page, live_server, addresses):
    page.emulate_media(reduced_motion="reduce")
    for name in ("home", "news", "article", "month"):
        page.goto(live_server.url + addresses[name])
        stops, steps = [], 0
        while steps < 250:
            page.keyboard.press("Tab")
            steps += 1
            stop = page.evaluate(STOP)
            if stop is None or stop["seen"] > 1:
                break
            stops.append(stop)
        assert len(stops) > 15, name
        assert [stop["html"] for stop in stops if not stop["ring"]] == [], name
        assert [stop["html"] for stop in stops if not stop["visible"]] == [], name


def test_nothing_sticks_floats_or_moves(page: Page, live_server, addresses):
    """WCAG 2.4.11 and 2.3.3: nothing covers what has the focus, nor moves for who asked for stillness."""
    for name in ("home", "news", "article", "month", "style"):
        page.emulate_media(reduced_motion="reduce")
        page.goto(live_server.url + addresses[name])
        assert page.evaluate(STUCK) == [], name
        assert page.evaluate("document.getAnimations().length") == 0
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        page.emulate_media(reduced_motion="no-preference")
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "smooth"


def test_controls_are_as_large_as_a_thumb(page: Page, live_server, addresses):
    page.set_viewport_size({"width": 390, "height": 844})
    for name in ("home", "news", "article", "events", "search", "officials", "style"):
        page.goto(live_server.url + addresses[name])
        assert page.evaluate(SMALL) == [], name


def test_in_forced_colours_controls_keep_an_edge_and_the_ring(page: Page, live_server, addresses):
    page.emulate_media(forced_colors="active")
    page.goto(live_server.url + addresses["style"])
    for part in (
        ".button",
        ".button--quiet",
        ".chips a",
        ".tags a",
        ".control",
        ".date",
        ".badge",
        ".notice",
    ):
        edge = page.locator(f"main {part}").first.evaluate(
            "e => [getComputedStyle(e).borderTopStyle, parseFloat(getComputedStyle(e).borderTopWidth)]"
        )
        assert edge[0] == "solid", part
        assert edge[1] >= 1, part
    page.keyboard.press("Tab")
    assert page.evaluate(STOP)["ring"]


def test_the_language_switch_leads_to_the_same_story_and_back(page: Page, live_server, addresses):
    page.goto(live_server.url + addresses["article"])
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Night ferries begin")
    page.get_by_role("link", name="Türkçe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gece vapurları başlıyor")

    page.goto(live_server.url + addresses["article-old"])
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not available in English")
    page.get_by_role("link", name="Eski duyuru").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Eski duyuru")


def test_filters_work_without_scripts(plain: Page):
    plain.goto("/tr/haberler/")
    plain.get_by_label("Konu").select_option("Ulaşım")
    plain.get_by_role("button", name="Göster").click()
    assert "topic=" in plain.url
    expect(plain.get_by_role("status")).to_contain_text(" haber, 1–12 arası")
    plain.get_by_role("link", name="Daha eski").click()
    assert "topic=" in plain.url
    assert "before=" in plain.url
    plain.get_by_role("link", name="“Ulaşım” süzgecini kaldır").click()
    assert "topic=" not in plain.url
    plain.get_by_role("link", name="Duyurular", exact=True).click()
    expect(plain.get_by_role("heading", level=2)).to_contain_text(["Eski duyuru"])


def test_words_typed_anywhere_are_searched_without_scripts(plain: Page):
    plain.goto("/tr/")
    plain.get_by_label("Sitede ara").fill("VAPURLARI")
    plain.get_by_role("button", name="Ara", exact=True).click()
    expect(plain.get_by_role("link", name="Gece vapurları başlıyor")).to_be_visible()


def test_the_calendar_is_a_list_of_days_on_a_phone(page: Page, live_server, addresses):
    page.goto(live_server.url + addresses["month"])
    expect(page.get_by_role("columnheader")).to_have_count(7)
    empty = page.locator("td.month__empty").first
    expect(empty).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("columnheader")).to_have_count(0)
    expect(empty).to_be_hidden()
    expect(page.get_by_role("link", name="Körfez Işıkları").first).to_be_visible()
    days = page.locator("td:not(.month__empty):not(.month__out)")
    tops = [day.bounding_box()["y"] for day in days.all()]
    assert tops == sorted(tops)
    assert len(set(tops)) == len(tops)


def test_on_paper_a_story_is_black_words_and_its_links(page: Page, live_server, addresses):
    page.goto(live_server.url + addresses["article"])
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for gone in (".main-nav", ".search", ".side", ".share", ".neighbours", ".breadcrumb", ".utility"):
        expect(page.locator(gone).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    link = page.locator(".prose a").first
    assert "https://kent.example/" in link.evaluate("a => getComputedStyle(a, '::after').content")
    end = page.locator(".footer__end")
    assert addresses["article"] in end.evaluate(
        "e => getComputedStyle(e, '::after').content + e.dataset.address"
    )
    assert page.pdf(format="A4")[:4] == b"%PDF"
    page.goto(live_server.url + addresses["event"])
    map_link = page.locator(".facts a[href*='openstreetmap']")
    assert "openstreetmap.org/?mlat=38.4" in map_link.evaluate("a => getComputedStyle(a, '::after').content")


def test_copying_the_address_says_so(page: Page, context, live_server, addresses):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(live_server.url + addresses["article"])
    page.get_by_role("button", name="Adresi kopyala").click()
    expect(page.get_by_role("button", name="Adres kopyalandı")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == live_server.url + addresses["article"]


def test_an_alert_that_was_read_can_be_hidden_until_its_words_change(page: Page, live_server, addresses):
    page.goto(live_server.url + "/tr/")
    alert = page.locator("header .alert")
    expect(alert).to_have_count(1)
    alert.get_by_role("button", name="Gizle").press("Enter")
    expect(alert).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto(live_server.url + "/tr/haberler/")
    expect(alert).to_be_hidden()
    Alert.objects.update(text_tr="Vapurlar yeniden çalışıyor.")
    page_cache.changed()
    page.reload()
    expect(alert).to_be_visible()


def test_without_scripts_no_control_stands_that_does_nothing(plain: Page, addresses):
    plain.goto(addresses["article"])
    assert plain.get_by_role("button").all_inner_texts() == ["Ara"]


def test_no_visit_leaves_a_cookie_or_anything_else(page: Page, context, live_server, addresses):
    for name in ("home", "news", "article", "events", "search"):
        page.goto(live_server.url + addresses[name])
    assert context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
