"""Colour models and profiles: every picture ends as grey, RGB or RGBA."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageCms

from .faults import DECODING_FAULTS

PROFILE_LIMIT = 1024 * 1024


def profile_of(image: Image.Image) -> bytes | None:
    """The colour profile, when it is one: bytes that are not could be anything."""
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or not 0 < len(profile) <= PROFILE_LIMIT:
        return None
    try:
        ImageCms.ImageCmsProfile(BytesIO(profile))
    except DECODING_FAULTS:
        return None
    return profile


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The same colours in sRGB, so that a small rendition need not carry a profile."""
    if profile is None or image.mode not in ("CMYK", "RGB", "RGBA"):
        return image
    opacity = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if opacity else image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(colours, source, _srgb(), outputMode="RGB")
    except DECODING_FAULTS:
        # A profile for another colour model than the picture's: readers' programs ignore it too.
        return image
    if turned is None:
        return image
    if opacity:
        turned.putalpha(opacity)
    return turned


def plain(image: Image.Image) -> Image.Image:
    """Grey, RGB, or RGBA where something does show through."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        lowest, _highest = image.getchannel("A").getextrema()
        return image.convert("RGB") if lowest == 255 else image
    return image if image.mode in ("L", "RGB") else image.convert("RGB")
