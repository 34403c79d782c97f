"""Paging by position and not by number: a cursor names the item a page starts after, in the order (time, id).

A page costs the same at any depth, and a new story between two clicks neither repeats nor hides one.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404, QueryDict

from news.templatetags.dates import days

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SIZE = 12
CURSOR = re.compile(r"(-?[0-9a-f]{1,14})\.([0-9]{1,18})")


@dataclass(frozen=True)
class Cursor:
    moment: datetime
    pk: int

    def __str__(self) -> str:
        microseconds = (self.moment - EPOCH) // timedelta(microseconds=1)
        return f"{microseconds:x}.{self.pk}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        found = CURSOR.fullmatch(text)
        if not found:
            raise Http404("not a position in the list")
        try:
            return cls(EPOCH + timedelta(microseconds=int(found[1], 16)), int(found[2]))
        except OverflowError as error:
            raise Http404("not a position in the list") from error


#: Before everything: the page after it is the last one.
OLDEST = Cursor(EPOCH, 0)


@dataclass
class Slice:
    """A page of rows, newest first, with what leads to its neighbours."""

    rows: list[Any]
    older: str = ""
    newer: str = ""
    from_start: bool = True
    query: dict[str, str] = field(default_factory=dict)

    @property
    def last(self) -> Any:
        return self.rows[-1] if self.rows else None

    @property
    def is_whole(self) -> bool:
        """Whether these are all the rows of the list."""
        return self.from_start and not self.older

    @property
    def start(self) -> Cursor | None:
        return Cursor(self.rows[0].published_at, self.rows[0].pk) if self.rows else None

    @property
    def days(self) -> str:
        """The days a further page covers, which tells it from the others; the first needs no such mark."""
        return (
            ""
            if self.from_start or not self.rows
            else days(self.last.published_at, self.rows[0].published_at)
        )

    @property
    def older_url(self) -> str:
        return self._link("before", self.older) if self.older else ""

    @property
    def newer_url(self) -> str:
        return self._link("after", self.newer) if self.newer else ""

    @property
    def first_url(self) -> str:
        return "" if self.from_start else self._link("", "")

    @property
    def last_url(self) -> str:
        return self._link("after", str(OLDEST)) if self.older else ""

    def _link(self, key: str, cursor: str) -> str:
        query = QueryDict(mutable=True)
        query.update(self.query)
        if key:
            query[key] = cursor
        return "?" + query.urlencode()


@dataclass(frozen=True)
class Order:
    """The columns of the total order; for lists read through a side table, its own copies of them."""

    moment: str = "published_at"
    pk: str = "pk"

    def beyond(self, start: Any, side: str) -> Q:
        """Beyond a cursor, or slots for one, on one side; an index can use the first condition."""
        return Q(**{f"{self.moment}__{side}e": start.moment}) & (
            Q(**{f"{self.moment}__{side}": start.moment}) | Q(**{f"{self.pk}__{side}": start.pk})
        )

    def towards(self, side: str) -> tuple[str, str]:
        """The nearest on that side first."""
        return (self.moment, self.pk) if side == "gt" else (f"-{self.moment}", f"-{self.pk}")


def paged(
    asked: QueryDict,
    ask: Callable[[str, Cursor | None], Iterable[Any]],
    size: int = SIZE,
    query: dict[str, str] | None = None,
) -> Slice:
    """`ask` gives one row more than a page: those on that side (`lt` older, `gt` newer) of the position,
    the nearest first; without a position the newest.

    What narrows the list goes into the same filter as the position: on a side table two would be two joins.
    """
    if after := asked.get("after"):
        rows = list(ask("gt", Cursor.parse(after)))
        if len(rows) > size:
            rows = rows[:size][::-1]
            older = "" if after == str(OLDEST) else _cursor(rows[-1])
            return Slice(rows, older=older, newer=_cursor(rows[0]), from_start=False, query=query or {})
        # Too near to the start for a full page: the first one says it all.
        before = ""
    else:
        before = asked.get("before", "")
    rows = list(ask("lt", Cursor.parse(before) if before else None))
    more, rows = len(rows) > size, rows[:size]
    return Slice(
        rows,
        older=_cursor(rows[-1]) if more else "",
        newer=_cursor(rows[0]) if before and rows else "",
        from_start=not before,
        query=query or {},
    )


def _cursor(row: Any) -> str:
    return str(Cursor(row.published_at, row.pk))
