"""A search, from what was typed to what is shown.

The database gives the newest documents that hold all the words, and the newest that hold them in their
titles: of each a bounded number, so that a word which is everywhere costs no more than another. What a
citizen may not see leaves (`public()`) before anything is counted, ranked or cut.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.utils import timezone

from news.models import Article, Event, KeysField, Kind, Official, Tag, prepared

from .documents import DATED_FROM, LANGUAGES, last_position
from .indexing import LIVE, engine
from .query import Clause, Pick, Query, Term, mark
from .spelling import suggestion

#: Documents looked at, the newest; those with the words in their titles; people and topics.
NEWEST, TITLED, UNDATED = 1000, 300, 200
#: Documents that hold the words of a phrase, the newest, in which it is looked for. Where the words stand is
#: known only by reading each.
PHRASED = 5_000
#: Of candidates that no citizen may see, so many lots are passed over before the search ends.
MOST_LOTS = 4
#: Forms that a word is looked for in, shared out among the words of a question.
MOST_FORMS = 48
#: Days of age that a title outweighs which holds every word; a title of nothing else outweighs as many again.
TITLE = 1461
#: People and topics rank like an article of this age, in days, unless it is their name that was asked for.
UNDATED_AGE = 730
#: A word that is there is taken for a slip where its neighbour is so many times as frequent.
CLEARLY_MORE = 50
PAGE = 10


@dataclass(frozen=True)
class Found:
    """A document that a citizen may see."""

    score: int
    position: int
    model: str
    object_id: int
    marks: tuple[str, ...]

    @property
    def kind(self) -> str:
        """A kind of article, or `event`, `official`, `topic`."""
        return self.marks[0].removeprefix("k_")

    @property
    def cursor(self) -> str:
        return f"{self.score:x}.{self.position:x}"


@dataclass(frozen=True)
class Results:
    """`found` is ranked; where `more` is set, it is what ranks first of the newest, and older ones exist.
    `partly` says that a phrase was not looked for in all documents that hold its words."""

    query: Query
    found: list[Found] = field(default_factory=list)
    more: bool = False
    partly: bool = False

    def count(self, name: str) -> list[tuple[str, int]]:
        """How many of each value that marks of this name have (`k` for kinds, `y` years), the most frequent
        first."""
        values = Counter(mark[2:] for one in self.found for mark in one.marks if mark.startswith(f"{name}_"))
        return sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))

    def page(self, after: str = "", size: int = PAGE) -> tuple[list[Found], str]:
        """The results after a cursor, and the cursor of the next page; an unreadable cursor is the first
        page."""
        start = _place(after)
        rest = [one for one in self.found if start is None or (-one.score, -one.position) > start]
        return rest[:size], rest[size - 1].cursor if len(rest) > size else ""


def _place(cursor: str) -> tuple[int, int] | None:
    score, _dot, position = cursor[:40].partition(".")
    try:
        return -int(score, 16), -int(position, 16)
    except ValueError:
        return None


def search(query: Query, language: str, marks: Iterable[str] = (), now: datetime | None = None) -> Results:
    """Everything public in `language` that has the words and all the `marks`, ranked."""
    now = now or timezone.now()
    clauses = _clauses(query.terms, language)
    if not clauses:
        return Results(query)
    facts = [Clause(forms=(mark,)) for mark in marks]
    everywhere = (*clauses, *facts)
    picks = [
        Pick((*_in_titles(clauses), *facts), DATED_FROM, last_position(now), TITLED, PHRASED),
        Pick(everywhere, 0, DATED_FROM - 1, UNDATED, PHRASED),
        Pick(everywhere, DATED_FROM, last_position(now), NEWEST, PHRASED),
    ]
    found: dict[int, Found] = {}
    for _lot in range(MOST_LOTS):
        rows = engine().newest(LIVE, language, picks)
        found |= {one.position: one for one in _visible(rows, query, language, now)}
        dated = sorted((position for position, *_rest in rows if position >= DATED_FROM), reverse=True)
        more = len(dated) >= NEWEST
        if not more or len(found) >= PAGE:
            break
        picks = [replace(picks[-1], high=dated[NEWEST - 1] - 1)]
    ranked = sorted(found.values(), key=lambda one: (-one.score, -one.position))
    partly = not more and bool(picks[-1].phrases) and engine().is_full(LIVE, language, picks[-1])
    return Results(query, ranked, more, partly)


def newest_articles(
    query: Query, language: str, marks: Iterable[str] = (), now: datetime | None = None
) -> models.Q:
    """Those articles that have the words and all the `marks`, the newest up to `now` and bounded: for lists
    and feeds, which put them behind `public()`. Without words, those that have the marks."""
    clauses = _clauses(query.terms, language)
    if query.terms and not clauses:
        return models.Q(pk__in=[])
    kinds = Clause(forms=tuple(mark("k", kind) for kind in Kind.values))
    facts = [Clause(forms=(fact,)) for fact in marks]
    pick = Pick((*clauses, kinds, *facts), DATED_FROM, last_position(now or timezone.now()), NEWEST, PHRASED)
    return models.Q(pk__in=engine().among([row[2] for row in engine().newest(LIVE, language, [pick])]))


def by_index() -> AbstractContextManager:
    """Around what asks for `published_articles`."""
    return engine().by_index()


def published_articles(query: Query) -> models.Q:
    """Those that hold the words in their own language, their time come or not: for the newsroom, which sees
    them all."""
    found = models.Q(pk__in=[])
    for language in LANGUAGES:
        if clauses := _clauses(query.terms, language):
            found |= models.Q(pk__in=engine().holding(LIVE, language, clauses))
    return found


def corrected(query: Query, language: str) -> Query | None:
    """The question with those words replaced that the archive does not know, or hardly; None where all are
    known."""
    words = [word for term in query.terms for word in term.words]
    known = {
        word: max((entries for _form, entries in forms), default=0) for word, forms in _forms(words, language)
    }
    better: dict[str, str] = {}
    for word in words:
        near, entries = suggestion(LIVE, language, word)
        if near and entries >= known[word] * CLEARLY_MORE:
            better[word] = near
    if not better:
        return None
    terms = [Term(tuple(better.get(word, word) for word in term.words), term.exact) for term in query.terms]
    return replace(query, terms=tuple(terms))


def _clauses(terms: Sequence[Term], language: str) -> list[Clause]:
    """What to look for; nothing at all where one of the words stands in no document."""
    prefixes = [term.words[0] for term in terms if not term.exact]
    forms = {prefix: tuple(form for form, _entries in found) for prefix, found in _forms(prefixes, language)}
    clauses = []
    for term in terms:
        if not term.exact:
            clauses.append(Clause(forms=forms[term.words[0]]))
        elif len(term.words) > 1:
            clauses.append(Clause(phrase=term.words))
        else:
            clauses.append(Clause(forms=term.words))
    return clauses if all(clause.forms or clause.phrase for clause in clauses) else []


def _in_titles(clauses: Iterable[Clause]) -> list[Clause]:
    found = []
    for clause in clauses:
        found.append(Clause(tuple(f"t_{form}" for form in clause.forms), clause.phrase))
        found += [Clause((f"t_{word}",)) for word in clause.phrase]
    return found


def _forms(prefixes: Sequence[str], language: str) -> list[tuple[str, list[tuple[str, int]]]]:
    """The words of the archive that begin so, the most frequent, with the number of documents they stand
    in."""
    if not prefixes:
        return []
    one = (
        f"SELECT * FROM (SELECT %s AS number, word, entries FROM {LIVE}_word WHERE language = %s"
        " AND word >= %s AND word < %s ORDER BY entries DESC, word LIMIT %s) AS forms"
    )
    room = MOST_FORMS // len(prefixes)
    # "{" comes after "z", the last letter of a word.
    values: list[list[Any]] = [
        [number, language, prefix, prefix + "{", room] for number, prefix in enumerate(prefixes)
    ]
    found: list[list[tuple[str, int]]] = [[] for _prefix in prefixes]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(prefixes)), [value for row in values for value in row])
        for number, word, entries in cursor.fetchall():
            found[number].append((word, entries))
    return list(zip(prefixes, found, strict=True))


def _visible(rows: Sequence[Sequence[Any]], query: Query, language: str, now: datetime) -> list[Found]:
    today = timezone.localdate(now).toordinal()
    ids: dict[str, list[int]] = {}
    for _position, model, object_id, *_rest in rows:
        ids.setdefault(model, []).append(object_id)
    public = {model: set(_public(model, language, pks=pks, now=now)) for model, pks in ids.items()}
    return [
        Found(
            _score(query.terms, title.split(), day, today), position, model, object_id, tuple(marks.split())
        )
        for position, model, object_id, day, title, marks in rows
        if object_id in public[model]
    ]


@prepared(pks=KeysField(), now=models.DateTimeField())
def _public(model: str, language: str, *, pks: Any, now: Any) -> models.QuerySet:
    return public_rows(model, language, now).filter(pk__in=pks).order_by().values_list("pk", flat=True)


def public_rows(model: str, language: str, now: Any) -> models.QuerySet:
    """Those of this kind that a citizen may see in this language, to be asked for by their ids."""
    if model == "article":
        return Article.objects.public(now, by_key=True).in_language(language)
    if model == "event":
        return Event.objects.public(now, by_key=True).in_language(language)
    if model == "tag":
        return Tag.objects.public(language, now).topics()
    return Official.objects.public(now)


def _score(terms: Sequence[Term], title: list[str], day: int | None, today: int) -> int:
    """Days: the age, and what the title is worth in days. It depends on the words and the day alone, so both
    databases rank alike, and a page does not move while somebody reads the one before it."""
    worth = sum(_share(term, title) for term in terms) * TITLE // (4 * len(terms))
    if worth and all(any(_fits(term, word) for term in terms) for word in title):
        worth += TITLE
    return (today - UNDATED_AGE if day is None else min(day, today)) + worth


def _share(term: Term, title: list[str]) -> int:
    """Quarters: a word itself counts more than one that begins with it."""
    if len(term.words) > 1:
        return 4 * (f" {' '.join(term.words)} " in f" {' '.join(title)} ")
    if term.words[0] in title:
        return 4
    return 3 * (not term.exact and any(word.startswith(term.words[0]) for word in title))


def _fits(term: Term, word: str) -> bool:
    return word in term.words or (not term.exact and word.startswith(term.words[0]))
