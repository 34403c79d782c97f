"""What happens in open forms: what is being typed, and who is there."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """What somebody has typed and not saved yet, kept beside the record and never instead of it.

    `key` names the form: `article:12`, or `article:new:<key of the form>` for one that is no record yet.
    """

    user = models.ForeignKey("auth.User", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    values = models.JSONField(help_text="Pairs of field name and value, in the order of the form.")
    version = models.PositiveIntegerField(null=True, help_text="The version that was being changed.")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        indexes = [models.Index(fields=["saved_at"])]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_once_per_form")]

    def __str__(self) -> str:
        return self.key


class Presence(models.Model):
    """Somebody has the form open; the row is stale a moment after the browser stops asking."""

    user = models.ForeignKey("auth.User", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["key", "seen_at"])]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="presence_once_per_form")]

    def __str__(self) -> str:
        return self.key
