"""What a million articles cost beside a thousand: `python -m benchmarks.growth SMALL LARGE`.

Each is a data folder as `make bench --data` or `load_demo --articles` leaves it, or the address of a
PostgreSQL database with the same in it. Prints, for every kind of page, milliseconds of processor time and
of the database server's, questions and entries shown, and how the large archive stands to the small one: the
best of some blocks of requests, which alternate. What the pages of a generation share is paid by each.
Where the small archive fills less of the page, the ratio is of unlike pages and not judged. No cached page is
in front.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote_plus

from benchmarks import archive, servers
from benchmarks.figure import Figure, Setting

GOAL = 1.15
SEARCH_GOAL = 50.0
#: Pages that differ by less than this in size are alike.
LIKE = 1.1
ROUNDS, BLOCKS = 10, 8
#: A word that no archive of ours holds.
MISSING = "boylesiyok"
#: An article, event or person in a page, an item of a feed, an event of a calendar.
ENTRY = re.compile(rb'<(?:item|entry)>|"date_published"|BEGIN:VEVENT|<article class="(?:card|event|person)')


class Block(NamedTuple):
    """What a request cost, on the average of some; milliseconds of processor time, here and in the database
    server."""

    here: float
    beside: float
    queries: int
    entries: int
    size: int

    @property
    def cost(self) -> float:
        return self.here + self.beside

    def __str__(self) -> str:
        return f"{self.cost:9.2f} ({self.beside:4.1f}){self.queries:4}{self.entries:4}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("small")
    parser.add_argument("large")
    given = parser.parse_args()
    with standing_on(given.small) as small, standing_on(given.large) as large:
        head = "ms (in the database) queries, entries"
        print(f"{head:38}{small('articles'):>18,}{large('articles'):>24,}  ratio")
        for name, few, many in compared(small, large):
            ratio = many.cost / few.cost
            judged = unlike(few, many) or (" OVER" if ratio > GOAL else "")
            print(f"{name:32}{few}{many}{ratio:7.2f}{judged}", flush=True)
        print(f"\n{'a whole search, ms':38}{small('articles'):>18,}{large('articles'):>24,}  found")
        for name in small("words"):
            took, (taken, found, word) = small("search", name)[0], large("search", name)
            late = " LATE" if taken > SEARCH_GOAL else ""
            print(f"{name:38}{took:18.2f}{taken:24.2f}  {found} ({word}){late}")


def figures(setting: Setting) -> Iterator[Figure]:
    folders = archive.small(setting), archive.large(setting)
    with standing_on(str(folders[0])) as small, standing_on(str(folders[1])) as large:
        for name, few, many in compared(small, large):
            note = unlike(few, many)
            what = f"{name}, large archive x of {archive.FEW:,}"
            yield Figure(what, many.cost / few.cost, goal=None if note else GOAL, note=note)


def compared(small: Callable[..., Any], large: Callable[..., Any]) -> Iterator[tuple[str, Block, Block]]:
    for name in small("pages"):
        both = [(Block(*small("page", name)), Block(*large("page", name))) for _block in range(BLOCKS)]
        few, many = (min(blocks, key=lambda block: block.cost) for blocks in zip(*both, strict=True))
        yield name, few, many


def unlike(few: Block, many: Block) -> str:
    times = many.size / few.size
    return f" of {times:.1f} times the bytes" if times > LIKE else ""


@contextmanager
def standing_on(place: str) -> Iterator[Callable[..., Any]]:
    """A process of its own that stands on the archive and is asked for one figure after another: what the
    machine does besides then disturbs the small archive as much as the large one."""
    with tempfile.TemporaryDirectory() as scratch:
        url = "://" in place
        env = {
            **os.environ,
            "DATA_DIR": os.environ.get("DATA_DIR", scratch) if url else place,
            "DATABASE_URL": place if url else f"sqlite:///{place}/portal.sqlite3",
            "SITE_URL": "http://localhost",
            "SECRET_KEY": "k" * 50,
            "ENV_FILE": os.devnull,
            "DJANGO_SETTINGS_MODULE": "cityportal.settings",
        }
        command = [sys.executable, "-m", "benchmarks.growth", "--child"]
        with subprocess.Popen(
            command, env=env, cwd=servers.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as running:

            def ask(what: str, *names: str) -> Any:
                assert running.stdin
                assert running.stdout
                running.stdin.write(json.dumps([what, *names]) + "\n")
                running.stdin.flush()
                return json.loads(running.stdout.readline())

            yield ask


# In the process of its own


def child() -> None:
    from cityportal.wsgi import django_application  # noqa: F401 - sets Django up
    from news.models import Article

    addresses, sought = pages(), words()
    figures: dict[str, Callable[..., Any]] = {
        "articles": Article.objects.count,
        "pages": lambda: list(addresses),
        "page": lambda name: cost_of(addresses[name]),
        "words": lambda: list(sought),
        "search": lambda name: search_of(sought[name]),
    }
    for line in sys.stdin:
        what, *names = json.loads(line)
        print(json.dumps(figures[what](*names)), flush=True)


def pages() -> dict[str, str]:
    """Every kind of page that stands on the archive, each on the fullest or the deepest that there is."""
    from django.db.models import Count
    from django.utils import timezone

    from news.models import Article, ArticleTag, Event, Mention
    from news.views.keyset import Cursor

    turkish = Article.objects.public().in_language("tr")
    newest, oldest = turkish.newest_first()[3], turkish.newest_first().reverse()[0]
    span = newest.published_at - oldest.published_at
    middle = turkish.filter(published_at__lte=newest.published_at - span / 2).newest_first()[0]
    listed = {"language": "tr", "listed_at__gt": timezone.now() - span / 20}
    tag = fullest(ArticleTag.objects.filter(**listed).values("tag").annotate(n=Count("pk")), "tag")
    person = fullest(Mention.objects.filter(**listed).values("official").annotate(n=Count("pk")), "official")
    place = fullest(
        turkish.filter(published_at__gt=timezone.now() - span / 20, place__within__isnull=False)
        .values("place__within")
        .annotate(n=Count("pk")),
        "place__within",
    )
    event = Event.objects.public().in_language("tr").latest("pk")
    deep = str(Cursor(middle.published_at, middle.pk))
    news, feed = "/tr/haberler/", "/tr/feed/"
    common = quote_plus(words()["common"])
    return {
        "article, newest": newest.get_absolute_url(),
        "article, in the middle": middle.get_absolute_url(),
        "article, oldest": oldest.get_absolute_url(),
        "list": news,
        "list, deep": f"{news}?before={deep}",
        "list of a kind": f"{news}?kind=notice",
        "list of a topic": f"{news}?topic={tag}",
        "list of a topic, deep": f"{news}?topic={tag}&before={deep}",
        "list of a person": f"{news}?person={person}",
        "list of a district": f"{news}?place={place}",
        "list of topic and kind": f"{news}?topic={tag}&kind=story",
        "list of topic and district": f"{news}?topic={tag}&place={place}",
        "list of a year": f"{news}?year={middle.published_at.year}",
        "archive, a year": f"/tr/arsiv/{middle.published_at.year}/",
        "archive, a month": f"/tr/arsiv/{middle.published_at:%Y/%m}/",
        "tag page": f"/tr/konular/{tag}/",
        "official's page": f"/tr/yoneticiler/{person}/",
        "topics": "/tr/konular/",
        "RSS": feed,
        "Atom": "/tr/feed/atom/",
        "JSON Feed": "/tr/feed.json",
        "RSS of a topic": f"{feed}?topic={tag}",
        "RSS of a person": f"{feed}?person={person}",
        "RSS of a district": f"{feed}?place={place}",
        "RSS of a kind": f"{feed}?kind=notice",
        "RSS of topic and kind": f"{feed}?topic={tag}&kind=story",
        "RSS of a year": f"{feed}?year={middle.published_at.year}",
        "RSS of words": f"{feed}?q={common}",
        "calendar": "/tr/events.ics",
        "event": event.get_absolute_url(),
        "events": "/tr/etkinlikler/",
        "month": f"/tr/takvim/{event.first_day:%Y/%m}/",
        "home": "/tr/",
        "API, articles": "/api/articles?language=tr",
    }


def fullest(counted: Any, name: str) -> int:
    return counted.order_by("-n").values_list(name, flat=True)[0]


def cost_of(path: str) -> Block:
    from django.db import connection
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    asked = 0

    def count(execute: Callable, sql: str, parameters: Any, many: bool, context: dict) -> Any:
        nonlocal asked
        asked += 1
        return execute(sql, parameters, many, context)

    response = client.get(path, follow=True)
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}")
    if response.redirect_chain:
        path = response.redirect_chain[-1][0]
    server = server_clock()
    with connection.execute_wrapper(count):
        start, there = time.process_time(), server()
        for _request in range(ROUNDS):
            client.get(path)
        spent = (time.process_time() - start, server() - there)
    here, beside = (seconds / ROUNDS * 1000 for seconds in spent)
    content = response.content
    return Block(here, beside, round(asked / ROUNDS), len(ENTRY.findall(content)), len(content))


def server_clock() -> Callable[[], float]:
    """Seconds of processor time that the database server on this machine took for us. Waiting for it would
    also measure whatever else the machine does; what SQLite takes stands in our own time."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return lambda: 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        clock = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: int(clock.read_text().split()[0]) / 1e9


def words() -> dict[str, str]:
    from django.db import connection

    from news.search.indexing import LIVE

    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT word, entries FROM {LIVE}_word WHERE language = 'tr' AND entries > 0"
            " ORDER BY entries DESC"
        )
        found = [(word, entries) for word, entries in cursor.fetchall() if word.isalpha() and len(word) > 4]
    rare = (word for word, entries in reversed(found) if entries <= 3)
    return {
        "common": found[0][0],
        "two common": f"{found[0][0]} {found[5][0]}",
        "phrase of common": f'"{found[0][0]} {found[1][0]}"',
        # The beginning of no other word, for a word is found with all that begin so.
        "rare": next(word for word in rare if sum(other.startswith(word) for other, _ in found) == 1),
        "missing": MISSING,
    }


def search_of(typed: str) -> tuple[float, int, str]:
    """Milliseconds of a whole search: words, candidates, who may see them, ranking; the best of fifteen."""
    from django.utils import timezone

    from news.search import parse, search

    query, server, taken = parse(typed), server_clock(), []
    for _turn in range(16):
        start = time.process_time() + server()
        results = search(query, "tr", (), timezone.now())
        taken.append((time.process_time() + server() - start) * 1000)
    return min(taken[1:]), len(results.found), typed


if __name__ == "__main__":
    child() if sys.argv[1:] == ["--child"] else main()
