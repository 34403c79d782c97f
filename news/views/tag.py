from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import BigAutoField, DateTimeField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.models import (
    Article,
    ArticleFile,
    ArticleTag,
    Event,
    KeysField,
    Mention,
    Occurrence,
    Official,
    Tag,
    prepared,
)
from news.page_cache import Fragments, fragments, public_page
from news.views import article_parts, tally
from news.views.article_list import cards, number_of
from news.views.event_list import listed
from news.views.page import Page, everywhere, respond

INDEXED_FROM = 3


@require_safe
@public_page()
def topics(request: HttpRequest) -> HttpResponse:
    language = get_language() or "tr"
    page = Page(
        title=_("Topics"),
        description=_("What the city works on, topic by topic."),
        addresses=everywhere("news:topics"),
        section=reverse("news:topics"),
        trail=[(_("Home"), reverse("news:home"))],
    )
    found = public_topics(language, 200, now=timezone.now())
    return respond(request, "news/topics.html", page, {"topics": found})


@prepared(now=DateTimeField())
def public_topics(language: str, most: int, *, now: Any) -> QuerySet[Tag]:
    return Tag.objects.topics().public(language, now).alphabetical()[:most]


@require_safe
@public_page("before", "after")
def tag(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    language = get_language() or "tr"
    now = timezone.now()
    found = next(iter(_tag(pk=pk)), None)
    if found and found.merged_into:
        return HttpResponsePermanentRedirect(found.merged_into.get_absolute_url())
    if found is None or not is_public(language, pk, now):
        raise Http404("no such tag")
    url = found.get_absolute_url()
    if request.path != url:
        return HttpResponsePermanentRedirect(url)
    given = {"now": now, "topic": found.pk}
    rows = cards(language, ("topic",), given, request.GET, {})
    counted = tally.bounded(rows, partial(number_of, language, ("topic",), given))
    page = Page(
        title=str(found),
        part=counted.page or rows.days,
        description=found.description or _("News and events about “%(topic)s”.") % {"topic": found},
        addresses={language: url},
        section=reverse("news:topics"),
        trail=[(_("Home"), reverse("news:home")), (_("Topics"), reverse("news:topics"))],
        feed_query={"topic": str(found.pk)},
        index=rows.from_start and (found.is_topic or len(rows.rows) >= INDEXED_FROM),
    )
    for code in ("tr", "en"):
        if code != language and is_public(code, pk, now):
            page.addresses[code] = found.get_absolute_url(code)
    first = rows.from_start and found.is_topic
    shown = [row.pk for row in rows.rows]
    context = {
        "featured": _featured(found, language, now, fragments(request)) if first else [],
        "people": list(_people(pks=shown)) if first else [],
        "files": list(_files(pks=shown)) if first else [],
        "tag": found,
        "slice": rows,
        "tally": counted,
        "events": list(_events(language, tag=found.pk, now=now)) if rows.from_start else [],
    }
    return respond(request, "news/tag.html", page, context)


@prepared(pk=BigAutoField())
def _tag(*, pk: Any) -> QuerySet[Tag]:
    return Tag.objects.select_related("merged_into").filter(pk=pk).order_by()


def _featured(found: Tag, language: str, now: datetime, shared: Fragments) -> list[Article]:
    """Those of the topic among what editors put forward anywhere, which is little."""
    chosen = shared.keep(("featured", language), lambda: article_parts.featured(language, now, 20))
    here = set(_labelled(tag=found.pk, pks=[row.pk for row in chosen])) if chosen else set()
    return [row for row in chosen if row.pk in here][:3]


@prepared(tag=BigAutoField(), pks=KeysField())
def _labelled(*, tag: Any, pks: Any) -> QuerySet[ArticleTag, int]:
    links = ArticleTag.objects.filter(tag=tag, content_object__in=pks).order_by()
    return links.values_list("content_object_id", flat=True)


@prepared(pks=KeysField())
def _people(*, pks: Any) -> QuerySet[Official]:
    named = Mention.objects.filter(article__in=pks).values("official")
    return Official.objects.filter(pk__in=named).for_cards().alphabetical()[:8]


@prepared(pks=KeysField())
def _files(*, pks: Any) -> QuerySet[ArticleFile]:
    return ArticleFile.objects.filter(article__in=pks).order_by("-pk")[:6]


def is_public(language: str, pk: int, now: datetime) -> bool:
    return bool(list(_public(language, pk=pk, now=now)))


@prepared(pk=BigAutoField(), now=DateTimeField())
def _public(language: str, *, pk: Any, now: Any) -> QuerySet[Tag, int]:
    return Tag.objects.public(language, now).filter(pk=pk).order_by().values_list("pk", flat=True)


@prepared(tag=BigAutoField(), now=DateTimeField())
def _events(language: str, *, tag: Any, now: Any) -> QuerySet[Occurrence]:
    events = Event.objects.public(now).in_language(language).filter(event_tags__tag=tag)
    return listed(language, now).filter(event__in=events).upcoming(now)[:5]
