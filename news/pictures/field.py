"""The model field of a picture: whatever is assigned to it, by whatever way, is stored as a master."""

from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.db import models
from django.db.models.fields.files import FieldFile

from .address import address
from .form import PictureFormField
from .renditions import quick_name
from .upload import master


class PictureFile(FieldFile):
    @property
    def url(self) -> str:
        """Never the storage's own address: only the portal knows who may see a picture today."""
        return address(str(self.name))

    def save(self, name: str, content: File, save: bool = True) -> None:
        checked = master(content, name)
        image = self.instance
        super().save(str(checked.name), checked, save=False)
        put(self.storage, quick_name(str(self.name)), checked.quick)
        image.width, image.height = checked.shape.width, checked.shape.height
        image.credit = image.credit or checked.credit
        image.taken_at = image.taken_at or checked.taken_at
        if save:
            image.save()

    save.alters_data = True


class PictureField(models.FileField):
    attr_class = PictureFile

    def formfield(self, **kwargs: Any) -> Any:
        # The name that it came with is not kept, so that its length is nothing to refuse it for.
        return super().formfield(**{"form_class": PictureFormField, "max_length": None, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs


def put(storage: Storage, name: str, content: bytes) -> None:
    """Store under exactly that name; a write that was cut off may have left half a file there."""
    storage.delete(name)
    storage.save(name, ContentFile(content))


def purge(storage: Storage, folder: str, keep: list[str]) -> None:
    """Remove every file of a folder but those to keep, and the folder when nothing stays."""
    kept = {PurePosixPath(name).name for name in keep}
    try:
        names = storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    for name in set(names) - kept:
        storage.delete(f"{folder}/{name}")
    if not kept:
        storage.delete(folder)
