from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AccountEventKind(models.TextChoices):
    SIGNED_IN = "signed_in", _("signed in")
    FAILED = "failed", _("sign-in failed")
    SIGNED_OUT = "signed_out", _("signed out")
    RIGHTS = "rights", _("rights changed")
    FACTOR_ADDED = "factor_added", _("second factor added")
    FACTOR_REMOVED = "factor_removed", _("second factor removed")
    PASSWORD = "password", _("password changed")


class AccountEvent(models.Model):
    """A line in the log of sign-ins and rights. Written once, read by administrators, changed by nobody."""

    kind = models.CharField(_("what"), max_length=14, choices=AccountEventKind)
    user = models.ForeignKey(
        "auth.User", verbose_name=_("account"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    name = models.CharField(_("name typed"), max_length=150, blank=True)
    by = models.ForeignKey(
        "auth.User", verbose_name=_("by"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    details = models.CharField(_("details"), max_length=300, blank=True)
    address = models.CharField(_("from"), max_length=45, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("account event")
        verbose_name_plural = _("sign-ins and rights")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], name="account_events")]
        default_permissions = ["view"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user or self.name}"
