"""What was typed, as plain words: nothing of it ever reaches a database as syntax."""

from collections.abc import Iterable
from dataclasses import dataclass

from news import text

from .words import words

MOST_LETTERS = 100
MOST_WORDS = 8
#: Turkish hangs its endings on the word, so a word also finds those that begin with it. Below this it is
#: too short.
PREFIX_FROM = 3

#: Words that stand in nearly every text of their language and mean nothing in the other. They are dropped
#: where others say what is looked for; “şu” is not among them, for it is written like “su”, water.
STOP_WORDS = frozenset([
    "ve", "veya", "ya", "ile", "icin", "de", "da", "ki", "mi", "mu", "bu", "o", "bir", "gibi", "ne", "en",
    "the", "a", "and", "to", "for", "by", "was",
])  # fmt: skip
#: Those that do mean something in the other: “on” is ten in Turkish, “at” a horse, “is” (iş) work, and Of a
#: town.
STOP_WORDS_OF = {"en": frozenset(["an", "or", "of", "in", "on", "at", "is", "are"])}


@dataclass(frozen=True)
class Term:
    """A word, with those that begin with it, or the words of a phrase in a row."""

    words: tuple[str, ...]
    exact: bool

    @property
    def prefix(self) -> str:
        return "" if self.exact else self.words[0]


@dataclass(frozen=True)
class Query:
    """`typed` is what to show in the field again; `shortened` says that not all of it was looked for."""

    typed: str
    terms: tuple[Term, ...]
    shortened: bool = False


@dataclass(frozen=True)
class Clause:
    """What an engine must find in a document: any of `forms`, or `phrase` in a row."""

    forms: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pick:
    """The newest `limit` documents between two positions that hold every clause; a phrase is looked for among
    the newest `looked` that hold all the words."""

    clauses: tuple[Clause, ...]
    low: int
    high: int
    limit: int
    looked: int

    @property
    def phrases(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if clause.phrase)

    @property
    def loose(self) -> tuple[Clause, ...]:
        """The clauses with the words of a phrase each for itself."""
        words = (Clause((word,)) for clause in self.phrases for word in clause.phrase)
        return tuple(dict.fromkeys([*(clause for clause in self.clauses if clause.forms), *words]))


def parse(typed: str, language: str = "") -> Query:
    """Words and “phrases in quotation marks”; every other sign only parts words. Without a language, what is
    to be found in all of them."""
    stop_words = STOP_WORDS | STOP_WORDS_OF.get(language, frozenset())
    line = text.clean_line(typed[: MOST_LETTERS * 4])
    kept = line[:MOST_LETTERS]
    terms: list[Term] = []
    dull: list[Term] = []
    parts = text.fold(kept).split('"')
    for number, part in enumerate(parts):
        if number % 2 and number + 1 < len(parts):
            terms += [Term(tuple(phrase), exact=True) for phrase in [words(part)] if phrase]
            continue
        for chunk in part.split():
            for word in _without_ending(chunk):
                (dull if word in stop_words else terms).append(_term(word))
    chosen, cut = _first_words(dict.fromkeys(terms or dull))
    return Query(kept, tuple(chosen), shortened=cut or len(kept) < len(typed.strip()))


def _term(word: str) -> Term:
    return Term((word,), exact=len(word) < PREFIX_FROM or word.isdecimal())


def _without_ending(chunk: str) -> list[str]:
    """`ankara'nin` asks for `ankara`: a name's ending stands behind an apostrophe; `d'artagnan` is all
    name."""
    name, _apostrophe, _ending = chunk.partition("'")
    found = words(name)
    return found if found and len(found[-1]) >= PREFIX_FROM else words(chunk)


def _first_words(terms: Iterable[Term]) -> tuple[list[Term], bool]:
    chosen: list[Term] = []
    room = MOST_WORDS
    for term in terms:
        if not room:
            return chosen, True
        chosen.append(Term(term.words[:room], term.exact))
        if len(term.words) > room:
            return chosen, True
        room -= len(term.words)
    return chosen, False


def mark(name: str, value: object) -> str:
    """A fact of a document as a word that no text can contain: `k_event`, `y_2026`, `g_12`."""
    return f"{name}_{value}"
