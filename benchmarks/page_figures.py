"""What pages weigh and how soon they stand: `python -m benchmarks.page_figures http://localhost:8000`.

Each page is opened in a fresh browser that has seen nothing of the site. Bytes are those of the compressed
contents; headers come apart; kilobytes are thousands. The largest contentful paint is taken on a
slow mobile line (1.6 Mbit/s, 150 ms) with the processor held back fourfold: Lighthouse's slow 4G.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

#: Names of pages, each with the page and the link there that leads to it.
WAY = {
    "home": ("/tr/", ""),
    "home (en)": ("/en/", ""),
    "news": ("/tr/haberler/", ""),
    "article": ("/tr/", ".lead a"),
    "officials": ("/tr/yoneticiler/", ""),
    "official": ("/tr/yoneticiler/", ".person a"),
    "events": ("/tr/etkinlikler/", ""),
    "event": ("/tr/etkinlikler/", ".event a"),
    "month": ("/tr/etkinlikler/", "a[href*='/20'][href$='/']"),
    "search": ("/tr/arama/?q=kent", ""),
    "404": ("/tr/yok/", ""),
}
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
PAINTS = """() => new Promise((answer) => {
  const found = {paint: 0, shift: 0};
  new PerformanceObserver((list) => { found.paint = list.getEntries().at(-1).startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) found.shift += entry.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => answer(found), 500);
})"""


@dataclass
class Visit:
    """Bytes on the wire by what they are for; photos apart, for they are the editors' choice."""

    html: int = 0
    style: int = 0
    script: int = 0
    drawing: int = 0
    photos: int = 0
    headers: int = 0
    requests: int = 0
    other_hosts: set[str] = field(default_factory=set)
    cookies: int = 0

    @property
    def without_photos(self) -> int:
        return self.html + self.style + self.script + self.drawing


def weigh(browser: Browser, url: str) -> Visit:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, visit = context.new_page(), Visit()
    came: dict[str, tuple[str, int]] = {}
    network = context.new_cdp_session(page)
    network.send("Network.enable")

    def note_headers(received: dict) -> None:
        response = received["response"]
        came[received["requestId"]] = (response["url"], int(response["encodedDataLength"]))

    def note(finished: dict) -> None:
        address, headers = came[finished["requestId"]]
        parts, length = urlsplit(address), int(finished["encodedDataLength"]) - headers
        visit.requests += 1
        visit.headers += headers
        if parts.netloc != urlsplit(url).netloc:
            visit.other_hosts.add(parts.netloc)
        elif parts.path.endswith(".css"):
            visit.style += length
        elif parts.path.endswith(".js"):
            visit.script += length
        elif parts.path.startswith("/media/"):
            visit.photos += length
        elif parts.path.startswith("/static/"):
            visit.drawing += length
        else:
            visit.html += length

    network.on("Network.responseReceived", note_headers)
    network.on("Network.loadingFinished", note)
    page.goto(url, wait_until="networkidle")
    visit.cookies = len(context.cookies())
    context.close()
    return visit


def paint(browser: Browser, url: str) -> tuple[float, float]:
    """Milliseconds to the largest paint, and the layout shift, on a slow phone."""
    context = browser.new_context(
        viewport={"width": 412, "height": 823}, device_scale_factor=1.75, is_mobile=True
    )
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(url, wait_until="load")
    found = page.evaluate(PAINTS)
    context.close()
    return found["paint"], found["shift"]


def addresses(page: Page, base: str) -> Iterator[tuple[str, str]]:
    for name, (path, link) in WAY.items():
        if not link:
            yield name, base + path
            continue
        page.goto(base + path)
        if found := page.locator(link).first.get_attribute("href"):
            yield name, urljoin(base + path, found)


def main(base: str) -> None:
    flags = ["--disable-gpu", "--disable-quic", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    print("kB at a first visit; LCP in ms and CLS on slow 4G with a processor 4 times slower\n")
    heads = ("html", "css", "js", "icons", "sum", "headers", "photos", "requests", "LCP", "CLS")
    print("page".ljust(12) + "".join(head.rjust(9) for head in heads))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        found = list(addresses(browser.new_page(), base.rstrip("/")))
        for name, url in found:
            visit = weigh(browser, url)
            milliseconds, shift = paint(browser, url)
            weights = (visit.html, visit.style, visit.script, visit.drawing, visit.without_photos)
            cells = "".join(f"{weight / 1000:9.1f}" for weight in (*weights, visit.headers, visit.photos))
            print(f"{name:12}{cells}{visit.requests:9}{milliseconds:9.0f}{shift:9.3f}")
            for fault in (*visit.other_hosts, *(["a cookie"] if visit.cookies else [])):
                print(f"{'':12}{fault}")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
