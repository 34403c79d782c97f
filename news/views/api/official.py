from typing import Any

from django.conf import settings
from django.db.models import F
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router

from news.models import Official
from news.templatetags.page import href
from news.views.api import shapes
from news.views.api.asking import LARGEST_ID, PROBLEMS, ById, InLanguage, by_id, html, named, next_url

router = Router(tags=["officials"])


class Asked(ById):
    place: int | None = Field(None, ge=1, le=LARGEST_ID, description="Id of a district.")
    in_office: bool = Field(False, description="Only those who hold an office today.")


@router.get("/officials", response={200: shapes.Officials, **PROBLEMS}, operation_id="officials")
def officials(request: HttpRequest, asked: Query[Asked]) -> shapes.Officials:
    """People who hold or held an office, and guests whom a public article names."""
    rows = Official.objects.public().select_related("district")
    if asked.in_office:
        rows = rows.in_office()
    if asked.place:
        rows = rows.filter(district=asked.place)
    page, cursor = by_id(rows, asked)
    items = [shapes.OfficialInList(**_listed(row, asked.language)) for row in page]
    return shapes.Officials(items=items, next=next_url(request, asked, cursor))


@router.get("/officials/{int:id}", response={200: shapes.Official, **PROBLEMS}, operation_id="official")
def official(request: HttpRequest, id: int, asked: Query[InLanguage]) -> shapes.Official:
    """One person, with the offices held, each by the title it had when the term ended, or has today."""
    if id > LARGEST_ID:
        raise Http404
    row = Official.objects.public().select_related("district").filter(pk=id).first()
    if row is None:
        raise Http404
    today = timezone.localdate()
    held = row.appointments.select_related("office__body").prefetch_related("office__former_titles")
    terms = [
        shapes.Term(
            office=term.office.title_on(min(term.ends_on or today, today), asked.language),
            body=getattr(term.office.body, f"name_{asked.language}"),
            starts_on=term.starts_on,
            ends_on=term.ends_on,
            acting=term.acting,
            party=getattr(term, f"party_{asked.language}"),
        )
        for term in held.order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "-pk")
    ]
    biography = html(getattr(row, f"biography_{asked.language}"), asked.language)
    return shapes.Official(**_listed(row, asked.language), html=biography, terms=terms)


def _listed(row: Official, language: str) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "honorific": getattr(row, f"honorific_{language}"),
        "summary": getattr(row, f"summary_{language}"),
        "district": named(row.district, language),
        "url": settings.SITE_URL + row.get_absolute_url(language),
        "website": href(row.website),
    }
