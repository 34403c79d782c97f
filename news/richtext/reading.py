"""Reading pasted markup: what a person sees of it, as lines and boxes.

The parser's events are followed once, without a tree. Text gets the marks that are open and goes to the line
that is open; a paragraph inside a link or a heading inside bold is therefore nothing special. What an element
means is taken from its name and, where office programs and Google Docs say it only there, from its style.
"""

import re
from typing import NamedTuple

from news.text import EMOJI_PART, MAX_DEPTH, TooDeepError, clean_line

from .addresses import link_target, picture_source
from .blocks import Attributes, Box, Leaf, Line, ListEntry, Mark, Picture
from .elements import (
    BOXES,
    BREAKING,
    FILE_NAME,
    HEADINGS,
    LISTS,
    SYMBOL_BULLETS,
    heading_role,
    is_from_office,
    is_hidden,
    looks_of,
    own_to,
    spoken_in,
    style_of,
)

# Which part, put in because the source left it out, ends where an element begins.
IMPLIED = {"li": "li", "tr": "tr", "td": "td", "th": "td"}
DEEPEST_BOX = 24
MOST_MARKS = 8
EMOJI = re.compile(f"{EMOJI_PART}(?:\u200d?{EMOJI_PART}){{0,9}}")


class Open(NamedTuple):
    """What was open when an element began, to return to when it ends."""

    boxes: int
    lines: int
    marks: int
    keeps_breaks: bool
    breaks: bool


class Reader:
    """A parser target: fed with events, it builds `root`."""

    def __init__(self, media_url: str) -> None:
        self.media_url = media_url
        self.root = Box("root")
        self.from_office = False
        self.opened: list[Open] = []
        self.boxes = [self.root]
        self.lines = [Line()]
        self.marks: list[Mark] = []
        self.line: Line | None = None
        self.hidden_from: int | None = None
        self.reading_bullet = False
        self.keeps_breaks = False
        self.instances = 0
        self.refused_pictures = self.refused_links = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        if len(self.opened) >= MAX_DEPTH:
            raise TooDeepError
        attributes = dict(attributes)
        style = style_of(attributes.get("style", ""))
        self.from_office = self.from_office or is_from_office(tag, attributes)
        breaks = tag in BREAKING or tag in BOXES or tag in HEADINGS or tag == "caption"
        if self.hidden_from is None and tag in IMPLIED:
            self._leave_implied(IMPLIED[tag])
        opened = Open(len(self.boxes), len(self.lines), len(self.marks), self.keeps_breaks, breaks)
        self.opened.append(opened)
        if self.hidden_from is not None:
            return
        if is_hidden(tag, attributes, style):
            self.hidden_from = len(self.opened)
            self.reading_bullet = style.get("mso-list") == "ignore"
            return
        if tag in {"pre", "listing", "xmp"} or style.get("white-space", "").startswith("pre"):
            self.keeps_breaks = True
        if breaks:
            self.line = None
            self._open_line(tag, attributes, style)
            if tag in BOXES:
                self._open_box(
                    tag, self.lines[-2].attributes | spoken_in(attributes) | own_to(tag, attributes)
                )

            elif tag in {"thead", "tbody", "tfoot"} and self.boxes[-1].tag == "table":
                self.boxes[-1].attributes["section"] = tag
        elif tag == "br":
            self._put("\n")
        elif tag == "hr":
            self.line = None
            self._flow().children.append(Box("hr"))
        elif tag == "img":
            self._put_picture(attributes)
        else:
            self._open_marks(tag, attributes, style)

    def end(self, tag: str) -> None:
        opened = self.opened.pop()
        if self.hidden_from is not None:
            if len(self.opened) < self.hidden_from:
                self.hidden_from = None
                self.reading_bullet = False
            return
        if opened.breaks:
            self.line = None
        if tag in {"thead", "tbody", "tfoot"} and self.boxes[-1].tag == "table":
            self.boxes[-1].attributes.pop("section", None)
        del self.boxes[opened.boxes :]
        del self.lines[opened.lines :]
        del self.marks[opened.marks :]
        self.keeps_breaks = opened.keeps_breaks

    def data(self, data: str) -> None:
        data = data.translate(SYMBOL_BULLETS)
        if self.hidden_from is not None:
            if self.reading_bullet and (entry := self.lines[-1].entry):
                entry.bullet += data
        elif not self.keeps_breaks:
            self._put_text(data)
        else:
            for number, part in enumerate(data.replace("\r\n", "\n").split("\n")):
                if number:
                    self._put("\n")
                self._put_text(part)

    def close(self) -> None:
        if self.from_office:
            _silence(self.root)

    def _open_line(self, tag: str, attributes: Attributes, style: dict[str, str]) -> None:
        outer = self.lines[-1]
        spoken = outer.attributes | spoken_in(attributes)
        if tag in BOXES:
            self.lines.append(Line())
        elif outer.kind != "p" or tag not in {*HEADINGS, "p", "caption", "figcaption"}:
            self.lines.append(Line(outer.kind, outer.level, spoken, entry=outer.entry))
        elif level := HEADINGS.get(tag) or heading_role(attributes):
            self.lines.append(Line("h", level, spoken))
        else:
            listed = re.search(r"\blevel([1-9])\b", style.get("mso-list", ""))
            entry = ListEntry(int(listed[1])) if listed else None
            self.lines.append(Line(tag, 0, spoken, entry=entry))

    def _open_box(self, tag: str, attributes: Attributes) -> None:
        parent = self._parent_for(tag)
        if parent is None or len(self.boxes) >= DEEPEST_BOX:
            return
        box = Box(tag, attributes)
        if tag == "tr":
            box.attributes["section"] = parent.attributes.get("section", "tbody")
        parent.children.append(box)
        self.boxes.append(box)

    def _parent_for(self, tag: str) -> Box | None:
        """The box that takes a new `tag`; parts of a table without a table are only lines."""
        if tag == "li":
            if self.boxes[-1].tag in LISTS:
                return self.boxes[-1]
            self._flow()
            return self._imply("ul")
        if tag in {"tr", "td", "th"}:
            top = self.boxes[-1]
            if tag == "tr":
                return top if top.tag == "table" else None
            if top.tag == "table":
                return self._imply("tr")
            return top if top.tag == "tr" else None
        if tag in LISTS and self.boxes[-1].tag in LISTS and self.boxes[-1].children:
            # Google Docs and LibreOffice put a deeper list beside the entry it belongs to.
            last = self.boxes[-1].children[-1]
            if isinstance(last, Box):
                self.boxes.append(last)
        if tag == "figure" and any(box.tag == "figure" for box in self.boxes):
            return None
        return self._flow()

    def _leave_implied(self, tag: str) -> None:
        """End implied boxes up to and with the implied `tag`, if one is open right here."""
        for depth in range(len(self.boxes) - 1, 0, -1):
            if not self.boxes[depth].implied:
                break
            if self.boxes[depth].tag == tag:
                del self.boxes[depth:]
                break

    def _imply(self, tag: str) -> Box:
        box = Box(tag, {"section": "tbody"} if tag == "tr" else {}, implied=True)
        self.boxes[-1].children.append(box)
        self.boxes.append(box)
        return box

    def _flow(self) -> Box:
        """The innermost box that may hold lines and boxes, after the parts that the source left out."""

        if self.boxes[-1].tag in LISTS:
            self._imply("li")
        if self.boxes[-1].tag == "table":
            self._imply("tr")
        if self.boxes[-1].tag == "tr":
            self._imply("td")
        return self.boxes[-1]

    def _open_marks(self, tag: str, attributes: Attributes, style: dict[str, str]) -> None:
        looks = looks_of(tag, style)
        for look in looks:
            if all(mark.tag != look for mark in self.marks):
                self.marks.append(Mark(look))
        if len(self.marks) - len(looks) > MOST_MARKS:
            return
        spoken = spoken_in(attributes)
        if tag == "a":
            if (target := link_target(attributes.get("href", ""))) and all(m.tag != "a" for m in self.marks):
                more = {"href": target} | own_to(tag, attributes) | spoken
                self.marks.append(Mark("a", tuple(more.items())))
                return
            self.refused_links += target is None and ":" in attributes.get("href", "")
        elif tag in {"q", "cite", "abbr"}:
            self.instances += 1
            more = own_to(tag, attributes) | spoken
            self.marks.append(Mark(tag, tuple(more.items()), self.instances))
            return
        if spoken and Mark("span", tuple(spoken.items())) not in self.marks:
            self.marks.append(Mark("span", tuple(spoken.items())))

    def _put_text(self, text: str) -> None:
        if text and (self.line or not text.isspace()):
            self._put(text)

    def _put(self, content: str | Picture) -> None:
        if self.line is None:
            if content == "\n":
                return
            template = self.lines[-1]
            top = self.boxes[-1]
            kind = template.kind
            if (kind == "caption" and top.tag == "table") or (kind == "figcaption" and top.tag == "figure"):
                parent = top
            else:
                parent = self._flow()
                kind = kind if kind == "h" else "p"
            entry = template.entry if kind == "p" else None
            self.line = Line(kind, template.level, dict(template.attributes), entry=entry)
            parent.children.append(self.line)
        self.line.leaves.append(Leaf(tuple(self.marks), content))

    def _put_picture(self, attributes: Attributes) -> None:
        alt = clean_line(attributes.get("alt", ""))
        source = picture_source(attributes.get("src", ""), self.media_url)
        if source is None:
            # WhatsApp, X and WordPress paste emoji as pictures.
            if EMOJI.fullmatch(alt):
                self._put(alt)
            else:
                self.refused_pictures += 1
            return
        told = {"src": source, "alt": "" if FILE_NAME.fullmatch(alt) else alt}
        self._put(Picture(tuple((told | own_to("img", attributes)).items())))


def _silence(box: Box) -> None:
    for child in box.children:
        for name in ("lang", "dir"):
            child.attributes.pop(name, None)
        if isinstance(child, Box):
            _silence(child)
        else:
            child.leaves = [Leaf(_unspoken(leaf.marks), leaf.content) for leaf in child.leaves]


def _unspoken(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    spoken = {"lang", "dir"}
    return tuple(
        Mark(mark.tag, tuple(pair for pair in mark.attributes if pair[0] not in spoken), mark.instance)
        for mark in marks
        if mark.tag != "span"
    )
