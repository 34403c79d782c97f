"""The feeds of every list of articles, in three forms from one filter."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.context_processors import Chrome
from news.models import Article, Correction, prepared
from news.page_cache import fragments, public_page
from news.publishing import websub
from news.search import newest_articles, parse
from news.syndication import atom, rss
from news.syndication import json_feed as json_document
from news.syndication.feed import MOST, Feed, filled
from news.syndication.item import absolute
from news.syndication.source import ROW, Row
from news.templatetags.labels import ARTICLE_KINDS_MANY
from news.views.article_filter import ArticleFilter
from news.views.article_list import SLOTS, narrowed
from news.views.search import marks_of

MOST_WITHDRAWN = 200
#: The query values of a feed are those of the list it belongs to.
KEYS = ("kind", "topic", "person", "place", "year", "month", "q")


@require_safe
@public_page(*KEYS)
def rss_feed(request: HttpRequest) -> HttpResponse:
    return answer(request, "rss", rss.TYPE, rss.render)


@require_safe
@public_page(*KEYS)
def atom_feed(request: HttpRequest) -> HttpResponse:
    return answer(request, "atom", atom.TYPE, atom.render)


@require_safe
@public_page(*KEYS)
def json_feed(request: HttpRequest) -> HttpResponse:
    return answer(request, "json_feed", json_document.TYPE, json_document.render)


def answer(
    request: HttpRequest, name: str, content_type: str, render: Callable[[Feed, str], bytes]
) -> HttpResponse:
    asked = ArticleFilter(request.GET, get_language() or "tr", fragments(request))
    if asked.too_many:
        raise Http404("too many filters")
    feed = feed_of(request, asked, timezone.now())
    self_url = absolute(with_query(f"news:{name}", query_of(asked)))
    etag, modified = feed.etag(name), int(feed.modified_at.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=modified)
    if response is None:
        response = HttpResponse(render(feed, self_url), content_type=content_type)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    response["Content-Language"] = feed.language
    response["Link"] = f'<{self_url}>; rel="self"' + (f', <{feed.hub}>; rel="hub"' if feed.hub else "")
    return response


def feed_of(request: HttpRequest, asked: ArticleFilter, now: datetime) -> Feed:
    chrome = Chrome.of(request)
    names = [f"“{asked.words}”"] if asked.words else []
    names += [chosen.label for chosen in asked.chosen]
    page = "news:search" if asked.words else "news:articles"
    feed = Feed(
        language=asked.language,
        title=f"{chrome.site.name}: {', '.join(names)}" if names else chrome.site.name,
        description=chrome.site.description or _("All news of the city, newest first."),
        page_url=absolute(with_query(page, query_of(asked))),
        publisher=chrome.site.name,
        logo=absolute(chrome.icon),
        stylesheet=chrome.feed_stylesheet,
        hub=settings.WEBSUB_HUB_URL if websub.names_hub(query_of(asked)) else "",
    )
    shared = fragments(request)
    if asked.words:
        query = parse(asked.words, asked.language)
        found = newest_articles(query, asked.language, marks_of(asked.query), now)
        named = Article.objects.public(now, by_key=True).in_language(asked.language).filter(found)
        # Once: to look the candidates up costs more than to read a few rows too many.
        rows = list(named.newest_first().values_list(*ROW)[:MOST])
        return filled(feed, lambda number: rows[:number], lambda **_: (), now, shared)
    given = asked.given(now)
    newest = partial(_newest, asked.language, asked.shape, **given)
    withdrawn = partial(_withdrawn, asked.language, asked.shape, **given)
    return filled(feed, newest, withdrawn, now, shared)


@prepared(**SLOTS)
def _newest(language: str, shape: tuple[str, ...], number: int, **given: Any) -> QuerySet[Article, Row]:
    narrow, order = narrowed(language, shape, given)
    public = Article.objects.public(given["now"]).in_language(language).filter(narrow)
    return public.order_by(*order.towards("lt")).values_list(*ROW)[:number]


@prepared(**SLOTS, oldest=DateTimeField())
def _withdrawn(language: str, shape: tuple[str, ...], **given: Any) -> QuerySet[Article]:
    """What stood in this list and was withdrawn; it stands in none of the lists' indexes any more."""
    found = Article.objects.withdrawn().in_language(language)
    if "kind" in shape:
        found = found.filter(kind=given["kind"])
    if "place" in shape:
        found = found.filter(Q(place=given["place"]) | Q(place__within=given["place"]))
    if "person" in shape:
        found = found.filter(mentions__official=given["person"])
    if "topic" in shape:
        found = found.filter(article_tags__tag=given["topic"])
    if "year" in shape:
        found = found.filter(published_at__gte=given["first"], published_at__lt=given["end"])
    since = found.filter(published_at__gte=given["oldest"], published_at__lte=given["now"])
    corrections = Correction.objects.filter(article=OuterRef("pk"))
    since = since.defer("body", "summary", "folded").annotate(is_corrected=Exists(corrections))
    return since.newest_first()[:MOST_WITHDRAWN]


def query_of(asked: ArticleFilter) -> dict[str, str]:
    return {"q": asked.words, **asked.query} if asked.words else asked.query


def with_query(name: str, query: dict[str, str]) -> str:
    return reverse(name) + (f"?{urlencode(query)}" if query else "")


def addresses(query: dict[str, str]) -> dict[str, str]:
    """The three forms of one feed, and the full address of the first to be copied."""
    rss_path = with_query("news:rss", query)
    return {
        "rss": rss_path,
        "atom": with_query("news:atom", query),
        "json": with_query("news:json_feed", query),
        "full": absolute(rss_path),
    }


class FeedBuilder:
    """The form that puts a feed together: a kind, one thing it is about, and words."""

    ABOUT = re.compile("(topic|person|place)-([1-9][0-9]{0,17})")

    def __init__(self, asked: QueryDict, language: str) -> None:
        self.about: str = asked.get("about", "")
        wanted = QueryDict(mutable=True)
        wanted.update({name: asked.get(name, "") for name in ("kind", "q") if asked.get(name)})
        if self.about:
            found = self.ABOUT.fullmatch(self.about)
            if not found:
                raise Http404("no such choice")
            wanted[found[1]] = found[2]
        self.filter = ArticleFilter(wanted, language)
        self.query = query_of(self.filter)

    @property
    def addresses(self) -> dict[str, str]:
        return addresses(self.query)

    @property
    def label(self) -> str:
        words = [f"“{self.filter.words}”"] if self.filter.words else []
        return ", ".join([*words, *(chosen.label for chosen in self.filter.chosen)])

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(kind.value, str(label)) for kind, label in ARTICLE_KINDS_MANY.items()]

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What a feed can be about, as the options of one list."""
        groups = [
            (_("Topics"), "topic", self.filter.topics()),
            (_("People"), "person", self.filter.people()),
            (_("Places"), "place", self.filter.places()),
        ]
        return [(title, [(f"{name}-{row.pk}", str(row)) for row in rows]) for title, name, rows in groups]
