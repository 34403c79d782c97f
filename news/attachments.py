"""Documents and recordings that go with an article: which are taken in, and what they are sent out as.

Readers get them as downloads only, so what stands in them is no danger to the site; the checks keep out what
is not what its name says, and office documents that carry programs.
"""

import uuid
import zipfile
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from news.text import slugify

MAX_BYTES = 50 * 1024 * 1024
#: By extension: what it is sent as, and what it begins with.
TYPES: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK\x03\x04",)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK\x03\x04",)),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", (b"PK\x03\x04",)),
    "odt": ("application/vnd.oasis.opendocument.text", (b"PK\x03\x04",)),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", (b"PK\x03\x04",)),
    "odp": ("application/vnd.oasis.opendocument.presentation", (b"PK\x03\x04",)),
    "zip": ("application/zip", (b"PK\x03\x04",)),
    "csv": ("text/csv", ()),
    "txt": ("text/plain", ()),
    "mp3": ("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")),
    "mp4": ("video/mp4", ()),
}
#: What an office document must hold to be one; an archive may hold anything.
CONTENTS = {
    "docx": "word/",
    "xlsx": "xl/",
    "pptx": "ppt/",
    "odt": "content.xml",
    "ods": "content.xml",
    "odp": "content.xml",
}
PROGRAMS = ("vbaproject.bin", "basic/script-lc.xml")


def file_name(attached: models.Model, filename: str) -> str:
    """Where it is stored: nobody guesses the folder, and readers keep a name that says what it is."""
    path = PurePosixPath(filename)
    return f"files/{uuid.uuid4().hex}/{slugify(path.stem, 'file')}{path.suffix.lower()}"


def extension(name: str) -> str:
    return PurePosixPath(name).suffix[1:].lower()


def content_type(name: str) -> str:
    return TYPES[extension(name)][0] if extension(name) in TYPES else "application/octet-stream"


def check(file: File) -> None:
    """Raise `ValidationError`, with a sentence for the editor, for a file that is not taken in.

    What is stored already was checked then.
    """
    if isinstance(file, FieldFile) and file._committed:
        return
    kind = extension(str(file.name))
    if kind not in TYPES:
        raise ValidationError(
            _("“%(kind)s” files are not accepted. Accepted are: %(kinds)s."),
            code="kind",
            params={"kind": kind or "?", "kinds": ", ".join(TYPES)},
        )
    if not file.size:
        raise ValidationError(_("The file is empty. Choose it again."), code="empty")
    if file.size > MAX_BYTES:
        raise ValidationError(
            _("The file has %(megabytes)s MB; a file may have up to %(most)s MB."),
            code="bytes",
            params={"megabytes": round(file.size / 1024 / 1024), "most": MAX_BYTES // 1024 // 1024},
        )
    file.seek(0)
    start = file.read(4096)
    if not _begins_like(kind, start) or (kind in CONTENTS and not _holds(file, CONTENTS[kind])):
        raise ValidationError(
            _("The file is damaged, or no %(kind)s file although its name says so."),
            code="disguised",
            params={"kind": kind.upper()},
        )
    if kind in CONTENTS and _holds(file, *PROGRAMS):
        raise ValidationError(
            _("The document holds macros, which are programs. Save it without them and try again."),
            code="macros",
        )
    file.seek(0)


def _begins_like(kind: str, start: bytes) -> bool:
    if kind == "mp4":
        return start[4:8] == b"ftyp"
    if kind in ("csv", "txt"):
        return b"\0" not in start or start.startswith((b"\xff\xfe", b"\xfe\xff"))
    return start.startswith(TYPES[kind][1])


def _holds(file: File, *names: str) -> bool:
    """Whether an archive lists an entry that begins or ends so; only its directory is read."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry.lower() for entry in archive.namelist()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return False
    return any(entry.startswith(name) or entry.endswith(name) for entry in entries for name in names)


class AttachmentFile(FieldFile):
    @property
    def url(self) -> str:
        """Never the storage's own address: only the portal knows what is public today."""
        return f"{settings.MEDIA_URL}{self.name}"

    def save(self, name: str, content: File, save: bool = True) -> None:
        content.name = content.name or name
        check(content)
        super().save(name, content, save)

    save.alters_data = True


class AttachmentField(models.FileField):
    attr_class = AttachmentFile
    default_validators = [check]

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs
