"""Events by day, and what other pages list of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import BigAutoField, CharField, DateField, DateTimeField, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.models import Event, Occurrence, prepared
from news.page_cache import public_page
from news.templatetags.dates import weekday_text
from news.templatetags.labels import EVENT_KINDS
from news.views.event_filter import EventFilter, address_when, calendar_address, chosen, subscription
from news.views.page import Page, everywhere, respond
from news.views.place import districts

A_PAGE = 30
MOST = 600


#: What is shown of an event where its times are listed.
SHOWN = (
    "title_tr", "title_en", "timing", "time_zone", "ends_at", "status", "attendance", "free",
    "place__name_tr", "place__name_en",
)  # fmt: skip


def listed(language: str, now: datetime) -> QuerySet:
    times = Occurrence.objects.of_public_events(language, now).chronological()
    own = ("begins_at", "ends_at", "first_day", "last_day", "moved", "cancelled")
    return times.select_related("event__place").only(*own, *(f"event__{name}" for name in SHOWN))


def narrowed(occurrences: QuerySet, shape: tuple[str, ...], given: Mapping[str, Any]) -> QuerySet:
    """`shape` says which filters are set, and `given` to what, as values or slots."""
    if "kind" in shape:
        occurrences = occurrences.filter(event__kind=given["kind"])
    if "district" in shape:
        here = Q(event__place=given["district"]) | Q(event__place__within=given["district"])
        occurrences = occurrences.filter(here)
    for name, column in (("free", "free"), ("accessible", "accessible"), ("children", "for_children")):
        if name in shape:
            occurrences = occurrences.filter(**{f"event__{column}": True})
    return occurrences


def upcoming(language: str, now: datetime, number: int) -> list[Occurrence]:
    """The next times of that many different events."""
    return _each_once(_coming(language, number * 4, now=now), number)


def others_like(found: Event, language: str, now: datetime, number: int) -> list[Occurrence]:
    """Those of the same kind, and not of the same programme, which the page of `found` names already."""
    given = {"now": now, "kind": found.kind, "event": found.pk, "programme": found.part_of_id}
    return _each_once(_like(language, number * 4, found.part_of_id is not None, **given), number)


def _each_once(coming: Iterable[Occurrence], number: int) -> list[Occurrence]:
    events: dict[int, Occurrence] = {}
    for occurrence in coming:
        events.setdefault(occurrence.event_id, occurrence)
    return list(events.values())[:number]


@prepared(now=DateTimeField())
def _coming(language: str, most: int, *, now: Any) -> QuerySet[Occurrence]:
    return listed(language, now).filter(begins_at__gt=now, cancelled=False)[:most]


@prepared(now=DateTimeField(), kind=CharField(), event=BigAutoField(), programme=BigAutoField())
def _like(
    language: str, most: int, in_programme: bool, *, now: Any, kind: Any, event: Any, programme: Any
) -> QuerySet[Occurrence]:
    others = Q(event__kind=kind) & ~Q(event=event) & ~Q(event__part_of=event)
    if in_programme:
        others &= ~Q(event=programme)
    return listed(language, now).filter(others, begins_at__gt=now, cancelled=False)[:most]


@prepared(
    now=DateTimeField(), kind=CharField(), district=BigAutoField(), first=DateField(), last=DateField(),
    start=DateField(), before=DateField(),
)  # fmt: skip
def narrowed_rows(
    language: str, shape: tuple[str, ...], bounds: tuple[str, ...], most: int, **given: Any
) -> QuerySet[Occurrence]:
    """`bounds` says which of the times are set."""
    rows = listed(language, given["now"])
    rows = narrowed(rows, shape, given)
    if "last" in bounds:
        rows = rows.touching(given["first"], given["last"])
    elif "first" in bounds:
        rows = rows.filter(last_day__gte=given["first"])
    if "ahead" in bounds:
        rows = rows.upcoming(given["now"])
    if "start" in bounds:
        rows = rows.filter(first_day__gte=given["start"])
    if "before" in bounds:
        rows = rows.filter(first_day__lt=given["before"])
    return rows[:most]


@require_safe
@public_page("when", "day", "since", "until", "start", "kind", "district", "free", "accessible", "children")
def events(request: HttpRequest) -> HttpResponse:
    language = get_language() or "tr"
    now = timezone.now()
    today = timezone.localdate(now)
    asked = EventFilter(request.GET)
    places = list(districts())
    if (district := asked.given["district"]) and district not in {place.pk for place in places}:
        raise Http404("no such district")
    first, last = asked.days(today)
    floor = first or today
    given = {"now": now, "first": first, "last": last, "kind": asked.given["kind"]}
    given |= {"district": district, "start": floor, "before": floor}
    bounds: tuple[str, ...] = ()
    if first:
        bounds = ("first", "last") if last else ("first",)
    if not first or (first >= today and asked.given["day"] is None):
        bounds += ("ahead",)
    running: list[Occurrence] = []
    if start := asked.given["start"]:
        given["start"] = max(start, floor)
    else:
        running = list(narrowed_rows(language, asked.shape, (*bounds, "before"), A_PAGE, **given))
    rows = list(narrowed_rows(language, asked.shape, (*bounds, "start"), A_PAGE + 1, **given))
    later = ""
    if len(rows) > A_PAGE:
        next_day = rows[-1].first_day
        if next_day == rows[0].first_day:
            given |= {"start": next_day, "before": next_day + timedelta(days=1)}
            rows = list(narrowed_rows(language, asked.shape, (*bounds, "start", "before"), MOST, **given))
            next_day += timedelta(days=1)
        rows = [row for row in rows if row.first_day < next_day]
        later = "?" + urlencode({**asked.query, "start": next_day.isoformat()})
    title = _("Events")
    if asked.given["day"]:
        title = _("Events on %(day)s") % {"day": weekday_text(asked.given["day"])}
    page = Page(
        title=title,
        description=_("What is on in the city, by day."),
        addresses=everywhere("news:events", query=asked.query),
        section=reverse("news:events"),
        trail=[(_("Home"), reverse("news:home"))],
        index=not asked.query and not start,
    )
    context = {
        "given": asked.given,
        "chosen": chosen(asked, places),
        "running": running,
        "days": [(day, list(group)) for day, group in groupby(rows, key=lambda row: row.first_day)],
        "later_url": later,
        "whens": [
            {
                "label": label,
                "url": address_when(asked, key),
                "current": "true" if asked.named_time == key else "",
            }
            for key, label in {"": _("All"), **asked.WHEN}.items()
        ],
        "kinds": EVENT_KINDS.items(),
        "districts": places,
        "calendar_url": calendar_address(asked),
        "subscription_url": subscription(calendar_address(asked)),
        "month_url": reverse("news:month", args=[today.year, today.month]),
        "today": today,
        "tomorrow": today + timedelta(days=1),
    }
    return respond(request, "news/events.html", page, context)
