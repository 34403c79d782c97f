"""What a feed says, before it is written as RSS, Atom or JSON: the same items in every form."""

import hashlib
import logging
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db.models import DateTimeField, Prefetch, QuerySet
from django.templatetags.static import static
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.http import quote_etag
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news import richtext, text
from news.models import Article, ArticleQuerySet, ArticleTag, Image, State, facts_of, prepared
from news.page_cache import Fragments
from news.publishing import body_links
from news.publishing.body_links import Leads

logger = logging.getLogger(__name__)

#: The newest LEAST articles, and all of the last fortnight, so that a weekly reader misses none, up to MOST.
LEAST = 50
FORTNIGHT = timedelta(days=14)
MOST = 200
#: Characters of full text in one feed, which stays within a megabyte: what comes after carries its summary.
ROOM = 600_000
#: Items whose written form is remembered: that of the feeds that everybody reads, in both languages.
MOST_WRITTEN = 300
#: When a feed that has nothing to say last changed.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
#: What one odd row can raise. It costs that row its place, never the feed.
FAULTS = (ValueError, TypeError, OverflowError, LookupError, OSError, NoReverseMatch, SuspiciousOperation)


Written = TypeVar("Written")
#: Id, time of publication, and when the row was made.
Row = tuple[int, datetime, datetime]


@dataclass(frozen=True)
class Picture:
    """`length` is in bytes."""

    url: str
    type: str
    length: int
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Item:
    """`html` may hold addresses without a host; `full_text` makes them absolute."""

    guid: str
    title: str
    url: str
    summary: str
    html: str
    published_at: datetime
    updated_at: datetime
    author: str = ""
    categories: tuple[str, ...] = ()
    picture: Picture | None = None

    def full_text(self) -> str:
        return text.visible(richtext.absolute(self.html, settings.SITE_URL)) if self.html else ""


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


def absolute(path: str) -> str:
    return path if path.startswith(("https://", "http://")) else settings.SITE_URL + path


def filled(
    feed: Feed,
    public: Iterable[Row],
    withdrawn: Callable[..., Iterable[Article]],
    now: datetime,
    shared: Fragments | None = None,
) -> Feed:
    """`feed` with the newest of `public` (MOST of them) and what must be said of those withdrawn, asked for
    by the time of its `oldest`.

    What a feed says of an article is made once for the feeds of a generation, which are `shared`.
    """
    shared = shared or Fragments()
    rows = without_imports(list(public))
    kept = {
        pk: at for number, (pk, at, _created) in enumerate(rows) if number < LEAST or at > now - FORTNIGHT
    }
    oldest = min(kept.values()) if len(kept) >= LEAST else NEVER
    gone = list(withdrawn(oldest=oldest))
    found = [*told(kept, now, shared), *(tell(row) for row in gone if row.corrections.all())]
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
    if missing:
        rows = Article.objects.public(now, by_key=True).filter(pk__in=missing).order_by("pk")
        found = list(with_all(rows))
        leads = body_links.public_in(row.body for row in found)
        for row in found:
            known[row.pk] = shared.keep(("told", row.pk), partial(tell, row, leads))
    return [one for one in known.values() if one]


def tell(article: Article, leads: Leads | None = None) -> Told:
    try:
        item = notice(article) if article.state == State.WITHDRAWN else _item_of(Known.of(article, leads))
    except FAULTS:
        logger.exception("Article %s cannot be told in a feed and was left out.", article.pk)
        item = None
    return Told((article.published_at or article.created_at, article.pk), article.touched_at, item)


@dataclass(frozen=True)
class Known:
    """An article, known by all that it says, in the language it is told in."""

    language: str | None
    facts: Hashable
    article: Article = field(compare=False)
    leads: Leads | None = field(compare=False)

    @classmethod
    def of(cls, article: Article, leads: Leads | None) -> "Known":
        led = body_links.resolved(article.body, article.language, leads)
        return cls(get_language(), (facts_of(article), led), article, leads)


@lru_cache(maxsize=MOST_WRITTEN)
def _item_of(known: Known) -> Item:
    return item_of(known.article, known.leads)


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


def with_all(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Everything that an item says, in a number of queries that does not depend on how many there are."""
    tags = Prefetch("article_tags", ArticleTag.objects.select_related("tag").order_by("pk"))
    return articles.select_related("lead_image").prefetch_related(tags, "corrections").defer("folded")


def items(found: Iterable[Told]) -> list[Item]:
    room = ROOM
    shown = []
    for one in found:
        if one.item:
            room -= len(one.item.html)
            shown.append(one.item if room > 0 else replace(one.item, html=""))
    return shown


def item_of(article: Article, leads: Leads | None = None) -> Item:
    labels = [getattr(link.tag, f"name_{article.language}") for link in article.article_tags.all()]
    picture = picture_of(article.lead_image, article) if article.lead_image else None
    body = body_links.resolved(article.body, article.language, leads)
    return Item(
        guid=article.guid.urn,
        title=text.clean_line(article.title),
        url=absolute(article.get_absolute_url()),
        summary=text.clean_text(article.summary) or text.excerpt(text.plain(article.body), 300),
        html="".join([figure(picture), body, corrections(article)]),
        published_at=moment(article.published_at),
        updated_at=moment(article.updated_at() or article.published_at),
        author=text.clean_line(article.byline),
        categories=tuple(text.clean_line(label) for label in (article.get_kind_display(), *labels) if label),
        picture=picture,
    )


def moment(value: datetime | None) -> datetime:
    """With the city's offset, and without the fractions of a second that some readers stumble over."""
    if value is None:
        raise ValueError("what is told in a feed has its time")
    return timezone.localtime(value).replace(microsecond=0)


def notice(article: Article) -> Item:
    """What stays of a withdrawn article that had been corrected: its identity, and nothing of its text."""
    words = _("This story was withdrawn.")
    reason = format_html("<p>{}</p><p>{}</p>", words, article.withdrawn_reason)
    return Item(
        guid=article.guid.urn,
        title=_("Withdrawn: %(title)s") % {"title": text.clean_line(article.title)},
        url=absolute(article.get_absolute_url()),
        summary=text.clean_text(article.withdrawn_reason) or words,
        html=reason + corrections(article),
        published_at=moment(article.published_at),
        updated_at=moment(article.withdrawn_at),
    )


def picture_of(image: Image, article: Article) -> Picture | None:
    """The lead picture as it is made for sharing; where no length is stored, its file has to be there."""
    try:
        made = image.rendition("share")
        length = (image.share_length if image.ready else 0) or image.file.storage.size(made.name)
    except FAULTS:
        logger.exception("The file of picture %s cannot be read; its article is told without it.", image.pk)
        return None
    return Picture(
        url=absolute(made.url),
        type=made.type,
        length=length,
        width=made.width,
        height=made.height,
        alt=text.clean_line(article.lead_alt),
        caption=text.clean_line(article.lead_caption),
        credit=text.clean_line(image.credit),
    )


def figure(picture: Picture | None) -> SafeString:
    """The picture within the text, with its credit: many readers show nothing else of it."""
    if picture is None:
        return mark_safe("")
    credit = _("Picture: %(credit)s") % {"credit": picture.credit} if picture.credit else ""
    words = " ".join(filter(None, [picture.caption, credit]))
    return format_html(
        '<figure><img src="{}" alt="{}" width="{}" height="{}">{}</figure>',
        picture.url,
        picture.alt,
        picture.width,
        picture.height,
        format_html("<figcaption>{}</figcaption>", words) if words else "",
    )


def corrections(article: Article) -> SafeString:
    return format_html_join(
        "",
        "<h2>{}</h2><p>{}</p><p>{}</p>",
        (
            (
                _("Correction, %(day)s") % {"day": format_date(moment(correction.corrected_at), "j F Y")},
                _("What we wrote: %(text)s") % {"text": text.clean_text(correction.wrong)},
                _("What is right: %(text)s") % {"text": text.clean_text(correction.right)},
            )
            for correction in article.corrections.all()
        ),
    )


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
    return document[:end] + b"".join(entries) + document[end:]
