"""What an article's readers are told of its changes."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article
from .fields import LineField, PlainTextField


class ChangeNote(models.Model):
    """A public line in an article's change history, written for a major edit."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="change_notes")
    note = LineField(_("what changed"), max_length=300)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("change note")
        verbose_name_plural = _("change notes")
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.note


class Correction(models.Model):
    """What an article said wrongly and what is right, shown on it and on the corrections page."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="corrections")
    wrong = PlainTextField(_("what was wrong"))
    right = PlainTextField(_("what is right"))
    corrected_at = models.DateTimeField(_("corrected"), default=timezone.now)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-corrected_at", "-pk"]

    def __str__(self) -> str:
        return self.right
