"""The library's pictures: scenes described in `pictures.toml`, and the portraits of the officials."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.db import transaction

from news.models import GalleryImage, Image, Licence
from news.pictures.field import put
from news.pictures.renditions import SHARE, stem

from .content import Entry, read
from .illustrations import Draw, illustrate
from .noun import Known, saved

PORTRAIT_CREDIT = "Basın Bürosu (çizim)"
PORTRAIT_FOCUS = [0.5, 0.45]


def entries() -> list[Entry]:
    return read("pictures")["picture"] + [
        {
            "key": official["portrait"],
            "title": f"{official['name']} (portre)",
            "credit": PORTRAIT_CREDIT,
            "focus": PORTRAIT_FOCUS,
            "alt": {"tr": f"{official['name']}, portre", "en": f"Portrait of {official['name']}"},
        }
        for official in read("officials")["official"]
        if "portrait" in official
    ]


def find(entry: Entry) -> Image | None:
    return Image.objects.filter(title=entry["title"], credit=entry["credit"]).first()


def make(missing: list[Entry], draw: Draw, workers: int) -> Iterator[tuple[str, Image]]:
    """Each picture as it is done, with its key. A run that is cut off keeps those it made."""
    by_key = {entry["key"]: entry for entry in missing}
    focuses = [(key, _percent(entry)) for key, entry in by_key.items()]
    for illustration in illustrate(focuses, draw, workers):
        entry = by_key[illustration.key]
        master = BytesIO(illustration.master)
        master.name = f"{illustration.key}.jpg"
        with transaction.atomic():
            image = Image.from_upload(
                master,
                title=entry["title"],
                alt_tr=entry["alt"]["tr"],
                alt_en=entry["alt"]["en"],
                credit=entry["credit"],
                licence=Licence(entry.get("licence", Licence.OWN)),
                focal_point="{}x{}".format(*_percent(entry)),
            )
            _keep(image, illustration.renditions)
        yield illustration.key, image


def hang_gallery(known: Known, entry: Entry, **owner: Any) -> None:
    """The pictures that an entry of an event or official names, described as the library describes them."""
    for position, key in enumerate(entry.get("gallery", [])):
        image = known["pictures"][key]
        saved(GalleryImage(image=image, alt_tr=image.alt_tr, alt_en=image.alt_en, position=position, **owner))


def _keep(image: Image, renditions: list[tuple[str, bytes]]) -> None:
    """Store them before the commit, at which a task would make them: it then finds the picture ready."""
    for ending, made in renditions:
        put(image.file.storage, f"{stem(image.name)}{ending}", made)
    shared = next(len(made) for ending, made in renditions if ending.startswith(f"-{SHARE.name}-"))
    Image.objects.filter(pk=image.pk).update(made_for=image.recipe, share_length=shared)


def _percent(entry: Entry) -> tuple[int, int]:
    across, down = entry["focus"]
    return round(across * 100), round(down * 100)
