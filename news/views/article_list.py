"""What lists of articles ask of the database; the SQL of each shape of list is written once."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from django.db.models import BigAutoField, CharField, DateTimeField, Field, Q, QuerySet
from django.http import QueryDict

from news.models import Article, naming, prepared, tagged
from news.views import tally
from news.views.keyset import SIZE, Cursor, Order, Slice, paged


def narrowed(language: str, shape: tuple[str, ...], given: Mapping[str, Any]) -> tuple[Q, Order]:
    """The condition and the order that lists and feeds of a choice share; `given` are values or slots."""
    narrow, order = Q(), Order()
    if "kind" in shape:
        narrow &= Q(kind=given["kind"])
    if "place" in shape:
        narrow &= Q(place=given["place"]) | Q(place__within=given["place"])
    if "person" in shape:
        narrow &= naming(given["person"], language, given["now"])
        order = Order("mentions__listed_at", "mentions__article_id")
    if "topic" in shape:
        narrow &= tagged(given["topic"], language, given["now"])
        order = Order("article_tags__listed_at", "article_tags__content_object_id")
    if "year" in shape:
        # Before the time of now: of two bounds on one column SQLite takes the first.
        narrow = Q(**{f"{order.moment}__gte": given["first"], f"{order.moment}__lt": given["end"]}) & narrow
    return narrow, order


#: What a choice may name; its `shape` says which of them it does.
SLOTS: dict[str, Field] = {
    "now": DateTimeField(),
    "kind": CharField(),
    "place": BigAutoField(),
    "person": BigAutoField(),
    "topic": BigAutoField(),
    "first": DateTimeField(),
    "end": DateTimeField(),
}


def cards(
    language: str, shape: tuple[str, ...], given: Mapping[str, Any], asked: QueryDict, query: dict[str, str]
) -> Slice:
    """The page of cards that `asked` wants; `query` is what its links repeat of the address."""

    def ask(side: str, start: Cursor | None) -> QuerySet[Article]:
        if start is None:
            return _cards(language, shape, "", **given)
        return _cards(language, shape, side, **given, moment=start.moment, pk=start.pk)

    return paged(asked, ask, query=query)


@prepared(**SLOTS, moment=DateTimeField(), pk=BigAutoField())
def _cards(language: str, shape: tuple[str, ...], side: str, **given: Any) -> QuerySet[Article]:
    narrow, order = narrowed(language, shape, given)
    if side:
        narrow = order.beyond(SimpleNamespace(moment=given["moment"], pk=given["pk"]), side) & narrow
    rows = Article.objects.public(given["now"]).in_language(language).for_cards()
    return rows.filter(narrow).order_by(*order.towards(side))[: SIZE + 1]


def number_of(
    language: str, shape: tuple[str, ...], given: Mapping[str, Any], before: Cursor | None = None
) -> int:
    """Of all, or of those newer than a position, by reading an index, and one more than `tally.MOST` at
    most."""
    most = tally.MOST + 1
    if before is None:
        return len(_ids(language, shape, "", most, **given))
    return len(_ids(language, shape, "gt", most, **given, moment=before.moment, pk=before.pk))


@prepared(**SLOTS, moment=DateTimeField(), pk=BigAutoField())
def _ids(language: str, shape: tuple[str, ...], side: str, most: int, **given: Any) -> QuerySet[Article, int]:
    narrow, order = narrowed(language, shape, given)
    if side:
        narrow &= order.beyond(SimpleNamespace(moment=given["moment"], pk=given["pk"]), side)
    rows = Article.objects.public(given["now"]).in_language(language).filter(narrow)
    return rows.order_by(*order.towards("lt")).values_list("pk", flat=True)[:most]
