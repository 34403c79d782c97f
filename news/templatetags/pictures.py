"""Pictures in pages, from the row alone; `news.pictures` tells how to use them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from news.models import Image
from news.pictures.address import KEY, rendition_of
from news.pictures.renditions import TYPES, USES, file_name, stem

register = template.Library()

SOURCE = '<source type="{}" sizes="{}" srcset="{}">'
ELEMENT = '<picture>{}<img src="{}" alt="{}" width="{}" height="{}"{}{}></picture>'
EAGER = mark_safe(' fetchpriority="high"')
LAZY = mark_safe(' loading="lazy" decoding="async"')
#: Pictures as they stand on pages, remembered by all that they depend on.
MOST = 2000
IMG = re.compile(rf'<img\b[^>]*?\bsrc="[^"]*?/images/({KEY})/[^"]*"[^>]*>')
ALT = re.compile(r'\balt="([^"]*)"')


@dataclass(frozen=True)
class Shape:
    """All that addresses and sizes of a picture follow from; nothing else of its row shows."""

    key: str
    name: str
    width: int
    height: int
    focus: tuple[int, int]
    ready: bool

    @classmethod
    def of(cls, image: Image) -> "Shape":
        return cls(image.key, image.name, image.width, image.height, image.focus, image.ready)


@register.simple_tag
def picture(
    image: Image | Shape | None,
    use: str,
    alt: str = "",
    decorative: bool = False,
    sizes: str = "",
    eager: bool = False,
    classes: str = "",
) -> SafeString:
    """The picture in its renditions, and the small one while they are being made.

    An empty `alt` falls back to the library's; only `decorative` leaves it empty.
    """
    if image is None:
        return mark_safe("")
    if decorative:
        alt = ""
    elif not alt and isinstance(image, Image):
        alt = image.alt
    return _element(image if isinstance(image, Shape) else Shape.of(image), use, alt, sizes, eager, classes)


@lru_cache(maxsize=MOST)
def _element(image: Shape, use: str, alt: str, sizes: str, eager: bool, classes: str) -> SafeString:
    cut = USES[use].cut
    if cut.ratio and image.focus != (50, 50):
        # Where a layout cuts the picture once more, it cuts around the same point: see static/css.
        across, down = image.focus
        classes = f"{classes} focus-x-{round(across, -1)} focus-y-{round(down, -1)}".strip()
    widest = cut.widths_of(image.width, image.height)[-1]
    return format_html(
        ELEMENT,
        _sources(image, use, sizes) if image.ready else "",
        rendition_of(image, use).url,
        alt,
        # The same while the small picture stands in, so that nothing moves.
        widest,
        cut.height(widest, image.width, image.height),
        format_html(' class="{}"', classes) if classes else "",
        EAGER if eager else LAZY,
    )


def _sources(image: Shape, use: str, sizes: str) -> SafeString:
    cut, focus, root = USES[use].cut, image.focus, f"{settings.MEDIA_URL}{stem(image.name)}"
    widths = cut.widths_of(image.width, image.height)
    return format_html_join(
        "",
        SOURCE,
        (
            (
                TYPES[extension],
                sizes or USES[use].sizes,
                ", ".join(f"{file_name(root, cut, wide, focus, extension)} {wide}w" for wide in widths),
            )
            for extension in cut.formats
        ),
    )


@register.simple_tag
def image_url(image: Image | None, use: str = "") -> str:
    """The address of one rendition, or of the full picture."""
    if image is None:
        return ""
    return image.rendition(use).url if use else image.url


@register.filter
def with_pictures(html: str, images: Mapping[str, Image]) -> SafeString:
    """Rich text whose pictures from the library come in their renditions; `images` are by key."""

    def dressed(found: re.Match[str]) -> str:
        image = images.get(found[1])
        if image is None:
            return found[0]
        alt = ALT.search(found[0])
        words = unescape(alt[1]) if alt else ""
        return picture(image, "body", alt=words, decorative=not words)

    return mark_safe(IMG.sub(dressed, html))  # noqa: S308 - cleaned in the model layer
