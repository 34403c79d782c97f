"""What a cached public page depends on: the generation number, and the next moment at which anything changes
by itself.

Verbs and admin saves call `changed()`; views are marked with `public_page`; the wrapper that keeps the bytes
is `cityportal.page_store`.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sized
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import wraps
from typing import Any, Generic, TypeVar

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from news.models import ISTANBUL, Alert, Article, Event, Generation, Occurrence, State, join_opens_at

#: Seconds that browsers and shared caches may keep a page. A withdrawal must hold everywhere within a minute:
#: this long fresh, and as long again while a shared cache revalidates.
LIFETIME = 30
#: What is gone comes back, and an address that led elsewhere is a page's own again: without a word about it
#: browsers keep such answers (301, 404, 410) for as long as they like, some for good.
ASK = "no-cache"
listeners: list[Callable[[int], None]] = []

#: Where a request carries what its page shares with others.
FRAGMENTS = "portal.fragments"
#: The same for everybody, so only a flood of odd pages comes near it.
MOST_FRAGMENTS = 2000
Kept = TypeVar("Kept")
Part = TypeVar("Part", bound=Sized)


class Fragments:
    """Parts that the pages of one generation share: made by the first that needs them, gone with the
    generation and with the next boundary. A part depends on its key and on what is public, and on no reader.
    """

    def __init__(self) -> None:
        self.found: dict[Hashable, Any] = {}

    def keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Two threads may both make it, and one of the two stays."""
        try:
            return self.found[key]
        except KeyError:
            made = make()
        if len(self.found) >= MOST_FRAGMENTS:
            self.found.clear()
        self.found[key] = made
        return made


@dataclass
class Remembered(Generic[Part]):
    """Parts that follow from their keys alone, whatever is published, within a budget of their lengths; what
    was not asked for the longest goes first."""

    budget: int
    size: int = 0
    parts: OrderedDict[Hashable, Part] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, key: Hashable, make: Callable[[], Part]) -> Part:
        with self.lock:
            if (known := self.parts.get(key)) is not None:
                self.parts.move_to_end(key)
                return known
        made = make()
        with self.lock:
            if key not in self.parts:
                self.parts[key] = made
                self.size += len(made)
            while self.size > self.budget:
                self.size -= len(self.parts.popitem(last=False)[1])
        return made


def fragments(request: HttpRequest) -> Fragments:
    """Those of the page store, or, where it asked for nothing, some that live as long as the request."""
    return request.META.setdefault(FRAGMENTS, Fragments())


def changed() -> None:
    """Make every cached page stale once the surrounding transaction commits."""
    with transaction.atomic():
        number = Generation.rise()
        transaction.on_commit(lambda: announce(number))


def announce(number: int) -> None:
    for listen in listeners:
        listen(number)


def public_page(*query: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Mark a view whose page is the same for everybody.

    `query` names the query values it reads: they alone are part of the page's key, and the view sees no
    others. It is called without cookies and without the reader's language wishes, so it cannot depend on
    them.
    """

    def mark(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if response.status_code != 304 and "Cache-Control" not in response:
                response["Cache-Control"] = cache_control(LIFETIME) if response.status_code == 200 else ASK
            return response

        page.page_query = frozenset(query)
        # It only reads, and has no token to be asked for: another method is told so by the view.
        page.csrf_exempt = True
        return page

    return mark


def cache_control(seconds: int) -> str:
    """The header for a page that is right for `seconds`; shared caches may bridge an outage for a day."""
    fresh = f"public, max-age={seconds}, s-maxage={seconds}"
    return f"{fresh}, stale-while-revalidate={seconds}, stale-if-error=86400"


def next_boundary(now: datetime | None = None) -> datetime:
    """The next moment at which some public page changes with no one doing anything; at the latest, midnight.

    Each query reads one end of an index.
    """
    now = now or timezone.now()
    local = now.astimezone(ISTANBUL)
    moments = [datetime.combine(local.date() + timedelta(days=1), time.min, ISTANBUL)]
    moments += _soonest(Article.objects.filter(state=State.PUBLISHED), ("expires_at",), now)
    for language in ("tr", "en"):
        listed = Article.objects.filter(state=State.PUBLISHED, language=language)
        moments += _soonest(listed, ("published_at",), now)
        moments += _soonest(Article.objects.filter(language=language), ("featured_until",), now)
    moments += _soonest(Event.objects.filter(state=State.PUBLISHED), ("published_at", "expires_at"), now)
    moments += _soonest(Alert.objects.all(), ("starts_at", "ends_at"), now)
    moments += _soonest(Occurrence.objects.all(), ("begins_at", "ends_at"), now)
    opening = Event.objects.public(now).filter(
        join_opens_minutes__isnull=False, occurrences__begins_at__gt=now
    )
    for minutes, begins_at in opening.values_list("join_opens_minutes", "occurrences__begins_at"):
        if (opens_at := join_opens_at(begins_at, minutes or 0)) > now:
            moments.append(opens_at)
    return min(moments)


def _soonest(rows: models.QuerySet, fields: Iterable[str], now: datetime) -> list[datetime]:
    found = [
        rows.filter(**{f"{field}__gt": now}).order_by(field).values_list(field, flat=True).first()
        for field in fields
    ]
    return [moment for moment in found if moment]
