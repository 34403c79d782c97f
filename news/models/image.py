import secrets
from pathlib import PurePath

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from imagefield.fields import ImageField, PPOIField
from translated_fields import TranslatedField

from .fields import DerivedTextField, LineField, PlainTextField, folded


class Licence(models.TextChoices):
    OWN = "own", _("Ours, all rights reserved")
    CC_BY = "cc_by", "CC BY 4.0"
    CC_BY_SA = "cc_by_sa", "CC BY-SA 4.0"
    CC0 = "cc0", "CC0 1.0"
    AGENCY = "agency", _("Agency picture, this portal only")
    PERMITTED = "permitted", _("Used with the owner's permission")


def random_name(image: "Image", filename: str) -> str:
    """A name that cannot be guessed and tells nothing; the extension comes from the checked content."""
    return f"images/{secrets.token_urlsafe(18)}{PurePath(filename).suffix.lower()}"


class ImageQuerySet(models.QuerySet):
    pass


class Image(models.Model):
    file = ImageField(
        _("picture"),
        upload_to=random_name,
        width_field="width",
        height_field="height",
        ppoi_field="focal_point",
        max_length=120,
    )
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)
    focal_point = PPOIField(_("focal point"))
    title = LineField(_("title in the library"), max_length=150)
    alt = TranslatedField(
        LineField(
            _("text alternative"),
            max_length=250,
            blank=True,
            help_text=_("What the picture shows, offered wherever it is used; each use may have its own."),
        )
    )
    caption = TranslatedField(PlainTextField(_("caption"), blank=True))
    credit = LineField(_("credit"), max_length=150, blank=True)
    licence = models.CharField(_("licence"), max_length=10, choices=Licence, default=Licence.OWN)
    source_url = models.URLField(_("source address"), blank=True)
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        "auth.User",
        verbose_name=_("uploaded by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    renditions_made_at = models.DateTimeField(null=True, blank=True, editable=False)
    folded = DerivedTextField(
        derive=folded("title", "alt_tr", "alt_en", "caption_tr", "caption_en", "credit")
    )

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["-uploaded_at", "-id"])]

    def __str__(self) -> str:
        return self.title
