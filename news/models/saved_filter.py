from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import LineField


class SavedFilter(models.Model):
    """A question to a list of the admin that somebody asks often: the query string under a name."""

    user = models.ForeignKey("auth.User", on_delete=models.CASCADE, related_name="+")
    model = models.CharField(max_length=40, help_text="Whose list it is, such as `article`.")
    name = LineField(_("name"), max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "model", "name"], name="savedfilter_once_per_name")
        ]

    def __str__(self) -> str:
        return self.name
