"""Pictures and files of what is a fact and not a text, events and officials, with words in each language."""

from pathlib import PurePath
from typing import Any, Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from news.attachments import AttachmentField, file_name

from .event import Event
from .fields import LineField
from .official import Official

ONE_OWNER = models.Q(event__isnull=False, official__isnull=True) | models.Q(
    event__isnull=True, official__isnull=False
)


class Attached(models.Model):
    """Belongs to one event or one official."""

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, null=True, editable=False, related_name="%(class)ss"
    )
    official = models.ForeignKey(
        Official, on_delete=models.CASCADE, null=True, editable=False, related_name="%(class)ss"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True


class GalleryImage(Attached):
    image = models.ForeignKey(
        "Image", verbose_name=_("picture"), on_delete=models.PROTECT, related_name="fact_gallery_uses"
    )
    alt = TranslatedField(LineField(_("text alternative"), max_length=250, blank=True))
    decorative = models.BooleanField(_("decorative"), default=False)
    caption = TranslatedField(LineField(_("caption"), max_length=300, blank=True))

    class Meta:
        verbose_name = _("gallery picture")
        verbose_name_plural = _("gallery")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(name="galleryimage_one_owner", condition=ONE_OWNER),
            models.CheckConstraint(
                name="galleryimage_alt_or_decorative",
                condition=models.Q(decorative=True, alt_tr="", alt_en="")
                | (models.Q(decorative=False) & ~models.Q(alt_tr="", alt_en="")),
                violation_error_message=_("Describe the picture, or mark it as decorative."),
            ),
        ]

    def __str__(self) -> str:
        return self.alt or str(self.image)


class DocumentKind(models.TextChoices):
    GENERAL = "general", _("general")
    CV = "cv", _("curriculum vitae")
    DECLARATION = "declaration", _("declaration of assets or of other offices")


class DocumentQuerySet(models.QuerySet):
    def in_language(self, language: str | None = None) -> Self:
        return self.exclude(**{f"title_{language or get_language() or 'tr'}": ""})

    def shown(self) -> Self:
        """Without the declarations of officials who do not show theirs."""
        hidden = models.Q(kind=DocumentKind.DECLARATION, official__shows_declarations=False)
        return self.exclude(hidden)


class Document(Attached):
    """A file; a language in which it has no title does not show it."""

    file = AttachmentField(_("file"), upload_to=file_name, max_length=200, db_index=True)
    title = TranslatedField(LineField(_("title"), max_length=150, blank=True))
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind, default=DocumentKind.GENERAL)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(name="document_one_owner", condition=ONE_OWNER),
            models.CheckConstraint(
                name="document_has_a_title",
                condition=~models.Q(title_tr="", title_en=""),
                violation_error_message=_("A file needs a title in at least one language."),
            ),
            models.CheckConstraint(
                name="document_kind_known",
                condition=models.Q(kind__in=DocumentKind.values),
                violation_error_message=_("This kind does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.title_tr or self.title_en

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.size = self.file.size
        super().save(*args, **kwargs)

    def extension(self) -> str:
        return PurePath(str(self.file)).suffix.removeprefix(".").lower()
