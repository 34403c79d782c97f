from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article
from .fields import LineField
from .official import Appointment, FormerName


def naming(official: Any, language: str, now: datetime | None = None) -> models.Q:
    """What names `official`, to be ordered by `mentions__listed_at`; see `tagged`."""
    at = now or timezone.now()
    return models.Q(mentions__official=official, mentions__language=language, mentions__listed_at__lte=at)


class MentionQuerySet(models.QuerySet):
    def as_of(self, day: date, language: str) -> Self:
        """With `name_then`, `office_then` and `acting_then`: in one query what `Official.name_on`,
        `Official.appointment_on` and `Office.title_on` say of that day."""
        official = models.OuterRef("official")
        names = FormerName.objects.filter(official=official, until__gte=day).order_by("until")
        held = Appointment.objects.of(official, day, language)
        return self.annotate(
            name_then=Coalesce(models.Subquery(names.values("name")[:1]), "official__name"),
            office_then=models.Subquery(held.values("then")[:1]),
            acting_then=models.Subquery(held.values("acting")[:1]),
        )


class Mention(models.Model):
    """A person named in an article, with the office they held on its date.

    The office is read from the appointments of the day; `office_as_given` overrides it, for guests and for
    what a story must say differently.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="mentions")
    official = models.ForeignKey(
        "Official", verbose_name=_("official"), on_delete=models.PROTECT, related_name="mentions"
    )
    office_as_given = LineField(
        _("office as given"),
        max_length=200,
        blank=True,
        help_text=_(
            "For guests: their office as the story gives it. Empty: the office held on the story's date."
        ),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    listed_at = models.DateTimeField(null=True, editable=False)
    language = models.CharField(max_length=2, editable=False, default="tr")

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("named person")
        verbose_name_plural = _("named people")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["official", "language", "listed_at", "article"], name="mention_list")]
        constraints = [models.UniqueConstraint(fields=["article", "official"], name="mention_once")]

    def __str__(self) -> str:
        return str(self.official)

    def date(self) -> datetime:
        """The moment whose office and name apply: the first publication, or now for a draft."""
        return self.article.first_published_at or self.article.published_at or timezone.now()
