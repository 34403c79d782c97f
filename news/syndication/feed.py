"""What a feed says, before it is written as RSS, Atom or JSON: the same items in every form."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeVar

from django.db.models import DateTimeField, QuerySet, prefetch_related_objects
from django.utils.http import quote_etag

from news.models import Article, prepared
from news.page_cache import Fragments
from news.syndication.item import FAULTS, Item, notice
from news.syndication.source import CREATED, PUBLISHED, Row, Source, sources

logger = logging.getLogger(__name__)

#: The newest LEAST articles, and all of the last fortnight, so that a weekly reader misses none, up to MOST.
LEAST = 50
FORTNIGHT = timedelta(days=14)
MOST = 200
#: Characters of full text in one feed, which stays within a megabyte: what comes after carries its summary.
ROOM = 600_000
#: Items whose written form is remembered: that of the feeds that everybody reads, in both languages.
MOST_WRITTEN = 500
#: The same of feeds without their items.
MOST_HEADS = 100
#: When a feed that has nothing to say last changed.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


Written = TypeVar("Written")
Said = TypeVar("Said", Source, Article)


class Feed(NamedTuple):
    """`page_url` is the page for people with the same list; `modified_at` also moves with what left it."""

    language: str
    title: str
    description: str
    page_url: str
    publisher: str
    logo: str
    stylesheet: str
    hub: str = ""
    items: tuple[Item, ...] = ()
    modified_at: datetime = NEVER

    @property
    def updated_at(self) -> datetime:
        return max((item.updated_at for item in self.items), default=NEVER)

    @property
    def head(self) -> "Feed":
        """All that is said of the feed itself."""
        return self._replace(items=(), modified_at=self.updated_at)

    def etag(self, form: str) -> str:
        """Made from everything that is written, so that an unchanged feed is known before it is written."""
        head = self._replace(items=())
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
    rows, recent = list(newest(LEAST)), now - FORTNIGHT
    if len(rows) == LEAST and (rows[-1][PUBLISHED] > recent or any(map(is_dated_back, rows))):
        rows = list(newest(MOST))
    kept = [
        row for number, row in enumerate(without_imports(rows)) if number < LEAST or row[PUBLISHED] > recent
    ]
    oldest = min(row[PUBLISHED] for row in kept) if len(kept) >= LEAST else NEVER
    gone = list(withdrawn(oldest=oldest))
    found = told(kept, now, shared)
    corrected = [row for row in gone if row.is_corrected]
    prefetch_related_objects(corrected, "corrections")
    found += [tell(row, _withdrawn) for row in corrected]
    found.sort(key=lambda one: one.position, reverse=True)
    moments = [one.touched_at for one in found] + [row.touched_at for row in gone]
    moments += [row.withdrawn_at for row in gone if row.withdrawn_at]
    moments += [one.position[0] for one in found]
    moments += last_expiry(feed.language, now, shared)
    return feed._replace(items=tuple(items(found)), modified_at=max(moments, default=NEVER))


def last_expiry(language: str, now: datetime, shared: Fragments) -> list[datetime]:
    return shared.keep(("expired", language), lambda: [at for at in _expired(language, now=now) if at])


@prepared(now=DateTimeField())
def _expired(language: str, *, now: Any) -> QuerySet[Article, datetime | None]:
    rows = Article.objects.expired(now).in_language(language).order_by("-expires_at")
    return rows.values_list("expires_at", flat=True)[:1]


class Told(NamedTuple):
    """An article as feeds need it; `item` is None where one odd row cannot be told."""

    position: tuple[datetime, int]
    touched_at: datetime
    item: Item | None


def told(rows: list[Row], now: datetime, shared: Fragments) -> list[Told]:
    known = {row[0]: shared.found.get(("told", row[0])) for row in rows}
    missing = [row for row in rows if known[row[0]] is None]
    for source in sources(missing, now) if missing else ():
        known[source.pk] = shared.keep(("told", source.pk), partial(tell, source, _told))
    return [one for one in known.values() if one]


def tell(row: Said, say: Callable[[Said], Told]) -> Told:
    try:
        return say(row)
    except FAULTS:
        logger.exception("Article %s cannot be told in a feed and was left out.", row.pk)
        return _said(row, None)


# What could not be told is not remembered, and is tried again.
@lru_cache(maxsize=MOST_WRITTEN)
def _told(source: Source) -> Told:
    return _said(source, source.item())


def _withdrawn(article: Article) -> Told:
    return _said(article, notice(article))


def _said(row: Source | Article, item: Item | None) -> Told:
    return Told((row.published_at or NEVER, row.pk), row.touched_at, item)


def without_imports(rows: list[Row]) -> list[Row]:
    """Without what was dated back and came after this list's own news: readers would get an archive as news.

    An archive that was there when the list's news began stays, so that a new site has a feed.
    """
    own = [row for row in rows if not is_dated_back(row)]
    if not own:
        return rows
    first_day = min(row[CREATED] for row in own) + timedelta(days=1)
    return [row for row in rows if not is_dated_back(row) or row[CREATED] < first_day]


def is_dated_back(row: Row) -> bool:
    return row[CREATED] - row[PUBLISHED] > FORTNIGHT


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
