"""Making the index anew, beside the one that is searched, and putting it in its place at the end.

What is published meanwhile is written to both (`indexing`). How far the making came is kept in the
database, so that it goes on where it was interrupted.
"""

from collections.abc import Iterator

from django.db import connection, models, transaction

from news.models import State

from .documents import LANGUAGES, MODELS, documents_of, findable
from .indexing import AT_ONCE, LIVE, NEXT, add, engine, known
from .spelling import skeleton

OLD = "news_search_old"
PROGRESS = f"{NEXT}_progress"


def counted() -> dict[str, models.QuerySet]:
    """The rows that have documents, by kind, as they are counted fastest."""
    return {model: findable(model, models.Q(state=State.PUBLISHED)) for model in MODELS}


def indexed() -> dict[str, int]:
    """How many objects of each kind the live index knows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT model, count(DISTINCT object_id) FROM {LIVE}_entry GROUP BY model")
        return dict.fromkeys(MODELS, 0) | dict(cursor.fetchall())


def under_way() -> bool:
    return engine().exists(NEXT)


def begin(anew: bool = False) -> None:
    """Make the new tables, or go on with those of an interrupted run, unless `anew`."""
    db = engine()
    _discard(OLD)
    with transaction.atomic(), connection.cursor() as cursor:
        # Waits for those who publish at this moment; whoever comes later sees the new tables and writes to
        # them too.
        db.hold(LIVE)
        if anew and db.exists(NEXT):
            db.rename(NEXT, OLD)
            cursor.execute(f"DROP TABLE {PROGRESS}")
        if not db.exists(NEXT):
            db.create(NEXT)
            cursor.execute(f"CREATE TABLE {PROGRESS} (model varchar(10) PRIMARY KEY, after bigint NOT NULL)")
            cursor.executemany(f"INSERT INTO {PROGRESS} VALUES (%s, 0)", [[model] for model in MODELS])
    _discard(OLD)


def _discard(name: str) -> None:
    if engine().exists(name):
        engine().empty(name)
        with transaction.atomic():
            engine().drop(name)


def done() -> int:
    """Objects that an interrupted run has passed already."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT model, after FROM {PROGRESS}")
        reached = dict(cursor.fetchall())
    return sum(rows.filter(pk__lte=reached[model]).count() for model, rows in counted().items())


def fill() -> Iterator[int]:
    """Write every document into the new tables; yields how many objects are found of each step."""
    for model in MODELS:
        while (done := _step(model)) is not None:
            yield done


def _step(model: str) -> int | None:
    """How many of the next few objects are found; None after the last."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT after FROM {PROGRESS} WHERE model = %s", [model])
        after = cursor.fetchone()[0]
    rows = MODELS[model]._default_manager.filter(pk__gt=after).order_by("pk")
    pks = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    if not pks:
        return None
    # Made while nobody is kept waiting: it takes longer than to write them.
    documents = list(documents_of(model, pks))
    with transaction.atomic(), connection.cursor() as cursor:
        engine().hold(NEXT)
        # Who has published since wrote newer ones here, or took the object back.
        there = set(findable(model).filter(pk__in=pks).values_list("pk", flat=True))
        missing = there - known(NEXT, model, pks)
        add(NEXT, [document for document in documents if document.object_id in missing])
        cursor.execute(f"UPDATE {PROGRESS} SET after = %s WHERE model = %s", [pks[-1], model])
    return len(there)


def finish() -> None:
    """Index the words of the new tables and let them take the place of the old ones."""
    db = engine()
    db.settle(NEXT)
    for language in LANGUAGES:
        for chunk in db.count_words(NEXT, language):
            rows = [(language, word, skeleton(word), entries) for word, entries in chunk]
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(
                    f"INSERT INTO {NEXT}_word (language, word, skeleton, entries) VALUES (%s, %s, %s, %s)"
                    " ON CONFLICT (language, word) DO UPDATE SET entries = excluded.entries",
                    rows,
                )
            db.give_way()
    db.measure(NEXT)
    with transaction.atomic(), connection.cursor() as cursor:
        db.hold(LIVE)
        db.rename(LIVE, OLD)
        db.rename(NEXT, LIVE)
        cursor.execute(f"DROP TABLE {PROGRESS}")
    _discard(OLD)
