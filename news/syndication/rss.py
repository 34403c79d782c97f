"""RSS 2.0 by feedgen, with Dublin Core, Media RSS and Atom links (https://www.rssboard.org/rss-profile)."""

from email.utils import format_datetime
from functools import lru_cache

import feedgen.entry
import feedgen.feed
from django.utils.html import escape
from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem
from lxml import etree

from news.syndication.feed import MOST_HEADS, MOST_WRITTEN, Feed, cut_out, put_in, written_each
from news.syndication.item import Item, Picture

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
# Not application/rss+xml, which Chromium shows as plain text: who follows the link would get the source.
TYPE = "application/xml; charset=utf-8"

# feedgen changes the locale around each date that it writes, and the locale is the whole process's.
feedgen.entry.formatRFC2822 = feedgen.feed.formatRFC2822 = format_datetime


class ChannelParts(BaseExtension):
    """What feedgen does not write for a channel: the hub."""

    hub = ""

    def extend_ns(self) -> dict[str, str]:
        return {"dc": DC[1:-1], "media": MEDIA[1:-1]}

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        if self.hub:
            self_link = feed.find(f"channel/{ATOM}link")
            self_link.addnext(etree.Element(f"{ATOM}link", href=self.hub, rel="hub"))
        return feed


class ItemParts(BaseEntryExtension):
    """Who wrote it, when it changed, and the picture with its credit."""

    item: Item

    def extend_rss(self, entry: etree._Element) -> etree._Element:
        if self.item.author:
            xml_elem(f"{DC}creator", entry).text = self.item.author
        if self.item.updated_at > self.item.published_at:
            xml_elem(f"{ATOM}updated", entry).text = self.item.updated_at.isoformat(timespec="seconds")
        if self.item.picture:
            media(self.item.picture, entry)
        return entry


def media(picture: Picture, entry: etree._Element) -> None:
    content = xml_elem(f"{MEDIA}content", entry, url=picture.url, medium="image", type=picture.type)
    for name, number in (("fileSize", picture.length), ("width", picture.width), ("height", picture.height)):
        content.set(name, str(number))
    if picture.caption:
        xml_elem(f"{MEDIA}title", content).text = picture.caption
    if picture.alt:
        xml_elem(f"{MEDIA}description", content).text = picture.alt
    if picture.credit:
        xml_elem(f"{MEDIA}credit", content, role="photographer").text = picture.credit


def render(feed: Feed, self_url: str) -> bytes:
    return put_in(channel_of(feed.head, self_url), written_each(feed, written), b"channel")


@lru_cache(maxsize=MOST_HEADS)
def channel_of(head: Feed, self_url: str) -> bytes:
    channel = empty()
    channel.parts.hub = head.hub
    channel.title(head.title)
    channel.description(head.description)
    channel.language(head.language)
    channel.generator("cityportal")
    channel.lastBuildDate(head.modified_at)
    # Its channel link is the last one added.
    channel.link(href=self_url, rel="self", type="application/rss+xml")
    channel.link(href=head.page_url, rel="alternate")
    return styled(channel.rss_str(), head.stylesheet)


def empty() -> FeedGenerator:
    channel = FeedGenerator()
    channel.register_extension("parts", ChannelParts)
    return channel


@lru_cache(maxsize=MOST_WRITTEN)
def written(item: Item) -> bytes:
    """The item's part of a document, the same in each that holds it."""
    alone = empty()
    alone.title("-")
    alone.description("-")
    alone.link(href="-")
    alone.add_entry(entry_of(item))
    return cut_out(alone.rss_str(), b"item")


def entry_of(item: Item) -> FeedEntry:
    entry = FeedEntry()
    entry.register_extension("parts", ItemParts, atom=False)
    entry.parts.item = item
    entry.guid(item.guid, permalink=False)
    entry.title(item.title)
    entry.link(href=item.url)
    # Readers take it for HTML, whatever it holds.
    entry.description(escape(item.summary or item.title))
    if full := item.full_text():
        entry.content(full)
    entry.pubDate(item.published_at)
    for category in item.categories:
        entry.category(term=category)
    if item.picture:
        entry.enclosure(item.picture.url, str(item.picture.length), item.picture.type)
    return entry


def styled(document: bytes, stylesheet: str) -> bytes:
    """With a style sheet for people who follow the link in a browser: CSS, for browsers give up XSLT."""
    declaration, rest = document.split(b"\n", 1)
    return declaration + f'\n<?xml-stylesheet type="text/css" href="{stylesheet}"?>\n'.encode() + rest
