"""Sitemaps (https://www.sitemaps.org/protocol.html), language alternates, and Google's news sitemap."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, QuerySet
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from news import text
from news.models import Article, Event, Official, Tag
from news.syndication.item import absolute, moment

TYPE = "application/xml; charset=utf-8"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'

#: Ids in one file: read by primary key, so that the last file of a million costs what the first does.
RANGE = 10_000
#: Columns of one query; PostgreSQL takes 1,664.
LOOKS = 500
RECENT = timedelta(hours=48)
MOST_RECENT = 1000
LANGUAGES = [code for code, _name in settings.LANGUAGES]
PAGES = [
    "home",
    "articles",
    "officials",
    "events",
    "topics",
    "feeds",
    "accessibility",
    "criteria",
    "corrections",
    "site_map",
]


@dataclass(frozen=True)
class Entry:
    """`addresses` holds a path for each language in which the thing is public now; one is the entry's own."""

    language: str
    addresses: dict[str, str]
    updated_at: datetime | None = None


def urlset(entries: Iterable[Entry]) -> bytes:
    return f"{DECLARATION}<urlset {SITEMAP} {XHTML}>\n{''.join(map(written, entries))}</urlset>\n".encode()


def written(entry: Entry) -> str:
    parts = [f"<url><loc>{place(entry.addresses[entry.language])}</loc>"]
    if entry.updated_at:
        parts.append(f"<lastmod>{moment(entry.updated_at).isoformat()}</lastmod>")
    if len(entry.addresses) > 1:
        for language, path in entry.addresses.items():
            parts.append(f'<xhtml:link rel="alternate" hreflang="{language}" href="{place(path)}"/>')
    return "".join(parts) + "</url>\n"


def place(path: str) -> str:
    return escape(absolute(path))


def index(paths: Iterable[str]) -> bytes:
    files = "".join(f"<sitemap><loc>{place(path)}</loc></sitemap>\n" for path in paths)
    return f"{DECLARATION}<sitemapindex {SITEMAP}>\n{files}</sitemapindex>\n".encode()


def filled_ranges(public: QuerySet) -> list[int]:
    """The numbers of the files that have something in them, found by looks at the key, many in one query."""
    rows = public.model._default_manager.order_by("-pk")
    last = rows.values_list("pk", flat=True).first()
    if last is None:
        return []
    numbers, filled = range(last // RANGE + 1), []
    for start in range(0, len(numbers), LOOKS):
        asked = numbers[start : start + LOOKS]
        (found,) = rows.filter(pk=last).values_list(*[Exists(ranged(public, number)) for number in asked])
        filled += [number for number, is_filled in zip(asked, found, strict=True) if is_filled]
    return filled


def ranged(rows: QuerySet, number: int) -> QuerySet:
    return rows.filter(pk__gte=number * RANGE, pk__lt=(number + 1) * RANGE)


def articles(number: int, now: datetime) -> Iterator[Entry]:
    public = Article.objects.public(now, by_key=True)
    keys = ranged(public, number).values("translation_key")
    listed = public.filter(translation_key__in=keys).order_by("translation_key", "pk")
    bases = {language: path_of("articles", language) for language in LANGUAGES}
    addresses: dict[UUID, dict[str, str]] = defaultdict(dict)
    for pk, slug, kind, language, key in listed.values_list(
        "pk", "slug", "kind", "language", "translation_key"
    ):
        addresses[key][language] = f"{bases[language]}{pk}/{slug or kind}/"
    rows = ranged(public, number).order_by("pk")
    for language, key, published_at, changed_at in rows.values_list(
        "language", "translation_key", "published_at", "changed_at"
    ):
        # What was published between the two queries is in the next answer.
        if language in addresses[key]:
            yield Entry(language, addresses[key], max(published_at, changed_at or published_at))


def events(number: int, now: datetime) -> Iterator[Entry]:
    for event in ranged(Event.objects.public(now, by_key=True), number).order_by("pk"):
        addresses = {
            code: event.get_absolute_url(code) for code in LANGUAGES if getattr(event, f"title_{code}")
        }
        yield from in_each(addresses, event.updated_at())


def officials(number: int, now: datetime) -> Iterator[Entry]:
    for official in ranged(Official.objects.public(now), number).order_by("pk"):
        yield from in_each({code: official.get_absolute_url(code) for code in LANGUAGES})


def topics(now: datetime) -> Iterator[Entry]:
    """Only those that an office looks after: a free tag is a thin page."""
    addresses: dict[int, dict[str, str]] = defaultdict(dict)
    for code in LANGUAGES:
        for topic in Tag.objects.topics().public(code, now).order_by("pk"):
            addresses[topic.pk][code] = topic.get_absolute_url(code)
    for found in addresses.values():
        yield from in_each(found)


def pages() -> Iterator[Entry]:
    for name in PAGES:
        yield from in_each({code: path_of(name, code) for code in LANGUAGES})


def in_each(addresses: dict[str, str], updated_at: datetime | None = None) -> Iterator[Entry]:
    for language in addresses:
        yield Entry(language, addresses, updated_at)


def path_of(name: str, language: str) -> str:
    with override(language):
        return reverse(f"news:{name}")


def recent_news(names: dict[str, str], now: datetime) -> bytes:
    """The articles of the last two days; `names` is the site's name in each language."""
    found = [
        article
        for language in LANGUAGES
        for article in Article.objects.public(now)
        .in_language(language)
        .filter(published_at__gt=now - RECENT)
        .only("title", "slug", "kind", "language", "published_at")
        .newest_first()[: MOST_RECENT // len(LANGUAGES)]
    ]
    urls = "".join(
        f"<url><loc>{place(article.get_absolute_url())}</loc><news:news><news:publication>"
        f"<news:name>{escape(names[article.language])}</news:name>"
        f"<news:language>{article.language}</news:language></news:publication>"
        f"<news:publication_date>{moment(article.published_at).isoformat()}</news:publication_date>"
        f"<news:title>{escape(text.clean_line(article.title))}</news:title></news:news></url>\n"
        for article in found
    )
    return f"{DECLARATION}<urlset {SITEMAP} {NEWS}>\n{urls}</urlset>\n".encode()
