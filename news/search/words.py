"""The one token form: what is stored and what is asked for become the same plain words here.

The databases are given ASCII words to compare and know nothing of letters, so they find the same.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from news import text

#: Letters of a word that count. The same bound holds for what is stored and what is asked for.
LONGEST = 60
#: Words of one document that can be found. PostgreSQL keeps no positions beyond 16,383 (`tsvector`).
MOST_WORDS = 8000
#: Times that one word of a document is kept, for the same reason.
MOST_TIMES = 255
#: Stands between title, summary and text, so that no phrase reaches across.
GAP = "_"

RUN = re.compile(r"[^\W_]+")


def words(line: str) -> list[str]:
    """`İstanbul'un IŞIK şöleni` gives `istanbul`, `un`, `isik`, `soleni`."""
    folded = text.fold(line)
    if folded.isascii():
        return [run[:LONGEST] for run in RUN.findall(folded)]
    return [_ascii(run) for run in RUN.findall(folded)]


def stream(parts: Iterable[str]) -> list[str]:
    """The words of a document in their order, its parts held apart by gaps, cut where both databases can
    follow."""
    found: list[str] = []
    for part in parts:
        more, room = words(part), max(0, MOST_WORDS - len(found))
        found += more[:room]
        if len(more) > room:
            break
        found.append(GAP)
    return found if max(Counter(found).values(), default=0) <= MOST_TIMES else _thinned(found)


def _thinned(found: list[str]) -> list[str]:
    times = Counter[str]()
    kept = []
    for word in found:
        times[word] += 1
        kept.append(word if times[word] <= MOST_TIMES else GAP)
    return kept


def spans(line: str) -> Iterator[tuple[str, int, int]]:
    """The words of `line`, each with where it stands in the original: folding moves letters."""
    folded, starts, ends = _folded_with_places(line)
    for run in RUN.finditer(folded):
        yield _ascii(run[0]), starts[run.start()], ends[run.end() - 1]


def _ascii(run: str) -> str:
    """Letters of other scripts by their number: every database is then sure what a word is made of."""
    if not run.isascii():
        run = "".join(letter if letter.isascii() else f"u{ord(letter):05x}" for letter in run)
    return run[:LONGEST]


class _Folding(dict[int, str]):
    """What a letter is folded to where that is one letter again; of all others it says `ODD`."""

    def __missing__(self, code: int) -> str:
        letters = _fold_letter(chr(code))
        self[code] = found = ODD if len(letters) != 1 or _is_mark(chr(code)) else letters
        return found


#: Folds to nothing, so that it stands for nothing else.
ODD = "\0"
FOLDING = _Folding()


def _folded_with_places(line: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """`line` folded, and for every letter of that where its original begins and ends."""
    plain = line.translate(FOLDING)
    if ODD not in plain:
        return plain, range(len(line)), range(1, len(line) + 1)
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(line):
        odd = plain.find(ODD, at)
        if odd < 0:
            odd = len(line)
        # A mark belongs to the letter before it.
        stop = odd - 1 if at < odd < len(line) and _is_mark(line[odd]) else odd
        folded.append(plain[at:stop])
        starts += range(at, stop)
        ends += range(at + 1, stop + 1)
        if stop == len(line):
            break
        at = stop + 1
        while at < len(line) and _is_mark(line[at]):
            at += 1
        letters = _fold_letter(line[stop:at])
        folded.append(letters)
        starts += [stop] * len(letters)
        ends += [at] * len(letters)
    return "".join(folded), starts, ends


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M"


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    # Between two letters, because `fold` strips blanks, and some signs hide one (¨ is a space with a mark).
    return text.fold(f"x{letter}x")[1:-1]
