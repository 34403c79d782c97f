"""The filters of the news list. Their state lives in the address; removing one is a link."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from news import text
from news.models import Article, Kind, Official, Place, Tag, naming, tagged
from news.templatetags.dates import month_text
from news.templatetags.labels import ARTICLE_KINDS_MANY
from news.views.keyset import Order, Slice, cut
from news.views.page import everywhere
from news.views.period import period

# Every further filter multiplies the addresses that a crawler can walk and a database must answer.
MOST_FILTERS = 2
ID: dict[str, Any] = {"min_value": 1, "max_value": 10**18 - 1, "required": False}


class ArticleFilterForm(forms.Form):
    kind = forms.ChoiceField(choices=[("", ""), *Kind.choices], required=False)
    topic = forms.IntegerField(**ID)
    person = forms.IntegerField(**ID)
    place = forms.IntegerField(**ID)
    year = forms.IntegerField(min_value=1900, max_value=2099, required=False)
    month = forms.IntegerField(min_value=1, max_value=12, required=False)
    q = forms.CharField(max_length=100, required=False)


@dataclass(frozen=True)
class Chosen:
    name: str
    label: str
    drop_url: str


class ArticleFilter:
    """What was asked for, checked: a value that no link of ours leads to is a missing page."""

    def __init__(self, asked: QueryDict, language: str) -> None:
        form = ArticleFilterForm(asked)
        if not form.is_valid():
            raise Http404("no such filter")
        self.language = language
        given = form.cleaned_data
        self.words: str = text.clean_line(given["q"])
        self.kind: str = given["kind"]
        self.year: int | None = given["year"]
        self.month: int | None = given["month"] if self.year else None
        self.topic = self._one(Tag.objects.public(language), given["topic"])
        self.person = self._one(Official.objects.public(), given["person"])
        self.place = self._one(Place.objects.all(), given["place"])
        if self.number > MOST_FILTERS:
            raise Http404("too many filters")

    @staticmethod
    def _one(queryset, pk: int | None):
        if not pk:
            return None
        found = queryset.filter(pk=pk).first()
        if found is None:
            raise Http404("no such filter")
        return found

    @property
    def number(self) -> int:
        return sum(bool(value) for value in (self.kind, self.topic, self.person, self.place, self.year))

    @property
    def query(self) -> dict[str, str]:
        """The address of this very choice; empty and unknown keys are dropped."""
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
    def chosen(self) -> list[Chosen]:
        labels = {
            "kind": self.kind and str(ARTICLE_KINDS_MANY[Kind(self.kind)]),
            "topic": self.topic and str(self.topic),
            "person": self.person and self.person.name,
            "place": self.place and self.place.name,
            "year": self.time_label,
        }
        return [Chosen(name, str(label), self._without(name)) for name, label in labels.items() if label]

    @property
    def time_label(self) -> str:
        if not self.year:
            return ""
        return month_text(date(self.year, self.month, 1)) if self.month else str(self.year)

    @property
    def heading(self) -> str:
        names = [chosen.label for chosen in self.chosen]
        return f"{_('News')}: {', '.join(names)}" if names else ""

    def _without(self, name: str) -> str:
        dropped = {name, "month"} if name == "year" else {name}
        rest = {key: value for key, value in self.query.items() if key not in dropped}
        return reverse("news:articles") + (f"?{urlencode(rest)}" if rest else "")

    def addresses(self) -> dict[str, str]:
        """This very choice in each language that knows its topic."""
        query = f"?{urlencode(self.query)}" if self.query else ""
        return {
            code: address + query
            for code, address in everywhere("news:articles").items()
            if not self.topic or Tag.objects.public(code).filter(pk=self.topic.pk).exists()
        }

    def with_kind(self, kind: str) -> str:
        query = {**self.query, "kind": kind}
        return (
            reverse("news:articles") + "?" + urlencode({key: value for key, value in query.items() if value})
        )

    @property
    def chips(self) -> list[dict[str, Any]]:
        everything = {"label": _("All"), "url": self._without("kind"), "current": "" if self.kind else "true"}
        return [everything] + [
            {"label": label, "url": self.with_kind(kind), "current": "true" if kind == self.kind else ""}
            for kind, label in ARTICLE_KINDS_MANY.items()
        ]

    def slice(self, asked: QueryDict) -> Slice:
        queryset = Article.objects.public().in_language(self.language).for_cards()
        narrow, order = self.narrowed()
        return cut(queryset, asked, narrow=narrow, order=order, query=self.query)

    def narrowed(self) -> tuple[Q, Order]:
        """The condition and the order that lists and feeds of this choice share."""
        narrow, order = Q(), Order()
        if self.kind:
            narrow &= Q(kind=self.kind)
        if self.place:
            narrow &= Q(place=self.place) | Q(place__within=self.place)
        if self.person:
            narrow &= naming(self.person, self.language)
            order = Order("mentions__listed_at", "mentions__article_id")
        if self.topic:
            narrow &= tagged(self.topic, self.language)
            order = Order("article_tags__listed_at", "article_tags__content_object_id")
        if self.year:
            first, end = period(self.year, self.month)
            narrow &= Q(**{f"{order.moment}__gte": first, f"{order.moment}__lt": end})
        return narrow, order

    def hand_over_to_search(self) -> HttpResponseRedirect:
        query = {"q": self.words, **self.query}
        return HttpResponseRedirect(f"{reverse('news:search')}?{urlencode(query)}")

    def topics(self) -> list[Tag]:
        return list(Tag.objects.topics().public(self.language).alphabetical()[:100])

    def people(self) -> list[Official]:
        return list(Official.objects.filter(listed=True).in_office().alphabetical()[:200])

    def places(self) -> list[Place]:
        return list(Place.objects.districts().alphabetical()[:100])

    def months(self) -> list[tuple[int, str]]:
        return [(number, str(name)) for number, name in MONTHS.items()]
