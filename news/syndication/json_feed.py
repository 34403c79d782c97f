"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from functools import lru_cache, partial
from typing import Any

from news.syndication.feed import MOST_WRITTEN, Feed, written_each
from news.syndication.item import Item

TYPE = "application/feed+json; charset=utf-8"


def render(feed: Feed, self_url: str) -> bytes:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": self_url,
        "description": feed.description,
        "icon": feed.logo,
        "authors": [{"name": feed.publisher}],
        "language": feed.language,
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
    }
    head = dumped(filled_only(document)).removesuffix("}")
    items = ",".join(written_each(feed, partial(written, language=feed.language)))
    return f'{head},"items":[{items}]}}'.encode()


@lru_cache(maxsize=MOST_WRITTEN)
def written(item: Item, language: str) -> str:
    return dumped(item_of(item, language))


def dumped(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def item_of(item: Item, language: str) -> dict[str, Any]:
    full = item.full_text()
    written = {
        "id": item.guid,
        "url": item.url,
        "title": item.title,
        "content_html": full,
        # One of the two contents has to be there.
        "content_text": "" if full else item.summary or item.title,
        "summary": item.summary,
        "date_published": item.published_at.isoformat(),
        "date_modified": item.updated_at.isoformat() if item.updated_at > item.published_at else "",
        "authors": [{"name": item.author}] if item.author else [],
        "tags": list(item.categories),
        "language": language,
    }
    if picture := item.picture:
        written["image"] = picture.url
        attached = {"url": picture.url, "mime_type": picture.type, "title": picture.alt}
        written["attachments"] = [filled_only(attached) | {"size_in_bytes": picture.length}]
    return filled_only(written)


def filled_only(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", [])}
