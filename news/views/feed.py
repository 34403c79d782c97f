"""The feeds of every list of articles, in three forms from one filter."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.context_processors import Chrome
from news.models import Article
from news.page_cache import public_page
from news.syndication import atom, rss
from news.syndication import json_feed as json_document
from news.syndication.feed import Feed, absolute, filled
from news.views.article_filter import ArticleFilter

#: The query values of a feed are those of the list it belongs to.
KEYS = ("kind", "topic", "person", "place", "year", "month")


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
    asked = ArticleFilter(request.GET, get_language() or "tr")
    feed = feed_of(asked, timezone.now())
    self_url = absolute(with_query(f"news:{name}", asked.query))
    validators = {"etag": feed.etag(name), "last_modified": int(feed.modified_at.timestamp())}
    response = get_conditional_response(request, **validators)
    if response is None:
        response = HttpResponse(render(feed, self_url), content_type=content_type)
    response["ETag"] = validators["etag"]
    response["Last-Modified"] = http_date(validators["last_modified"])
    response["Content-Language"] = feed.language
    response["Link"] = f'<{self_url}>; rel="self"'
    return response


def feed_of(asked: ArticleFilter, now: datetime) -> Feed:
    chrome = Chrome()
    narrow, order = asked.narrowed()
    public = Article.objects.public(now).in_language(asked.language).filter(narrow)
    names = ", ".join(chosen.label for chosen in asked.chosen)
    feed = Feed(
        language=asked.language,
        title=f"{chrome.site.name}: {names}" if names else chrome.site.name,
        description=chrome.site.description or _("All news of the city, newest first."),
        page_url=absolute(with_query("news:articles", asked.query)),
        publisher=chrome.site.name,
        logo=absolute(chrome.icon),
    )
    withdrawn = Article.objects.withdrawn().in_language(asked.language).filter(narrow)
    return filled(feed, public.order_by(f"-{order.moment}", f"-{order.pk}"), withdrawn, now)


def with_query(name: str, query: dict[str, str]) -> str:
    return reverse(name) + (f"?{urlencode(query)}" if query else "")
