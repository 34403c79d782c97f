"""The kinds of public pages, found on a running site by its links, and the browser that opens them."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

from playwright.sync_api import Browser, sync_playwright

LANGUAGES = ("tr", "en")
#: Names of pages, each with its address in both languages, or that of a page and the link there.
WAY = {
    "home": ({"tr": "/tr/", "en": "/en/"}, ""),
    "news": ({"tr": "/tr/haberler/", "en": "/en/news/"}, ""),
    "article": ({"tr": "/tr/", "en": "/en/"}, ".lead a"),
    "officials": ({"tr": "/tr/yoneticiler/", "en": "/en/officials/"}, ""),
    "official": ({"tr": "/tr/yoneticiler/", "en": "/en/officials/"}, ".person a"),
    "events": ({"tr": "/tr/etkinlikler/", "en": "/en/events/"}, ""),
    "month": ({"tr": "/tr/etkinlikler/", "en": "/en/events/"}, "nav.chips a[href*='/20']"),
    "event": ({"tr": "/tr/etkinlikler/", "en": "/en/events/"}, ".event a"),
    "search": ({"tr": "/tr/arama/?q=kent", "en": "/en/search/?q=city"}, ""),
    "404": ({"tr": "/tr/yok/", "en": "/en/nothing/"}, ""),
}
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
FLAGS = ["--disable-gpu", "--disable-quic", *(["--no-sandbox"] if os.geteuid() == 0 else [])]


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def addresses(opened: Browser, base: str) -> dict[tuple[str, str], str]:
    """The address of each page, by its name and language."""
    found, page = {}, opened.new_page()
    for name, (paths, link) in WAY.items():
        for language in LANGUAGES:
            url = urljoin(base, paths[language])
            if link:
                page.goto(url)
                url = urljoin(url, page.locator(link).first.get_attribute("href"))
            found[name, language] = url
    page.close()
    return found
