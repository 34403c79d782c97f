"""What a camera or an agency wrote into a picture and we want to know before it is removed."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lxml import etree
from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

from news import text

from .faults import DECODING_FAULTS

# Cameras write local time without a zone; ours stand here.
CAMERA_ZONE = ZoneInfo("Europe/Istanbul")
UPRIGHT = 1
XMP_LIMIT = 256 * 1024
BYLINE, AGENCY, COPYRIGHT = (2, 80), (2, 110), (2, 116)
XMP_NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


@dataclass(frozen=True)
class Embedded:
    credit: str = ""
    taken_at: datetime | None = None
    orientation: int = UPRIGHT


def read(image: ImageFile.ImageFile) -> Embedded:
    """From an opened picture that need not be decoded yet; what is unreadable counts as not there."""
    try:
        exif = image.getexif()
        orientation = exif.get(ExifTags.Base.Orientation, UPRIGHT)
    except DECODING_FAULTS:
        exif, orientation = Image.Exif(), UPRIGHT
    names = [*_iptc(image), *_xmp(image)]
    for tag in (ExifTags.Base.Artist, ExifTags.Base.Copyright):
        if not any(names):
            names = [_repaired(exif.get(tag))]
    return Embedded(
        credit=_joined(names),
        taken_at=_taken_at(exif),
        orientation=orientation if orientation in range(1, 9) else UPRIGHT,
    )


def _joined(names: list[str]) -> str:
    lines = [text.clean_line(name) for name in names]
    return " / ".join(dict.fromkeys(line for line in lines if line))[:150]


def _iptc(image: ImageFile.ImageFile) -> list[str]:
    try:
        fields = IptcImagePlugin.getiptcinfo(image) or {}
    except DECODING_FAULTS:
        return []
    found = []
    for key in (BYLINE, AGENCY):
        value = fields.get(key, b"")
        found.append(_decoded(value[0] if isinstance(value, list) else value))
    return found if any(found) else [_decoded(fields.get(COPYRIGHT))]


def _xmp(image: Image.Image) -> list[str]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    if isinstance(packet, str):
        packet = packet.encode()
    if not 0 < len(packet) <= XMP_LIMIT:
        return []
    try:
        # No entities, no network: the packet is anybody's.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(packet.strip(b"\0 \r\n\t"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    creators = root.findall(".//dc:creator//rdf:li", XMP_NAMES)
    agency = f"{{{XMP_NAMES['photoshop']}}}Credit"
    agencies = [node.text or "" for node in root.iter(agency)]
    agencies += [node.get(agency, "") for node in root.iter(f"{{{XMP_NAMES['rdf']}}}Description")]
    return [*(node.text or "" for node in creators), *agencies]


def _repaired(value: object) -> str:
    """Pillow reads EXIF text as Latin-1, while cameras and phones write UTF-8."""
    return _decoded(value.encode("latin-1", "ignore")) if isinstance(value, str) else ""


def _decoded(value: object) -> str:
    if not isinstance(value, bytes):
        return ""
    for encoding in ("utf-8", "cp1254"):
        try:
            return value.decode(encoding).strip("\0 ")
        except UnicodeDecodeError:
            continue
    return ""


def _taken_at(exif: Image.Exif) -> datetime | None:
    try:
        camera = exif.get_ifd(ExifTags.IFD.Exif)
        written = str(camera[ExifTags.Base.DateTimeOriginal]).strip("\0 ")
        offset = str(camera.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\0 ")
        if offset:
            return datetime.strptime(written + offset, "%Y:%m:%d %H:%M:%S%z")
        return datetime.strptime(written, "%Y:%m:%d %H:%M:%S").replace(tzinfo=CAMERA_ZONE)
    except DECODING_FAULTS:
        return None
