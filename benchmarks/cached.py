"""Cached pages against files, a bare server and a constant Django view, in alternating rounds of one run."""

import json
import os
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks import archive, servers
from benchmarks.figure import Figure, Setting

#: How much of what is compared the portal has to reach, at least, and with which pages.
GOALS = {
    "nginx, compressed beforehand": (0.45, ("article", "list", "feed")),
    "bare granian": (0.80, ("article",)),
    "a constant Django view": (9.0, ("article",)),
}
LIST, FEED, MONTH = "/tr/haberler/", "/tr/feed/", "/tr/takvim/2026/11/"


def figures(setting: Setting) -> list[Figure]:
    data = archive.small(setting)
    pages = {"article": an_article(data), "list": LIST, "feed": FEED, "month": MONTH}
    rows = []
    for name, ways in measure(pages, data, *((2, 1) if setting.quick else (5, 3))).items():
        portal = ways.pop("portal")
        rows.append(Figure(f"cached {name}", portal, "pages/s"))
        for way, rates in ways.items():
            least, judged = GOALS[way]
            goal = least if name in judged else None
            rows.append(Figure(f"cached {name} x of {way}", rates, goal=goal, least=True))
    return rows


def an_article(data: Path) -> str:
    ask = (
        "from news.models import Article; "
        "print(Article.objects.public().in_language('tr').newest_first()[3].get_absolute_url())"
    )
    return archive.manage(archive.environment(data), "shell", "-v0", "-c", ask).split()[-1]


def measure(pages: dict[str, str], data: Path, rounds: int, seconds: int) -> dict[str, dict[str, float]]:
    """For each page the portal's median pages per second, and of the other ways the median, over the rounds,
    of the portal's rate by theirs in the same round: what disturbs a round disturbs both.

    The compared servers give the portal's own compressed bytes, and the bare one its headers too.
    """
    rates: dict[str, dict[str, list[float]]] = {name: {} for name in pages}
    with ExitStack() as running:
        port = servers.free_port()
        address = f"http://127.0.0.1:{port}"
        portal = servers.granian("cityportal.wsgi:application", port)
        env = archive.environment(data) | {"SITE_URL": address, "PORT": str(port)}
        running.enter_context(servers.process(portal, f"{address}/healthz", env))
        bodies = {f"{name}.html": servers.get(address + path) for name, path in pages.items()}
        files = running.enter_context(servers.nginx(bodies))
        ways: dict[str, dict[str, str]] = {name: {} for name in pages}
        for name, path in pages.items():
            ways[name]["portal"] = address + path
            ways[name]["nginx, compressed beforehand"] = f"{files}/{name}.html"
            body = Path(tempfile.mkstemp(prefix="bench-body-")[1])
            headers, content = servers.answer(address + path, "br")
            body.write_bytes(content)
            running.callback(os.unlink, body)
            for way, extra in (("bare granian", {}), ("a constant Django view", {"BENCH_DJANGO": "1"})):
                other = servers.free_port()
                url = f"http://127.0.0.1:{other}/"
                command = servers.granian("benchmarks.constant:application", other)
                told = env | {"BENCH_BODY": str(body), "BENCH_HEADERS": json.dumps(headers)} | extra
                running.enter_context(servers.process(command, url, told))
                ways[name][way] = url
        for _round in range(rounds):
            for name in pages:
                for way, url in ways[name].items():
                    rates[name].setdefault(way, []).append(servers.wrk(url, seconds))
    found = {}
    for name, of_way in rates.items():
        portal = of_way.pop("portal")
        found[name] = {"portal": statistics.median(portal)} | {
            way: statistics.median(own / other for own, other in zip(portal, others, strict=True))
            for way, others in of_way.items()
        }
    return found
