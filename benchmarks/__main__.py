"""`make bench`: the portal beside what a reader could be served by instead, in one run, as ratios.

`--quick` leaves out the large archive and shortens the rounds.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks import cached, servers

PAGES = ("/tr/haberler/", "/tr/feed/", "/tr/takvim/2026/11/", "/tr/arama/?q=vapur")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000, help="articles of the large archive")
    parser.add_argument("--data", type=Path, help="a folder to keep the archives in, for another run")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    print(
        f"{time.strftime('%Y-%m-%d')}  {platform.processor() or platform.machine()}  {os.cpu_count()} cores"
    )
    print(f"load before: {os.getloadavg()[0]:.2f}\n")
    folder = given.data or Path(tempfile.mkdtemp(prefix="bench-"))
    small = archive(folder / "small", 1_000)
    compare_cached(small, 2 if given.quick else 4)
    compare_rendered(small, None if given.quick else archive(folder / "large", given.articles))
    stampede(small)
    start_up(small)
    if not given.quick:
        keep_alive(small)


def environment(data: Path) -> dict[str, str]:
    return {
        "DATA_DIR": str(data),
        "SITE_URL": "http://localhost",
        "DJANGO_SETTINGS_MODULE": "cityportal.settings",
    }


def manage(data: Path, *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    env = {**os.environ, **environment(data)}
    return subprocess.run(
        command, cwd=servers.ROOT, env=env, capture_output=True, text=True, check=True
    ).stdout


def archive(data: Path, articles: int) -> Path:
    """The demo and `articles` more; made once for a folder."""
    if not (data / "portal.sqlite3").exists():
        data.mkdir(parents=True, exist_ok=True)
        (data / "secret_key").write_text("a-key-for-measuring-that-guards-nothing-0123456789-0123456789")
        manage(data, "migrate", "-v0")
        manage(data, "createcachetable")
        manage(data, "load_demo")
        manage(data, "load_demo", "--articles", str(articles))
    return data


def an_article(data: Path) -> str:
    ask = (
        "from news.models import Article; "
        "print(Article.objects.public().in_language('tr').newest_first()[3].get_absolute_url())"
    )
    return manage(data, "shell", "-v0", "-c", ask).split()[-1]


def compare_cached(data: Path, seconds: int) -> None:
    pages = {"article": an_article(data), "list": PAGES[0], "feed": PAGES[1], "month": PAGES[2]}
    print("cached, requests per second on one core (16 connections)")
    found = cached.measure(pages, data, seconds=seconds)
    for name, ways in found.items():
        portal = ways.pop("portal")
        print(f"  {name:9}{portal:>10,.0f}", *(f"  {way} x{portal / rate:.2f}" for way, rate in ways.items()))
    print()


def rendered(data: Path, paths: list[str]) -> dict[str, float]:
    command = ["taskset", "-c", servers.SERVER_CORE, sys.executable, "-m", "benchmarks.rendered", *paths]
    env = {**os.environ, **environment(data)}
    return json.loads(
        subprocess.run(command, env=env, cwd=servers.ROOT, capture_output=True, check=True).stdout
    )


def compare_rendered(small: Path, large: Path | None) -> None:
    print("rendered by Django, ms of processor time")
    few = rendered(small, [an_article(small), *PAGES])
    many = rendered(large, [an_article(large), *PAGES]) if large else {}
    for name, (path, cost), other in zip(
        ("article", "list", "feed", "month", "search"), few.items(), many.values() or [0.0] * 5, strict=True
    ):
        beside = f"   large archive {other:6.2f}   x{other / cost:.2f}" if other else ""
        print(f"  {name:9}{cost:6.2f}{beside}   {path}")
    print()


def portal(data: Path, port: int):
    address = f"http://localhost:{port}"
    command = servers.granian("cityportal.wsgi:application", port)
    return servers.process(command, f"{address}/healthz", environment(data) | {"PORT": str(port)})


PUBLISH = "from news import page_cache; page_cache.changed()"


def stampede(data: Path, readers: int = 500) -> None:
    port = servers.free_port()
    url = f"http://localhost:{port}/tr/haberler/"
    with portal(data, port):
        servers.get(url)
        manage(data, "shell", "-v0", "-c", PUBLISH)
        time.sleep(0.6)

        def read(_number: int) -> str:
            with urllib.request.urlopen(url, timeout=30) as answer:
                answer.read()
                return answer.headers["Cache-Status"]

        with ThreadPoolExecutor(readers) as crowd:
            said = list(crowd.map(read, range(readers)))
    rendered_by = sum("stored" in how for how in said)
    print(f"stampede: {readers} readers at a page just invalidated, {rendered_by} rendering")


def start_up(data: Path) -> None:
    port = servers.free_port()
    started = time.monotonic()
    with portal(data, port) as running:
        first = time.monotonic() - started
        servers.get(f"http://localhost:{port}/tr/")
        page = time.monotonic() - started
        print(f"start to first byte {first:.2f} s, to the first page {page:.2f} s")
        before = servers.memory(running.pid)
        ask = (
            "from news.models import Article; [print(a.get_absolute_url()) for a in "
            "Article.objects.public().in_language('tr').newest_first()[:2000]]"
        )
        for path in manage(data, "shell", "-v0", "-c", ask).split():
            servers.get(f"http://localhost:{port}{path}", "br")
        after = servers.memory(running.pid)
        print(f"memory of the server: {before / 1e6:.0f} MB first, {after / 1e6:.0f} MB with 2,000 pages\n")


def keep_alive(data: Path, seconds: int = 60, connections: int = 1000) -> None:
    port = servers.free_port()
    url = f"http://localhost:{port}/tr/haberler/"
    over = threading.Event()

    def publish() -> None:
        while not over.wait(5):
            manage(data, "shell", "-v0", "-c", PUBLISH)

    with portal(data, port):
        servers.get(url)
        editor = threading.Thread(target=publish)
        editor.start()
        rate = servers.wrk(url, seconds, connections)
        over.set()
        editor.join()
    print(f"{connections} connections for {seconds} s, publishing every 5 s: {rate:,.0f}/s, 0 errors")


if __name__ == "__main__":
    main()
