import secrets
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article, ArticleQuerySet
from .fields import DerivedCharField


class Frequency(models.TextChoices):
    AT_ONCE = "at_once", _("as soon as it is published")
    DAILY = "daily", _("once a day, in the evening")
    WEEKLY = "weekly", _("once a week, on Monday morning")


def new_token() -> str:
    return secrets.token_urlsafe(24)


class SubscriptionQuerySet(models.QuerySet):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)


class Subscription(models.Model):
    """An address that asked for news by e-mail: of a language, and in it of a topic, a person or a district.

    There is no account. The token in its mails is the only key: it confirms, and it leaves. Leaving deletes
    the row, so nothing about the person stays.
    """

    email = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    tag = models.ForeignKey("Tag", verbose_name=_("topic"), on_delete=models.CASCADE, null=True, blank=True)
    official = models.ForeignKey(
        "Official", verbose_name=_("official"), on_delete=models.CASCADE, null=True, blank=True
    )
    place = models.ForeignKey(
        "Place", verbose_name=_("district"), on_delete=models.CASCADE, null=True, blank=True
    )
    about = DerivedCharField(
        max_length=80, derive=lambda row: f"{row.tag_id or ''}/{row.official_id or ''}/{row.place_id or ''}"
    )
    frequency = models.CharField(_("how often"), max_length=8, choices=Frequency, default=Frequency.DAILY)
    wanted_frequency = models.CharField(
        max_length=8,
        choices=Frequency,
        blank=True,
        default="",
        editable=False,
        help_text=_("How often it was asked for since; holds when the address confirms."),
    )
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("last sent"), null=True, blank=True, editable=False)
    sent_articles = models.JSONField(
        default=list, editable=False, help_text=_("Ids of the last days' mails, so that none comes twice.")
    )
    bounces = models.PositiveSmallIntegerField(_("bounces"), default=0, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail subscription")
        verbose_name_plural = _("e-mail subscriptions")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["frequency", "id"], name="subscription_due"),
            models.Index(fields=["email", "asked_at"], name="subscription_address"),
            models.Index(fields=["asked_at"], name="subscription_asked"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "language", "about"],
                name="subscription_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.language})"

    @property
    def in_words(self) -> str:
        """What is or would be sent: the news, or those of a topic, a person or a district, and how often."""
        about = self.tag or self.official or self.place
        frequency = self.get_wanted_frequency_display() or self.get_frequency_display()
        return f"{about or _('All news')} · {frequency}"

    def articles(self, now: datetime) -> ArticleQuerySet:
        """What is public at `now` of what was asked for."""
        found = Article.objects.public(now).in_language(self.language)
        if self.tag_id:
            found = found.filter(article_tags__tag_id=self.tag_id)
        if self.official_id:
            found = found.filter(mentions__official_id=self.official_id)
        if self.place_id:
            found = found.filter(models.Q(place_id=self.place_id) | models.Q(place__within_id=self.place_id))
        return found
