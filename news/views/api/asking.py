"""What can be asked and how it is answered.

Lists are cut by position, so that no page costs more than the first.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Literal
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import conditional_page
from ninja import Field, Schema
from ninja.errors import HttpError

from news import richtext
from news.models import Image, Place
from news.page_cache import public_page
from news.publishing import body_links
from news.views.keyset import Cursor, Order
from news.views.page import share_picture

from .shapes import Named, Picture, Problem

Language = Literal["tr", "en"]
LARGEST_ID = 2**62
PROBLEMS = {400: Problem, 404: Problem}
#: All values that any list reads.
VALUES = ("language", "limit", "cursor", "since", "kind", "tag", "official", "place", "topic", "in_office")
MOMENT = r"^-?[0-9a-f]{1,14}\.[0-9]{1,18}$"


class InLanguage(Schema):
    language: Language = Field("tr", description="The language of the answer.")


class InList(InLanguage):
    limit: int = Field(20, ge=1, le=100, description="Items on a page.")


class InTime(InList):
    """Newest first."""

    cursor: str = Field("", pattern=rf"{MOMENT}|^$", description="As given in `next`.")
    since: datetime | None = Field(None, description="Published at this moment or later.")
    tag: int | None = Field(None, ge=1, le=LARGEST_ID, description="Id of a tag.")
    official: int | None = Field(None, ge=1, le=LARGEST_ID, description="Id of an official.")
    place: int | None = Field(
        None, ge=1, le=LARGEST_ID, description="Id of a place; a district includes its venues."
    )


class ById(InList):
    """In the order of their ids."""

    cursor: int = Field(0, ge=0, le=LARGEST_ID, description="As given in `next`.")


def newest(rows: QuerySet, asked: InTime, narrow: Q, order: Order) -> tuple[list[Any], str]:
    """The rows of a page, and the cursor of the next."""
    if asked.cursor:
        narrow &= order.beyond(Cursor.parse(asked.cursor), "lt")
    if asked.since:
        narrow &= Q(**{f"{order.moment}__gte": _aware(asked.since)})
    found = list(rows.filter(narrow).order_by(f"-{order.moment}", f"-{order.pk}")[: asked.limit + 1])
    page = found[: asked.limit]
    return page, str(Cursor(page[-1].published_at, page[-1].pk)) if len(found) > asked.limit else ""


def by_id(rows: QuerySet, asked: ById) -> tuple[list[Any], str]:
    found = list(rows.filter(pk__gt=asked.cursor).order_by("pk")[: asked.limit + 1])
    page = found[: asked.limit]
    return page, str(page[-1].pk) if len(found) > asked.limit else ""


def next_url(request: HttpRequest, asked: InList, cursor: str) -> str | None:
    if not cursor:
        return None
    values = asked.dict(exclude_defaults=True) | {"cursor": cursor}
    since = values.get("since")
    query = values | ({"since": since.isoformat()} if since else {})
    return f"{settings.SITE_URL}{request.path}?{urlencode(query)}"


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise HttpError(400, "since: give the offset from UTC, as in 2026-03-18T12:00:00+03:00.")
    return moment


def within(place: int) -> Q:
    """In a place, or at a venue of that district."""
    return Q(place=place) | Q(place__within=place)


def named(place: Place | None, language: str) -> Named | None:
    return Named(id=place.pk, name=getattr(place, f"name_{language}")) if place else None


def picture(image: Image | None, alt: str) -> Picture | None:
    if image is None:
        return None
    shown = share_picture(image, alt)
    return Picture(url=shown.url, width=shown.width, height=shown.height, alt=alt, credit=image.credit)


def html(stored: str, language: str) -> str:
    return richtext.absolute(body_links.resolved(stored, language), settings.SITE_URL) if stored else ""


def local(moment: datetime | None) -> datetime | None:
    """With the offset of the city, as people there read it."""
    return timezone.localtime(moment) if moment else None


def answered(view: Callable[..., Any]) -> Callable[..., Any]:
    """The same for everybody, with an entity tag, and open to the scripts of every site."""

    @wraps(view)
    def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "HEAD":
            # The server leaves out the body; to the library every HEAD is a method of its own.
            request.method = "GET"
        with override("tr"):
            response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Content-Language"] = ", ".join(code for code, _name in settings.LANGUAGES)
        return response

    return public_page(*VALUES)(conditional_page(open_to_all))
