"""Keeping the index: written in the transaction that changes what it is about, so that both commit or
neither."""

from collections import Counter
from collections.abc import Iterable
from types import ModuleType

from django.db import connection, models, transaction

from . import postgres, sqlite
from .documents import LANGUAGES, MODELS, Document, documents_of
from .spelling import skeleton

#: The set of tables that is searched, and the one that `rebuild` is making beside it.
LIVE, NEXT = "news_search", "news_search_next"
#: Objects written together.
AT_ONCE = 200


def engine() -> ModuleType:
    return postgres if connection.vendor == "postgresql" else sqlite


def index(*things: models.Model) -> None:
    """Bring what search knows in line with the rows of these articles, events, officials and topics.

    To be called in the transaction that changed one of them, its tags, people or places, whatever the
    change was: what is no longer published leaves, and things of other kinds are passed over. Whether a
    found item is shown is decided when it is read, by `public()`; a time that comes or goes needs no call.
    """
    for model, pks in _by_model(things).items():
        for start in range(0, len(pks), AT_ONCE):
            with transaction.atomic():
                _update(model, pks[start : start + AT_ONCE])


def remove(*things: models.Model) -> None:
    """Take out what is about to be deleted; call it before `delete()`, which takes the id away."""
    for model, pks in _by_model(things).items():
        with transaction.atomic():
            _update(model, pks, gone=True)


def _by_model(things: Iterable[models.Model]) -> dict[str, list[int]]:
    names = {cls: name for name, cls in MODELS.items()}
    grouped: dict[str, list[int]] = {}
    for thing in things:
        if type(thing) in names:
            grouped.setdefault(names[type(thing)], []).append(thing.pk)
    return grouped


def _update(model: str, pks: list[int], gone: bool = False) -> None:
    documents = [] if gone else list(documents_of(model, pks))
    write(LIVE, model, pks, documents)
    # Only now: the write above waits until a rebuild that is just starting has made its tables.
    if engine().exists(NEXT):
        engine().hold(NEXT)
        write(NEXT, model, pks, [] if gone else list(documents_of(model, pks)))


def write(name: str, model: str, pks: list[int], documents: list[Document]) -> None:
    """Replace all that the set holds about these objects."""
    db = engine()
    db.enter(name)
    changes = {language: Counter[str]() for language in LANGUAGES}
    with connection.cursor() as cursor:
        for language, positions in _positions(name, model, pks).items():
            for words in db.words_of(name, language, positions):
                changes[language].subtract(words)
            db.delete(name, language, positions)
            cursor.execute(f"DELETE FROM {name}_entry WHERE position IN ({_slots(positions)})", positions)
    add(name, documents)
    for document in documents:
        changes[document.language].update(set(document.words))
    for language in LANGUAGES:
        counts = {
            word: (skeleton(word), by) for word, by in changes[language].items() if by and "_" not in word
        }
        if counts:
            db.learn(name, language, counts)


def add(name: str, documents: list[Document]) -> None:
    """Put in documents that the set does not hold yet; their words are not counted."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {name}_entry (position, language, model, object_id, day, title, marks)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [
                (d.position, d.language, d.model, d.object_id, d.day, d.title, " ".join(d.marks))
                for d in documents
            ],
        )
    for language in LANGUAGES:
        if put := [document for document in documents if document.language == language]:
            engine().put(name, language, put)


def known(name: str, model: str, pks: list[int]) -> set[int]:
    """Those of these objects that the set holds something about."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT object_id FROM {name}_entry WHERE model = %s AND object_id IN ({_slots(pks)})",
            [model, *pks],
        )
        return {pk for (pk,) in cursor.fetchall()}


def _positions(name: str, model: str, pks: list[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT language, position FROM {name}_entry WHERE model = %s AND object_id IN ({_slots(pks)})",
            [model, *pks],
        )
        for language, position in cursor.fetchall():
            found.setdefault(language, []).append(position)
    return found


def _slots(values: list[int]) -> str:
    return ", ".join(["%s"] * len(values))
