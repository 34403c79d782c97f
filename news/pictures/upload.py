"""From what somebody sends to what is stored: checked, upright, and with nothing in it but the picture.

A JPEG is written anew with its own tables, which costs no visible quality. A PNG or WebP keeps its
compressed data and loses every chunk that is not picture: writing 24 megapixels anew would take seconds.
What is turned, in print colours or AVIF (whose metadata cannot be cut out) becomes a fresh JPEG, or PNG where
it is transparent.
"""

import struct
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import IO

from django.core.files.base import ContentFile, File
from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from . import colours, embedded
from .faults import DECODING_FAULTS, MAX_BYTES, MAX_PIXELS, MAX_PIXELS_OF, BadPictureError, bad, not_a_picture
from .renditions import QUICK_WIDTH

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
FRESH_QUALITY = 92
# A hostile progressive JPEG holds thousands of empty scans, each a walk over the whole picture.
MAX_SCANS = 100
QUICK_QUALITY = 60
PNG_PICTURE = set(b"IHDR PLTE tRNS IDAT IEND iCCP sRGB gAMA cHRM sBIT cICP".split())
WEBP_PICTURE = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP"}
# Bits of the VP8X flags.
WEBP_METADATA, WEBP_PROFILE = 0b1100, 0b100000
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Shape:
    width: int
    height: int
    extension: str


class Master(ContentFile):
    """What is stored. `quick` is a small WebP to show until the renditions are made."""

    def __init__(self, content: bytes, shape: Shape, quick: bytes, known: embedded.Embedded) -> None:
        super().__init__(content, name=f"picture.{shape.extension}")
        self.shape, self.quick = shape, quick
        self.credit, self.taken_at = known.credit, known.taken_at


def master(file: File | IO[bytes], name: str = "") -> Master:
    """Check a file and make its master of it; raises `BadPictureError` with a sentence for the editor."""
    if isinstance(file, Master):
        return file
    name = PurePath(name or getattr(file, "name", None) or "?").name[:80]
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if not data:
        raise bad("empty")
    if len(data) > MAX_BYTES:
        size = getattr(file, "size", None) or len(data)
        raise bad("bytes", megabytes=round(size / 1024 / 1024), most=MAX_BYTES // 1024 // 1024)
    image = opened(data, name)
    known = embedded.read(image)
    content, shape, small = _rewritten(image, data, known.orientation)
    return Master(content, shape, small, known)


def opened(data: bytes, name: str = "") -> ImageFile.ImageFile:
    """The picture with its header read and nothing decoded, if it is one that is taken in."""
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
        frames = 1 if image.format in ("JPEG", "MPO") else getattr(image, "n_frames", 1)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise bad("pixels", most=MAX_PIXELS // 1_000_000) from error
    except DECODING_FAULTS as error:
        raise not_a_picture(data[:1024], name) from error
    most = MAX_PIXELS_OF.get(str(image.format), MAX_PIXELS)
    if image.width * image.height > most:
        raise bad("pixels", most=most // 1_000_000)
    if frames > 1:
        raise bad("animated")
    if image.format in ("JPEG", "MPO") and data.count(b"\xff\xda") > MAX_SCANS:
        raise bad("corrupt")
    return image


def _rewritten(image: ImageFile.ImageFile, data: bytes, orientation: int) -> tuple[bytes, Shape, bytes]:
    profile = colours.profile_of(image)
    try:
        image.load()
        picture: Image.Image = image.transpose(TURNS[orientation]) if orientation in TURNS else image
        stripped = _stripped(data, image.format, profile is not None) if picture is image else None
        if stripped:
            content, shape = stripped, Shape(image.width, image.height, EXTENSIONS[str(image.format)])
        elif isinstance(image, JpegImageFile) and picture.mode in ("L", "RGB"):
            sampling = get_sampling(image) if picture.mode == "RGB" else -1
            content, shape = _jpeg(picture, profile, qtables=image.quantization, subsampling=sampling)
        else:
            if picture.mode == "CMYK":
                picture, profile = colours.to_srgb(picture, profile), None
            picture = colours.plain(picture)
            write = _png if picture.mode == "RGBA" else _fresh_jpeg
            content, shape = write(picture, profile)
        return content, shape, _quick(picture)
    except BadPictureError:
        raise
    except DECODING_FAULTS as error:
        raise bad("truncated" if "truncated" in str(error).lower() else "corrupt") from error


def _fresh_jpeg(picture: Image.Image, profile: bytes | None) -> tuple[bytes, Shape]:
    return _jpeg(picture, profile, quality=FRESH_QUALITY)


def _jpeg(picture: Image.Image, profile: bytes | None, **options: object) -> tuple[bytes, Shape]:
    options = {key: value for key, value in options.items() if value not in (None, -1)}
    # Pillow carries a comment segment over from one JPEG to the next unless told otherwise.
    return _saved(picture, "JPEG", profile, comment=b"", exif=b"", **options)


def _png(picture: Image.Image, profile: bytes | None) -> tuple[bytes, Shape]:
    return _saved(picture, "PNG", profile, compress_level=3)


def _saved(picture: Image.Image, form: str, profile: bytes | None, **options: object) -> tuple[bytes, Shape]:
    picture.info.clear()
    out = BytesIO()
    picture.save(out, form, icc_profile=profile, **options)
    return out.getvalue(), Shape(picture.width, picture.height, EXTENSIONS[form])


def _quick(picture: Image.Image) -> bytes:
    width = min(QUICK_WIDTH, picture.width)
    height = max(1, round(picture.height * width / picture.width))
    if picture.mode not in ("L", "RGB", "RGBA"):
        picture = colours.plain(picture)
    small = picture.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2.0)
    small.info.clear()
    out = BytesIO()
    small.save(out, "WEBP", quality=QUICK_QUALITY, method=2)
    return out.getvalue()


def _stripped(data: bytes, form: str | None, with_profile: bool) -> bytes | None:
    """The file without what is not picture, where that can be cut out; else None."""
    if form == "PNG":
        return _png_picture(data, PNG_PICTURE if with_profile else PNG_PICTURE - {b"iCCP"})
    if form == "WEBP":
        return _webp_picture(data, with_profile)
    return None


def _png_picture(data: bytes, wanted: set[bytes]) -> bytes:
    kept, position = [data[:8]], 8
    while position + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if kind in wanted:
            kept.append(data[position:end])
        if kind == b"IEND":
            return b"".join(kept)
        position = end
    raise bad("truncated")


def _webp_picture(data: bytes, with_profile: bool) -> bytes | None:
    kept: dict[bytes, bytes] = {}
    position, end_of_file = 12, 8 + struct.unpack_from("<I", data, 4)[0]
    while position + 8 <= min(len(data), end_of_file):
        kind, length = struct.unpack_from("<4sI", data, position)
        end = position + 8 + length + length % 2
        kept.setdefault(kind, data[position:end])
        position = end
    if b"VP8 " not in kept and b"VP8L" not in kept:
        return None  # an animation of one frame
    wanted = WEBP_PICTURE if with_profile else WEBP_PICTURE - {b"ICCP"}
    if extended := kept.get(b"VP8X"):
        flags = extended[8] & ~WEBP_METADATA & (0xFF if with_profile else ~WEBP_PROFILE)
        kept[b"VP8X"] = extended[:8] + bytes([flags]) + extended[9:]
    body = b"WEBP" + b"".join(chunk for kind, chunk in kept.items() if kind in wanted)
    return b"RIFF" + struct.pack("<I", len(body)) + body
