"""What pages weigh, how soon they stand and whether anything is wrong with them:

    python -m benchmarks.page_figures http://localhost:8000 --vnu path/to/vnu.jar

Each page is opened in a fresh browser that has seen nothing of the site. Bytes are those of the compressed
contents; headers come apart; kilobytes are thousands. The largest contentful paint is the median of three on
a slow mobile line (1.6 Mbit/s, 150 ms) with the processor held back fourfold: Lighthouse's slow 4G. The Nu
checker comes from npm (`vnu-jar`) and needs Java; it is given files, for it asks no local address.
A figure that misses its goal carries an exclamation mark, and the exit code is 1.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from benchmarks import pages

WIDTHS = (320, 768, 1440)
SCHEMES = ("light", "dark")
# What axe loads beforehand it writes into the page as a style, which our policy refuses.
AXE = {
    "preload": False,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
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
class Figures:
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
    paint: float = 0
    shift: float = 0
    findings: set[str] = field(default_factory=set)
    markup: list[str] | None = None

    @property
    def without_photos(self) -> int:
        return self.html + self.style + self.script + self.drawing


def weigh(browser: Browser, url: str) -> Figures:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, visit = context.new_page(), Figures()
    came: dict[str, tuple[str, int]] = {}
    network = context.new_cdp_session(page)
    network.send("Network.enable")

    def note_headers(received: dict) -> None:
        response = received["response"]
        came[received["requestId"]] = (response["url"], int(response["encodedDataLength"]))

    def note(finished: dict) -> None:
        address, headers = came[finished["requestId"]]
        parts, length = urlsplit(address), int(finished["encodedDataLength"]) - headers
        if parts.scheme == "data":
            # The browser's own drawing, such as the calendar of a field for dates.
            return
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


def findings(browser: Browser, url: str) -> set[str]:
    """Of axe at three widths in both schemes, and what scrolls sideways."""
    page, found = browser.new_page(), set()
    page.goto(url)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.add(f"scrolls sideways at {width}")
            for violation in Axe().run(page, options=AXE).response["violations"]:
                found |= {f"{violation['id']}: {node['html'][:160]}" for node in violation["nodes"]}
    page.close()
    return found


def source(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.read()
    except urllib.error.HTTPError as answer:
        return answer.read()


def markup_errors(jar: Path, found: dict[tuple[str, str], str]) -> dict[tuple[str, str], list[str]]:
    errors: dict[tuple[str, str], list[str]] = {page: [] for page in found}
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for number, (page, url) in enumerate(found.items()):
            path = Path(folder) / f"{number}.html"
            path.write_bytes(source(url))
            files[path.name] = page
        command = ["java", "-jar", str(jar), "--format", "json", *map(str, Path(folder).iterdir())]
        answer = subprocess.run(command, capture_output=True, text=True)
        for message in json.loads(answer.stderr)["messages"]:
            if message["type"] == "error":
                errors[files[Path(message["url"]).name]].append(message["message"])
    return errors


def kilobytes(number: float) -> str:
    return f"{number / 1000:.1f}"


COLUMNS: dict[str, tuple[Callable[[Figures], float], Callable[[float], str]]] = {
    "html": (lambda found: found.html, kilobytes),
    "css": (lambda found: found.style, kilobytes),
    "js": (lambda found: found.script, kilobytes),
    "icons": (lambda found: found.drawing, kilobytes),
    "sum": (lambda found: found.without_photos, kilobytes),
    "headers": (lambda found: found.headers, kilobytes),
    "photos": (lambda found: found.photos, kilobytes),
    "requests": (lambda found: found.requests, str),
    "LCP": (lambda found: found.paint, "{:.0f}".format),
    "CLS": (lambda found: found.shift, "{:.3f}".format),
    "axe": (lambda found: len(found.findings), str),
    "Nu": (
        lambda found: -1 if found.markup is None else len(found.markup),
        lambda n: "" if n < 0 else str(n),
    ),
    "hosts": (lambda found: len(found.other_hosts), str),
    "cookies": (lambda found: found.cookies, str),
}
GOALS = {"sum": 30_000, "js": 10_000, "LCP": 1500, "CLS": 0.01, "axe": 0, "Nu": 0, "hosts": 0, "cookies": 0}


def goal(column: str, name: str) -> float:
    return 20_000 if (column, name) == ("sum", "article") else GOALS.get(column, float("inf"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("base", nargs="?", default="http://localhost:8000")
    parser.add_argument(
        "--vnu", type=Path, help="vnu.jar of the Nu checker; without it markup is not checked"
    )
    parser.add_argument("--only", nargs="*", help="names of pages, such as home event")
    given = parser.parse_args()
    print("kB at a first visit; LCP in ms and CLS on slow 4G with a processor 4 times slower\n")
    print("page".ljust(14) + "".join(head.rjust(9) for head in COLUMNS))
    missed, faults = Counter[str](), []
    with pages.browser() as browser:
        found = pages.addresses(browser, given.base)
        found = {page: url for page, url in found.items() if not given.only or page[0] in given.only}
        markup = markup_errors(given.vnu, found) if given.vnu else {}
        for (name, language), url in found.items():
            visit = weigh(browser, url)
            paints = [paint(browser, url) for _ in range(3)]
            visit.paint = median(moment for moment, _shift in paints)
            visit.shift = max(shift for _moment, shift in paints)
            visit.findings = findings(browser, url)
            visit.markup = markup.get((name, language))
            line = f"{name} {language}".ljust(14)
            for column, (value, show) in COLUMNS.items():
                figure = value(visit)
                bad = figure > goal(column, name)
                missed[column] += bad
                line += (show(figure) + ("!" if bad else "")).rjust(9)
            print(line, flush=True)
            faults += [f"{name} {language}: {fault}" for fault in sorted(visit.findings)]
            faults += [f"{name} {language}: {fault}" for fault in visit.markup or []]
            faults += [f"{name} {language}: asks {host}" for host in visit.other_hosts]
    print("\n" + ("\n".join(faults) or "nothing found"))
    return 1 if missed.total() else 0


if __name__ == "__main__":
    sys.exit(main())
