from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from .fields import LineField, LinkField, PlainTextField, require_words
from .prepared import prepared


class SiteProfile(models.Model):
    """Who publishes the portal. There is one row; `SiteProfile.load()` gives it or an unsaved default."""

    name = TranslatedField(LineField(_("name"), max_length=120))
    short_name = TranslatedField(LineField(_("short name"), max_length=40))
    description = TranslatedField(LineField(_("description"), max_length=200, blank=True))
    logo = models.ForeignKey(
        "Image",
        verbose_name=_("logo"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="logo_of",
        help_text=_("Empty: the drawing in static/img/logo.svg."),
    )
    share_image = models.ForeignKey(
        "Image",
        verbose_name=_("picture when shared"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shared_of",
        help_text=_("For pages without a picture of their own."),
    )
    address = LineField(_("address"), max_length=250, blank=True)
    phone = LineField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    registered_email = models.EmailField(_("registered e-mail (KEP)"), blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        help_text=_("For the weather; off while empty."),
    )
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    accessibility_tested_on = models.DateField(_("accessibility tested on"), null=True, blank=True)
    accessibility_gaps = TranslatedField(PlainTextField(_("known accessibility gaps"), blank=True))
    security_contact = LineField(
        _("security contact"), max_length=200, blank=True, help_text=_("mailto: or https: address.")
    )

    class Meta:
        verbose_name = _("site profile")
        verbose_name_plural = _("site profile")
        constraints = [
            models.CheckConstraint(
                name="siteprofile_one_row",
                condition=models.Q(pk=1),
                violation_error_message=_("There is one site profile."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def load(cls) -> "SiteProfile":
        return next(iter(_profile()), None) or cls(
            pk=1,
            name_tr="Şehir Portalı",
            name_en="City Portal",
            short_name_tr="Şehir Portalı",
            short_name_en="City Portal",
        )


@prepared()
def _profile() -> models.QuerySet[SiteProfile]:
    return SiteProfile.objects.select_related("logo", "share_image").order_by("pk")[:1]


class Network(models.TextChoices):
    FACEBOOK = "facebook", "Facebook"
    X = "x", "X"
    INSTAGRAM = "instagram", "Instagram"
    YOUTUBE = "youtube", "YouTube"
    LINKEDIN = "linkedin", "LinkedIn"
    MASTODON = "mastodon", "Mastodon"
    TELEGRAM = "telegram", "Telegram"
    WHATSAPP = "whatsapp", "WhatsApp"


def network_known(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{name}_network_known",
        condition=models.Q(network__in=Network.values),
        violation_error_message=_("This network does not exist."),
    )


class SocialAccount(models.Model):
    network = models.CharField(_("network"), max_length=10, choices=Network)
    url = models.URLField(_("address"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("social account")
        verbose_name_plural = _("social accounts")
        ordering = ["position", "pk"]
        constraints = [network_known("socialaccount")]

    def __str__(self) -> str:
        return self.get_network_display()


class Severity(models.TextChoices):
    INFO = "info", _("information")
    WARNING = "warning", _("warning")
    EMERGENCY = "emergency", _("emergency")


class AlertQuerySet(models.QuerySet):
    def public(self, now: datetime | None = None) -> Self:
        now = now or timezone.now()
        return self.filter(models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=now), starts_at__lte=now)

    def in_language(self, language: str) -> Self:
        return self.exclude(**{f"text_{language}": ""})


class Alert(models.Model):
    """A line above every page while it lasts."""

    severity = models.CharField(_("severity"), max_length=10, choices=Severity, default=Severity.INFO)
    text = TranslatedField(LineField(_("text"), max_length=250, blank=True))
    url = TranslatedField(LinkField(_("address"), max_length=300, blank=True))
    starts_at = models.DateTimeField(_("starts at"), default=timezone.now)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="alert_severity_known",
                condition=models.Q(severity__in=Severity.values),
                violation_error_message=_("This severity does not exist."),
            ),
            models.CheckConstraint(
                name="alert_has_a_text",
                condition=~models.Q(text_tr="", text_en=""),
                violation_error_message=_("An alert needs a text in at least one language."),
            ),
            models.CheckConstraint(
                name="alert_ends_after_start",
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")),
                violation_error_message=_("The alert ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.text_tr or self.text_en

    def clean(self) -> None:
        require_words(self, "text")
