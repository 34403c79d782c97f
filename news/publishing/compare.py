"""The difference between two versions, as people read it: words that went, words that came."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from news.models import Article, Event, Image, Kind, Official, Place, Tag
from news.publishing.content import FIELDS, ROWS, Content
from news.text import plain

#: Beyond this many words on either side a paragraph is shown as gone and come, not word by word.
LONGEST_PARAGRAPH = 2000
PICTURE = re.compile(r"<img\b([^>]*)>")
ALTERNATIVE = re.compile(r'\balt="([^"]*)"')
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Piece:
    #: "same", "gone" or "new"
    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    label: str
    #: A paragraph each.
    paragraphs: list[list[Piece]]


def changes(old: Content, new: Content) -> list[Change]:
    """What differs, in the order of the form; fields that stayed the same are left out."""
    names = _Names(old, new)
    before, after = dict(_told(old, names)), dict(_told(new, names))
    found = []
    for label in dict.fromkeys([*before, *after]):
        left, right = before.get(label, []), after.get(label, [])
        if left != right:
            found.append(Change(label, list(_compared(left, right))))
    return found


def _compared(old: list[str], new: list[str]) -> Iterator[list[Piece]]:
    for step, i, j, k, n in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if step == "equal":
            continue
        pairs = min(j - i, n - k) if step == "replace" else 0
        for offset in range(pairs):
            yield _words(old[i + offset], new[k + offset])
        yield from ([Piece("gone", line)] for line in old[i + pairs : j])
        yield from ([Piece("new", line)] for line in new[k + pairs : n])


def _words(old: str, new: str) -> list[Piece]:
    left, right = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    if max(len(left), len(right)) > LONGEST_PARAGRAPH:
        return [Piece("gone", old), Piece("new", new)]
    pieces = []
    for step, i, j, k, n in SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes():
        if step == "equal":
            pieces.append(Piece("same", "".join(left[i:j])))
        else:
            pieces += [Piece("gone", "".join(left[i:j]))] if i < j else []
            pieces += [Piece("new", "".join(right[k:n]))] if k < n else []
    return pieces


class _Names:
    """What ids are called now; one query for each kind of thing."""

    def __init__(self, *contents: Content) -> None:
        def ids(relation: str, name: str) -> set[int]:
            return {row[name] for one in contents for row in one.rows.get(relation, []) if row.get(name)}

        def named(model: Any, keys: set[Any]) -> dict[int, str]:
            return {row.pk: str(row) for row in model.objects.filter(pk__in=keys - {None})}

        leads = {one.fields.get("lead_image_id") for one in contents}
        self.officials = named(Official, ids("mentions", "official_id"))
        self.images = named(Image, ids("gallery", "image_id") | leads)
        self.tags = named(Tag, {pk for one in contents for pk in one.tags})
        self.events = named(Event, {pk for one in contents for pk in one.events})
        self.places = named(Place, {one.fields.get("place_id") for one in contents})


def _told(content: Content, names: _Names) -> Iterator[tuple[str, list[str]]]:
    """Label and lines of each part; things that were deleted since are named by their number."""
    for name in FIELDS:
        if name not in content.fields:
            continue
        column: Any = Article._meta.get_field(name.removesuffix("_id"))
        yield str(column.verbose_name), _lines(name, content.fields[name], names)
    told = {
        "mentions": lambda row: [_name(names.officials, row["official_id"]), row["office_as_given"]],
        "gallery": lambda row: [_name(names.images, row["image_id"]), row["alt"], row["caption"]],
        "files": lambda row: [row["title"]],
        "change_notes": lambda row: [row["note"]],
        "corrections": lambda row: [row["wrong"], row["right"]],
    }
    for relation, (model, _columns) in ROWS.items():
        rows = content.rows.get(relation, [])
        lines = [" – ".join(filter(None, told[relation](row))) for row in rows]
        yield str(model._meta.verbose_name_plural), lines
    yield str(_("tags")), sorted(_name(names.tags, pk) for pk in content.tags)
    yield str(_("events")), sorted(_name(names.events, pk) for pk in content.events)


def _lines(name: str, value: Any, names: _Names) -> list[str]:
    if value is None or value == "":
        return []
    match name:
        case "body":
            return readable(value).split("\n")
        case "kind":
            return [str(Kind(value).label)]
        case "place_id":
            return [_name(names.places, value)]
        case "lead_image_id":
            return [_name(names.images, value)]
        case "lead_decorative":
            return [_("yes") if value else _("no")]
        case "featured_until" | "expires_at":
            return [f"{localtime(value):%d.%m.%Y %H.%M}"]
    return str(value).split("\n")


def _name(known: dict[int, str], pk: Any) -> str:
    return known.get(pk, f"#{pk}")


def readable(html: str) -> str:
    """The text of `html` with its pictures and link targets, which would else change unseen."""

    def picture(found: re.Match[str]) -> str:
        alternative = ALTERNATIVE.search(found[1])
        return f"[{_('picture')}: {alternative[1] if alternative else ''}]"

    return plain(LINK.sub(r"\2 (\1)", PICTURE.sub(picture, html)))
