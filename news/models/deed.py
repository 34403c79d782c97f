from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Deed(models.Model):
    """What somebody did in one go, to one item or to many, and how these were before.

    It can be taken back for a while; `news.publishing.undo` writes and reads `items`.
    """

    by = models.ForeignKey("auth.User", verbose_name=_("who"), on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("what"), max_length=20)
    at = models.DateTimeField(_("when"), default=timezone.now)
    label = models.CharField(max_length=300, help_text="The first item, as people know it.")
    items = models.JSONField(default=list, help_text="Each with `what` it is; see `news.publishing.undo`.")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("deed")
        verbose_name_plural = _("deeds")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["by", "-at"], name="deed_recent")]

    def __str__(self) -> str:
        return f"{self.name}: {self.label}"
