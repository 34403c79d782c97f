from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router

from news.models import OFF, Event, EventKind, EventTag
from news.templatetags.page import href
from news.views.api import shapes
from news.views.api.asking import PROBLEMS, InLanguage, InTime, html, local, named, newest, next_url, within
from news.views.keyset import Order

router = Router(tags=["events"])

OCCURRENCES = 50


class Asked(InTime):
    kind: Literal[tuple(EventKind.values)] | None = Field(None, description="Kind of event.")  # type: ignore[valid-type]


@router.get("/events", response={200: shapes.Events, **PROBLEMS}, operation_id="events")
def events(request: HttpRequest, asked: Query[Asked]) -> shapes.Events:
    """Events with words in the language, the latest published first."""
    narrow = Q()
    if asked.kind:
        narrow &= Q(kind=asked.kind)
    if asked.place:
        narrow &= within(asked.place)
    if asked.official:
        narrow &= Q(participants=asked.official)
    if asked.tag:
        narrow &= Q(event_tags__tag=asked.tag)
    rows = _with_all(Event.objects.public().in_language(asked.language))
    page, cursor = newest(rows, asked, narrow, Order())
    items = [shapes.EventInList(**_listed(row, asked.language)) for row in page]
    return shapes.Events(items=items, next=next_url(request, asked, cursor))


@router.get("/events/{uuid:id}", response={200: shapes.Event, **PROBLEMS}, operation_id="event")
def event(request: HttpRequest, id: UUID, asked: Query[InLanguage]) -> shapes.Event:
    """One event, with its description and the times it takes place."""
    now = timezone.now()
    row = _with_all(Event.objects.public(now).in_language(asked.language)).filter(guid=id).first()
    if row is None:
        raise Http404
    occurrences = [
        shapes.Occurrence(
            starts_at=timezone.localtime(found.begins_at),
            ends_at=timezone.localtime(found.ends_at),
            first_day=found.first_day,
            last_day=found.last_day,
            cancelled=found.cancelled,
            moved=found.moved,
        )
        for found in row.occurrences.upcoming(now).chronological()[:OCCURRENCES]
    ]
    description = html(getattr(row, f"description_{asked.language}"), asked.language)
    return shapes.Event(**_listed(row, asked.language), html=description, occurrences=occurrences)


def _with_all(rows: QuerySet) -> QuerySet:
    tags = Prefetch("event_tags", EventTag.objects.select_related("tag").order_by("pk"))
    return rows.select_related("place").prefetch_related(tags)


def _listed(row: Event, language: str) -> dict[str, Any]:
    labels = [(link.tag_id, getattr(link.tag, f"name_{language}")) for link in row.event_tags.all()]
    off = row.status in OFF
    return {
        "id": row.guid,
        "language": language,
        "kind": row.kind,
        "title": getattr(row, f"title_{language}"),
        "summary": getattr(row, f"summary_{language}"),
        "url": settings.SITE_URL + row.get_absolute_url(language),
        "published_at": local(row.published_at),
        "timing": row.timing,
        "time_zone": row.time_zone,
        "starts_at": row.starts_at and row.starts_at.astimezone(row.zone),
        "ends_at": row.ends_at and row.ends_at.astimezone(row.zone),
        "first_day": row.first_day,
        "last_day": row.last_day,
        "status": row.status,
        "status_reason": getattr(row, f"status_reason_{language}"),
        "attendance": row.attendance,
        "place": named(row.place, language),
        "external": row.external,
        "organiser": getattr(row, f"organiser_{language}"),
        "free": row.free,
        "price": getattr(row, f"price_{language}"),
        "tickets_url": "" if off else href(row.tickets_url),
        "tags": [shapes.Named(id=pk, name=name) for pk, name in labels if name],
    }
