"""Whether a picture is public: while something shows it that is. The gates of its owners decide."""

from datetime import datetime
from functools import cache, reduce
from operator import or_
from typing import Any

from django.db import connection, models
from django.utils import timezone

from .article import Article, ArticleImage
from .body_image import BodyImage
from .event import Event
from .image import Image
from .official import Official
from .site import SiteProfile


def is_shown(now: Any) -> models.Q:
    """The condition on a picture that something shows it which a citizen may see at `now`.

    Each way starts at the few uses of the one picture and asks the gate for their owners by key: a plain join
    is started at a million owners by a database that has gathered no statistics.
    """
    me = models.OuterRef("pk")
    articles, events = Article.objects.public(now), Event.objects.public(now)
    officials = Official.objects.public(now)
    gallery, bodies = ArticleImage.objects.filter(image=me), BodyImage.objects.filter(image=me)
    ways = [
        Article.objects.filter(_passes(articles, "pk"), lead_image=me),
        gallery.filter(_passes(articles, "article")),
        bodies.filter(_passes(articles, "article")),
        Event.objects.filter(_passes(events, "pk"), image=me),
        bodies.filter(_passes(events, "event")),
        Official.objects.filter(_passes(officials, "pk"), portrait=me),
        bodies.filter(_passes(officials, "official")),
        SiteProfile.objects.filter(models.Q(logo=me) | models.Q(share_image=me)),
    ]
    return reduce(or_, (models.Q(models.Exists(way)) for way in ways))


def is_used() -> models.Q:
    """The condition on a picture that something shows it, public or not."""
    me = models.OuterRef("pk")
    ways: list[models.QuerySet] = [
        Article.objects.filter(lead_image=me),
        ArticleImage.objects.filter(image=me),
        BodyImage.objects.filter(image=me),
        Event.objects.filter(image=me),
        Official.objects.filter(portrait=me),
        SiteProfile.objects.filter(models.Q(logo=me) | models.Q(share_image=me)),
    ]
    return reduce(or_, (models.Q(models.Exists(way)) for way in ways))


def _passes(gate: models.QuerySet, owner: str) -> models.Exists:
    return models.Exists(gate.filter(pk=models.OuterRef(owner)))


class Slot(models.Expression):
    """A value that is filled in when the compiled question is asked."""

    def __init__(self, name: str, output_field: models.Field) -> None:
        super().__init__(output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


@cache
def _question(vendor: str) -> tuple[str, tuple[Any, ...]]:
    now, key = Slot("now", models.DateTimeField()), Slot("key", models.CharField())
    shown = models.ExpressionWrapper(is_shown(now), models.BooleanField())
    images = Image.objects.filter(key=key).order_by().annotate(is_public=shown)
    return images.query.sql_with_params()


def asked_for(key: str, now: datetime | None = None) -> tuple[Image, bool] | None:
    """The picture with that key, and whether it is public: one query for each picture that a reader fetches.

    Compiling it takes a hundred times longer than the database takes to answer, so that is done once.
    """
    sql, slots = _question(connection.vendor)
    given = {"now": connection.ops.adapt_datetimefield_value(now or timezone.now()), "key": key}
    values = [given[slot.name] if isinstance(slot, Slot) else slot for slot in slots]
    found = next(iter(Image.objects.raw(sql, values)), None)
    return (found, bool(found.is_public)) if found else None
