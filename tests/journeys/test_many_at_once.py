"""One step for many rows, by keyboard and on a phone, and taking it back."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from news.models import Article, State
from news.publishing import undo
from tests.journeys.test_admin_pages import AXE, WIDTHS
from tests.news import make
from tests.news.newsroom import enter, person

pytestmark = pytest.mark.django_db(transaction=True)
#: A folder, for somebody who wants to look at the pages.
SHOTS = os.environ.get("SHOTS", "")


def look(page, name: str) -> None:
    """No finding at any width, in light and in dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(page, options=AXE).response["violations"]
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], name
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{name} scrolls sideways at {width}"
            if SHOTS:
                page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{scheme}.png", full_page=True)


def test_publishing_three_by_keyboard_and_taking_it_back(page, context, live_server, settings):
    # A transaction for each row: that they are read one by one is meant.
    settings.ZEAL_ALLOWLIST = [*settings.ZEAL_ALLOWLIST, {"model": "news.Article", "field": "get()"}]
    user = person("Publisher", first_name="Ayşe", last_name="Işık")
    for number in range(3):
        make.article(f"Bekleyen haber {number}", state=State.DRAFT, author=user)
    make.article("Özetsiz haber", state=State.DRAFT, author=user, summary="")
    make.article("Yayındaki haber").links_out.create(url="https://kopuk.example/", works=False)
    undo.remember(user, "withdraw", "Geri çekilen haber", [{"what": "move"}])
    enter(context, live_server, user)
    page.goto(f"{live_server.url}/admin/news/article/?state=draft")
    look(page, "list")
    page.locator("#action-toggle").focus()
    page.keyboard.press("Space")
    page.locator("select[name='action']").select_option("publish")
    page.locator("button[name='index']").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bu 3 kayda ne olacak")).to_be_visible()
    expect(page.get_by_role("heading", name="Dışarıda kalan: 1")).to_be_visible()
    look(page, "bulk-publish")
    page.get_by_role("button", name="Yayımla (3)").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 kayıt için yapıldı")).to_be_visible()
    assert Article.objects.public().count() == 4
    look(page, "list-done")
    page.goto(f"{live_server.url}/admin/")
    look(page, "desk")
    page.get_by_role("button", name="Geri al: Bekleyen haber 2 + 2").click()
    expect(page.get_by_text("Geri alındı:")).to_be_visible()
    assert Article.objects.public().count() == 1


def test_pages_that_ask_for_more_have_no_finding(page, context, live_server):
    user = person("Publisher", first_name="Ayşe", last_name="Işık")
    for number in range(2):
        make.article(f"Haber {number}", tags=["Ulaşım", "Çevre"])
    enter(context, live_server, user)
    for noun, name in (
        ("article", "withdraw"),
        ("article", "retag"),
        ("article", "assign"),
        ("tag", "merge"),
    ):
        page.goto(f"{live_server.url}/admin/news/{noun}/")
        page.locator("#action-toggle").check()
        page.locator("select[name='action']").select_option(name)
        page.locator("button[name='index']").click()
        page.wait_for_selector(".bulk")
        look(page, f"bulk-{name}")
    page.goto(f"{live_server.url}/admin/plan/")
    look(page, "plan")
