"""What a feed says, before it is written as RSS, Atom or JSON: the same items in every form."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import Any, TypeVar

from django.db.models import DateTimeField, QuerySet, prefetch_related_objects
from django.templatetags.static import static
from django.utils.http import quote_etag

from news.models import Article, prepared
from news.page_cache import Fragments
from news.syndication.item import FAULTS, Item, notice
from news.syndication.source import Source, sources

logger = logging.getLogger(__name__)

#: The newest LEAST articles, and all of the last fortnight, so that a weekly reader misses none, up to MOST.
LEAST = 50
FORTNIGHT = timedelta(days=14)
MOST = 200
#: Characters of full text in one feed, which stays within a megabyte: what comes after carries its summary.
ROOM = 600_000
#: Items whose written form is remembered: that of the feeds that everybody reads, in both languages.
MOST_WRITTEN = 500
#: When a feed that has nothing to say last changed.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


Written = TypeVar("Written")
#: Id, time of publication, and when the row was made.
Row = tuple[int, datetime, datetime]


@dataclass(frozen=True)
class Feed:
    """`page_url` is the page for people with the same list; `modified_at` also moves with what left it."""

    language: str
    title: str
    description: str
    page_url: str
    publisher: str
    logo: str
    items: tuple[Item, ...] = ()
    modified_at: datetime = NEVER
    stylesheet: str = field(default_factory=lambda: static("css/feed.css"))
    hub: str = ""

    @property
    def updated_at(self) -> datetime:
        return max((item.updated_at for item in self.items), default=NEVER)

    def etag(self, form: str) -> str:
        """Made from everything that is written, so that an unchanged feed is known before it is written."""
        head = replace(self, items=())
        return quote_etag(digest("".join([form, repr(head), *map(_digest_of, self.items)]).encode()))


def digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=12).hexdigest()


@lru_cache(maxsize=MOST_WRITTEN)
def _digest_of(item: Item) -> str:
    return digest(repr(item).encode())


def filled(
    feed: Feed,
    newest: Callable[[int], Iterable[Row]],
    withdrawn: Callable[..., Iterable[Any]],
    now: datetime,
    shared: Fragments | None = None,
) -> Feed:
    """`feed` with the `newest`, asked for by their number, and what must be said of those withdrawn, asked
    for by the time of its `oldest`.

    What a feed says of an article is made once for the feeds of a generation, which are `shared`.
    """
    shared = shared or Fragments()
    rows = list(newest(LEAST))
    if len(rows) == LEAST and (rows[-1][1] > now - FORTNIGHT or any(is_dated_back(row) for row in rows)):
        rows = list(newest(MOST))
    kept = {
        pk: at
        for number, (pk, at, _created) in enumerate(without_imports(rows))
        if number < LEAST or at > now - FORTNIGHT
    }
    oldest = min(kept.values()) if len(kept) >= LEAST else NEVER
    gone = list(withdrawn(oldest=oldest))
    found = told(kept, now, shared)
    corrected = [row for row in gone if row.is_corrected]
    prefetch_related_objects(corrected, "corrections")
    found += [tell(row, partial(notice, row)) for row in corrected]
    found.sort(key=lambda one: one.position, reverse=True)
    moments = [one.touched_at for one in found] + [row.touched_at for row in gone]
    moments += [row.withdrawn_at for row in gone if row.withdrawn_at]
    moments += [one.position[0] for one in found]
    moments += last_expiry(feed.language, now, shared)
    return replace(feed, items=tuple(items(found)), modified_at=max(moments, default=NEVER))


def last_expiry(language: str, now: datetime, shared: Fragments) -> list[datetime]:
    return shared.keep(("expired", language), lambda: [at for at in _expired(language, now=now) if at])


@prepared(now=DateTimeField())
def _expired(language: str, *, now: Any) -> QuerySet[Article, datetime | None]:
    rows = Article.objects.expired(now).in_language(language).order_by("-expires_at")
    return rows.values_list("expires_at", flat=True)[:1]


@dataclass(frozen=True)
class Told:
    """An article as feeds need it; `item` is None where one odd row cannot be told."""

    position: tuple[datetime, int]
    touched_at: datetime
    item: Item | None


def told(pks: Iterable[int], now: datetime, shared: Fragments) -> list[Told]:
    known = {pk: shared.found.get(("told", pk)) for pk in pks}
    missing = [pk for pk, one in known.items() if one is None]
    for source in sources(missing, now) if missing else ():
        known[source.pk] = shared.keep(("told", source.pk), partial(tell, source, partial(_item_of, source)))
    return [one for one in known.values() if one]


# An item that could not be made is not remembered, and is tried again.
@lru_cache(maxsize=MOST_WRITTEN)
def _item_of(source: Source) -> Item:
    return source.item()


def tell(row: Source | Article, make: Callable[[], Item]) -> Told:
    try:
        item = make()
    except FAULTS:
        logger.exception("Article %s cannot be told in a feed and was left out.", row.pk)
        item = None
    return Told((row.published_at or NEVER, row.pk), row.touched_at, item)


def without_imports(rows: list[Row]) -> list[Row]:
    """Without what was dated back and came after this list's own news: readers would get an archive as news.

    An archive that was there when the list's news began stays, so that a new site has a feed.
    """
    own = [row for row in rows if not is_dated_back(row)]
    began = min((created_at for _pk, _at, created_at in own), default=None)
    return [
        row for row in rows if not is_dated_back(row) or began is None or row[2] < began + timedelta(days=1)
    ]


def is_dated_back(row: Row) -> bool:
    _pk, published_at, created_at = row
    return created_at - published_at > FORTNIGHT


def items(found: Iterable[Told]) -> list[Item]:
    room = ROOM
    shown = []
    for one in found:
        if one.item:
            room -= len(one.item.html)
            shown.append(one.item if room > 0 else _shortened(one.item))
    return shown


@lru_cache(maxsize=MOST_WRITTEN)
def _shortened(item: Item) -> Item:
    return replace(item, html="")


def written_each(feed: Feed, write: Callable[[Item], Written]) -> Iterator[Written]:
    """Every item in one of the forms, but those that cannot be written in it."""
    for item in feed.items:
        try:
            yield write(item)
        except FAULTS:
            logger.exception("%s cannot be written and was left out.", item.guid)


def cut_out(document: bytes, element: bytes) -> bytes:
    """The one entry of a document, which the document's own declarations of namespaces go on to serve."""
    opening, closing = b"<%s>" % element, b"</%s>" % element
    return document[document.index(opening) : document.rindex(closing)] + closing


def put_in(document: bytes, entries: Iterable[bytes], element: bytes) -> bytes:
    """`document` with `entries` at the end of its `element`."""
    end = document.rindex(b"</%s>" % element)
    return b"".join([document[:end], *entries, document[end:]])
