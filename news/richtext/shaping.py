"""From what was read to what may be written: the one normal form of a rich text.

Headings stand at the top level only and skip no level, lists hold entries, tables hold rows that know their
heads, pictures stand in figures, nothing is empty. Shaping the normal form again changes nothing.
"""

import re
from dataclasses import replace
from itertools import groupby

from .blocks import Block, Box, Leaf, Line, Picture
from .lines import blocks_of, one_line, typed_tag
from .tables import cells_of, is_layout, table_of

ORDERED_BULLET = re.compile(r"\(?\w{1,5}[.)]")
DEEPEST_HEADING = 3


def shape(root: Box) -> list[Block]:
    """The blocks of a whole text in normal form."""
    return _mend_levels(_flow(root, top=True))


def _flow(box: Box, *, top: bool = False) -> list[Block]:
    blocks: list[Block] = []
    for child in box.children:
        blocks += blocks_of(child, top=top) if isinstance(child, Line) else _shaped_box(child, top=top)
    return _join_lists(_typed_lists(_word_lists(blocks)))


def _shaped_box(box: Box, *, top: bool) -> list[Block]:
    if box.tag == "hr":
        return [box]
    if box.tag == "figure":
        return _figure(box)
    if box.tag == "table":
        return _table(box, top=top)
    children: list[Block]
    if box.tag in {"ul", "ol"}:
        entries = (
            Box("li", child.attributes, _flow(child)) for child in box.children if isinstance(child, Box)
        )
        children = [entry for entry in entries if entry.children]
    else:
        children = _flow(box)
    return [Box(box.tag, box.attributes, children)] if children else []


def _table(box: Box, *, top: bool) -> list[Block]:
    captions = [child for child in box.children if isinstance(child, Line)]
    if is_layout(box):
        blocks: list[Block] = [line for caption in captions for line in blocks_of(caption, top=False)]
        for cell in cells_of(box):
            blocks += _flow(cell, top=top)
        return blocks
    rows = [
        Box(
            "tr",
            row.attributes,
            [Box(c.tag, c.attributes, _flow(c)) for c in row.children if isinstance(c, Box)],
        )
        for row in box.children
        if isinstance(row, Box)
    ]
    return table_of(box.attributes, _caption("caption", captions), rows)


def _caption(kind: str, lines: list[Line]) -> Line | None:
    words = one_line(leaf for line in lines for leaf in [Leaf((), " "), *line.leaves])
    return Line(kind, 0, lines[0].attributes, words) if words else None


def _figure(box: Box) -> list[Block]:
    """A picture with its caption. The caption of a picture that was not ours goes with it."""
    told = [child for child in box.children if isinstance(child, Line) and child.kind == "figcaption"]
    pictures = [
        replace(line, leaves=[leaf for leaf in line.leaves if isinstance(leaf.content, Picture)])
        for line in told
    ]
    others = [child for child in box.children if not (isinstance(child, Line) and child.kind == "figcaption")]
    caption = _caption("figcaption", told)
    blocks = _flow(Box("figure", children=[*others, *pictures]))
    for number, block in enumerate(blocks):
        if isinstance(block, Box) and block.tag == "figure" and len(block.children) == 1:
            blocks[number] = Box("figure", box.attributes, [*block.children, *([caption] if caption else [])])
            return blocks
    if caption is None or not blocks:
        return blocks
    for block in blocks:
        if isinstance(block, Box) and block.tag == "table":
            if not isinstance(block.children[0], Line):
                block.children.insert(0, replace(caption, kind="caption"))
                return blocks
            break
    return [*blocks, replace(caption, kind="p")]


def _word_lists(blocks: list[Block]) -> list[Block]:
    """Paragraphs that Word calls list entries, as lists within lists."""
    shaped: list[Block] = []
    levels: list[Box] = []
    for block in blocks:
        if isinstance(block, Box) or block.entry is None:
            levels = []
            shaped.append(block)
            continue
        tag = "ol" if ORDERED_BULLET.match(block.entry.bullet.strip()) else "ul"
        del levels[block.entry.level :]
        if len(levels) == block.entry.level and levels[-1].tag != tag:
            levels.pop()
        if len(levels) < block.entry.level:
            deeper = Box(tag)
            last = levels[-1].children[-1] if levels else None
            (last.children if isinstance(last, Box) else shaped).append(deeper)
            levels.append(deeper)
        levels[-1].children.append(Box("li", {}, [replace(block, entry=None, typed=None)]))
    return shaped


def _typed_lists(blocks: list[Block]) -> list[Block]:
    """Neighbouring paragraphs that all begin with a typed bullet, or count up from 1."""
    shaped: list[Block] = []
    for _, run in groupby(blocks, key=_typed_kind):
        lines = list(run)
        entries = [line.typed for line in lines if isinstance(line, Line) and line.typed]
        if tag := typed_tag(entries):
            shaped.append(Box(tag, {}, [Box("li", {}, [Line(leaves=entry.leaves)]) for entry in entries]))
        else:
            shaped += lines
    return shaped


def _typed_kind(block: Block) -> str:
    if isinstance(block, Line) and block.typed and block.typed.leaves:
        return "ol" if block.typed.number else "ul"
    return ""


def _join_lists(blocks: list[Block]) -> list[Block]:
    """Word online wraps each entry in a list of its own."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(last, Box) and isinstance(block, Box) and _goes_on(last, block):
            last.children += block.children
        else:
            joined.append(block)
    return joined


def _goes_on(last: Box, block: Box) -> bool:
    if last.tag != block.tag or last.tag not in {"ul", "ol"}:
        return False
    if last.tag == "ul":
        return last.attributes == block.attributes
    start = int(last.attributes.get("start", "1")) + len(last.children)
    return last.attributes | {"start": str(start)} == {"start": "1"} | block.attributes


def _mend_levels(blocks: list[Block]) -> list[Block]:
    """The first heading is h2, a deeper one is one level deeper, and two levels are enough for news."""
    above: list[int] = []
    for block in blocks:
        if isinstance(block, Line) and block.kind == "h":
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            block.level = min(len(above) + 1, DEEPEST_HEADING)
    return blocks
