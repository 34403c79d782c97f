"""What every public page says about itself: title, place in the site, languages, and what machines read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news.context_processors import Chrome, Feed
from news.models import Article, Event, Image, State, address, fingerprint

LANGUAGE_NAMES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class SharePicture:
    url: str
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str
    url: str


@dataclass
class Page:
    """`addresses` holds a path for each language in which this very thing is public now; `elsewhere` the path
    that explains, in a language that lacks it, that it is not there."""

    title: str
    addresses: dict[str, str]
    description: str = ""
    part: str = ""
    section: str = ""
    trail: list[tuple[str, str]] = field(default_factory=list)
    elsewhere: dict[str, str] = field(default_factory=dict)
    kind: str = "website"
    index: bool = True
    picture: SharePicture | None = None
    published_at: str = ""
    modified_at: str = ""
    #: The query of this page's own feed, and its title; the site's feeds are on every page.
    feed_query: dict[str, str] = field(default_factory=dict)
    feed_title: str = ""
    schema: list[dict[str, Any]] = field(default_factory=list)

    @cached_property
    def url(self) -> str:
        return self.addresses.get(get_language() or "tr", "")

    @cached_property
    def canonical(self) -> str:
        return absolute(self.url) if self.url else ""

    @property
    def things(self) -> list[dict[str, Any]]:
        """What machines read: the page's own things, and the way to it from the start."""
        if not self.trail or not self.url:
            return self.schema
        way = [*self.trail, (self.title, self.url)]
        steps = [
            {"@type": "ListItem", "position": number, "name": str(label), "item": absolute(path)}
            for number, (label, path) in enumerate(way, 1)
        ]
        crumbs = {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps}
        return [*self.schema, crumbs]

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """Language and address pairs for `hreflang`; none where there is no choice."""
        if len(self.addresses) < 2 or not self.index:
            return []
        pairs = [(language, absolute(path)) for language, path in self.addresses.items()]
        return [*pairs, ("x-default", absolute(next(iter(self.addresses.values()))))]

    @property
    def own_feeds(self) -> list[Feed]:
        if not self.feed_query:
            return []
        return [Feed(self.feed_title or self.title, self.feed_url, "application/rss+xml")]

    @property
    def feed_url(self) -> str:
        """This list's own feed, else that of the site."""
        return reverse("news:rss") + (f"?{urlencode(self.feed_query)}" if self.feed_query else "")

    @property
    def languages(self) -> list[LanguageLink]:
        """Where the language switch leads: the same thing, or what says it is not there, or the start."""
        links = []
        for code, name in settings.LANGUAGES:
            if code != get_language():
                url = self.addresses.get(code) or self.elsewhere.get(code) or address("news:home", code)
                links.append(LanguageLink(code, name, url))
        return links


def share_picture(image: Image, alt: str) -> SharePicture:
    rendition = image.rendition("share")
    return SharePicture(absolute(rendition.url), rendition.width, rendition.height, alt)


def pictures_within(html: str, row: Model) -> dict[str, Image]:
    """The library's pictures in a rich text; most texts hold none and cost no query."""
    return Image.objects.in_body_of(row) if "<img" in html else {}


def absolute(path: str) -> str:
    return path if path.startswith(("http://", "https://")) else settings.SITE_URL + path


def everywhere(name: str, *args: Any, query: Mapping[str, str] | None = None) -> dict[str, str]:
    """The addresses of a page that exists in every language, and is asked the same there."""
    asked = f"?{urlencode(query)}" if query else ""
    return {code: address(name, code, *args) + asked for code, _name in settings.LANGUAGES}


def respond(
    request: HttpRequest, template: str, page: Page, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    response = render(request, template, {"page": page, **(context or {})}, status=status)
    response["Content-Language"] = get_language() or "tr"
    return response


def respond_by_facts(
    request: HttpRequest, template: str, page: Page, context: dict[str, Any]
) -> HttpResponse:
    """`respond` for a page that follows from `page`, `context` and the frame, and from neither the clock nor
    rows that were not loaded with these. Whoever has it as they make it is told so before it is rendered."""
    etag = quote_etag(fingerprint((template, Chrome.of(request).fingerprint, page, context)))
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = respond(request, template, page, context)
    response["ETag"] = etag
    return response


def say_gone(request: HttpRequest, gone: Article | Event, context: dict[str, Any]) -> HttpResponse:
    """The answer at the address of what is not shown any more: that it was here, and never its text."""
    withdrawn = gone.state == State.WITHDRAWN
    title = _("This page was withdrawn") if withdrawn else _("This page is no longer shown")
    page = Page(title=title, addresses={}, index=False)
    context |= {"gone": gone, "withdrawn": withdrawn}
    return respond(request, "410.html", page, context, status=410)
