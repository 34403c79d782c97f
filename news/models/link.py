from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from .event import OFF

#: Addresses that an event shows while it is neither off nor over.
WHILE_ON = ("join_url", "tickets_url")


class LinkCheckQuerySet(models.QuerySet):
    def standing(self, now: datetime | None = None) -> Self:
        """Those that something of ours still links to."""
        somewhere = Q()
        for relation in ("articles", "events", "officials"):
            somewhere |= Q(Exists(shown_links(relation, now).filter(linkcheck=OuterRef("pk"))))
        return self.filter(somewhere)


def shown_links(relation: str, now: datetime | None = None) -> QuerySet:
    """Which article, event or official has which link, for those that it shows."""
    links = getattr(LinkCheck, relation).through.objects.all()
    if relation != "events":
        return links
    gone = Q(event__status__in=OFF) | Q(event__last_ends_at__lte=now or timezone.now())
    shown_while_on = Q()
    for name in WHILE_ON:
        shown_while_on |= Q(linkcheck__url=F(f"event__{name}"))
    return links.exclude(gone, shown_while_on)


class LinkCheck(models.Model):
    """What an address that a text or an address field leads to answered last."""

    url = models.CharField(max_length=500, unique=True)
    works = models.BooleanField(default=True)
    answer = models.CharField(max_length=100, blank=True)
    checked_at = models.DateTimeField(null=True)
    articles: models.ManyToManyField = models.ManyToManyField("Article", related_name="links_out")
    events: models.ManyToManyField = models.ManyToManyField("Event", related_name="links_out")
    officials: models.ManyToManyField = models.ManyToManyField("Official", related_name="links_out")

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["checked_at"])]

    def __str__(self) -> str:
        return self.url
