"""Writing blocks as markup. `ATTRIBUTES` names every element and attribute there is; nh3 enforces it."""

from functools import lru_cache
from itertools import groupby, takewhile

import nh3

from .addresses import SCHEMES, link_target, picture_source
from .blocks import Attributes, Block, Box, Leaf, Line, Mark, Picture

SPOKEN = {"lang", "dir"}
NONE: set[str] = set()

ATTRIBUTES: dict[str, set[str]] = {
    **dict.fromkeys(("p", "h2", "h3", "blockquote", "ul", "li", "table", "caption"), SPOKEN),
    **dict.fromkeys(("figure", "figcaption", "q", "cite", "span"), SPOKEN),
    **dict.fromkeys(("strong", "em", "s", "sub", "sup", "thead", "tbody", "tr", "br", "hr"), NONE),
    "a": SPOKEN | {"href", "hreflang", "title"},
    "abbr": SPOKEN | {"title"},
    "img": {"src", "alt", "width", "height"},
    "ol": SPOKEN | {"start", "type"},
    "td": SPOKEN | {"colspan", "rowspan"},
    "th": SPOKEN | {"colspan", "rowspan", "scope"},
}
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\u00a0": "&nbsp;"})
ATTRIBUTE_ESCAPES = ESCAPES | str.maketrans({'"': "&quot;"})


def write(blocks: list[Block]) -> str:
    """The markup of `blocks`, one line for each."""
    return "\n".join(map(_block, blocks))


@lru_cache
def gate(media_url: str) -> nh3.Cleaner:
    """The last check before storing and before showing: nothing passes that is not named above."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if (tag, name) == ("a", "href"):
            return link_target(value)
        if (tag, name) == ("img", "src"):
            return picture_source(value, media_url)
        return value

    return nh3.Cleaner(
        tags=set(ATTRIBUTES),
        attributes=ATTRIBUTES,
        attribute_filter=attribute,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def _block(block: Block) -> str:
    if isinstance(block, Line):
        text = _text(block.leaves)
        if block.kind == "picture":
            return text
        return _element(f"h{block.level}" if block.kind == "h" else block.kind, block.attributes, text)
    if block.tag == "hr":
        return "<hr>"
    inside = {"table": _rows, "li": _entry, "td": _entry, "th": _entry}.get(block.tag, _blocks)
    return _element(block.tag, block.attributes, inside(block))


def _blocks(box: Box) -> str:
    return "".join(map(_block, box.children))


def _rows(table: Box) -> str:
    written = ""
    for section, parts in groupby(table.children, key=_section):
        inside = "".join(map(_block, parts))
        written += f"<{section}>{inside}</{section}>" if section else inside
    return written


def _section(part: Block) -> str:
    return "" if isinstance(part, Line) else part.attributes["section"]


def _entry(box: Box) -> str:
    """A single paragraph needs no element of its own; in a list it may have deeper lists after it."""
    first, *others = box.children or [Line()]
    lists = box.tag == "li" and all(isinstance(other, Box) and other.tag in {"ul", "ol"} for other in others)
    if isinstance(first, Line) and not first.attributes and (lists or not others):
        return _text(first.leaves) + "".join(map(_block, others))
    return _blocks(box)


def _text(leaves: list[Leaf]) -> str:
    written: list[str] = []
    opened: tuple[Mark, ...] = ()
    for marks, content in leaves:
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(opened, marks, strict=False)))
        written += [f"</{mark.tag}>" for mark in reversed(opened[same:])]
        written += [_start(mark.tag, dict(mark.attributes)) for mark in marks[same:]]
        opened = marks
        if isinstance(content, Picture):
            written.append(_start("img", dict(content.attributes)))
        else:
            written.append("<br>" if content == "\n" else content.translate(ESCAPES))
    written += [f"</{mark.tag}>" for mark in reversed(opened)]
    return "".join(written)


def _element(tag: str, attributes: Attributes, inside: str) -> str:
    return f"{_start(tag, attributes)}{inside}</{tag}>"


def _start(tag: str, attributes: Attributes) -> str:
    known = ((name, value) for name, value in attributes.items() if name in ATTRIBUTES[tag])
    said = (f' {name}="{value.translate(ATTRIBUTE_ESCAPES)}"' for name, value in known)
    return f"<{tag}{''.join(said)}>"
