"""What a rich text is made of: lines of text with marks, and boxes that hold lines and boxes."""

from dataclasses import dataclass, field
from typing import NamedTuple

Attributes = dict[str, str]

# Marks that only look; two of them side by side are one. Written innermost, in this order.
LOOKS = ("strong", "em", "s", "sub", "sup")


class Mark(NamedTuple):
    """An inline element. `instance` keeps two neighbouring quotations two; looks and links join."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    instance: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    attributes: tuple[tuple[str, str], ...]


class Leaf(NamedTuple):
    """A run of text under the same marks, a line break (``"\\n"``) or a picture."""

    marks: tuple[Mark, ...]
    content: str | Picture


@dataclass(slots=True)
class ListEntry:
    """Word writes a list entry as a paragraph that says its level, with the bullet typed before it."""

    level: int
    bullet: str = ""


class TypedEntry(NamedTuple):
    """What a line would be as an entry of a list, its bullet or number having been typed by hand."""

    number: int
    leaves: list[Leaf]


@dataclass(slots=True)
class Line:
    """A paragraph, a heading or a caption: what holds text and nothing else."""

    kind: str = "p"
    level: int = 0
    attributes: Attributes = field(default_factory=dict)
    leaves: list[Leaf] = field(default_factory=list)
    entry: ListEntry | None = None
    typed: TypedEntry | None = None


@dataclass(slots=True)
class Box:
    """A list, a table, a quotation, a figure, or a part of one. `implied`: missing in the source."""

    tag: str
    attributes: Attributes = field(default_factory=dict)
    children: list["Line | Box"] = field(default_factory=list)
    implied: bool = False


Block = Line | Box
