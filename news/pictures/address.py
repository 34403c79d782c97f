"""Where a picture's files are found by readers, computed from its row alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from .renditions import QUICK_WIDTH, TYPES, USES, file_name, quick_name, stem

# A picture's own folder, whichever of its files an address names.
KEY = r"[A-Za-z0-9_-]{24}"
ALIAS = "body.webp"


class Picture(Protocol):
    """What of `news.models.Image` an address is computed from."""

    @property
    def key(self) -> str: ...

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def focus(self) -> tuple[int, int]: ...

    @property
    def ready(self) -> bool: ...


@dataclass(frozen=True)
class Rendition:
    name: str
    width: int
    height: int
    type: str

    @property
    def url(self) -> str:
        return address(self.name)


def address(name: str) -> str:
    # Names are ours: letters, digits, hyphens and underscores, nothing to be quoted.
    return f"{settings.MEDIA_URL}{name}"


def alias(key: str) -> str:
    return f"{settings.MEDIA_URL}images/{key}/{ALIAS}"


def keys_in(html: str) -> set[str]:
    """The keys of the pictures that a text shows or links to."""
    return set(re.findall(rf"{re.escape(settings.MEDIA_URL)}images/({KEY})/", html))


def quick_of(image: Picture) -> Rendition:
    """The small picture, in its own shape, that stands in until the renditions are made."""
    wide = min(QUICK_WIDTH, image.width)
    high = max(1, round(image.height * wide / max(1, image.width)))
    return Rendition(quick_name(image.name), wide, high, TYPES["webp"])


def rendition_of(image: Picture, use: str, width: int = 0, extension: str = "") -> Rendition:
    cut = USES[use].cut
    if not image.ready:
        return quick_of(image)
    widths = cut.widths_of(image.width, image.height)
    wide = next((wide for wide in widths if wide >= width), widths[-1]) if width else widths[-1]
    extension = extension or cut.formats[-1]
    name = file_name(stem(image.name), cut, wide, image.focus, extension)
    return Rendition(name, wide, cut.height(wide, image.width, image.height), TYPES[extension])
