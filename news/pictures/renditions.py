"""The sizes readers are served: which there are, how their files are called, how they are made.

A name says all that a rendition depends on, so pages link to it without asking the storage. For a master at
`images/<key>/<revision>.jpg` with its focal point at 30 % and 60 %:

    images/<key>/<revision>-lead-960-30x60.avif      cropped around the focal point
    images/<key>/<revision>-full-960.avif           uncropped
    images/<key>/<revision>-quick.webp              shown until the others are made
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from math import ceil, log2
from typing import IO

from PIL import Image

from . import colours

# Part of what says whether a picture's renditions are made: raise it when they come out differently.
RECIPE = 2
#: The first recipe that made all that pages show: what was made since need not wait for the last to be shown.
SHOWN_SINCE = 1


@dataclass(frozen=True)
class Cut:
    """A shape to cut pictures to, with the widths it is made in."""

    name: str
    ratio: tuple[int, int] | None
    widths: tuple[int, ...]
    formats: tuple[str, ...] = ("avif", "webp")

    def size(self, width: int, height: int) -> tuple[int, int]:
        """The largest part of this shape within a picture of that size."""
        if self.ratio is None:
            return width, height
        across, down = self.ratio
        if width * down >= height * across:
            return max(1, height * across // down), height
        return width, max(1, width * down // across)

    def height(self, wide: int, width: int, height: int) -> int:
        if self.ratio is None:
            return max(1, round(wide * height / width))
        return max(1, round(wide * self.ratio[1] / self.ratio[0]))

    def widths_of(self, width: int, height: int) -> list[int]:
        """Those to be had of a picture of that size; the largest is what it holds, never an enlargement."""
        across = self.size(width, height)[0]
        kept = [wide for wide in self.widths if wide <= across]
        return kept if len(kept) == len(self.widths) else [*kept, across]


LEAD = Cut("lead", (3, 2), (480, 960, 1440))
CARD = Cut("card", (3, 2), (480, 960))
TALL = Cut("4x5", (4, 5), (240, 480))
FULL = Cut("full", None, (480, 960))
SQUARE = Cut("1x1", (1, 1), (200,), ("webp",))
SHARE = Cut("share", (1200, 630), (1200,), ("jpg",))
#: What search engines choose from, by the room they have. None wants a larger decoding than the lead.
SEARCH = (
    Cut("search-1x1", (1, 1), (960,), ("webp",)),
    Cut("search-4x3", (4, 3), (1200,), ("webp",)),
    Cut("search-16x9", (16, 9), (1200,), ("webp",)),
)
CUTS = (LEAD, CARD, TALL, FULL, SQUARE, SHARE, *SEARCH)

QUICK_WIDTH = 480
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}


@dataclass(frozen=True)
class Use:
    """How a picture is used in a page, and how wide it stands there unless the template says otherwise."""

    cut: Cut
    sizes: str


USES = {
    "lead": Use(LEAD, "(min-width: 60rem) 57rem, 100vw"),
    "card": Use(CARD, "(min-width: 60rem) 18rem, (min-width: 40rem) 46vw, 92vw"),
    "portrait": Use(TALL, "(min-width: 40rem) 15rem, 46vw"),
    "body": Use(FULL, "(min-width: 44rem) 42rem, 92vw"),
    "thumb": Use(SQUARE, "200px"),
    "share": Use(SHARE, "1200px"),
    **{cut.name: Use(cut, f"{cut.widths[-1]}px") for cut in SEARCH},
}


def stem(name: str) -> str:
    """A file's name without its extension: what the names of its renditions begin with."""
    return name.rpartition(".")[0]


def quick_name(name: str) -> str:
    return f"{stem(name)}-quick.webp"


def file_name(stem: str, cut: Cut, width: int, focus: tuple[int, int], extension: str) -> str:
    """`stem` is the master's name without its extension; `focus` is in percent."""
    if cut.ratio is None:
        return f"{stem}-{cut.name}-{width}.{extension}"
    return f"{stem}-{cut.name}-{width}-{focus[0]}x{focus[1]}.{extension}"


def file_names(stem: str, width: int, height: int, focus: tuple[int, int]) -> list[str]:
    return [
        file_name(stem, cut, wide, focus, extension)
        for cut in CUTS
        for wide in cut.widths_of(width, height)
        for extension in cut.formats
    ]


# The first quality tried and the lowest, and the bytes a width may have: a photo of leaves would else weigh
# four times another. Cards stand small on dense screens, where coarser compression is not seen.
QUALITY = {"avif": (58, 34), "webp": (74, 40), "jpg": (80, 60)}
BUDGETS = {240: 12_000, 480: 25_000, 960: 60_000, 1440: 90_000}
CARD_BUDGET, CARD_LOWEST, SHARE_BUDGET = 25_000, 26, 150_000


def budget(cut: Cut, width: int) -> int:
    if cut in (CARD, SHARE):
        return CARD_BUDGET if cut is CARD else SHARE_BUDGET
    return next(most for wide, most in BUDGETS.items() if width <= wide)


def make(master: IO[bytes], stem: str, focus: tuple[int, int]) -> Iterator[tuple[str, bytes]]:
    """Each rendition's name and bytes, one after the other.

    What was encoded is kept meanwhile, a few hundred kilobytes: of a 3:2 photo, the lead, the card and the
    whole are the same picture in most widths, and AVIF is most of the work.
    """
    kept: dict[tuple[object, ...], dict[tuple[str, int], bytes]] = {}
    image = Image.open(master, formats=("JPEG", "PNG", "WEBP"))
    width, height = image.size
    profile = colours.profile_of(image)
    source = _reduced(image, width, height)
    source = colours.to_srgb(source if source.mode == "CMYK" else colours.plain(source), profile)
    del image
    scale_x, scale_y = source.width / width, source.height / height
    for cut in CUTS:
        across, down = cut.size(width, height)
        left, top = _start(width, across, focus[0]), _start(height, down, focus[1])
        box = (left * scale_x, top * scale_y, (left + across) * scale_x, (top + down) * scale_y)
        found = {extension: QUALITY[extension][0] for extension in cut.formats}
        for wide in cut.widths_of(width, height):
            size = (wide, cut.height(wide, width, height))
            part = source.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
            part.info.clear()
            for extension in cut.formats:
                # What a picture needed in one width it will not need less of in the next.
                lowest = CARD_LOWEST if cut is CARD and extension == "avif" else QUALITY[extension][1]
                quality, most = found[extension], budget(cut, wide)
                seen = kept.setdefault((box, size), {})
                content, found[extension] = _encoded(part, extension, quality, lowest, most, seen)
                yield file_name(stem, cut, wide, focus, extension), content


def _start(whole: int, part: int, percent: int) -> int:
    """Where a part begins whose middle is as near to the focal point as the picture's edges let it."""
    return min(max(0, round(whole * percent / 100 - part / 2)), whole - part)


def _reduced(image: Image.Image, width: int, height: int) -> Image.Image:
    """Decoded no larger than any rendition needs: 24 megapixels and 6 then cost nearly the same."""
    needed = max(min(1.0, max(cut.widths) / cut.size(width, height)[0]) for cut in CUTS)
    image.draft(None, (ceil(width * needed), ceil(height * needed)))
    image.load()
    factor = int(image.width / (width * needed) + 1e-6)
    if factor > 1:
        if image.mode not in ("L", "RGB", "RGBA"):
            return colours.plain(image).reduce(factor)
        return image.reduce(factor)
    return image


def _encoded(
    part: Image.Image,
    extension: str,
    quality: int,
    lowest: int,
    most: int,
    seen: dict[tuple[str, int], bytes],
) -> tuple[bytes, int]:
    while True:
        if (extension, quality) not in seen:
            seen[extension, quality] = _written(part, extension, quality)
        content = seen[extension, quality]
        if len(content) <= most or quality <= lowest:
            return content, quality
        # Half the bytes take about 16 steps of quality; measured on photos, for all three encoders.
        quality = max(lowest, quality - max(4, ceil(16 * log2(len(content) / most))))


def _written(part: Image.Image, extension: str, quality: int) -> bytes:
    out = BytesIO()
    if extension == "avif":
        part.save(out, "AVIF", quality=quality, speed=7, max_threads=1)
    elif extension == "webp":
        part.save(out, "WEBP", quality=quality, method=4)
    else:
        _on_white(part).save(out, "JPEG", quality=quality, progressive=True, optimize=True)
    return out.getvalue()


def _on_white(part: Image.Image) -> Image.Image:
    if part.mode != "RGBA":
        return part
    paper = Image.new("RGB", part.size, "white")
    paper.paste(part, mask=part.getchannel("A"))
    return paper
