"""The sections of the desk and how they are filled.

One query finds the first rows of every section, and one for each model fetches them: the number of queries
follows neither the sections nor the rows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max, Model, QuerySet
from django.urls import reverse

from news.models import Article, Deed, Event, Image, Official
from news.publishing.when import said_back

from . import attention

#: Rows of a section; what more there is stands behind its link.
SHOWN = 8


@dataclass
class Row:
    title: str
    url: str
    language: str = ""
    note: str = ""
    moment: datetime | None = None
    said: str = ""
    today: bool = False
    #: Where a button of the row posts to, and what it says.
    post_url: str = ""
    button: str = ""


@dataclass
class Section:
    name: str
    title: str
    #: Ordered, at most one for each model.
    found: list[QuerySet]
    #: By which parameters the list of each model shows all of them.
    query: str
    note: Callable[[Any], str]
    #: The time that is said back, by which rows of several models are put in order, too.
    moment: Callable[[Any], datetime | None] = lambda item: None
    newest_first: bool = False
    #: Address and words of a row's button.
    button: Callable[[Any], tuple[str, str]] = lambda item: ("", "")
    #: Which of an item's pages it leads to.
    page: str = "change"
    #: Said when there is nothing; without it the section is left out.
    empty: str = ""
    rows: list[Row] = field(default_factory=list)
    #: What the rows are called, and where all of them stand.
    lists: list[tuple[str, str]] = field(default_factory=list)


def fill(made: list[Section], now: datetime) -> None:
    """Give every section its first rows."""
    found = [rows for section in made for rows in section.found]
    ids = first_ids(found)
    items: dict[type, dict[int, Any]] = {
        model: wanted(model).in_bulk(
            {pk for rows, own in zip(found, ids, strict=True) if rows.model is model for pk in own}
        )
        for model in dict.fromkeys(rows.model for rows, own in zip(found, ids, strict=True) if own)
    }
    of_each = iter(zip(found, ids, strict=True))
    for section in made:
        own: list[Any] = []
        for _queryset in section.found:
            rows, pks = next(of_each)
            own += [items[rows.model][pk] for pk in pks]
            if pks and section.query:
                section.lists.append(whole(rows.model, section.query))
        if len(section.found) > 1:
            own.sort(key=lambda item: section.moment(item) or now, reverse=section.newest_first)
        section.rows = [row(section, item, now) for item in own[:SHOWN]]


def whole(model: type[Model], query: str) -> tuple[str, str]:
    address = reverse(f"admin:news_{model._meta.model_name}_changelist")
    return str(model._meta.verbose_name_plural), f"{address}?{query}"


def first_ids(found: list[QuerySet]) -> list[list[int]]:
    """The keys of the first rows of every queryset, in its order, by one query.

    Django does not limit the parts of a union on SQLite, which takes them when each stands in brackets.
    They are numbered, since a union promises no order.
    """
    ids: list[list[int]] = [[] for _queryset in found]
    parts: list[str] = []
    values: list[Any] = []
    for number, rows in enumerate(found):
        part, own = rows.values("pk")[:SHOWN].query.sql_with_params()
        parts.append(
            f"SELECT {number}, ROW_NUMBER() OVER (), part.* FROM ({part}) AS part"  # noqa: S608 - Django's
        )
        values += own
    if not parts:
        return ids
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for number, _place, pk in sorted(cursor.fetchall()):
            ids[number].append(pk)
    return ids


def wanted(model: type) -> QuerySet:
    """What a row of the desk says of an article, event, picture or official."""
    if model is Article:
        return Article.objects.select_related("author").only(
            "title",
            "language",
            "state",
            "kind",
            "published_at",
            "expires_at",
            "touched_at",
            "merge_at",
            "merge_approved",
            "merge_problem",
            "original",
            "author__first_name",
            "author__last_name",
            "author__username",
        )
    if model is Event:
        return Event.objects.only("title_tr", "title_en", "state", "published_at", "touched_at")
    if model is Deed:
        return Deed.objects.only("name", "label", "at")
    if model is Image:
        return Image.objects.only("title", "alt_tr", "alt_en", "credit")
    return Official.objects.only("name", "touched_at").annotate(left_on=Max("appointments__ends_on"))


def row(section: Section, item: Any, now: datetime) -> Row:
    name = item._meta.model_name
    moment = section.moment(item)
    day = attention.midnight(now).date()
    post_url, button = section.button(item)
    return Row(
        item.label if isinstance(item, Deed) else str(item),
        "" if isinstance(item, Deed) else reverse(f"admin:news_{name}_{section.page}", args=[item.pk]),
        item.language if isinstance(item, Article) else "",
        section.note(item),
        moment,
        said_back(moment) if moment else "",
        bool(moment) and attention.midnight(moment).date() == day,
        post_url,
        button,
    )
