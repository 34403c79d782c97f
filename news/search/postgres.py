"""The index on PostgreSQL: the plain words as `tsvector` under GIN, a table of entries and a table of words.

GIN answers in no order, and a common word would be fetched a million times to sort it. So every document
also carries the stretch of time it belongs to as a word, and a search goes back through time, stretch by
stretch in one statement, which ends (`LIMIT` over `UNION ALL`) when it has the newest it needs.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models.expressions import RawSQL

from .documents import ARTICLES, DATED_FROM, ID_BITS, KIND_BITS, LANGUAGES, Document
from .query import Clause, Pick
from .words import GAP

COLUMNS = "e.position, e.model, e.object_id, e.day, e.title, e.marks"

#: Positions without these bits: stretches of 24 days, and of a little over a year.
MONTH, YEAR = 50, 54
#: A site's clock or an import can be wrong by centuries; beyond this many stretches, the rest is taken as
#: one.
MOST_YEARS = 60


def create(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE {name}_entry (position bigint PRIMARY KEY, language text NOT NULL,"
            " model text NOT NULL, object_id bigint NOT NULL, day integer, title text NOT NULL,"
            " marks text NOT NULL,"
            " UNIQUE (model, object_id, language))"
        )
        # C: words are ASCII, and a prefix must be a range whatever the database's locale.
        cursor.execute(
            f'CREATE TABLE {name}_word (language text COLLATE "C" NOT NULL, word text COLLATE "C" NOT NULL,'
            ' skeleton text COLLATE "C" NOT NULL, entries integer NOT NULL,'
            " PRIMARY KEY (language, word) INCLUDE (entries))"
        )
        cursor.execute(f"CREATE INDEX ON {name}_word (language, skeleton, entries)")
        for language in LANGUAGES:
            # The words live outside the row (TOAST), so that rows lie close where only positions are read.
            cursor.execute(
                f"CREATE TABLE {name}_{language} (position bigint PRIMARY KEY, words tsvector NOT NULL)"
                " WITH (toast_tuple_target = 128)"
            )


def tables(name: str) -> list[str]:
    """In the order in which a search takes hold of them, so that renaming them cannot meet it head-on."""
    return [*(f"{name}_{language}" for language in LANGUAGES), f"{name}_word", f"{name}_entry"]


def exists(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"{name}_entry"])
        return cursor.fetchone()[0] is not None


def drop(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {', '.join(tables(name))}")


def rename(name: str, to: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(tables(name))} IN ACCESS EXCLUSIVE MODE")
        for table, new in zip(tables(name), tables(to), strict=True):
            cursor.execute(f"ALTER TABLE {table} RENAME TO {new}")


def enter(name: str) -> None:
    """Wait here, while nothing is held yet, for whoever rebuilds or exchanges this set."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {name}_entry IN ROW EXCLUSIVE MODE")


def hold(name: str) -> None:
    """Let no other transaction write this set until the present one ends; readers go on."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {name}_entry IN SHARE ROW EXCLUSIVE MODE")


def give_way() -> None:
    """Nothing: who waits for a lock stands in a queue."""


def empty(name: str) -> None:
    """Nothing: a table is dropped at once, however large."""


def put(name: str, language: str, documents: Iterable[Document]) -> None:
    rows = [(document.position, _vector(document)) for document in documents]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {name}_{language} (position, words) VALUES (%s, %s::tsvector)", rows)


def _vector(document: Document) -> str:
    """Written out and not parsed: `to_tsvector` would take the plain words apart by rules of its own."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate(document.words, 1):
        if word != GAP:
            places.setdefault(word, []).append(str(place))
    words = [f"{word}:{','.join(at)}" for word, at in places.items()]
    words += [f"t_{word}" for word in document.title.split()]
    words += document.marks
    words += [f"c_{document.position >> MONTH}", f"b_{document.position >> YEAR}"]
    return " ".join(words)


def words_of(name: str, language: str, positions: Sequence[int]) -> list[set[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT tsvector_to_array(words) FROM {name}_{language} WHERE position = ANY(%s)",
            [list(positions)],
        )
        return [set(words) for (words,) in cursor.fetchall()]


def delete(name: str, language: str, positions: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {name}_{language} WHERE position = ANY(%s)", [list(positions)])


def learn(name: str, language: str, changes: Mapping[str, tuple[str, int]]) -> None:
    """Words with their skeletons and in how many documents more, or fewer, they stand.

    A word that another transaction is counting is not waited for: two newsrooms must not lock each other
    out over the number of times that “belediye” was written, which `rebuild_search` puts right.
    """
    ordered = sorted(changes)
    skeletons = [changes[word][0] for word in ordered]
    numbers = [changes[word][1] for word in ordered]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {name}_word (language, word, skeleton, entries) SELECT %s, word, skeleton, 0"
            " FROM unnest(%s::text[], %s::text[]) AS new (word, skeleton)"
            " ORDER BY word ON CONFLICT DO NOTHING",
            [language, ordered, skeletons],
        )
        cursor.execute(
            f"UPDATE {name}_word AS kept SET entries = greatest(0, kept.entries + new.change)"
            " FROM unnest(%s::text[], %s::int[]) AS new (word, change)"
            " WHERE kept.language = %s AND kept.word = new.word AND kept.word IN"
            f" (SELECT word FROM {name}_word WHERE language = %s AND word = ANY(%s)"
            " FOR NO KEY UPDATE SKIP LOCKED)",
            [ordered, numbers, language, language, ordered],
        )


def newest(name: str, language: str, picks: Sequence[Pick]) -> list[tuple[Any, ...]]:
    """Entries in any of `picks`, each once."""

    def entries(oldest: int | None, youngest: int | None) -> tuple[str, list[Any]]:
        found = [_back_through_time(name, language, pick, oldest, youngest) for pick in picks]
        hits = " UNION ".join(sql for sql, _values in found if sql)
        # OFFSET 0 keeps the planner from joining by reading all entries, for it takes every LIMIT to be
        # reached.
        sql = (
            f"SELECT {COLUMNS} FROM ({hits}) AS hits CROSS JOIN LATERAL"
            f" (SELECT * FROM {name}_entry WHERE position = hits.position OFFSET 0) AS e"
        )
        return sql if hits else "", [value for _sql, values in found for value in values]

    return _asked(name, entries)


def is_full(name: str, language: str, pick: Pick) -> bool:
    """Whether there are as many documents with the words of a phrase as it is looked for in."""
    loose = replace(pick, clauses=pick.loose, limit=pick.looked)

    def count(oldest: int | None, youngest: int | None) -> tuple[str, list[Any]]:
        sql, values = _back_through_time(name, language, loose, oldest, youngest)
        return f"SELECT count(*) FROM ({sql}) AS hits" if sql else "", values

    return _asked(name, count) == [(pick.looked,)]


def _asked(
    name: str, write: Callable[[int | None, int | None], tuple[str, list[Any]]]
) -> list[tuple[Any, ...]]:
    """The answer to what `write` makes of the first position and the last."""
    with connection.cursor() as cursor:
        # Most stretches are planned and never read, but their costs add up, and PostgreSQL would compile the
        # statement (JIT) for ten times as long as it then takes to run. And a table looks short to the
        # planner, for the words lie outside (TOAST): it would read all of them, once for every stretch.
        cursor.execute(
            "SELECT min(position), max(position),"
            " set_config('jit', 'off', false), set_config('enable_seqscan', 'off', false)"
            f" FROM {name}_entry WHERE position >= %s",
            [DATED_FROM],
        )
        oldest, youngest, *_settings = cursor.fetchone()
        sql, values = write(oldest, youngest)
        try:
            if sql:
                cursor.execute(sql, values)
            found = cursor.fetchall() if sql else []
        except DatabaseError:
            # A transaction that failed takes its settings back, and would answer with an error of its own.
            if not connection.in_atomic_block:
                cursor.execute("RESET enable_seqscan")
            raise
        cursor.execute("RESET enable_seqscan")
        return found


def _back_through_time(
    name: str, language: str, pick: Pick, oldest: int | None, youngest: int | None
) -> tuple[str, list[Any]]:
    """The positions of one pick; nothing where no stretch of time is left to look in."""
    table = f"{name}_{language}"
    low, high = pick.low, pick.high
    if high >= DATED_FROM:
        low, high = max(low, oldest or high + 1), min(high, youngest or low)
    most = pick.looked if pick.phrases else pick.limit
    # An index on position must not be taken: to it, a rare word is a walk through the whole table.
    parts: list[str] = []
    values: list[Any] = []
    for stretch, first, last in _stretches(low, high):
        asked = [_condition(clause) for clause in pick.loose] + [stretch] * bool(stretch)
        words = " AND ".join(["words @@ %s::tsquery"] * len(asked))
        parts.append(
            f"(SELECT position FROM {table} WHERE {words}"
            " AND position + 0 BETWEEN %s AND %s ORDER BY position + 0 DESC LIMIT %s)"
        )
        values += [*asked, first, last, most]
    if not parts:
        return "", []
    sql = f"(SELECT position FROM ({' UNION ALL '.join(parts)}) AS stretches LIMIT %s)"
    values.append(most)
    if pick.phrases:
        # GIN knows no places: to see whether words stand in a row, each document has to be fetched (TOAST).
        rows = " AND ".join(["words @@ %s::tsquery"] * len(pick.phrases))
        sql = (
            f"(SELECT position FROM {sql} AS holding CROSS JOIN LATERAL"
            f" (SELECT FROM {table} AS one WHERE one.position = holding.position AND {rows} OFFSET 0) AS row"
            " LIMIT %s)"
        )
        values += [_condition(phrase) for phrase in pick.phrases] + [pick.limit]
    return sql, values


def holding(name: str, language: str, clauses: Sequence[Clause]) -> RawSQL:
    """Ids of all published articles that hold the words, however many, read out of the positions."""
    low, kinds = (1 << ID_BITS) - 1, (1 << KIND_BITS) - 1
    words = " AND ".join(["words @@ %s::tsquery"] * len(clauses))
    return RawSQL(  # noqa: S611 - names of our own, and the words are a value
        f"SELECT position >> {KIND_BITS} & {low} FROM {name}_{language}"
        f" WHERE {words} AND position & {kinds} IN ({', '.join(map(str, ARTICLES))})",
        [_condition(clause) for clause in clauses],
    )


@contextmanager
def by_index() -> Iterator[None]:
    """Around what reads by `holding`. The table looks short to the planner, for the words lie outside of it
    (TOAST), and it would read all of them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield


def among(ids: Sequence[int]) -> RawSQL:
    """A thousand ids as one value: to prepare as many values costs more than to look them up."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])


def _stretches(low: int, high: int) -> Iterator[tuple[str, int, int]]:
    """Stretches of time from `high` back to `low`, as a word that their documents carry and their bounds."""
    if low > high:
        return
    if high < DATED_FROM:
        yield "b_0", low, high
        return
    month = high >> MONTH
    yield f"c_{month}|c_{month - 1}", low, high
    high = (month - 1 << MONTH) - 1
    for year in range(high >> YEAR, max(low >> YEAR, (high >> YEAR) - MOST_YEARS) - 1, -1):
        yield f"b_{year}", low, high
        high = (year << YEAR) - 1
    if low <= high:
        yield "", low, high


def _condition(clause: Clause) -> str:
    """Only words of our own making, of letters, digits and the underscore: there is nothing to quote."""
    return "<->".join(clause.phrase) if clause.phrase else "|".join(clause.forms)


def settle(name: str) -> None:
    """Make the GIN index, last: over rows that are there it takes a fraction of the time. It is made without
    `fastupdate`, whose list of pending words every search would have to read through."""
    with connection.cursor() as cursor:
        # Nobody who publishes waits for it; in a transaction (migrations, tests) it has to be at once.
        slowly = "" if connection.in_atomic_block else "CONCURRENTLY"
        for language in LANGUAGES:
            table = f"{name}_{language}"
            index = f"{table}_words_{secrets.token_hex(4)}"
            cursor.execute(
                f"CREATE INDEX {slowly} {index} ON {table} USING gin (words) WITH (fastupdate = off)"
            )


def measure(name: str) -> None:
    """Tell the planner what the set holds: if it takes the words for a few, a slip reads them all."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables(name))}")


def count_words(name: str, language: str) -> Iterator[list[tuple[str, int]]]:
    """Every word of the index with the number of documents it stands in, a chunk at a time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, ndoc FROM ts_stat(%s) WHERE position('_' in word) = 0",
            [f"SELECT words FROM {name}_{language}"],
        )
        while rows := cursor.fetchmany(5000):
            yield rows
