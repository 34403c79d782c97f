"""Events for calendar programs: all, those of a filter, or one."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, Max, OuterRef, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news import text
from news.models import (
    Event,
    EventKind,
    EventQuerySet,
    EventTag,
    Occurrence,
    Official,
    Place,
    SiteProfile,
    Tag,
)
from news.page_cache import public_page
from news.syndication import icalendar
from news.syndication.feed import NEVER
from news.syndication.item import absolute
from news.views.event_filter import EventFilterForm
from news.views.event_list import narrowed

#: What is over stays a year: a diary of what one attended, and the reason why something was called off.
KEPT = timedelta(days=365)
MOST = 1000
ID: dict[str, Any] = {"min_value": 1, "max_value": 10**18 - 1, "required": False}


class CalendarForm(EventFilterForm):
    """The filter of the events list without its days, and the topics and people whose pages list events."""

    KEYS = ("kind", "district", "free", "accessible", "children", "topic", "person")
    topic = forms.IntegerField(**ID)
    person = forms.IntegerField(**ID)

    @property
    def query(self) -> dict[str, str]:
        return {name: value for name, value in super().query.items() if name in self.KEYS}

    def events(self, language: str, now: datetime) -> EventQuerySet:
        public = Event.objects.public(now).in_language(language).filter(last_ends_at__gt=now - KEPT)
        if self.shape:
            times = Occurrence.objects.filter(event=OuterRef("pk"))
            public = public.filter(Exists(narrowed(times, self.shape, self.cleaned_data)))
        if topic := self.cleaned_data["topic"]:
            public = public.filter(event_tags__tag=topic)
        if person := self.cleaned_data["person"]:
            public = public.filter(participants=person)
        return public.order_by("-last_ends_at", "-pk")

    def labels(self, language: str, now: datetime) -> list[str]:
        """The choice in words; a topic or a person that no page of ours shows is a missing page."""
        given, found = self.cleaned_data, []
        if given["kind"]:
            found.append(str(EventKind(given["kind"]).label))
        for name, rows in (
            ("district", Place.objects.all()),
            ("topic", Tag.objects.public(language, now)),
            ("person", Official.objects.public(now)),
        ):
            if given[name]:
                found.append(str(get_object_or_404(rows, pk=given[name])))
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
@public_page(*CalendarForm.KEYS)
def events(request: HttpRequest) -> HttpResponse:
    """The calendar to subscribe to."""
    language, now = get_language() or "tr", timezone.now()
    form = CalendarForm(request.GET)
    if not form.is_valid():
        raise Http404("no such filter")
    labels = form.labels(language, now)
    found = list(with_all(form.events(language, now), now)[:MOST])
    site = SiteProfile.load()
    heading = f"{site.name}: {', '.join(labels) if labels else _('Events')}"
    url = absolute(address_of(form.query))
    calendar = icalendar.Programme(sorted(found, key=position), site, now, name=heading, url=url)
    return answer(request, calendar, modified_at(found, now))


@require_safe
@public_page()
def event(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One event as a file; the id decides, whatever the words before the dot."""
    language, now = get_language() or "tr", timezone.now()
    public = Event.objects.public(now).in_language(language)
    found = get_object_or_404(with_all(public, now), pk=pk)
    site = SiteProfile.load()
    url = absolute(reverse("news:event_calendar", args=[pk, text.slugify(found.title, str(pk))]))
    calendar = icalendar.Programme([found], site, now, name=found.title, url=url)
    response = answer(request, calendar, found.touched_at)
    response["Content-Disposition"] = f'attachment; filename="{text.slugify(found.title, str(pk))}.ics"'
    return response


def with_all(events: EventQuerySet, now: datetime) -> EventQuerySet:
    changed = Q(moved=True) | Q(cancelled=True)
    awaited = Q(event__join_opens_minutes__isnull=False, ends_at__gt=now)
    return events.select_related("place__within", "part_of").prefetch_related(
        Prefetch("occurrences", Occurrence.objects.filter(changed | awaited).order_by("recurrence_id")),
        Prefetch("event_tags", EventTag.objects.select_related("tag").order_by("pk")),
    )


def position(event: Event) -> tuple[datetime, int]:
    return event.begins_at, event.pk


def modified_at(found: list[Event], now: datetime) -> datetime:
    """Also moved by what left the calendar: a reader who asks by date must learn of it."""
    moments = Event.objects.gone(now).aggregate(
        withdrawn=Max("withdrawn_at"), expired=Max("expires_at", filter=Q(expires_at__lte=now))
    )
    known = [moment for moment in moments.values() if moment]
    return max(
        [*known, *(event.touched_at for event in found), *(event.published_at or NEVER for event in found)],
        default=NEVER,
    )


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


def subscription(path: str) -> str:
    """The address that opens the reader's calendar program instead of a download."""
    return "webcal://" + absolute(path).partition("://")[2]
