"""Processor time of pages that Django renders, beside a Django view that says the same to everybody.

Each kind of page is asked for at many addresses, as the page store asks for them. `first` is the first time
in a process, with nothing remembered of those pages; `again` is after a publication, when all are stale; and
`unchanged` is the same where the store has the page of before, and is told that it still holds.
What all pages of a generation share is paid by its first, as it is behind the store.
Rounds of the constant view stand between, so that both have the same neighbours on the machine.
"""

import io
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks import archive, servers
from benchmarks.figure import Figure, Setting

GOALS = {"article": 2.0, "list": 3.0, "feed": 2.0}
#: Milliseconds and numbers, by page and by what they tell.
Costs = dict[str, dict[str, float]]
DEFAULT_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def figures(setting: Setting) -> list[Figure]:
    found = ask(archive.environment(archive.small(setting)), setting)
    constant = found.pop("constant")["again"]
    rows = [Figure("constant Django view", constant, "ms CPU")]
    for name, cost in found.items():
        note = f"x{cost['again'] / constant:.0f} the constant view; {cost['queries']:.0f} queries"
        rows.append(Figure(f"rendered {name}, again", cost["again"], "ms CPU", GOALS.get(name), note=note))
        rows.append(Figure(f"rendered {name}, first time in a process", cost["first"], "ms CPU"))
        if "unchanged" in cost:
            rows.append(Figure(f"{name}, found unchanged", cost["unchanged"], "ms CPU"))
    return rows


def by_database(setting: Setting) -> list[Figure]:
    if not setting.postgres:
        print("databases: no --postgres given, left out", file=sys.stderr)
        return []
    sqlite = ask(archive.environment(archive.small(setting)), setting)
    with archive.on_postgres(setting) as env:
        postgres = ask(env, setting)
    # The constant view costs the same everywhere: what it costs more there than here is the machine's.
    machine = postgres["constant"]["again"] / sqlite["constant"]["again"]
    return [
        Figure(f"{name}, PostgreSQL x of SQLite", postgres[name]["again"] / cost["again"] / machine)
        for name, cost in sqlite.items()
        if name != "constant"
    ]


def ask(env: Mapping[str, str], setting: Setting) -> Costs:
    """The costs in a process of their own, on the servers' core."""
    command = ["taskset", "-c", servers.SERVER_CORE, sys.executable, "-m", "benchmarks.rendered"]
    command.append("3" if setting.quick else "9")
    done = subprocess.run(
        command, env={**os.environ, **env}, cwd=servers.ROOT, stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


def measure(rounds: int) -> Costs:
    from cityportal.wsgi import django_application  # isort: skip - it sets Django up
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection
    from django.test.utils import CaptureQueriesContext, override_settings

    from cityportal.freshness import Span
    from cityportal.page_store import ask as ask_django

    def generation() -> Span:
        return Span(1, time.time(), time.time() + 3600)

    def give(application: Any, address: str, span: Span, known: str = "") -> tuple[Any, bytes]:
        path, _mark, query = address.partition("?")
        key = (False, path, query)
        status, headers, body = ask_django(application, environ(path), key, span, known)
        if not status.startswith("304" if known else "200"):
            raise SystemExit(f"{address} answered {status}")
        return headers, body

    def spent(
        application: Any, addresses: list[str], span: Span, tags: Mapping[str, str] | None = None
    ) -> float:
        start = time.process_time()
        for address in addresses:
            give(application, address, span, (tags or {}).get(address, ""))
        return (time.process_time() - start) / len(addresses) * 1000

    def tag(address: str) -> str:
        headers, _body = give(django_application, address, generation())
        return dict(headers).get("ETag", "")

    # Only while it is made: settings that change in between would make the portal forget its addresses.
    with override_settings(MIDDLEWARE=["benchmarks.constant_urls.take_over", *DEFAULT_MIDDLEWARE]):
        constant = WSGIHandler()
    groups = pages()
    # Imports, SQL that is written once, the file's first blocks: what a process pays once is start-up.
    for addresses in groups.values():
        spent(django_application, addresses[:2], generation())
    costs: dict[str, list[float]] = {name: [] for name in ("constant", *groups)}
    for _round in range(rounds):
        span = generation()
        costs["constant"].append(spent(constant, ["/"] * 300, span))
        for name, addresses in groups.items():
            costs[name].append(spent(django_application, addresses, span))
    found = {
        name: {"first": taken[0], "again": statistics.median(taken[1:])} for name, taken in costs.items()
    }
    for name, addresses in groups.items():
        span = generation()
        give(django_application, addresses[0], span)
        with CaptureQueriesContext(connection) as asked:
            found[name]["bytes"] = len(give(django_application, addresses[-1], span)[1])
        found[name]["queries"] = len(asked)
        tags = {address: tag(address) for address in addresses}
        if all(tags.values()):
            taken = [spent(django_application, addresses, generation(), tags) for _round in range(rounds)]
            found[name]["unchanged"] = statistics.median(taken)
    return found


def environ(path: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }


def pages() -> dict[str, list[str]]:
    from django.utils.translation import override

    from news.models import Article, Event, Tag

    with override("tr"):
        newest = Article.objects.public().in_language("tr").newest_first()
        articles = [row.get_absolute_url() for row in newest.only("slug", "language", "kind")[:150]]
        topics = list(Tag.objects.topics().public("tr").alphabetical()[:12])
        events = [row.get_absolute_url() for row in Event.objects.public().in_language("tr")[:20]]
    lists = ["/tr/haberler/"]
    for row in newest.only("published_at")[12:300:12]:
        lists.append(f"/tr/haberler/?before={cursor(row)}")
    return {
        "article": articles,
        "list": lists,
        "feed": ["/tr/feed/", *(f"/tr/feed/?topic={topic.pk}" for topic in topics)],
        "home": ["/tr/", "/en/"] * 5,
        "events": ["/tr/etkinlikler/", "/en/events/"] * 5,
        "event": events,
        "month": [f"/tr/takvim/2026/{month:02}/" for month in (10, 11, 12)] * 5,
        "topic": [topic.get_absolute_url("tr") for topic in topics],
        "officials": ["/tr/yoneticiler/"] * 10,
        "search": [f"/tr/arama/?q={words}" for words in ("vapur", "kent", "metro", "kitap", "festival")] * 2,
    }


def cursor(row: Any) -> str:
    from news.views.keyset import Cursor

    return str(Cursor(row.published_at, row.pk))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cityportal.settings")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    json.dump(measure(int(sys.argv[1])), sys.stdout)
