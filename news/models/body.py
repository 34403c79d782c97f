from typing import Any

from django.db import models

from news.pictures.address import keys_in

from .body_image import BodyImage
from .body_link import BodyLink, names_something
from .fields import rich_text_of


class WithBody(models.Model):
    """A noun with rich text. The pictures and things of ours within it are counted as used whatever way it is
    saved.

    `bulk_create` and `update` save no rows: call `BodyImage.objects.follow` and `BodyLink.objects.follow`
    after them.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        names = rich_text_of(type(self))
        # What was not loaded is not saved either.
        written = set(kwargs.get("update_fields") or names) - self.get_deferred_fields()
        new = self._state.adding
        super().save(*args, **kwargs)
        if written.isdisjoint(names):
            return
        texts = [getattr(self, name) for name in names]
        if not new or any(map(keys_in, texts)):
            BodyImage.objects.follow([self])
        if not new or any(map(names_something, texts)):
            BodyLink.objects.follow([self])
