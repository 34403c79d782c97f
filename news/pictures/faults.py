"""The ways in which a picture is refused, each with a sentence for the editor."""

import struct
import warnings
import zlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms

# Set once and for the process: `catch_warnings` around a call would not be safe between threads.
# What Pillow murmurs about odd metadata is of no use to anybody; it is removed anyway.
warnings.filterwarnings("ignore", module=r"PIL\.")
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

# What Pillow's decoders were seen to raise on hostile files; none of them is a fault of ours.
DECODING_FAULTS = (
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    ImageCms.PyCMSError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 40_000_000
# The decoders of these hold a picture four times over: at 40 megapixels 650 MB, measured.
MAX_PIXELS_OF = {"WEBP": 24_600_000, "AVIF": 24_600_000}


class BadPictureError(ValidationError):
    """A picture that is not taken in; its message is for the editor."""


SENTENCES = {
    "empty": _("The file is empty. Choose the picture again."),
    "bytes": _("The file has %(megabytes)s MB; a picture may have up to %(most)s MB. Save it smaller."),
    "pixels": _("The picture has more than %(most)s megapixels. Save it smaller and try again."),
    "svg": _("SVG drawings are not accepted, because they can hold programs. Save it as PNG and try again."),
    "animated": _("Moving pictures are not accepted. Choose a still picture, or link to a video."),
    "truncated": _("The picture ends too early: part of the file is missing. Copy it from its source again."),
    "corrupt": _("The picture is damaged and cannot be read. Copy it from its source again."),
    "disguised": _("“%(name)s” is no picture but %(what)s. Pictures are JPEG, PNG, WebP or AVIF."),
    "format": _("%(what)s pictures are not accepted. Save it as JPEG, PNG, WebP or AVIF and try again."),
    "heic": _(
        "HEIC pictures are not accepted. Save it as JPEG, "
        "or choose “Most Compatible” in the camera settings of the phone."
    ),
    "unknown": _("The file is no picture that can be read. Pictures are JPEG, PNG, WebP or AVIF."),
}


def bad(code: str, **params: object) -> BadPictureError:
    return BadPictureError(SENTENCES[code], code=code, params=params)


PICTURE_FORMATS = {
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"8BPS": "Photoshop",
    b"\0\0\x01\0": "ICO",
    b"\0\0\0\x0cjP": "JPEG 2000",
    b"\xff\x0a": "JPEG XL",
    b"\0\0\0\x0cJXL": "JPEG XL",
}
OTHER_FORMATS = {
    b"%PDF": _("a PDF document"),
    b"PK\x03\x04": _("an Office document or archive"),
    b"\xd0\xcf\x11\xe0": _("an old Office document"),
    b"MZ": _("a program"),
    b"\x7fELF": _("a program"),
    b"\x1f\x8b": _("an archive"),
    b"Rar!": _("an archive"),
    b"7z\xbc\xaf": _("an archive"),
    b"ID3": _("a sound recording"),
    b"OggS": _("a sound recording"),
    b"<!doctype": _("a web page"),
    b"<html": _("a web page"),
    b"<?php": _("a program"),
    b"#!": _("a program"),
}
AVIF_BRANDS = (b"avif", b"avis")
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def not_a_picture(start: bytes, name: str) -> BadPictureError:
    """Why a file that begins so is not taken in, as helpfully as can be."""
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in text:
        return bad("svg")
    if start[4:8] == b"ftyp":
        if start[8:12] in HEIC_BRANDS:
            return bad("heic")
        if start[8:12] in AVIF_BRANDS:
            return bad("corrupt")
        return bad("disguised", name=name, what=_("a film"))
    for magic, what in PICTURE_FORMATS.items():
        if start.startswith(magic):
            return bad("format", what=what)
    for magic, other in OTHER_FORMATS.items():
        if start.startswith(magic) or text.startswith(magic):
            return bad("disguised", name=name, what=other)
    if start.startswith((b"\xff\xd8\xff", b"\x89PNG")) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return bad("corrupt")
    return bad("unknown")
