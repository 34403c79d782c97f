"""What a person meets in a real browser. Anything that the browser itself complains about fails the test."""

import os
import shutil
from urllib.parse import urlsplit

import pytest

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", ({effectiveDirective, blockedURI, sourceFile, lineNumber}) =>
  console.error(`policy: ${effectiveDirective} refused ${blockedURI} (${sourceFile}:${lineNumber})`));
"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    if CHROMIUM is None:
        pytest.skip("no Chromium here: install the package chromium, or name one in CHROMIUM")
    quiet = [
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-gpu",
    ]
    # Chromium has no sandbox for root.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": quiet + sandbox}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return browser_context_args | {"locale": "tr-TR", "timezone_id": "Europe/Istanbul"}


@pytest.fixture
def faults() -> list[str]:
    """Policy violations, script and console errors, requests to other hosts. A test that provokes one on
    purpose reads it here and clears the list; what is left at the end fails the test."""
    return []


@pytest.fixture
def context(context, faults, live_server, settings):
    settings.SITE_URL = live_server.url
    own_host = urlsplit(live_server.url).netloc

    def note_console(message):
        if message.type == "error":
            page = message.page.url if message.page else "?"
            faults.append(f"console: {message.text} {message.location.get('url')} at {page}")

    def note_foreign(request):
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != own_host:
            faults.append(f"request to another host: {request.url}")

    context.add_init_script(REPORT_VIOLATIONS)
    context.on("console", note_console)
    context.on("weberror", lambda error: faults.append(f"script: {error.error}"))
    context.on("request", note_foreign)
    yield context
    assert not faults, "\n".join(faults)
