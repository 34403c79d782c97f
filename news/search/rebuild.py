"""Making the index anew, beside the one that is searched, and putting it in its place at the end.

What is published meanwhile is written to both (`indexing`). How far the making came is kept in the
database, so that it goes on where it was interrupted.
"""

from collections.abc import Iterator

from django.db import connection, models, transaction

from news.models import Article, Event, Official, State, Tag

from .documents import LANGUAGES, MODELS, documents_of
from .indexing import AT_ONCE, LIVE, NEXT, engine, write
from .spelling import skeleton

OLD = "news_search_old"
PROGRESS = f"{NEXT}_progress"


def findable() -> dict[str, models.QuerySet]:
    """The rows that have documents, by kind."""
    return {
        "article": Article.objects.filter(state=State.PUBLISHED),
        "event": Event.objects.filter(state=State.PUBLISHED),
        "official": Official.objects.all(),
        "tag": Tag.objects.topics().filter(merged_into__isnull=True),
    }


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
    with transaction.atomic(), connection.cursor() as cursor:
        # Waits for those who publish at this moment; whoever comes later sees the new tables and writes to
        # them too.
        db.hold(LIVE)
        db.drop(OLD)
        if anew:
            db.drop(NEXT)
            cursor.execute(f"DROP TABLE IF EXISTS {PROGRESS}")
        if not db.exists(NEXT):
            db.create(NEXT)
            cursor.execute(f"CREATE TABLE {PROGRESS} (model varchar(10) PRIMARY KEY, after bigint NOT NULL)")
            cursor.executemany(f"INSERT INTO {PROGRESS} VALUES (%s, 0)", [[model] for model in MODELS])


def done() -> int:
    """Objects that an interrupted run has passed already."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT model, after FROM {PROGRESS}")
        reached = dict(cursor.fetchall())
    return sum(rows.filter(pk__lte=reached[model]).count() for model, rows in findable().items())


def fill() -> Iterator[int]:
    """Write every document into the new tables; yields how many objects each step was about."""
    for model, rows in findable().items():
        while done := _step(model, rows):
            yield done


def _step(model: str, rows: models.QuerySet) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        # From here to the commit nobody else writes these tables: what is read below is not older than what
        # is there.
        engine().hold(NEXT)
        cursor.execute(f"SELECT after FROM {PROGRESS} WHERE model = %s", [model])
        after = cursor.fetchone()[0]
        pks = list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
        if pks:
            write(NEXT, model, pks, list(documents_of(model, pks)), counting=False)
            cursor.execute(f"UPDATE {PROGRESS} SET after = %s WHERE model = %s", [pks[-1], model])
        return len(pks)


def finish() -> None:
    """Index the words of the new tables and let them take the place of the old ones."""
    db = engine()
    db.settle(NEXT)
    for language in LANGUAGES:
        for chunk in db.count_words(NEXT, language):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(
                    f"INSERT INTO {NEXT}_word (language, word, skeleton, entries) VALUES (%s, %s, %s, %s)"
                    " ON CONFLICT (language, word) DO UPDATE SET entries = excluded.entries",
                    [(language, word, skeleton(word), entries) for word, entries in chunk],
                )
    db.measure(NEXT)
    with transaction.atomic(), connection.cursor() as cursor:
        db.hold(LIVE)
        db.rename(LIVE, OLD)
        db.rename(NEXT, LIVE)
        cursor.execute(f"DROP TABLE {PROGRESS}")
    # Apart from the exchange: giving back the space of a large index takes a while.
    with transaction.atomic():
        db.drop(OLD)
