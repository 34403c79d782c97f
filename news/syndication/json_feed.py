"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from news.syndication.feed import Feed, Item

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
        "items": [item_of(item, feed.language) for item in feed.items],
    }
    return json.dumps(filled_only(document), ensure_ascii=False, separators=(",", ":")).encode()


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
    return {name: value for name, value in values.items() if value not in ("", []) or name == "items"}
