"""What the W3C's feed validator and the JSON Feed specification ask of a feed, as faults in words.

From RSS 2.0 and the RSS Advisory Board's profile, RFC 4287, Media RSS, and JSON Feed 1.1.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
MEDIA = "{http://search.yahoo.com/mrss/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RFC822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d ([+-]\d{4}|GMT)")
MIME = re.compile(r"[\w.+-]+/[\w.+-]+(; ?[\w-]+=[\w.+-]+)?")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
#: What a reader may take for markup where plain text is meant.
MARKUP = re.compile(
    r"</?(a|b|i|p|u|s|br|em|strong|div|span|img|ul|ol|li|h[1-6]|script|table|tr|td|cite|code)\b[^>]*>"
    r"|&(#\d+|[a-z]+);"
)
#: Control characters of Latin-1, and the sign of a lost letter.
LOST = re.compile("[\x80-\x9f\ufffd]")
UNSAFE = {"script", "style", "iframe", "object", "embed", "form", "input", "meta", "link", "base", "frame"}
RELATIONS = {"alternate", "self", "hub", "enclosure", "related", "via", "next", "previous", "first", "last"}
MEDIUMS = {"image", "audio", "video", "document", "executable"}
ROLES = {"photographer", "author", "artist", "producer", "illustrator"}


def rss(content: bytes, address: str) -> list[str]:
    return list(_rss(content, address))


def atom(content: bytes, address: str) -> list[str]:
    return list(_atom(content, address))


def json_feed(content: bytes, address: str) -> list[str]:
    return list(_json_feed(content, address))


def _rss(content: bytes, address: str) -> Iterator[str]:
    root = etree.fromstring(content)
    if (root.tag, root.get("version")) != ("rss", "2.0"):
        yield "the root is not rss 2.0"
    if LOST.search(content.decode()):
        yield "a lost letter"
    (channel,) = root
    names = [child.tag for child in channel]
    yield from _once(names, {"title", "link", "description", "language", "lastBuildDate"}, "channel")
    yield from _at_most_once(names, {"item", "category", f"{ATOM}link"}, "channel")
    if "item" in names and set(names[names.index("item") :]) != {"item"}:
        yield "channel: something stands after the first item"
    yield from _absolute(channel.findtext("link"), "channel link")
    yield from _plain(channel.findtext("title"), "channel title")
    yield from _plain(channel.findtext("description"), "channel description")
    yield from _rfc822(channel.findtext("lastBuildDate"), "lastBuildDate")
    if not LANGUAGE.fullmatch(channel.findtext("language") or ""):
        yield "channel: no language"
    own = [link.get("href") for link in channel.iter(f"{ATOM}link") if link.get("rel") == "self"]
    if own != [address]:
        yield f"channel: atom:link self is {own} and not {address}"
    for link in channel.findall(f"{ATOM}link"):
        yield from _link(link, "channel")
    items = channel.findall("item")
    yield from _unique([item.findtext("guid") for item in items], "guid")
    for item in items:
        yield from _rss_item(item)


def _rss_item(item: etree._Element) -> Iterator[str]:
    names = [child.tag for child in item]
    what = f"item {item.findtext('guid')}"
    yield from _once(names, {"title", "link", "guid", "pubDate", "description"}, what)
    yield from _at_most_once(names, {"category", CREATOR, f"{MEDIA}content"}, what)
    yield from _plain(item.findtext("title"), f"{what} title")
    yield from _absolute(item.findtext("link"), f"{what} link")
    yield from _rfc822(item.findtext("pubDate"), f"{what} pubDate")
    yield from _safe(item.findtext("description"), f"{what} description")
    if "author" in names and CREATOR in names:
        yield f"{what}: author and dc:creator say the same"
    if CONTENT in names:
        if names.index("description") > names.index(CONTENT):
            yield f"{what}: the content stands before the description"
        yield from _safe(item.findtext(CONTENT), f"{what} content")
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink", "true") == "true":
        if not _is_absolute(guid.text):
            yield f"{what}: guid is called a link and is none"
    elif guid is not None and (guid.get("isPermaLink") != "false" or len(guid.text or "") < 9):
        yield f"{what}: guid is not opaque"
    if any(not (category.text or "").strip() for category in item.findall("category")):
        yield f"{what}: a category without a name"
    if (updated := item.findtext(f"{ATOM}updated")) is not None:
        yield from _rfc3339(updated, f"{what} updated")
    for enclosure in item.findall("enclosure"):
        yield from _attached(enclosure.get("url"), enclosure.get("type"), enclosure.get("length"), what)
    yield from _media(item, what)


def _atom(content: bytes, address: str) -> Iterator[str]:
    feed = etree.fromstring(content)
    if feed.tag != f"{ATOM}feed":
        yield "the root is not an Atom feed"
    if LOST.search(content.decode()):
        yield "a lost letter"
    names = [child.tag.removeprefix(ATOM) for child in feed]
    yield from _once(names, {"id", "title", "updated"}, "feed")
    yield from _at_most_once(names, {"entry", "link", "author", "category", "contributor"}, "feed")
    if "entry" in names and set(names[names.index("entry") :]) != {"entry"}:
        yield "feed: something stands after the first entry"
    if not LANGUAGE.fullmatch(feed.get(LANG, "")):
        yield "feed: no xml:lang"
    yield from _absolute(feed.findtext(f"{ATOM}id"), "feed id")
    yield from _rfc3339(feed.findtext(f"{ATOM}updated"), "feed updated")
    yield from _texts(feed, ("title", "subtitle"), "feed")
    links = feed.findall(f"{ATOM}link")
    if [link.get("href") for link in links if link.get("rel") == "self"] != [address]:
        yield f"feed: self is not {address}"
    yield from _unique([_kind_of(link) for link in links], "feed link")
    for link in links:
        yield from _link(link, "feed")
    entries = feed.findall(f"{ATOM}entry")
    yield from _unique([entry.findtext(f"{ATOM}id") for entry in entries], "entry id")
    has_author = "author" in names
    for entry in entries:
        yield from _atom_entry(entry, has_author)
    for author in feed.iter(f"{ATOM}author"):
        if not (author.findtext(f"{ATOM}name") or "").strip():
            yield "an author without a name"


def _atom_entry(entry: etree._Element, feed_has_author: bool) -> Iterator[str]:
    names = [child.tag.removeprefix(ATOM) for child in entry]
    what = f"entry {entry.findtext(f'{ATOM}id')}"
    yield from _once(names, {"id", "title", "updated"}, what)
    yield from _at_most_once(names, {"link", "author", "category", "contributor", f"{MEDIA}content"}, what)
    if not feed_has_author and "author" not in names:
        yield f"{what}: no author"
    if not urlsplit(entry.findtext(f"{ATOM}id") or "").scheme:
        yield f"{what}: the id is no URI"
    yield from _rfc3339(entry.findtext(f"{ATOM}updated"), f"{what} updated")
    if "published" in names:
        yield from _rfc3339(entry.findtext(f"{ATOM}published"), f"{what} published")
    yield from _texts(entry, ("title", "summary", "content"), what)
    links = entry.findall(f"{ATOM}link")
    alternates = [_kind_of(link)[1:] for link in links if link.get("rel", "alternate") == "alternate"]
    yield from _unique(alternates, f"{what} alternate link")
    if not alternates:
        yield f"{what}: no page"
    if "content" not in names and "summary" not in names:
        yield f"{what}: neither content nor summary"
    for link in links:
        yield from _link(link, what)
    if any(not category.get("term") for category in entry.findall(f"{ATOM}category")):
        yield f"{what}: a category without a term"
    yield from _media(entry, what)


def _texts(parent: etree._Element, names: Iterable[str], what: str) -> Iterator[str]:
    for name in names:
        for text in parent.findall(f"{ATOM}{name}"):
            kind = text.get("type", "text")
            if kind not in ("text", "html"):
                yield f"{what} {name}: type {kind}"
            elif len(text):
                yield f"{what} {name}: elements where text is meant"
            elif not (text.text or "").strip():
                yield f"{what} {name}: blank"
            else:
                yield from (_plain if kind == "text" else _safe)(text.text, f"{what} {name}")


def _json_feed(content: bytes, address: str) -> Iterator[str]:
    feed = json.loads(content)
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "not JSON Feed 1.1"
    if feed.get("feed_url") != address:
        yield f"feed_url is not {address}"
    if not feed.get("title") or not LANGUAGE.fullmatch(feed.get("language", "")):
        yield "no title or no language"
    for name in ("home_page_url", "icon"):
        yield from _absolute(feed.get(name), name)
    yield from _empty(feed, "feed")
    if any(hub.keys() != {"type", "url"} for hub in feed.get("hubs", [])):
        yield "a hub without type or url"
    yield from _unique([item["id"] for item in feed["items"]], "id")
    for item in feed["items"]:
        what = f"item {item['id']}"
        if not isinstance(item["id"], str):
            yield f"{what}: the id is no text"
        if not ("content_html" in item or "content_text" in item):
            yield f"{what}: no content"
        yield from _absolute(item.get("url"), what)
        yield from _safe(item.get("content_html", ""), what)
        for name in ("date_published", "date_modified"):
            if name in item:
                yield from _rfc3339(item[name], f"{what} {name}")
        yield from _empty(item, what)
        for author in item.get("authors", []):
            if not author.keys() & {"name", "url", "avatar"}:
                yield f"{what}: an author who says nothing"
        for one in item.get("attachments", []):
            yield from _attached(one.get("url"), one.get("mime_type"), one.get("size_in_bytes"), what)


def _empty(values: dict, what: str) -> Iterator[str]:
    for name, value in values.items():
        if value in ("", [], None) and name != "items":
            yield f"{what}: {name} is there and says nothing"


def _media(parent: etree._Element, what: str) -> Iterator[str]:
    for media in parent.findall(f"{MEDIA}content"):
        yield from _absolute(media.get("url"), f"{what} media")
        if media.get("medium") not in MEDIUMS or not MIME.fullmatch(media.get("type") or ""):
            yield f"{what}: media of no known kind"
        for name in ("fileSize", "width", "height"):
            if not (media.get(name) or "").isdecimal() or int(media.get(name) or 0) < 1:
                yield f"{what}: media {name} is no number"
        for name in ("title", "description"):
            for text in media.findall(f"{MEDIA}{name}"):
                yield from _plain(text.text, f"{what} media {name}")
        if any(credit.get("role") not in ROLES for credit in media.findall(f"{MEDIA}credit")):
            yield f"{what}: a credit for no known role"


def _link(link: etree._Element, what: str) -> Iterator[str]:
    yield from _absolute(link.get("href"), f"{what} link")
    if link.get("rel", "alternate") not in RELATIONS:
        yield f"{what}: a link of no known relation"
    if link.get("type") is not None and not MIME.fullmatch(link.get("type")):
        yield f"{what}: a link of no known type"
    if link.get("rel") == "self" and link.get("type") not in ("application/rss+xml", "application/atom+xml"):
        yield f"{what}: self is not a feed"
    if link.get("length") is not None and not link.get("length").isdecimal():
        yield f"{what}: a link of no known length"
    if len(link) or (link.text or "").strip():
        yield f"{what}: a link is not empty"


def _kind_of(link: etree._Element) -> tuple[str, str, str]:
    return link.get("rel", "alternate"), link.get("type", ""), link.get("hreflang", "")


def _attached(url: str | None, kind: str | None, length: object, what: str) -> Iterator[str]:
    yield from _absolute(url, f"{what} enclosure")
    if not MIME.fullmatch(kind or ""):
        yield f"{what}: an enclosure of no known type"
    if not str(length).isdecimal() or int(str(length)) < 1:
        yield f"{what}: an enclosure of no known length"


def _once(names: list[str], wanted: set[str], what: str) -> Iterator[str]:
    for name in sorted(wanted):
        if names.count(name) != 1:
            yield f"{what}: {name} {names.count(name)} times"


def _at_most_once(names: list[str], many: set[str], what: str) -> Iterator[str]:
    for name, number in Counter(names).items():
        if number > 1 and name not in many:
            yield f"{what}: {name} {number} times"


def _unique(values: list, what: str) -> Iterator[str]:
    for value, number in Counter(values).items():
        if number > 1:
            yield f"{what} {value} {number} times"


def _is_absolute(url: str | None) -> bool:
    parts = urlsplit(url or "")
    return (
        parts.scheme in ("http", "https")
        and bool(parts.netloc)
        and (url or "").isascii()
        and " " not in (url or "")
    )


def _absolute(url: str | None, what: str) -> Iterator[str]:
    if not _is_absolute(url):
        yield f"{what}: {url!r} is no absolute address"


def _plain(text: str | None, what: str) -> Iterator[str]:
    if not (text or "").strip():
        yield f"{what}: blank"
    elif MARKUP.search(text or ""):
        yield f"{what}: markup where plain text is meant"


def _safe(markup: str | None, what: str) -> Iterator[str]:
    for element in html.fragment_fromstring(markup or "", create_parent="div").iter(etree.Element):
        if element.tag in UNSAFE:
            yield f"{what}: {element.tag}"
        for name, value in element.attrib.items():
            if name.startswith("on") or name == "style":
                yield f"{what}: attribute {name}"
            if name in ("href", "src", "poster", "cite") and not value.startswith(("mailto:", "tel:")):
                yield from _absolute(value, f"{what} {name}")


def _rfc822(text: str | None, what: str) -> Iterator[str]:
    if not RFC822.fullmatch(text or ""):
        yield f"{what}: {text!r} is no date of RFC 822"
    elif f"{parsedate_to_datetime(text or ''):%a}" != (text or "")[:3]:
        yield f"{what}: {text!r} names another weekday"


def _rfc3339(text: str | None, what: str) -> Iterator[str]:
    if not RFC3339.fullmatch(text or ""):
        yield f"{what}: {text!r} is no date of RFC 3339"
    elif datetime.fromisoformat(text or "").year < 1990:
        yield f"{what}: {text!r} is before all feeds"
