from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fields import PlainTextField


class TimelineEntry(models.Model):
    """One move of an article or event: who, when, what, and why. Written by the verbs, never edited."""

    article = models.ForeignKey("Article", on_delete=models.CASCADE, null=True, related_name="timeline")
    event = models.ForeignKey("Event", on_delete=models.CASCADE, null=True, related_name="timeline")
    move = models.CharField(_("what"), max_length=20)
    reason = PlainTextField(_("why"), blank=True)
    by = models.ForeignKey(
        "auth.User", verbose_name=_("who"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    version = models.PositiveIntegerField(_("version"))

    class Meta:
        verbose_name = _("timeline entry")
        verbose_name_plural = _("timeline")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["move", "-at"], name="timeline_moves")]
        constraints = [
            models.CheckConstraint(
                name="timelineentry_of_one_item",
                condition=models.Q(article__isnull=True, event__isnull=False)
                | models.Q(article__isnull=False, event__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.move} {self.at:%Y-%m-%d}"
