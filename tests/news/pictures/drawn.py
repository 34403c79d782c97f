"""Pictures drawn for tests, with or without what cameras and attackers put into them."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, ImageCms, PngImagePlugin

PLACE = "Gizli bahçe, 41.0082"
CREDIT = "Ayşe Işık"
SERIAL = "SERIAL-4711"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def scene(width: int = 1200, height: int = 800, mode: str = "RGB") -> Image.Image:
    """Red above, blue below, a white square at the upper left: which way is up can be told."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    image.paste((30, 30, 200), (0, height // 2, width, height))
    image.paste((255, 255, 255), (0, 0, width // 8, height // 8))
    return image.convert(mode)


def encoded(image: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def exif(orientation: int = 1, artist: str = CREDIT) -> Image.Exif:
    data = Image.Exif()
    data[ExifTags.Base.Orientation] = orientation
    data[ExifTags.Base.Make] = "Kamera"
    if artist:
        data[ExifTags.Base.Artist] = artist.encode()
    camera = data.get_ifd(ExifTags.IFD.Exif)
    camera[ExifTags.Base.BodySerialNumber] = SERIAL
    camera[ExifTags.Base.DateTimeOriginal] = "2026:03:17 14:30:00"
    gps = data.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (41.0, 0.0, 29.5)
    gps[ExifTags.GPS.GPSAreaInformation] = PLACE.encode()
    return data


def xmp(creator: str = CREDIT, agency: str = "Kent Ajansı") -> bytes:
    return f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 photoshop:Credit="{agency}" photoshop:City="{PLACE}">
<dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()


def photo(orientation: int = 1, form: str = "JPEG", **options: Any) -> bytes:
    """As a phone sends it: with place, serial number, author, comment and colour profile."""
    options = {"exif": exif(orientation), "icc_profile": PROFILE, **options}
    if form == "JPEG":
        options = {"comment": f"Yorum {PLACE}".encode(), "quality": 92, **options}
    if form == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", PLACE)
        notes.add_itxt("XML:com.adobe.xmp", xmp().decode())
        options["pnginfo"] = notes
    else:
        options["xmp"] = xmp()
    return encoded(scene(180, 120), form, **options)


def with_iptc(jpeg: bytes, byline: bytes, agency: bytes = b"") -> bytes:
    """A JPEG with the block in which agencies name the photographer."""
    records = b"".join(
        b"\x1c\x02" + struct.pack(">BH", number, len(value)) + value
        for number, value in ((80, byline), (110, agency))
        if value
    )
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(records)) + records + b"\0" * (len(records) % 2)
    segment = b"Photoshop 3.0\0" + block
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]


def moving(form: str) -> bytes:
    frames = [scene(64, 64), scene(64, 64).rotate(90), scene(64, 64).rotate(180)]
    return encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=100, loop=0)


def bomb(width: int = 30000, height: int = 30000) -> bytes:
    """A PNG of a few kilobytes that decodes to hundreds of megabytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\0" * 100_000, 9)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def marks() -> list[bytes]:
    """What must be found in no stored byte."""
    return [b"4711", b"41.0082", "Işık".encode(), b"Kamera", b"Exif", b"GPS", b"xpacket", b"8BIM", b"Yorum"]
