"""The search page: what was typed and at most two filters stand in the address, and nothing of it is kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import DateTimeField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from news.context_processors import Chrome
from news.models import KeysField, Kind, Official, Tag, address, prepared
from news.search import parse
from news.search import search as find
from news.search.hits import did_you_mean, hits
from news.search.query import mark
from news.search.results import Results
from news.templatetags.dates import month_text
from news.templatetags.labels import ARTICLE_KINDS
from news.views import article_filter
from news.views.article_filter import (
    MOST_FILTERS,
    NOTHING,
    one,
    the_person,
    the_place,
    the_topic,
)
from news.views.asked import checked
from news.views.page import Page, absolute, respond
from news.views.period import year_of

KINDS = [*Kind.values, "event", "official", "topic"]
MOST_VALUES = 8


FIELDS = article_filter.FIELDS | {
    "kind": forms.ChoiceField(choices=[(kind, kind) for kind in KINDS]),
    "after": forms.CharField(max_length=60),
}


@dataclass(frozen=True)
class Choice:
    """A value of a facet, with the address that adds or drops it."""

    label: str
    url: str
    count: int = 0


@dataclass(frozen=True)
class Facet:
    label: str
    choices: list[Choice]


class Asked:
    """What was asked for, checked: a filter that no link of ours leads to is a missing page."""

    def __init__(self, request: HttpRequest, language: str) -> None:
        given = {**NOTHING, "after": "", **checked(FIELDS, request.GET)}
        self.language = language
        self.query = parse(given["q"], language)
        self.after: str = given["after"]
        self.kind: str = given["kind"]
        self.month: int | None = given["month"]
        self.year: int | None = given["year"] or (self.month and year_of(self.month))
        self.topic = one(partial(the_topic, language), given["topic"])
        self.person = one(the_person, given["person"])
        self.place = one(the_place, given["place"])
        if len(self.filters) - bool(self.month) > MOST_FILTERS:
            raise Http404("too many filters")

    @property
    def filters(self) -> dict[str, str]:
        values = {
            "kind": self.kind,
            "topic": self.topic and self.topic.pk,
            "person": self.person and self.person.pk,
            "place": self.place and self.place.pk,
            "year": self.year,
            "month": self.month,
        }
        return {name: str(value) for name, value in values.items() if value}

    @property
    def marks(self) -> list[str]:
        return marks_of(self.filters)

    def url(self, words: str = "", drop: Iterable[str] = (), language: str = "", **more: object) -> str:
        query = {"q": words or self.query.typed, **self.filters, **more}
        kept = {name: value for name, value in query.items() if value and name not in drop}
        return address("news:search", language or self.language) + (f"?{urlencode(kept)}" if kept else "")

    def in_language(self, code: str) -> str:
        """The same search there; a topic that only this language knows stays behind."""
        known = not self.topic or Tag.objects.public(code).filter(pk=self.topic.pk).exists()
        return self.url(drop=() if known else ["topic"], language=code)

    @property
    def words_url(self) -> str:
        return self.url(drop=list(self.filters))

    @property
    def chosen(self) -> list[Choice]:
        labels = {
            "kind": self.kind and kind_label(self.kind),
            "topic": self.topic and str(self.topic),
            "person": self.person and self.person.name,
            "place": self.place and self.place.name,
            "year": self.year
            and (month_text(date(self.year, self.month, 1)) if self.month else str(self.year)),
        }
        return [
            Choice(str(label), self.url(drop=[name, "month"] if name == "year" else [name]))
            for name, label in labels.items()
            if label
        ]


def marks_of(filters: dict[str, str]) -> list[str]:
    """The filters of an address as the index knows them."""
    marks = []
    for name, value in filters.items():
        if name == "month":
            marks.append(mark("m", f"{filters['year']}{int(value):02}"))
        else:
            marks.append(mark({"topic": "g", "place": "s"}.get(name, name[0]), value))
    return marks


def kind_label(kind: str) -> str:
    labels: dict[str, Any] = {
        **{kind.value: label for kind, label in ARTICLE_KINDS.items()},
        "event": pgettext("kind of result", "Event"),
        "official": pgettext("kind of result", "Official"),
        "topic": pgettext("kind of result", "Topic"),
    }
    return str(labels[kind])


@csrf_exempt
@gzip_page
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    language = get_language() or "tr"
    now = timezone.now()
    asked = Asked(request, language)
    results = find(asked.query, language, asked.marks, now)
    found, following = results.page(asked.after)
    title = pgettext("page", "Search")
    page = Page(
        title=_("Search: %(words)s") % {"words": asked.query.typed} if asked.query.typed else title,
        description=_("News, events, officials and topics of the city by their words."),
        addresses={language: reverse("news:search")},
        elsewhere={code: asked.in_language(code) for code in ("tr", "en") if code != language},
        trail=[(_("Home"), reverse("news:home"))],
        index=False,
    )
    if asked.query.terms and asked.kind in ("", *Kind.values):
        page.feed_query = {"q": asked.query.typed, **asked.filters}
    suggestion = did_you_mean(results, language, asked.marks, now)
    context = {
        "asked": asked,
        "results": results,
        "hits": hits(found, asked.query, language, now),
        "facets": facets(asked, results, now) if results.found else [],
        "suggestion": suggestion,
        "suggestion_url": asked.url(words=suggestion),
        "following": asked.url(after=following) if following else "",
        "first": asked.url() if asked.after else "",
    }
    return respond(request, "news/search.html", page, context)


def facets(asked: Asked, results: Results, now: datetime) -> list[Facet]:
    """The values that would narrow these results, with their numbers; none once two filters are chosen."""
    if len(asked.filters) - bool(asked.month) >= MOST_FILTERS:
        return []
    offered = [
        ("kind", _("Kind"), [(value, kind_label(value), count) for value, count in results.count("k")]),
        ("topic", _("Topic"), _labelled(results.count("g"), partial(_topics, asked.language), now)),
        ("person", _("Person"), _labelled(results.count("p"), _people, now)),
        ("year", _("Year"), [(value, value, count) for value, count in results.count("y")]),
    ]
    return [
        Facet(
            label,
            [Choice(text, asked.url(**{name: value}), count) for value, text, count in values[:MOST_VALUES]],
        )
        for name, label, values in offered
        if len(values) > 1 and name not in asked.filters
    ]


def _labelled(
    counts: list[tuple[str, int]], ask: Callable[..., QuerySet], now: datetime
) -> list[tuple[str, str, int]]:
    """The most frequent of those that have a public page."""
    top = dict(counts[: 3 * MOST_VALUES])
    labels = {str(row.pk): str(row) for row in ask(pks=[int(pk) for pk in top], now=now)} if top else {}
    return [(pk, labels[pk], count) for pk, count in top.items() if pk in labels]


@prepared(pks=KeysField(), now=DateTimeField())
def _topics(language: str, *, pks: Any, now: Any) -> QuerySet[Tag]:
    return Tag.objects.public(language, now).topics().filter(pk__in=pks).order_by()


@prepared(pks=KeysField(), now=DateTimeField())
def _people(*, pks: Any, now: Any) -> QuerySet[Official]:
    return Official.objects.public(now).filter(pk__in=pks).order_by().only("name")


@csrf_exempt
@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """What a browser reads to offer this search in its own field (OpenSearch 1.1)."""
    chrome = Chrome.of(request)
    context = {
        "chrome": chrome,
        "search_url": absolute(reverse("news:search")),
        "icon": absolute(chrome.icon),
        "self_url": absolute(reverse("news:opensearch")),
    }
    return render(
        request,
        "news/opensearch.xml",
        context,
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )
