"""The original text around what was found, with the found words marked. It is made of plain pieces, which
the template escapes; no markup passes through here."""

from collections.abc import Iterable
from dataclasses import dataclass

from .query import Query, Term
from .words import spans

LENGTH = 240
#: Letters of a text that are looked through for the best place.
MOST_LETTERS = 30_000


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool = False


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    term: Term


def highlighted(line: str, query: Query) -> list[Piece]:
    """All of `line`, a title."""
    return _pieces(line, 0, len(line), _find(line, query))


def snippet(texts: Iterable[str], query: Query) -> list[Piece]:
    """The stretch that shows most of the words asked for, of the first text that has one; else the first
    text's beginning."""
    best: tuple[int, str, int, list[_Found]] | None = None
    first = ""
    for whole in texts:
        line = whole[:MOST_LETTERS]
        first = first or line
        found = _find(line, query)
        for number, start in enumerate(found):
            shown = {
                other.term for other in found[number:] if other.end <= start.start + LENGTH - LENGTH // 4
            }
            if best is None or len(shown) > best[0]:
                best = (len(shown), line, start.start, found)
            if len(shown) == len(query.terms):
                break
    if best is None:
        return _cut(first, 0, [])
    _number, line, at, found = best
    return _cut(line, at, found)


def _find(line: str, query: Query) -> list[_Found]:
    tokens = list(spans(line))
    found = []
    for number, (word, start, end) in enumerate(tokens):
        for term in query.terms:
            if not term.exact:
                if word.startswith(term.words[0]):
                    found.append(_Found(start, end, term))
                    break
            elif word == term.words[0]:
                last = number + len(term.words) - 1
                if last < len(tokens) and all(
                    tokens[number + ahead][0] == wanted for ahead, wanted in enumerate(term.words)
                ):
                    found.append(_Found(start, tokens[last][2], term))
                    break
    return found


def _cut(line: str, at: int, found: list[_Found]) -> list[Piece]:
    """`LENGTH` letters with `at` in their first quarter, begun and ended at a word."""
    start = max(0, min(at - LENGTH // 4, len(line) - LENGTH))
    end = min(len(line), start + LENGTH)
    if start:
        space = line.find(" ", start, at)
        start = space + 1 if space >= 0 else at
    if end < len(line):
        space = line.rfind(" ", start, end)
        end = space if space > at else end
        # Half a letter: marks belong to the letter before them.
    inside = [piece for piece in found if start <= piece.start and piece.end <= end]
    pieces = _pieces(line, start, end, inside)
    if start:
        pieces.insert(0, Piece("… "))
    if end < len(line):
        pieces.append(Piece(" …"))
    return pieces


def _pieces(line: str, start: int, end: int, found: list[_Found]) -> list[Piece]:
    pieces = []
    at = start
    for one in found:
        if one.start < at:
            continue
        pieces += [Piece(line[at : one.start]), Piece(line[one.start : one.end], marked=True)]
        at = one.end
    return [piece for piece in [*pieces, Piece(line[at:end])] if piece.text]
