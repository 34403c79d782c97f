"""Which pictures stand within which rich text: kept beside the text, because asking a million texts is slow.

It decides whether a picture may be seen (a picture is public while something public shows it) and that it
cannot be deleted while it is shown.
"""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from news.pictures.address import keys_in

from .fields import rich_text_of
from .image import Image


class BodyImageQuerySet(models.QuerySet):
    def follow(self, rows: Iterable[models.Model]) -> None:
        """Bring the uses up to date with the texts of saved articles, events or officials of one kind."""
        rows = list(rows)
        if not rows:
            return
        owner = type(rows[0])._meta.model_name or ""
        names = rich_text_of(type(rows[0]))
        texts = {row.pk: keys_in("".join(getattr(row, name) for name in names)) for row in rows}
        ids = dict(Image.objects.filter(key__in=set().union(*texts.values())).values_list("key", "pk"))
        wanted = {(pk, ids[key]) for pk, keys in texts.items() for key in keys if key in ids}
        uses = self.filter(**{f"{owner}__in": list(texts)})
        there = set(uses.values_list(f"{owner}_id", "image_id"))
        for pk, image_id in there - wanted:
            uses.filter(**{owner: pk}, image=image_id).delete()
        self.bulk_create(
            [self.model(**{f"{owner}_id": pk}, image_id=image) for pk, image in wanted - there],
            ignore_conflicts=True,
        )


class BodyImage(models.Model):
    image = models.ForeignKey(
        Image, verbose_name=_("picture"), on_delete=models.PROTECT, related_name="body_uses"
    )
    article = models.ForeignKey("Article", on_delete=models.CASCADE, null=True, related_name="body_images")
    event = models.ForeignKey("Event", on_delete=models.CASCADE, null=True, related_name="body_images")
    official = models.ForeignKey("Official", on_delete=models.CASCADE, null=True, related_name="body_images")

    objects = BodyImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture within a text")
        verbose_name_plural = _("pictures within texts")
        constraints = [
            models.UniqueConstraint(fields=["article", "image"], name="bodyimage_once_per_article"),
            models.UniqueConstraint(fields=["event", "image"], name="bodyimage_once_per_event"),
            models.UniqueConstraint(fields=["official", "image"], name="bodyimage_once_per_official"),
            models.CheckConstraint(
                name="bodyimage_in_one_text",
                condition=models.Q(article__isnull=False, event__isnull=True, official__isnull=True)
                | models.Q(article__isnull=True, event__isnull=False, official__isnull=True)
                | models.Q(article__isnull=True, event__isnull=True, official__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.article or self.event or self.official)
