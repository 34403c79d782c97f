"""Search among a thousand and among a million articles: `python -m benchmarks.search --rows 1000000`.

Makes its own corpus (Turkish endings on made-up stems, frequencies after Zipf, ten years of news), indexes
it with `rebuild_search`, and prints milliseconds of a whole search: the words, the candidates, who may see
them, the ranking. SQLite by default; `--database postgres://postgres@127.0.0.1/bench_search` makes that
database anew and drops it.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from urllib.parse import urlsplit

TARGET = 50.0
FIRST_DAY = datetime(2016, 1, 4, 9, tzinfo=UTC)
YEARS = 10
SYLLABLES = [
    "ka",
    "le",
    "mi",
    "ta",
    "no",
    "ri",
    "se",
    "bu",
    "do",
    "ya",
    "zi",
    "gu",
    "pe",
    "ha",
    "vo",
    "ce",
    "fi",
    "lu",
    "ma",
    "ne",
]
ENDINGS = ["", "", "", "i", "in", "ler", "lerin", "de", "den", "ye", "yle", "si", "sinin", "leri", "mizin"]
QUESTIONS = {
    "in every text": "ve",
    "common": "belediye",
    "common, only long ago": "eskibaskan",
    "two common": "belediye ankara",
    "phrase of common": '"belediye ankara"',
    "eight common": "belediye ankara kalemi nori sebu doya zigu peha",
    "three letters": "kal",
    "rare": "enderkelime",
    "missing": "boylesiyok",
    "a slip": "beledyie",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--database", default="")
    parser.add_argument("--folder", default="", help="where the SQLite file is made, and kept if named")
    parser.add_argument("--keep", action="store_true", help="leave the PostgreSQL database there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or scratch
        os.makedirs(folder, exist_ok=True)
        os.environ |= {"ENV_FILE": os.devnull, "SECRET_KEY": "k" * 50, "DATA_DIR": folder}
        os.environ["DATABASE_URL"] = options.database or f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "cityportal.settings"
        drop = _make_database(options.database)
        try:
            run(options.rows)
        finally:
            if not options.keep:
                drop()


def _make_database(url: str) -> Callable[[], None]:
    if not url:
        return lambda: None
    import psycopg
    from psycopg import sql

    name = urlsplit(url).path.lstrip("/")
    if not name.startswith("bench"):
        raise SystemExit("The database is dropped in the end: its name must begin with “bench”.")

    def administer(statement: str) -> None:
        with psycopg.connect(url.replace(f"/{name}", "/postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

    def drop() -> None:
        from django.db import connections

        connections["default"].close_pool()
        administer("DROP DATABASE IF EXISTS {} WITH (FORCE)")

    administer("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    administer("CREATE DATABASE {}")
    return drop


def run(rows: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    figures = []
    made = 0
    for number in (1000, rows):
        start = time.perf_counter()
        fill(made, number, rows)
        made = number
        filled = time.perf_counter()
        rebuild()
        print(
            f"{connection.vendor}: {number:,} articles made in {filled - start:.0f} s,"
            f" indexed in {time.perf_counter() - filled:.0f} s",
            flush=True,
        )
        figures.append(ask())
    print(f"\n{'best ms (median of 15)':24}{1000:>18,}{rows:>18,}  ratio   found")
    for name, (small, median_small, _found) in figures[0].items():
        large, median_large, found = figures[1][name]
        late = " LATE" if large > TARGET else ""
        print(
            f"{name:24}{small:9.2f} ({median_small:6.2f}){large:9.2f} ({median_large:6.2f})"
            f"{large / small:7.2f} {found:7,}{late}"
        )


def texts(chance: random.Random) -> Callable[[float, int], tuple[str, str]]:
    stems = ["belediye", "ve", "ankara"]
    seen = set(stems)
    while len(stems) < 20_000:
        stem = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))
        if stem not in seen:
            seen.add(stem)
            stems.append(stem)
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(stems))))

    def line(length: int) -> str:
        chosen = chance.choices(stems, cum_weights=weights, k=length)
        return " ".join(
            stem + ending for stem, ending in zip(chosen, chance.choices(ENDINGS, k=length), strict=True)
        )

    sentences = [line(25) for _number in range(40_000)]

    def one(age: float, number: int) -> tuple[str, str]:
        body = chance.choices(sentences, k=6)
        if age < 0.4 and chance.random() < 0.2:
            body.append("eskibaskan konuştu")
        if number % 50_000 == 7:
            body.append("enderkelime geçti")
        return line(7).capitalize(), "".join(f"<p>{sentence}.</p>" for sentence in body)

    return one


def fill(start: int, end: int, of: int) -> None:
    """Rows written past the models: a million cleanings of HTML are not what is measured here."""
    from django.db import connection, transaction

    from news.models import Article, State

    one = texts(random.Random(start))
    fields = [field for field in Article._meta.concrete_fields if not field.primary_key]
    sample = Article(state=State.PUBLISHED, version=1, touched_at=FIRST_DAY, reading_minutes=1)
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    insert = f"INSERT INTO {Article._meta.db_table} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"

    # Prepared once: to prepare a text is to clean it, every time.
    same = {
        field.attname: field.get_db_prep_save(getattr(sample, field.attname), connection) for field in fields
    }
    moment = Article._meta.get_field("published_at")

    def values() -> Iterator[list[object]]:
        for number in range(start, end):
            age = number / of if end == of else 1
            title, body = one(age, number)
            at = moment.get_db_prep_save(FIRST_DAY + timedelta(days=365 * YEARS * age), connection)
            ids = [
                Article._meta.get_field("guid").get_db_prep_save(uuid.uuid4(), connection) for _id in range(2)
            ]
            row = same | {"title": title, "body": body, "slug": f"a{number}", "published_at": at}
            row |= {"first_published_at": at, "guid": ids[0], "translation_key": ids[1]}
            yield list(row.values())

    lines = values()
    done = start
    while done < end:
        step = [next(lines) for _row in range(min(5000, end - done))]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(insert, step)
        done += len(step)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def rebuild() -> None:
    from news.search import rebuild

    rebuild.begin(anew=True)
    done = 0
    for step in rebuild.fill():
        done += step
        if done % 100_000 == 0:
            print(f"  {done:,}", file=sys.stderr, flush=True)
    rebuild.finish()


def ask() -> dict[str, tuple[float, float, int]]:
    from django.utils import timezone

    from news.search import corrected, parse, search

    figures = {}
    for name, typed in QUESTIONS.items():
        query = parse(typed)
        taken = []
        for _turn in range(16):
            start = time.perf_counter()
            results = search(query, "tr", (), timezone.now())
            if name == "a slip":
                better = corrected(query, "tr")
                results = search(better, "tr", (), timezone.now()) if better else results
            taken.append((time.perf_counter() - start) * 1000)
        # What is above the best is other load; the first turn fetches the pages from the disk.
        figures[name] = (min(taken[1:]), statistics.median(taken[1:]), len(results.found))
    return figures


if __name__ == "__main__":
    main()
