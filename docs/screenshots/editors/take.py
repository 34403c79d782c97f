"""Takes the pictures of the editors' guides from a running demo, in both languages.

    python docs/screenshots/editors/take.py http://localhost:8000 NAME PASSWORD

It looks and chooses, and saves nothing. Fields for days and files speak the language of the browser, if that
has it: on Debian, with the package chromium-l10n.
"""

import io
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parent
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
#: What a story in that language is found by in the demo.
WORDS = {"tr": "park", "en": "parks"}
#: In what language the browser runs meanwhile.
BROWSERS = {"tr": "tr", "en": "en_GB"}


def to_top(page: Page, selector: str) -> None:
    page.locator(selector).first.evaluate("node => node.scrollIntoView()")


def waiting(page: Page, base: str, language: str) -> None:
    """The form of a story that waits for review."""
    query = f"q={WORDS[language]}&state__exact=in_review&language__exact={language}"
    page.goto(f"{base}/admin/news/article/?{query}")
    page.locator("#result_list tbody th a").first.click()
    page.locator(".ProseMirror >> visible=true").first.wait_for()


def check(page: Page, base: str, language: str) -> None:
    waiting(page, base, language)
    to_top(page, ".findings")


def picture(page: Page, base: str, language: str) -> None:
    page.goto(f"{base}/admin/news/image/?q=vapur")
    page.locator("#result_list tbody th a").first.click()
    page.locator(".focal-stage img").wait_for()
    to_top(page, ".field-focal_point")


def bulk(page: Page, base: str, language: str) -> None:
    page.goto(f"{base}/admin/news/article/?state__exact=in_review")
    for box in page.locator("input.action-select").all()[:3]:
        box.check()
    page.locator("select[name=action]").select_option("publish")
    page.locator("button[name=index]").first.click()
    page.locator("section.module").first.wait_for()


def event(page: Page, base: str, language: str) -> None:
    """One that repeats, with its next dates."""
    page.goto(f"{base}/admin/news/event/?q=atolye")
    page.locator("#result_list tbody th a").first.click()
    to_top(page, ".form-row:has([name=pattern])")


def official(page: Page, base: str, language: str) -> None:
    page.goto(f"{base}/admin/news/official/")
    page.locator("#result_list tbody th a").first.click()
    to_top(page, "#appointments-group")


def at(path: str) -> Callable[[Page, str, str], object]:
    return lambda page, base, _language: page.goto(base + path)


SHOTS = {
    "desk": (at("/admin/"), DESK),
    "write": (waiting, DESK),
    "check": (check, DESK),
    "picture": (picture, DESK),
    "upload": (at("/admin/news/image/upload/"), PHONE),
    "plan": (at("/admin/plan/"), DESK),
    "bulk": (bulk, DESK),
    "event": (event, DESK),
    "official": (official, DESK),
    "phone": (waiting, PHONE),
}


def keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    Image.open(io.BytesIO(page.screenshot())).save(FOLDER / f"{name}.webp", quality=50, method=6)


def take(browser: Browser, base: str, language: str, name: str, password: str) -> None:
    context = browser.new_context(viewport=PHONE, locale=language, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{base}/admin/")
    keep(page, f"sign-in-{language}")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    page.goto(f"{base}/admin/")
    for shot, (open_page, size) in SHOTS.items():
        page.set_viewport_size(size)
        open_page(page, base, language)
        keep(page, f"{shot}-{language}")
    context.close()


def main(base: str, name: str, password: str) -> None:
    flags = ["--disable-gpu", "--disable-quic", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        for language in WORDS:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=flags, env={**os.environ, "LANGUAGE": BROWSERS[language]}
            )
            take(browser, base.rstrip("/"), language, name, password)
            browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:4])
