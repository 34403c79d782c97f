"""Atom 1.0 (RFC 4287) by feedgen."""

from functools import lru_cache

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem
from lxml import etree

from news.syndication.feed import MOST_HEADS, MOST_WRITTEN, Feed, cut_out, put_in, written_each
from news.syndication.item import Item
from news.syndication.rss import MEDIA, media, styled

# As for RSS: the specific type would show people the source.
TYPE = "application/xml; charset=utf-8"


class FeedParts(BaseExtension):
    def extend_ns(self) -> dict[str, str]:
        return {"media": MEDIA[1:-1]}


class EntryParts(BaseEntryExtension):
    """The picture: feedgen drops what a link in an entry is for, and an enclosure would read as a page."""

    item: Item

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        if picture := self.item.picture:
            length = str(picture.length)
            xml_elem("link", entry, href=picture.url, rel="enclosure", type=picture.type, length=length)
            media(picture, entry)
        return entry


def render(feed: Feed, self_url: str) -> bytes:
    return put_in(document_of(feed.head, self_url), written_each(feed, written), b"feed")


@lru_cache(maxsize=MOST_HEADS)
def document_of(head: Feed, self_url: str) -> bytes:
    document = empty()
    document.id(self_url)
    document.title(head.title)
    document.subtitle(head.description)
    document.language(head.language)
    document.author(name=head.publisher)
    document.generator("cityportal")
    document.icon(head.logo)
    document.updated(head.modified_at)
    document.link(href=self_url, rel="self", type="application/atom+xml")
    if head.hub:
        document.link(href=head.hub, rel="hub")
    document.link(href=head.page_url, rel="alternate", type="text/html", hreflang=head.language)
    return styled(document.atom_str(), head.stylesheet)


def empty() -> FeedGenerator:
    document = FeedGenerator()
    document.register_extension("parts", FeedParts)
    return document


@lru_cache(maxsize=MOST_WRITTEN)
def written(item: Item) -> bytes:
    """The item's part of a document, the same in each that holds it."""
    alone = empty()
    alone.id("-")
    alone.title("-")
    alone.add_entry(entry_of(item))
    return cut_out(alone.atom_str(), b"entry")


def entry_of(item: Item) -> FeedEntry:
    entry = FeedEntry()
    entry.register_extension("parts", EntryParts, rss=False)
    entry.parts.item = item
    entry.id(item.guid)
    entry.title(item.title)
    # Without a `rel`, and so the page itself, whatever feedgen makes of it.
    entry.link(href=item.url)
    entry.published(item.published_at)
    entry.updated(item.updated_at)
    full = item.full_text()
    # One of the two has to be there.
    if summary := item.summary or ("" if full else item.title):
        entry.summary(summary)
    if full:
        entry.content(full, type="html")
    if item.author:
        entry.author(name=item.author)
    for category in item.categories:
        entry.category(term=category, label=category)
    return entry
