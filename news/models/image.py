import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any, Self

from django.core.files.base import File
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import ProtectedError
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from translated_fields import TranslatedField

from news import text
from news.pictures.address import Rendition, address, alias, rendition_of
from news.pictures.field import PictureField, purge, put
from news.pictures.renditions import RECIPE, SHARE, SHOWN_SINCE, file_names, make, quick_name, stem
from news.pictures.upload import master

from .fields import DerivedTextField, LineField, PlainTextField, folded
from .generation import Generation


class Licence(models.TextChoices):
    OWN = "own", _("Ours, all rights reserved")
    CC_BY = "cc_by", "CC BY 4.0"
    CC_BY_SA = "cc_by_sa", "CC BY-SA 4.0"
    CC0 = "cc0", "CC0 1.0"
    AGENCY = "agency", _("Agency picture, this portal only")
    PERMITTED = "permitted", _("Used with the owner's permission")


def random_key() -> str:
    return secrets.token_urlsafe(18)


def random_name(image: "Image", filename: str) -> str:
    """A name that cannot be guessed and tells nothing; the extension comes from the checked content."""
    return f"images/{image.key}/{secrets.token_hex(4)}{PurePosixPath(filename).suffix}"


PERCENTAGES = r"^(100|[1-9]?[0-9])x(100|[1-9]?[0-9])\Z"


class ImageQuerySet(models.QuerySet["Image"]):
    def public(self, now: datetime | None = None) -> Self:
        """Those that something shows which a citizen may see at `now`, and those of the site itself."""
        from .picture_gate import is_shown

        return self.filter(is_shown(now or timezone.now()))

    def used(self) -> Self:
        """Those that something shows, public or not."""
        from .picture_gate import is_used

        return self.filter(is_used())

    def unused(self) -> Self:
        from .picture_gate import is_used

        return self.exclude(is_used())

    def of_article(self, article: models.Model) -> Self:
        """Those that one article shows, as lead, in its gallery or within its text; for its preview links."""
        from .picture_gate import is_of_article

        return self.filter(is_of_article(article))

    def in_body_of(self, row: models.Model) -> dict[str, "Image"]:
        """The pictures within the rich text of an article, event or official, by key; see `with_pictures`."""
        images = self.filter(**{f"body_uses__{row._meta.model_name}": row.pk})
        return {image.key: image for image in images}

    def without_renditions(self) -> Self:
        recipe = Concat("file", models.Value(" "), "focal_point", models.Value(f" {RECIPE}"))
        return self.exclude(made_for=recipe)

    def delete(self) -> tuple[int, dict[str, int]]:
        images: list[Image] = list(self)
        try:
            deleted = super().delete()
        except ProtectedError as error:
            raise still_used(images, error) from error
        for image in images:
            transaction.on_commit(image.purge)
        return deleted

    delete.alters_data = True
    delete.queryset_only = True


class Image(models.Model):
    key = models.CharField(
        max_length=24,
        unique=True,
        default=random_key,
        editable=False,
        help_text="The name of its folder; it stays when the file is replaced.",
    )
    file = PictureField(_("picture"), upload_to=random_name, max_length=120)
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)
    focal_point = models.CharField(
        _("focal point"),
        max_length=7,
        default="50x50",
        validators=[RegexValidator(PERCENTAGES, _("Two percentages such as 50x30."))],
        help_text=_("What every cut keeps in view: percent from the left, and from the top."),
    )
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
    made_for = models.CharField(
        max_length=140,
        blank=True,
        default="",
        editable=False,
        help_text="The `recipe` that the renditions were made for.",
    )
    share_length = models.PositiveIntegerField(
        default=0, editable=False, help_text="Bytes of the picture for sharing; 0 until it is made."
    )
    folded = DerivedTextField(
        derive=folded("title", "alt_tr", "alt_en", "caption_tr", "caption_en", "credit")
    )

    #: The columns that the addresses and sizes of its renditions follow from.
    SHAPE = ("key", "file", "width", "height", "focal_point", "made_for")

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["-uploaded_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                name="image_licence_known",
                condition=models.Q(licence__in=Licence.values),
                violation_error_message=_("This licence does not exist."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        if not self.up_to_date:
            # After commit, since a worker must find the row; and never in the way of what the editor does.
            transaction.on_commit(partial(make_renditions.enqueue, self.pk))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        try:
            deleted = super().delete(*args, **kwargs)
        except ProtectedError as error:
            raise still_used([self], error) from error
        transaction.on_commit(self.purge)
        return deleted

    @classmethod
    def from_upload(cls, file: str | Path | IO[bytes] | File, *, title: str = "", **fields: Any) -> "Image":
        """Store a picture and have its renditions made.

        Raises `ValidationError`, whose sentences are for the editor, when it is none that is taken in.
        `file` is a path, an open file or an upload; `fields` are the others of the model.
        """
        if isinstance(file, str | Path):
            with Path(file).open("rb") as opened:
                return cls.from_upload(opened, title=title or Path(file).stem, **fields)
        checked = master(file)
        name = PurePosixPath(str(getattr(file, "name", ""))).stem
        image = cls(file=checked, title=title or text.clean_line(name)[:150] or str(_("Picture")), **fields)
        image.full_clean(exclude=["file"])
        image.save()
        return image

    @property
    def name(self) -> str:
        """What the storage calls the master."""
        return str(self.file.name)

    @property
    def recipe(self) -> str:
        return f"{self.name} {self.focal_point} {RECIPE}"

    @property
    def ready(self) -> bool:
        """Whether what pages show of this file around this focal point is made."""
        made, _space, recipe = self.made_for.rpartition(" ")
        return made == f"{self.name} {self.focal_point}" and int(recipe) >= SHOWN_SINCE

    @property
    def up_to_date(self) -> bool:
        """Whether all of its renditions are made, and by the last recipe."""
        return self.made_for == self.recipe

    @property
    def focus(self) -> tuple[int, int]:
        across, down = self.focal_point.split("x")
        return int(across), int(down)

    @property
    def url(self) -> str:
        return address(self.name)

    @property
    def body_url(self) -> str:
        """The `src` within rich text: it stays when the file or the focal point changes."""
        return alias(self.key)

    def rendition(self, use: str, width: int = 0, extension: str = "") -> Rendition:
        """The address, size and type of one file, by default the largest of the use in its last format."""
        return rendition_of(self, use, width, extension)

    def make_renditions(self) -> None:
        recipe, storage, length, was_ready = self.recipe, self.file.storage, 0, self.ready
        with self.file.open("rb") as original:
            for name, content in make(original, stem(self.name), self.focus):
                put(storage, name, content)
                if f"-{SHARE.name}-" in name:
                    length = len(content)
        Image.objects.filter(pk=self.pk).update(made_for=recipe, share_length=length)
        self.made_for, self.share_length = recipe, length
        if not was_ready and Image.objects.public().filter(pk=self.pk).exists():
            # Pages that show the small picture meanwhile are rendered anew.
            Generation.rise()
        self.purge(keep=[self.name, *self.file_names()])

    def file_names(self) -> list[str]:
        """Every file beside the master that belongs to this picture as it is now."""
        names = file_names(stem(self.name), self.width, self.height, self.focus)
        return [quick_name(self.name), *names]

    def purge(self, keep: list[str] | None = None) -> None:
        """Remove the files of this picture but those to keep."""
        purge(self.file.storage, f"images/{self.key}", keep or [])

    def uses(self, most: int = 20) -> list[models.Model]:
        """The articles, events and officials that show it, and the site profile; each once."""
        from .article import Article
        from .event import Event
        from .official import Official
        from .site import SiteProfile

        ways: list[tuple[type[models.Model], list[str]]] = [
            (Article, ["lead_image", "gallery__image", "body_images__image"]),
            (Event, ["image", "galleryimages__image", "body_images__image"]),
            (Official, ["portrait", "galleryimages__image", "body_images__image"]),
            (SiteProfile, ["logo", "share_image"]),
        ]
        found: list[models.Model] = []
        for model, paths in ways:
            # One indexed query for each path: a condition over three joins would read the whole archive.
            rows: set[models.Model] = set()
            for path in paths:
                rows.update(model._default_manager.filter(**{path: self}).order_by("-pk")[:most])
            found += sorted(rows, key=lambda row: -row.pk)
        return found[:most]


def still_used(images: Sequence[Image], error: ProtectedError) -> ProtectedError:
    """The refusal to delete pictures in use, with a sentence that says where."""
    uses = {use: None for image in images for use in image.uses()}
    named = "; ".join(f"{use._meta.verbose_name} “{use}”" for use in uses)
    sentence = _("It is still shown, and stays until it is shown nowhere: %(uses)s.") % {"uses": named}
    return ProtectedError(sentence, error.protected_objects)


@task()
def make_renditions(pk: int) -> None:
    image = Image.objects.filter(pk=pk).first()
    # Saved twice in a row it is asked for twice; deleted meanwhile it is not wanted any more.
    if image and not image.up_to_date:
        image.make_renditions()
