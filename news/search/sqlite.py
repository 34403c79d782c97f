"""The index on SQLite: FTS5 over the plain words, a table of entries and a table of words.

FTS5 answers in the order of its rowids without looking further than asked: the newest thousand of a million
cost what they cost of a thousand. Tables come in sets that share the beginning of their names; see
`rebuild`.
"""

import json
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import OperationalError, connection
from django.db.models.expressions import RawSQL

from .documents import ARTICLES, ID_BITS, KIND_BITS, LANGUAGES, Document
from .query import Clause, Pick

TURNS = 3
#: At once, so that nobody who publishes waits for long.
MERGED_PAGES, EMPTIED_ROWS = 1000, 5000
#: Seconds. Whoever waits for the database looks again every tenth of a second (`busy_timeout`).
PAUSE = 0.12
COLUMNS = "position, model, object_id, day, title, marks"


def create(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE {name}_entry (position INTEGER PRIMARY KEY, language TEXT NOT NULL,"
            " model TEXT NOT NULL, object_id INTEGER NOT NULL, day INTEGER, title TEXT NOT NULL,"
            " marks TEXT NOT NULL,"
            " UNIQUE (model, object_id, language))"
        )
        cursor.execute(
            f"CREATE TABLE {name}_word (language TEXT NOT NULL, word TEXT NOT NULL, skeleton TEXT NOT NULL,"
            " entries INTEGER NOT NULL, PRIMARY KEY (language, word)) WITHOUT ROWID"
        )
        # An index keeps its name when its table is renamed, and the next set needs one of its own.
        index = f"{name}_skeleton_{secrets.token_hex(4)}"
        cursor.execute(f"CREATE INDEX {index} ON {name}_word (language, skeleton, entries)")
        for language in LANGUAGES:
            cursor.execute(
                f"CREATE VIRTUAL TABLE {name}_{language} USING fts5(words, columnsize=0,"
                " tokenize=\"ascii tokenchars '_'\")"
            )


def tables(name: str) -> list[str]:
    return [f"{name}_entry", f"{name}_word", *(f"{name}_{language}" for language in LANGUAGES)]


def exists(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = %s", [f"{name}_entry"])
        return cursor.fetchone() is not None


def drop(name: str) -> None:
    with connection.cursor() as cursor:
        for table in tables(name):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")


def rename(name: str, to: str) -> None:
    with connection.cursor() as cursor:
        for table, new in zip(tables(name), tables(to), strict=True):
            cursor.execute(f"ALTER TABLE {table} RENAME TO {new}")


def enter(name: str) -> None:
    """Nothing: a transaction is alone in writing, from its beginning (`transaction_mode` in the settings)."""


def hold(name: str) -> None:
    """Nothing, for the same reason."""


def give_way() -> None:
    """Between two of many writes: let in who waits to publish, for there is no queue."""
    if not connection.in_atomic_block:
        time.sleep(PAUSE)


def empty(name: str) -> None:
    """Before it is dropped, which takes half a minute for a large index and lets nobody publish."""
    shadows = [f"{name}_{language}_{part}" for language in LANGUAGES for part in ("content", "data")]
    with connection.cursor() as cursor:
        for table in [f"{name}_entry", *shadows]:
            # FTS5 cannot be opened, and so not be dropped, without its first records.
            some = f"SELECT rowid FROM {table} WHERE rowid > 10 ORDER BY rowid LIMIT {EMPTIED_ROWS}"
            while cursor.execute(f"DELETE FROM {table} WHERE rowid IN ({some})").rowcount:
                give_way()


def put(name: str, language: str, documents: Iterable[Document]) -> None:
    rows = [
        (d.position, " ".join([*d.words, *(f"t_{word}" for word in d.title.split()), *d.marks]))
        for d in documents
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {name}_{language} (rowid, words) VALUES (%s, %s)", rows)


def words_of(name: str, language: str, positions: Sequence[int]) -> list[set[str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT words FROM {name}_{language} WHERE rowid IN ({_marks(positions)})", positions)
        return [set(words.split()) for (words,) in cursor.fetchall()]


def delete(name: str, language: str, positions: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {name}_{language} WHERE rowid IN ({_marks(positions)})", positions)


def learn(name: str, language: str, changes: Mapping[str, tuple[str, int]]) -> None:
    """Words with their skeletons and in how many documents more, or fewer, they stand."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {name}_word (language, word, skeleton, entries) VALUES (%s, %s, %s, max(0, %s))"
            " ON CONFLICT (language, word) DO UPDATE SET entries = max(0, entries + %s)",
            [(language, word, skeleton, change, change) for word, (skeleton, change) in changes.items()],
        )


def newest(name: str, language: str, picks: Sequence[Pick]) -> list[tuple[Any, ...]]:
    """Entries in any of `picks`, each once."""
    table = f"{name}_{language}"
    selects, values = [], []
    for pick in picks:
        low = "%s"
        if pick.phrases:
            low = f"ifnull(({_last_looked_at(table)}), %s)"
            values += _values_of_last(pick)
        selects.append(
            f"SELECT position FROM (SELECT rowid AS position FROM {table} WHERE rowid >= {low}"
            f" AND rowid <= %s AND {table} MATCH %s ORDER BY rowid DESC LIMIT %s)"
        )
        values += [pick.low, pick.high, _match(pick.clauses), pick.limit]
    union = " UNION ".join(selects)
    with connection.cursor() as cursor:
        for turn in range(TURNS):
            try:
                cursor.execute(f"SELECT {COLUMNS} FROM ({union}) JOIN {name}_entry USING (position)", values)
                break
            except OperationalError as error:
                # A rebuild renamed the table after its place was read and before FTS5 opened it.
                if "vtable constructor failed" not in str(error) or turn == TURNS - 1:
                    raise
        return cursor.fetchall()


def is_full(name: str, language: str, pick: Pick) -> bool:
    """Whether there are as many documents with the words of a phrase as it is looked for in."""
    with connection.cursor() as cursor:
        cursor.execute(_last_looked_at(f"{name}_{language}"), _values_of_last(pick))
        return cursor.fetchone() is not None


def _last_looked_at(table: str) -> str:
    """The position of the last document that a phrase is looked for in, where there are as many."""
    return (
        f"SELECT rowid FROM {table} WHERE {table} MATCH %s AND rowid BETWEEN %s AND %s"
        " ORDER BY rowid DESC LIMIT 1 OFFSET %s"
    )


def _values_of_last(pick: Pick) -> list[Any]:
    return [_match(pick.loose), pick.low, pick.high, pick.looked - 1]


def holding(name: str, language: str, clauses: Sequence[Clause]) -> RawSQL:
    """Ids of all published articles that hold the words, however many these are.

    They are read out of the positions: to look each up among the entries takes three times as long.
    """
    table = f"{name}_{language}"
    low, kinds = (1 << ID_BITS) - 1, (1 << KIND_BITS) - 1
    return RawSQL(  # noqa: S611 - names of our own, and the words are a value
        f"SELECT rowid >> {KIND_BITS} & {low} FROM {table} WHERE {table} MATCH %s"
        f" AND rowid & {kinds} IN ({', '.join(map(str, ARTICLES))})",
        [_match(clauses)],
    )


def by_index() -> AbstractContextManager:
    """Nothing: FTS5 has no other way."""
    return nullcontext()


def among(ids: Sequence[int]) -> RawSQL:
    """A thousand ids as one value: to prepare as many values costs more than to look them up."""
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(ids)])


def _match(clauses: Iterable[Clause]) -> str:
    return " AND ".join(_condition(clause) for clause in clauses)


def _condition(clause: Clause) -> str:
    """Only words of our own making, of letters, digits and the underscore, stand in the quotation marks."""
    if clause.phrase:
        return f'"{" ".join(clause.phrase)}"'
    return "({})".format(" OR ".join(f'"{form}"' for form in clause.forms))


def _marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def settle(name: str) -> None:
    """Merge what many small writes left in pieces, in steps that each hold the database for a moment only."""
    with connection.cursor() as cursor:
        for language in LANGUAGES:
            table = f"{name}_{language}"
            # A negative number starts a merge of everything, positive ones go on with it (FTS5, “merge”).
            pages, before = -MERGED_PAGES, -2
            while _changes(cursor) - before >= 2:
                before = _changes(cursor)
                cursor.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', %s)", [pages])
                give_way()
                pages = MERGED_PAGES


def measure(name: str) -> None:
    """Nothing: there is one way to read each of these tables."""


def _changes(cursor: Any) -> int:
    cursor.execute("SELECT total_changes()")
    return cursor.fetchone()[0]


def count_words(name: str, language: str) -> Iterator[list[tuple[str, int]]]:
    """Every word of the index with the number of documents it stands in, a chunk at a time: between two
    chunks no statement is open, so that the caller may write."""
    table = f"{name}_{language}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE VIRTUAL TABLE temp.{table}_counts USING fts5vocab('main', '{table}', 'row')")
        after = ""
        while True:
            cursor.execute(
                f"SELECT term, doc FROM temp.{table}_counts WHERE term > %s ORDER BY term LIMIT 5000", [after]
            )
            rows = cursor.fetchall()
            if not rows:
                break
            after = rows[-1][0]
            yield [(word, entries) for word, entries in rows if "_" not in word]
        cursor.execute(f"DROP TABLE temp.{table}_counts")
