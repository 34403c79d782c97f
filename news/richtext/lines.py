"""One line of text in normal form: spaces, breaks, neighbouring marks, typed bullets, pictures apart."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby, takewhile

from news.text import BLANK, visible

from .blocks import LOOKS, Block, Box, Leaf, Line, Mark, Picture, TypedEntry

# Typesetting ligatures of PDF files: a reader's search does not find words written with them.
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
# Typed by hand, or left when an editor took Word's list marks away: Word fills up with spaces.
TYPED_BULLET = re.compile(r"(?:[•▪‣◦●○■□]\s*|[·§]\s+|o(?:\s{2,}|\u00a0))(?=\S)")
TYPED_NUMBER = re.compile(r"([0-9]{1,3})[.)](?:\s{2,}|\u00a0)(?=\S)")


def blocks_of(line: Line, *, top: bool) -> list[Block]:
    """A line as read: several blocks where pictures and empty lines divide it. Headings are for the top."""
    blocks: list[Block] = []
    for is_picture, run in groupby(line.leaves, key=lambda leaf: isinstance(leaf.content, Picture)):
        if is_picture:
            blocks += [Box("figure", children=[Line("picture", leaves=[_bare(leaf)])]) for leaf in run]
        elif line.kind != "h":
            blocks += _paragraphs(line, run)
        elif top:
            blocks.append(replace(line, leaves=unmarked(one_line(run), "strong")))
        else:
            blocks.append(Line("p", 0, line.attributes, _marked(one_line(run), Mark("strong"))))
    return [block for block in blocks if isinstance(block, Box) or block.leaves]


def one_line(leaves: Iterable[Leaf]) -> list[Leaf]:
    """Text in one line: single spaces, none at either end, equal neighbours joined, nothing invisible."""
    words = (leaf for leaf in leaves if not isinstance(leaf.content, Picture))
    line: list[Leaf] = []
    spaced = False
    for marks, content in _joined(words):
        text = BLANK.sub(_space, visible(str(content)).translate(LIGATURES))
        begun = _beginning(text)
        spaced = spaced or " " in text[: len(text) - len(begun)]
        if begun:
            if spaced and line:
                line.append(Leaf(_shared(line[-1].marks, marks), " "))
            line.append(Leaf(marks, begun.rstrip(" ")))
            spaced = begun.endswith(" ")
    return _joined(line)


def _shared(before: tuple[Mark, ...], after: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Programs end bold after the space or before it by chance; a space has the marks of both its words."""
    return tuple(mark for mark in before if mark in after)


def _bare(leaf: Leaf) -> Leaf:
    """A picture keeps its link; other marks say nothing about it."""
    return Leaf(tuple(mark for mark in leaf.marks if mark.tag == "a"), leaf.content)


def _paragraphs(line: Line, leaves: Iterable[Leaf]) -> list[Line]:
    """Two line breaks in a row are how many programs write a new paragraph; typed entries stand alone."""
    segments: list[list[Leaf]] = [[]]
    for leaf in leaves:
        if leaf.content == "\n":
            segments.append([])
        else:
            segments[-1].append(leaf)
    paragraphs: list[Line] = []
    parts: list[Line] = []
    for segment in [*segments, []]:
        if text := one_line(segment):
            parts.append(replace(line, kind="p", leaves=text, typed=_typed(segment)))
        elif parts:
            paragraphs += _with_entries_apart(parts) if len(parts) > 1 else parts
            parts = []
    return paragraphs


def typed_tag(entries: list[TypedEntry]) -> str:
    """The list that typed entries make together: bullets, or numbers that count up from 1; else nothing."""
    numbers = [entry.number for entry in entries if entry.leaves]
    if len(entries) < 2 or len(numbers) < len(entries):
        return ""
    if not any(numbers):
        return "ul"
    return "ol" if numbers == list(range(1, len(numbers) + 1)) else ""


def _with_entries_apart(parts: list[Line]) -> list[Line]:
    lines: list[Line] = []
    text: list[Line] = []
    for _, run in groupby(parts, key=lambda part: part.typed and bool(part.typed.number)):
        same = list(run)
        if typed_tag([part.typed for part in same if part.typed]):
            lines += [*([_with_breaks(text)] if text else []), *same]
            text = []
        else:
            text += same
    return [*lines, _with_breaks(text)] if text else lines


def _with_breaks(parts: list[Line]) -> Line:
    leaves = [*parts[0].leaves]
    for part in parts[1:]:
        around = zip(leaves[-1].marks, part.leaves[0].marks, strict=False)
        common = tuple(before for before, _ in takewhile(lambda pair: pair[0] == pair[1], around))
        leaves += [Leaf(common, "\n"), *part.leaves]

    return replace(parts[0], leaves=leaves, typed=None)


def _typed(segment: list[Leaf]) -> TypedEntry | None:
    seen = [(leaf.marks, visible(str(leaf.content))) for leaf in segment]
    raw = "".join(text for _, text in seen)
    said = _beginning(raw)
    match = TYPED_BULLET.match(said) or TYPED_NUMBER.match(said)
    if not match:
        return None
    typed = len(raw) - len(said) + match.end()
    entry: list[Leaf] = []
    for marks, text in seen:
        entry.append(Leaf(marks, text[typed:]))
        typed = max(0, typed - len(text))
    return TypedEntry(int(match[1]) if match.re is TYPED_NUMBER else 0, one_line(entry))


def _space(blank: re.Match[str]) -> str:
    """A no-break space stays only beside a digit ("17 °C"); elsewhere programs scatter it at random."""
    if blank[0] in {"\u00a0", "\u202f"}:
        before, after = blank.string[: blank.start()][-1:], blank.string[blank.end() :][:1]
        if before and after and (before.isdecimal() or after.isdecimal()):
            return "\u00a0"
    return " "


def _beginning(text: str) -> str:
    """Without spaces, and without an accent that would join the markup before it under NFC."""
    start = 0
    while start < len(text) and (BLANK.match(text[start]) or unicodedata.combining(text[start])):
        start += 1
    return text[start:]


def _joined(leaves: Iterable[Leaf]) -> list[Leaf]:
    """Neighbours under the same marks as one leaf; looks in one order, inside whatever else is marked."""
    return [
        Leaf(marks, visible("".join(str(leaf.content) for leaf in run)))
        for marks, run in groupby(leaves, key=lambda leaf: _ordered(leaf.marks))
    ]


def _ordered(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    looks = {mark.tag for mark in marks}
    return _containers(marks) + tuple(Mark(look) for look in LOOKS if look in looks)


def _containers(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    return tuple(mark for mark in marks if mark.tag not in LOOKS)


def unmarked(leaves: list[Leaf], tag: str) -> list[Leaf]:
    return _joined(Leaf(tuple(m for m in marks if m.tag != tag), content) for marks, content in leaves)


def _marked(leaves: list[Leaf], mark: Mark) -> list[Leaf]:
    return _joined(Leaf(marks if content == " " else (*marks, mark), content) for marks, content in leaves)
