"""Lighthouse's four scores of every kind of page, as on a phone, in both languages:

    python -m benchmarks.lighthouse http://localhost:8000 --command "npx --yes lighthouse@12.8"

It wants Node and Chromium and stays out of the test suite. Search results and missing pages are kept from
search engines on purpose, which Lighthouse would count against them, and a missing page is an error in the
browser's console: there those audits are left out, and a star says so. The exit code is 1 where a score is
below 100.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
from typing import Any

from benchmarks import pages

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
NOT_FOR_SEARCH_ENGINES = ("search", "404")


def report(command: str, url: str, indexed: bool) -> dict[str, Any]:
    options = [
        url,
        "--output=json",
        "--quiet",
        "--chrome-flags=" + " ".join(["--headless=new", *pages.FLAGS]),
        "--only-categories=" + ",".join(CATEGORIES),
        "--ignore-status-code",
    ]
    if not indexed:
        options += ["--skip-audits=is-crawlable,http-status-code,errors-in-console"]
    environment = {**os.environ, "CHROME_PATH": pages.CHROMIUM or ""}
    # Lighthouse loses a trace now and then, and says to try again.
    for _turn in range(3):
        answer = subprocess.run(
            [*shlex.split(command), *options], capture_output=True, text=True, env=environment
        )
        if not answer.returncode:
            return json.loads(answer.stdout)
    raise SystemExit(f"{url}: {answer.stderr[-2000:]}")


def shortfalls(found: dict[str, Any]) -> list[str]:
    """The audits that cost points, with their weight in their category."""
    lost = []
    for category in found["categories"].values():
        for part in category["auditRefs"]:
            audit = found["audits"].get(part["id"])
            if audit and part["weight"] and audit["score"] is not None and audit["score"] < 1:
                shown = audit.get("displayValue", "")
                lost.append(f"{audit['id']} {audit['score']} (weight {part['weight']}) {shown}".strip())
    return lost


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("base", nargs="?", default="http://localhost:8000")
    parser.add_argument("--command", default="npx --yes lighthouse@12.8")
    parser.add_argument("--only", nargs="*", help="names of pages, such as home event")
    given = parser.parse_args()
    with pages.browser() as browser:
        found = pages.addresses(browser, given.base)
    found = {page: url for page, url in found.items() if not given.only or page[0] in given.only}
    print("page".ljust(14) + "".join(category.rjust(16) for category in CATEGORIES))
    below = 0
    for (name, language), url in found.items():
        indexed = name not in NOT_FOR_SEARCH_ENGINES
        answer = report(given.command, url, indexed)
        if fault := answer.get("runtimeError"):
            print(f"{name} {language}: {fault['code']}: {fault['message']}", flush=True)
            below += 1
            continue
        scores = {category: answer["categories"][category]["score"] for category in CATEGORIES}
        cells = ""
        for category, score in scores.items():
            star = "*" if category == "seo" and not indexed else ""
            cells += (("none" if score is None else f"{score * 100:.0f}") + star).rjust(16)
        print(f"{name} {language}".ljust(14) + cells, flush=True)
        if any(score is None or score < 1 for score in scores.values()):
            below += 1
            print("".join(f"    {line}\n" for line in shortfalls(answer)), end="", flush=True)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
