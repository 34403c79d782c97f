from typing import Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from .fields import DerivedCharField, DerivedTextField, LineField, PlainTextField, folded, sorted_as


class PlaceQuerySet(models.QuerySet):
    def districts(self) -> Self:
        """Those of the city; a place with a locality lies elsewhere."""
        return self.filter(within__isnull=True, locality_tr="", locality_en="")

    def alphabetical(self) -> Self:
        """In the order of the active language's alphabet."""
        return self.order_by(f"sort_{get_language() or 'tr'}", "pk")


class Place(models.Model):
    """A district, or a venue within one (schema.org `Place`, `containedInPlace`)."""

    name = TranslatedField(LineField(_("name"), max_length=120))
    within = models.ForeignKey(
        "self",
        verbose_name=_("district"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="venues",
        limit_choices_to={"within": None},
        help_text=_("Empty for a district itself."),
    )
    address = LineField(_("address"), max_length=250, blank=True)
    locality = TranslatedField(
        LineField(_("city and country"), max_length=120, blank=True, help_text=_("Only outside the city."))
    )
    access = TranslatedField(PlainTextField(_("access notes"), blank=True))
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    folded = DerivedTextField(derive=folded("name_tr", "name_en", "address"))
    sort_tr = DerivedCharField(max_length=200, derive=sorted_as("name_tr", "tr"))
    sort_en = DerivedCharField(max_length=200, derive=sorted_as("name_en", "en"))

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["sort_tr"]
        indexes = [models.Index(fields=["sort_tr"]), models.Index(fields=["sort_en"])]
        constraints = [
            models.CheckConstraint(
                name="place_latitude_range",
                condition=models.Q(latitude__isnull=True) | models.Q(latitude__range=(-90, 90)),
                violation_error_message=_("Latitude runs from −90 to 90."),
            ),
            models.CheckConstraint(
                name="place_longitude_range",
                condition=models.Q(longitude__isnull=True) | models.Q(longitude__range=(-180, 180)),
                violation_error_message=_("Longitude runs from −180 to 180."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
