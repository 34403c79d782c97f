from django.db import models
from django.utils.translation import gettext_lazy as _


class Preference(models.Model):
    """How somebody wants the newsroom to behave; who wants nothing special has no row."""

    user = models.OneToOneField("auth.User", on_delete=models.CASCADE, related_name="+")
    shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        return str(self.user)
