"""Events for calendar programs: all, those of a filter, or one."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import BigAutoField, CharField, DateTimeField, Exists, Max, OuterRef, Q, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news import text
from news.models import Event, EventKind, EventTag, KeysField, Occurrence, SiteProfile, attach, prepared
from news.page_cache import public_page
from news.syndication import icalendar
from news.syndication.feed import NEVER
from news.syndication.item import absolute
from news.views.article_filter import one, the_person, the_place, the_topic
from news.views.asked import ID
from news.views.event_filter import EventFilter
from news.views.event_list import narrowed

#: What is over stays a year: a diary of what one attended, and the reason why something was called off.
KEPT = timedelta(days=365)
MOST = 1000


class CalendarFilter(EventFilter):
    """The filter of the events list without its days, and the topics and people whose pages list events."""

    KEYS = ("kind", "district", "free", "accessible", "children", "topic", "person")
    FIELDS = EventFilter.FIELDS | {name: forms.IntegerField(**ID) for name in ("topic", "person")}

    NOTHING = EventFilter.NOTHING | {"topic": None, "person": None}

    @property
    def shape(self) -> tuple[str, ...]:
        return tuple(name for name in self.KEYS if self.given[name])

    @property
    def query(self) -> dict[str, str]:
        return {name: value for name, value in super().query.items() if name in self.KEYS}

    def events(self, language: str, now: datetime) -> QuerySet[Event]:
        given = {name: self.given[name] for name in ("kind", "district", "topic", "person")}
        return _narrowed(language, self.shape, **given, now=now, since=now - KEPT)

    def labels(self, language: str, now: datetime) -> list[str]:
        """The choice in words; a topic or a person that no page of ours shows is a missing page."""
        given, found = self.given, []
        if given["kind"]:
            found.append(str(EventKind(given["kind"]).label))
        for name, ask in (
            ("district", the_place),
            ("topic", partial(the_topic, language)),
            ("person", the_person),
        ):
            if given[name]:
                found.append(str(one(ask, given[name])))
        found += [str(words) for name, words in self.words().items() if given[name]]
        return found

    @staticmethod
    def words() -> dict[str, str]:
        return {
            "free": _("free of charge"),
            "accessible": _("accessible by wheelchair"),
            "children": _("for children"),
        }


@require_safe
@public_page(*CalendarFilter.KEYS)
def events(request: HttpRequest) -> HttpResponse:
    """The calendar to subscribe to."""
    language, now = get_language() or "tr", timezone.now()
    asked = CalendarFilter(request.GET)
    labels = asked.labels(language, now)
    found = with_all(asked.events(language, now), now)
    site = SiteProfile.load()
    heading = f"{site.name}: {', '.join(labels) if labels else _('Events')}"
    url = absolute(address_of(asked.query))
    calendar = icalendar.Programme(sorted(found, key=position), site, now, name=heading, url=url)
    return answer(request, calendar, modified_at(found, now))


@require_safe
@public_page()
def event(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One event as a file; the id decides, whatever the words before the dot."""
    language, now = get_language() or "tr", timezone.now()
    found = next(iter(with_all(_one(language, pk=pk, now=now), now)), None)
    if found is None:
        raise Http404("no such event")
    site = SiteProfile.load()
    url = absolute(reverse("news:event_calendar", args=[pk, text.slugify(found.title, str(pk))]))
    calendar = icalendar.Programme([found], site, now, name=found.title, url=url)
    response = answer(request, calendar, found.touched_at)
    response["Content-Disposition"] = f'attachment; filename="{text.slugify(found.title, str(pk))}.ics"'
    return response


@prepared(
    now=DateTimeField(), since=DateTimeField(), kind=CharField(), district=BigAutoField(),
    topic=BigAutoField(), person=BigAutoField(),
)  # fmt: skip
def _narrowed(language: str, shape: tuple[str, ...], **given: Any) -> QuerySet[Event]:
    public = Event.objects.public(given["now"]).in_language(language)
    public = public.filter(last_ends_at__gt=given["since"])
    if of_times := tuple(name for name in shape if name not in ("topic", "person")):
        times = Occurrence.objects.filter(event=OuterRef("pk"))
        public = public.filter(Exists(narrowed(times, of_times, given)))
    if "topic" in shape:
        public = public.filter(event_tags__tag=given["topic"])
    if "person" in shape:
        public = public.filter(participants=given["person"])
    return public.select_related("place__within", "part_of").order_by("-last_ends_at", "-pk")[:MOST]


@prepared(pk=BigAutoField(), now=DateTimeField())
def _one(language: str, *, pk: Any, now: Any) -> QuerySet[Event]:
    public = Event.objects.public(now).in_language(language).filter(pk=pk).order_by()
    return public.select_related("place__within", "part_of")


def with_all(events: Iterable[Event], now: datetime) -> list[Event]:
    """With what a calendar reads of other rows: two questions, however many events."""
    found = list(events)
    pks = [event.pk for event in found]
    attach(found, "occurrences", _times(pks=pks, now=now), by="event_id")
    attach(found, "event_tags", _labels(pks=pks), by="content_object_id")
    return found


@prepared(pks=KeysField(), now=DateTimeField())
def _times(*, pks: Any, now: Any) -> QuerySet[Occurrence]:
    changed = Q(moved=True) | Q(cancelled=True)
    awaited = Q(event__join_opens_minutes__isnull=False, ends_at__gt=now)
    return Occurrence.objects.filter(changed | awaited, event__in=pks).order_by("recurrence_id")


@prepared(pks=KeysField())
def _labels(*, pks: Any) -> QuerySet[EventTag]:
    return EventTag.objects.filter(content_object__in=pks).select_related("tag").order_by("pk")


def position(event: Event) -> tuple[datetime, int]:
    return event.begins_at, event.pk


def modified_at(found: list[Event], now: datetime) -> datetime:
    """Also moved by what left the calendar: a reader who asks by date must learn of it."""
    known = [moment for moments in _left(now=now) for moment in moments if moment]
    return max(
        [*known, *(event.touched_at for event in found), *(event.published_at or NEVER for event in found)],
        default=NEVER,
    )


@prepared(now=DateTimeField())
def _left(*, now: Any) -> QuerySet:
    """One row: when an event was last withdrawn, and when one last expired."""
    last = {"withdrawn": Max("withdrawn_at"), "expired": Max("expires_at", filter=Q(expires_at__lte=now))}
    gone = Event.objects.gone(now).order_by().annotate(all=Value(1)).values("all").annotate(**last)
    return gone.values_list(*last)


def answer(request: HttpRequest, calendar: icalendar.Programme, modified: datetime) -> HttpResponse:
    etag, last_modified = calendar.etag(), int(modified.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=last_modified)
    if response is None:
        response = HttpResponse(calendar.render(), content_type=icalendar.TYPE)
    response["ETag"], response["Last-Modified"] = etag, http_date(last_modified)
    response["Content-Language"] = get_language() or "tr"
    return response


def address_of(query: dict[str, str]) -> str:
    return reverse("news:calendar") + (f"?{urlencode(query)}" if query else "")
