"""Whether a picture is public: while something shows it that is. The gates of its owners decide."""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.utils import timezone

from .article import Article
from .article_image import ArticleImage
from .attached import GalleryImage
from .body_image import BodyImage
from .event import Event
from .image import Image
from .official import Official
from .prepared import prepared
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
    beside = GalleryImage.objects.filter(image=me)
    ways = [
        Article.objects.filter(_passes(articles, "pk"), lead_image=me),
        gallery.filter(_passes(articles, "article")),
        bodies.filter(_passes(articles, "article")),
        Event.objects.filter(_passes(events, "pk"), image=me),
        bodies.filter(_passes(events, "event")),
        beside.filter(_passes(events, "event")),
        Official.objects.filter(_passes(officials, "pk"), portrait=me),
        bodies.filter(_passes(officials, "official")),
        beside.filter(_passes(officials, "official")),
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
        GalleryImage.objects.filter(image=me),
        Event.objects.filter(image=me),
        Official.objects.filter(portrait=me),
        SiteProfile.objects.filter(models.Q(logo=me) | models.Q(share_image=me)),
    ]
    return reduce(or_, (models.Q(models.Exists(way)) for way in ways))


def is_of_article(article: models.Model) -> models.Q:
    me = models.OuterRef("pk")
    ways: list[models.QuerySet] = [
        Article.objects.filter(lead_image=me, pk=article.pk),
        ArticleImage.objects.filter(image=me, article=article.pk),
        BodyImage.objects.filter(image=me, article=article.pk),
    ]
    return reduce(or_, (models.Q(models.Exists(way)) for way in ways))


def _passes(gate: models.QuerySet, owner: str) -> models.Exists:
    return models.Exists(gate.filter(pk=models.OuterRef(owner)))


@prepared(now=models.DateTimeField(), key=models.CharField())
def _with_answer(*, now: Any, key: Any) -> models.QuerySet[Image]:
    shown = models.ExpressionWrapper(is_shown(now), models.BooleanField())
    return Image.objects.filter(key=key).order_by().annotate(is_public=shown)


def asked_for(key: str, now: datetime | None = None) -> tuple[Image, bool] | None:
    """The picture with that key, and whether it is public: one query for each that a reader fetches."""
    found = next(iter(_with_answer(now=now or timezone.now(), key=key)), None)
    return (found, bool(found.is_public)) if found else None
