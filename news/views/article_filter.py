"""The filters of the news list. Their state lives in the address; removing one is a link."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import BigAutoField, DateField, DateTimeField, QuerySet
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from news import text
from news.models import Article, Kind, Official, Place, Tag, prepared
from news.page_cache import Fragments
from news.templatetags.dates import month_text
from news.templatetags.labels import ARTICLE_KINDS_MANY
from news.views import tally
from news.views.article_list import cards, number_of
from news.views.asked import ID, checked
from news.views.keyset import Cursor, Order, Slice
from news.views.page import everywhere
from news.views.period import period, year_of, years_with_news
from news.views.place import districts
from news.views.tag import public_topics
from news.views.tally import Tally

# Every further filter multiplies the addresses that a crawler can walk and a database must answer.
MOST_FILTERS = 2
#: More than a search looks for, so that it says what it left out of a text that was pasted.
MOST_TYPED = 200
NOTHING = {"kind": "", "topic": None, "person": None, "place": None, "year": None, "month": None, "q": ""}

FIELDS: dict[str, forms.Field] = {
    "kind": forms.ChoiceField(choices=Kind.choices),
    "topic": forms.IntegerField(**ID),
    "person": forms.IntegerField(**ID),
    "place": forms.IntegerField(**ID),
    "year": forms.IntegerField(min_value=1900, max_value=2099),
    "month": forms.IntegerField(min_value=1, max_value=12),
    "q": forms.CharField(required=False),
}


@dataclass(frozen=True)
class Chosen:
    name: str
    label: str
    drop_url: str


class ArticleFilter:
    """What was asked for, checked: a value that no link of ours leads to is a missing page."""

    def __init__(self, asked: QueryDict, language: str, shared: Fragments | None = None) -> None:
        given = NOTHING | checked(FIELDS, asked)
        self.language = language
        self.shared = shared or Fragments()
        self.words: str = text.clean_line(given["q"][:MOST_TYPED])
        self.kind: str = given["kind"]
        self.month: int | None = given["month"]
        self.year: int | None = given["year"] or (self.month and year_of(self.month))
        # Most are among those that a page of this generation offers to choose from.
        topics, people, places = (
            self.shared.found.get((name, language), ()) for name in ("topics", "people", "places")
        )
        self.topic = one(partial(the_topic, language), given["topic"], topics)
        self.person = one(the_person, given["person"], people)
        self.place = one(the_place, given["place"], places)

    @property
    def too_many(self) -> bool:
        """More than a list, a feed or a search is made of; who asks for one looks here first."""
        return self.number > MOST_FILTERS

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
        asked = {"q": self.words, **self.query}
        rest = {key: value for key, value in asked.items() if value and key not in dropped}
        return reverse("news:articles") + (f"?{urlencode(rest)}" if rest else "")

    def addresses(self) -> dict[str, str]:
        """This very choice in each language that knows its topic."""
        return {
            code: address
            for code, address in everywhere("news:articles", query=self.query).items()
            if not self.topic or Tag.objects.public(code).filter(pk=self.topic.pk).exists()
        }

    def with_kind(self, kind: str) -> str:
        query = {**self.query, "kind": kind}
        return (
            reverse("news:articles") + "?" + urlencode({key: value for key, value in query.items() if value})
        )

    @property
    def chips(self) -> list[dict[str, Any]]:
        """None where a kind would be one filter too many."""
        if self.number - bool(self.kind) >= MOST_FILTERS:
            return []
        everything = {"label": _("All"), "url": self._without("kind"), "current": "" if self.kind else "true"}
        return [everything] + [
            {"label": label, "url": self.with_kind(kind), "current": "true" if kind == self.kind else ""}
            for kind, label in ARTICLE_KINDS_MANY.items()
        ]

    def slice(self, asked: QueryDict) -> Slice:
        return cards(self.language, self.shape, self.given(timezone.now()), asked, self.query)

    def tally(self, rows: Slice) -> Tally:
        """Exact for all news, a kind, a year, a month; up to a bound for one topic, person or place."""
        now = timezone.now()
        about = {"topic", "person", "place"} & {*self.shape}
        if not about:
            time = period(self.year, self.month) if self.year else (None, None)
            return tally.kept(rows, self.language, now, self.shared, self.kind, time)
        if len(about) > 1 or self.kind:
            return tally.uncounted(rows)
        given = self.given(now)
        if self.place:
            return tally.bounded(rows, partial(self._number_at_place, given))
        return tally.bounded(rows, partial(number_of, self.language, self.shape, given))

    def _number_at_place(self, given: dict[str, Any], before: Cursor | None) -> int:
        """By the places' own index, which gives no order; a count needs none."""
        here = [given["place"], *Place.objects.filter(within=given["place"]).values_list("pk", flat=True)]
        listed = Article.objects.public(given["now"]).in_language(self.language).filter(place__in=here)
        if self.year:
            listed = listed.filter(published_at__gte=given["first"], published_at__lt=given["end"])
        if before:
            listed = listed.filter(Order().beyond(before, "gt"))
        return listed.order_by()[: tally.MOST + 1].count()

    @property
    def shape(self) -> tuple[str, ...]:
        """Which filters are set, whatever to."""
        return tuple(name for name in ("kind", "place", "person", "topic", "year") if getattr(self, name))

    def given(self, now: datetime) -> dict[str, Any]:
        """What fills the slots of a question of this shape."""
        values: dict[str, Any] = {"now": now, "kind": self.kind}
        values |= {
            name: chosen.pk
            for name, chosen in (("place", self.place), ("person", self.person), ("topic", self.topic))
            if chosen
        }
        if self.year:
            values["first"], values["end"] = period(self.year, self.month)
        return values

    def hand_over_to_search(self) -> HttpResponseRedirect:
        query = {"q": self.words, **self.query}
        return HttpResponseRedirect(f"{reverse('news:search')}?{urlencode(query)}")

    def topics(self) -> list[Tag]:
        offered = self.shared.keep(
            ("topics", self.language), lambda: list(public_topics(self.language, 100, now=timezone.now()))
        )
        return with_chosen(offered, self.topic)

    def people(self) -> list[Official]:
        offered = self.shared.keep(("people", self.language), lambda: list(_people(day=timezone.localdate())))
        return with_chosen(offered, self.person)

    def places(self) -> list[Place]:
        offered = self.shared.keep(("places", self.language), lambda: list(districts()))
        return with_chosen(offered, self.place)

    def years(self) -> list[int]:
        offered = self.shared.keep(("years", self.language), lambda: years_with_news(self.language))
        return sorted(with_chosen(offered, self.year), reverse=True)

    def months(self) -> list[tuple[int, str]]:
        return [(number, str(name)) for number, name in MONTHS.items()]


def with_chosen(offered: list[Any], chosen: Any) -> list[Any]:
    """What a form offers: a choice that is none of the usual ones must survive its button."""
    return offered if chosen is None or chosen in offered else [chosen, *offered]


def one(ask: Callable[..., QuerySet], pk: int | None, known: Iterable[Any] = ()) -> Any:
    """The row that a filter names, where a citizen may know of it; not asked for where it is `known`."""
    if not pk:
        return None
    found = next((row for row in known if row.pk == pk), None)
    found = found or next(iter(ask(pk=pk, now=timezone.now())), None)
    if found is None:
        raise Http404("no such filter")
    return found


@prepared(pk=BigAutoField(), now=DateTimeField())
def the_topic(language: str, *, pk: Any, now: Any) -> QuerySet[Tag]:
    return Tag.objects.public(language, now).filter(pk=pk).order_by()


@prepared(pk=BigAutoField(), now=DateTimeField())
def the_person(*, pk: Any, now: Any) -> QuerySet[Official]:
    return Official.objects.public(now).filter(pk=pk).order_by()


@prepared(pk=BigAutoField(), now=DateTimeField())
def the_place(*, pk: Any, now: Any) -> QuerySet[Place]:
    return Place.objects.filter(pk=pk).order_by()


@prepared(day=DateField())
def _people(*, day: Any) -> QuerySet[Official]:
    return Official.objects.filter(listed=True).in_office(day).alphabetical()[:200]
