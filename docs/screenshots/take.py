"""Takes the pictures of this folder from the demo: `python docs/screenshots/take.py http://localhost:8000`.

Names of pages after the address take those alone.
"""

import io
import os
import shutil
import sys
from pathlib import Path
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parent
WIDTHS = {390: 844, 1440: 900}
#: Longer pages are cut: what follows repeats.
LONGEST = 3600
#: Names of pages, each with the page and the link there that leads to it.
WAY = {
    "home": ("/tr/", ""),
    "home-en": ("/en/", ""),
    "news": ("/tr/haberler/", ""),
    "article": ("/tr/", ".lead a"),
    "officials": ("/tr/yoneticiler/", ""),
    "official": ("/tr/yoneticiler/", ".person a"),
    "events": ("/tr/etkinlikler/", ""),
    "event": ("/tr/etkinlikler/", ".event a"),
    "month": ("/tr/etkinlikler/", "a[href*='/20'][href$='/']"),
    "topics": ("/tr/konular/", ""),
    "topic": ("/tr/konular/", ".card a"),
    "archive": ("/tr/site-haritasi/", "main a[href*='/arsiv/']"),
    "search": ("/tr/arama/?q=kent", ""),
    "feeds": ("/tr/akislar/", ""),
    "follow": ("/tr/takip/", ""),
    "accessibility": ("/tr/erisilebilirlik/", ""),
    "criteria": ("/tr/erisilebilirlik/olcutler/", ""),
    "site-map": ("/tr/site-haritasi/", ""),
    "style": ("/tr/stil/", ""),
    "missing": ("/tr/yok/", ""),
}
SCROLL = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 500) {
    scrollTo(0, y);
    await new Promise((done) => setTimeout(done, 60));
  }
  scrollTo(0, 0);
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
}"""


def take(page: Page, name: str) -> None:
    """Lazy pictures load on the way down; the file is small enough to keep beside the code."""
    page.evaluate(SCROLL)
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    shot = shot.crop((0, 0, shot.width, min(shot.height, LONGEST)))
    shot.save(FOLDER / f"{name}.webp", quality=55, method=6)


def main(base: str, names: list[str]) -> None:
    flags = ["--disable-gpu", "--disable-quic", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for scheme in ("light", "dark"):
            for width, height in WIDTHS.items():
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
                )
                page = context.new_page()
                for name in names or WAY:
                    path, link = WAY[name]
                    page.goto(base + path)
                    if link:
                        page.goto(urljoin(base + path, page.locator(link).first.get_attribute("href")))
                    page.wait_for_load_state("networkidle")
                    take(page, f"{name}-{width}-{scheme}")
                context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8000", sys.argv[2:])
