"""What is shown of a found thing: title and snippet in their own letters, with the words asked for marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from news import text
from news.models import Article, Event, KeysField, Official, prepared

from .documents import LANGUAGES, own_names, without
from .query import Query
from .results import Found, Results, corrected, public_rows, search
from .snippet import Piece, highlighted, snippet
from .words import spans

#: Letters of HTML that are read for a snippet.
MOST_HTML = 60_000
#: What is shown and searched of a row.
SHOWN = {
    "article": ("language", "kind", "title", "slug", "summary", "body", "published_at"),
    "event": (
        "kind", "timing", "time_zone", "starts_at", "ends_at", "starts_on", "ends_on", "status",
        *(
            f"{name}_{code}"
            for name in ("title", "summary", "description", "organiser", "audience")
            for code in LANGUAGES
        ),
        *(f"place__name_{code}" for code in LANGUAGES),
    ),
    "official": ("name", *(f"{name}_{code}" for name in ("summary", "biography") for code in LANGUAGES)),
    "tag": tuple(f"{name}_{code}" for name in ("name", "description") for code in LANGUAGES),
}  # fmt: skip
#: Fewer results than this, and the words are checked for slips.
FEW = 5


@dataclass(frozen=True)
class Hit:
    """`kind` is a kind of article, or `event`, `official`, `topic`."""

    kind: str
    row: models.Model
    title: list[Piece]
    snippet: list[Piece]


def hits(found: Sequence[Found], query: Query, language: str, now: datetime) -> list[Hit]:
    """The rows behind what was found, in its order; one query for each kind of row on the page."""
    rows: dict[tuple[str, int], models.Model] = {}
    for model in dict.fromkeys(one.model for one in found):
        pks = [one.object_id for one in found if one.model == model]
        for row in _with_texts(model, language, pks=pks, now=now):
            rows[model, row.pk] = row
    city = own_names() if any(model == "event" for model, _pk in rows) else []
    shown = [(one, rows[one.model, one.object_id]) for one in found if (one.model, one.object_id) in rows]
    return [
        Hit(one.kind, row, highlighted(title, query), snippet(texts, query))
        for one, row in shown
        for title, *texts in [_texts(row, language, city)]
    ]


def did_you_mean(results: Results, language: str, marks: Sequence[str], now: datetime) -> str:
    """What to ask instead, in its own letters; only where a citizen may see something that has those words,
    so that no word of a draft is ever offered."""
    query = corrected(results.query, language) if len(results.found) < FEW else None
    if query is None:
        return ""
    found, _next = search(query, language, marks, now).page()
    if not found:
        return ""
    spelled: dict[str, str] = {}
    for hit in hits(found, query, language, now):
        for piece in [*hit.title, *hit.snippet]:
            if piece.marked:
                spelled |= {word: piece.text[start:end] for word, start, end in spans(piece.text)} | spelled
    words = [[_small(spelled.get(word, word), language) for word in term.words] for term in query.terms]
    return " ".join(f'"{" ".join(term)}"' if len(term) > 1 else term[0] for term in words)


def _small(word: str, language: str) -> str:
    if language == "tr":
        word = word.replace("İ", "i").replace("I", "ı")
    return word.lower()


@prepared(pks=KeysField(), now=models.DateTimeField())
def _with_texts(model: str, language: str, *, pks: Any, now: Any) -> models.QuerySet:
    rows = public_rows(model, language, now).filter(pk__in=pks).order_by()
    if model == "event":
        rows = rows.select_related("place")
    return rows.only(*SHOWN[model])


def _texts(row: models.Model, language: str, city: list[str]) -> list[str]:
    """The title, and then what a snippet may be taken of."""
    if isinstance(row, Article):
        return [row.title, row.summary, text.plain(row.body[:MOST_HTML])]
    if isinstance(row, Event):
        organiser = _in(row, "organiser", language)
        return [
            _in(row, "title", language),
            _in(row, "summary", language),
            _plain(row, "description", language),
            _labelled(_("Where"), _in(row.place, "name", language) if row.place else ""),
            _labelled(_("Organiser"), organiser if without(city, organiser) else ""),
            _labelled(_("For whom"), _in(row, "audience", language)),
        ]
    if isinstance(row, Official):
        return [row.name, _in(row, "summary", language), _plain(row, "biography", language)]
    return [_in(row, "name", language), _in(row, "description", language)]


def _labelled(label: str, value: str) -> str:
    return f"{label}: {value}" if value else ""


def _in(row: models.Model, name: str, language: str) -> str:
    return str(getattr(row, f"{name}_{language}"))


def _plain(row: models.Model, name: str, language: str) -> str:
    return text.plain(_in(row, name, language)[:MOST_HTML])
