from __future__ import annotations

from news.models import Tag

from .content import Entry, read, words
from .noun import Known, Noun, saved


def find(entry: Entry) -> Tag | None:
    return Tag.objects.named(entry["name"]["tr"]).first()


def make(known: Known, entry: Entry) -> Tag:
    tag = Tag(
        is_topic=entry.get("topic", False),
        in_focus=entry.get("focus", False),
        **words(
            name=entry["name"], description=entry.get("description"), responsible=entry.get("responsible")
        ),
    )
    return saved(tag)


TAGS = Noun("tags", lambda: read("tags")["tag"], find, make, searched=True)
