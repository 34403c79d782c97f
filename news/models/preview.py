from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fields import LineField


class PreviewLinkQuerySet(models.QuerySet):
    def open(self, now: datetime | None = None) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=now or timezone.now())


class PreviewLink(models.Model):
    """Lets somebody without an account read one article before it is public.

    The address holds a random token, of which only the digest is stored.
    """

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="preview_links")
    digest = models.CharField(max_length=64, unique=True)
    note = LineField(_("for whom"), max_length=120, blank=True)
    made_by = models.ForeignKey("auth.User", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.note or f"{self.made_at:%Y-%m-%d}"

    def is_open(self, now: datetime | None = None) -> bool:
        return self.revoked_at is None and self.expires_at > (now or timezone.now())


class PreviewVisit(models.Model):
    """That a preview link was opened; the address is kept without its last part."""

    link = models.ForeignKey(PreviewLink, on_delete=models.CASCADE, related_name="visits")
    at = models.DateTimeField(default=timezone.now)
    address = models.CharField(max_length=45, blank=True)

    class Meta:
        verbose_name = _("preview visit")
        verbose_name_plural = _("preview visits")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
