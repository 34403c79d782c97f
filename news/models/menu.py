from django.db import models
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from .fields import LineField, LinkField, require_words


class Menu(models.TextChoices):
    MAIN = "main", _("main navigation")
    QUICK = "quick", _("quick links (right column)")
    CORPORATE = "corporate", _("footer: the municipality")
    LEGAL = "legal", _("footer: legal")


class MenuItemQuerySet(models.QuerySet):
    def in_language(self, language: str) -> "MenuItemQuerySet":
        return self.exclude(**{f"label_{language}": ""}).exclude(**{f"url_{language}": ""})


class MenuItem(models.Model):
    """A link in one of the menus; it appears in a language only where it has a label and an address in it."""

    menu = models.CharField(_("menu"), max_length=10, choices=Menu, default=Menu.QUICK)
    label = TranslatedField(LineField(_("label"), max_length=60, blank=True))
    url = TranslatedField(
        LinkField(
            _("address"),
            max_length=300,
            blank=True,
            help_text=_("A path such as /tr/haberler/ or an https address."),
        )
    )
    icon = models.SlugField(_("icon"), max_length=30, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = MenuItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("menu item")
        verbose_name_plural = _("menu items")
        ordering = ["menu", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="menuitem_menu_known",
                condition=models.Q(menu__in=Menu.values),
                violation_error_message=_("This menu does not exist."),
            ),
            models.CheckConstraint(
                name="menuitem_has_a_label",
                condition=~models.Q(label_tr="", label_en=""),
                violation_error_message=_("A menu item needs a label in at least one language."),
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.label_tr or self.label_en

    def clean(self) -> None:
        require_words(self, "label")

    def is_external(self) -> bool:
        return not self.url.startswith("/")
