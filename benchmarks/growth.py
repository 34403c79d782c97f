"""What a million articles cost beside a thousand: `python -m benchmarks.growth SMALL LARGE`.

Each is a data folder as `make bench --data` or `load_demo --articles` leaves it, or the address of a
PostgreSQL database with the same in it. Prints, for every kind of page, milliseconds of processor time and of
waiting for the database, and how the large archive stands to the small one. No cached page is in front.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus

from benchmarks import servers

GOAL = 1.5
SEARCH_GOAL = 50.0
ROUNDS, BLOCKS = 10, 5
#: A word that no archive of ours holds.
MISSING = "boylesiyok"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("small")
    parser.add_argument("large")
    given = parser.parse_args()
    small, large = measured(given.small), measured(given.large)
    print(f"{'ms (in the database) queries':32}{small['articles']:>20,}{large['articles']:>20,}  ratio")
    for name, few in small["pages"].items():
        many = large["pages"][name]
        ratio = sum(many[:2]) / sum(few[:2])
        cells = "".join(f"{cpu + wait:11.2f} ({wait:4.1f}){queries:4}" for cpu, wait, queries in (few, many))
        print(f"{name:32}{cells}{ratio:7.2f}{' OVER' if ratio > GOAL else ''}")
    print(f"\n{'a whole search, ms':32}{small['articles']:>20,}{large['articles']:>20,}  found")
    for name, (few, _found, _word) in small["searches"].items():
        many, found, word = large["searches"][name]
        late = " LATE" if many > SEARCH_GOAL else ""
        print(f"{name:32}{few:20.2f}{many:20.2f}  {found} ({word}){late}")


def measured(place: str) -> dict[str, Any]:
    """The figures of one archive, taken by a process of its own."""
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
        return json.loads(
            subprocess.run(command, env=env, cwd=servers.ROOT, stdout=subprocess.PIPE, check=True).stdout
        )


# In the process of its own


def child() -> None:
    from cityportal.wsgi import django_application  # noqa: F401 - sets Django up
    from news.models import Article

    figures = {
        "articles": Article.objects.count(),
        "pages": {name: cost_of(path) for name, path in pages().items()},
        "searches": {name: search_of(word) for name, word in words().items()},
    }
    json.dump(figures, sys.stdout)


def pages() -> dict[str, str]:
    """Every kind of page that stands on the archive, each on the fullest or the deepest that there is."""
    from django.db.models import Count
    from django.utils import timezone

    from news.models import Article, ArticleTag, Mention
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
        "list of topic and kind": f"{news}?topic={tag}&kind=notice",
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
        "RSS of topic and kind": f"{feed}?topic={tag}&kind=notice",
        "RSS of a year": f"{feed}?year={middle.published_at.year}",
        "RSS of words": f"{feed}?q={common}",
        "calendar": "/tr/events.ics",
        "home": "/tr/",
        "API, articles": "/api/articles?language=tr",
    }


def fullest(counted: Any, name: str) -> int:
    return counted.order_by("-n").values_list(name, flat=True)[0]


def cost_of(path: str) -> tuple[float, float, int]:
    """Milliseconds of processor time and of waiting for the database, the best of some blocks; queries."""
    from django.db import connection
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    waited, asked = [0.0], [0]

    def watch(execute: Callable, sql: str, parameters: Any, many: bool, context: dict) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            return execute(sql, parameters, many, context)
        finally:
            # What a database in this process costs stands in its processor time already.
            waited[0] += max(0.0, time.perf_counter() - wall - (time.process_time() - cpu))
            asked[0] += 1

    for _warm in range(3):
        response = client.get(path, follow=True)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")
    blocks = []
    with connection.execute_wrapper(watch):
        for _block in range(BLOCKS):
            waited[0], asked[0], start = 0.0, 0, time.process_time()
            for _request in range(ROUNDS):
                client.get(path)
            cpu = (time.process_time() - start) / ROUNDS * 1000
            # On SQLite a wait is other load on the machine or the disk, and not the query.
            wait = waited[0] / ROUNDS * 1000 if connection.vendor == "postgresql" else 0.0
            blocks.append((cpu, wait, round(asked[0] / ROUNDS)))
    return min(blocks, key=lambda block: block[0] + block[1])


def words() -> dict[str, str]:
    from django.db import connection

    from news.search.indexing import LIVE

    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT word, entries FROM {LIVE}_word WHERE language = 'tr' AND entries > 0"
            " ORDER BY entries DESC"
        )
        found = [(word, entries) for word, entries in cursor.fetchall() if word.isalpha() and len(word) > 4]
    return {
        "common": found[0][0],
        "two common": f"{found[0][0]} {found[5][0]}",
        "phrase of common": f'"{found[0][0]} {found[1][0]}"',
        "rare": next(word for word, entries in reversed(found) if entries <= 3),
        "missing": MISSING,
    }


def search_of(typed: str) -> tuple[float, int, str]:
    """Milliseconds of a whole search: words, candidates, who may see them, ranking; the best of fifteen."""
    from django.utils import timezone

    from news.search import parse, search

    query, taken = parse(typed), []
    for _turn in range(16):
        start = time.perf_counter()
        results = search(query, "tr", (), timezone.now())
        taken.append((time.perf_counter() - start) * 1000)
    return min(taken[1:]), len(results.found), typed


if __name__ == "__main__":
    child() if sys.argv[1:] == ["--child"] else main()
