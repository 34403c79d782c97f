"""Pictures and files, which are public exactly while something shows them that is.

One address, whatever stores the files; the storage behind it is reached by nobody else. A shared cache may
keep an answer for half a minute and use it as long again while it asks anew, so a withdrawal holds within a
minute everywhere.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any

from django.core.files.storage import Storage, default_storage
from django.db import InterfaceError, OperationalError
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, QuerySet
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from news import attachments
from news.models import Article, ArticleFile, Document, Event, Image, Official, asked_for
from news.pictures.address import ALIAS, KEY, quick_of
from news.pictures.renditions import RECIPE, TYPES, stem
from news.publishing import preview
from news.publishing.second_factor import lacks_second_factor
from news.views import errors

logger = logging.getLogger(__name__)

PICTURE = re.compile(rf"images/({KEY})/[A-Za-z0-9._-]{{1,80}}")
FILE = re.compile(r"files/[0-9a-f]{32}/[a-z0-9._-]{1,150}")
RANGE = re.compile(r"bytes=(?!-$)(\d{0,15})-(\d{0,15})")
PUBLIC = "public, max-age=600, s-maxage=30, stale-while-revalidate=30"
PIECE = 64 * 1024
#: The public pictures asked for last. While the database is away the last known pages are shown, with these.
_known: dict[str, Image] = {}
MOST_KNOWN = 1024


@dataclass(frozen=True)
class Found:
    """What an address leads to, and whether everybody may have it now."""

    name: str
    type: str
    public: bool
    storage: Storage = default_storage
    # A stand-in has the address of something else, which will be there soon.
    stand_in: bool = False


@csrf_exempt
@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    found = _picture(name) or _file(name)
    if not found or not (found.public or _is_in_newsroom(request) or _has_preview(request, name)):
        return _nothing(request)
    etag = f'"{PurePosixPath(found.name).name}-{RECIPE}"'
    if found.public and not found.stand_in and etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _dressed(HttpResponseNotModified(), found, etag)
    try:
        return _dressed(_content(request, found, etag), found, etag)
    except FileNotFoundError:
        logger.exception("The storage has no %s.", found.name)
        return _nothing(request)


def _picture(name: str) -> Found | None:
    asked = PICTURE.fullmatch(name)
    known = _ask(asked[1]) if asked else None
    if known is None:
        return None
    image, public = known
    storage = image.file.storage
    if name == image.name:
        return Found(name, TYPES[PurePosixPath(name).suffix[1:]], public, storage)
    if name.endswith(f"/{ALIAS}"):
        body = image.rendition("body")
        return Found(body.name, body.type, public, storage, stand_in=not image.ready)
    if name in image.file_names() and (image.ready or name == quick_of(image).name):
        return Found(name, TYPES[PurePosixPath(name).suffix[1:]], public, storage)
    if name.startswith(f"{stem(image.name)}-"):
        # Not made yet, or cut around another point, as in a page that somebody has open.
        quick = quick_of(image)
        return Found(quick.name, quick.type, public, storage, stand_in=True)
    return None


def _ask(key: str) -> tuple[Image, bool] | None:
    try:
        answer = asked_for(key)
    except (OperationalError, InterfaceError):
        if key not in _known:
            raise
        return _known[key], True
    _known.pop(key, None)
    if answer and answer[1]:
        _known[key] = answer[0]
        if len(_known) > MOST_KNOWN:
            _known.pop(next(iter(_known)), None)
    return answer


def _file(name: str) -> Found | None:
    if not FILE.fullmatch(name):
        return None
    # A working copy attaches the same file as its original.
    of_article = Exists(Article.objects.public().filter(pk=OuterRef("article")))
    uses = list(_answers(ArticleFile.objects.filter(file=name), of_article))
    if not uses:
        of_event = Exists(Event.objects.public().filter(pk=OuterRef("event")))
        of_official = Exists(Official.objects.public().filter(pk=OuterRef("official")))
        shown = Exists(Document.objects.shown().filter(pk=OuterRef("pk")))
        uses = list(_answers(Document.objects.filter(file=name), shown & (of_event | of_official)))
    return Found(name, attachments.content_type(name), any(uses)) if uses else None


def _answers(rows: QuerySet, public: Any) -> Iterator[bool]:
    answer = ExpressionWrapper(public, BooleanField())
    return rows.order_by().annotate(is_public=answer).values_list("is_public", flat=True).iterator()


def _is_in_newsroom(request: HttpRequest) -> bool:
    """Whoever the admin would let in: a stolen password alone opens no picture either."""
    user = request.user
    return user.is_active and user.is_staff and not lacks_second_factor(request)


def _has_preview(request: HttpRequest, name: str) -> bool:
    """A reader with a preview link may have what belongs to that one article."""
    token = request.COOKIES.get("preview_media", "")
    asked = PICTURE.fullmatch(name)
    if not token:
        return False
    if asked:
        image = Image.objects.filter(key=asked[1]).first()
        return image is not None and preview.may_have(token, image)
    return preview.may_have(token, file=name)


def _nothing(request: HttpRequest) -> HttpResponse:
    # Asked in any case, so that what is hidden and what never was answer alike.
    _is_in_newsroom(request)
    response = errors.not_found(request, FileNotFoundError())
    # A picture that was asked for too early would else stay away when its time has come.
    response["Cache-Control"] = "no-store"
    return response


def _dressed(response: HttpResponseBase, found: Found, etag: str) -> HttpResponseBase:
    if not found.public:
        response["Cache-Control"] = "private, no-store"
    elif found.stand_in:
        response["Cache-Control"] = "no-store"
    else:
        response["Cache-Control"] = PUBLIC
        response["ETag"] = etag
    # It is no page: nothing in it runs or asks for anything, were it ever shown as one.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _content(request: HttpRequest, found: Found, etag: str) -> HttpResponseBase:
    attached = found.name.startswith("files/")
    wanted = request.headers.get("Range", "") if attached and request.method == "GET" else ""
    if wanted and request.headers.get("If-Range", etag) == etag and (asked := RANGE.fullmatch(wanted)):
        response = _part(found, asked)
    else:
        response = FileResponse(found.storage.open(found.name), content_type=found.type)
    if attached:
        response["Accept-Ranges"] = "bytes"
        # The name is ours: ASCII letters, digits and hyphens.
        response["Content-Disposition"] = f'attachment; filename="{PurePosixPath(found.name).name}"'
    return response


def _part(found: Found, asked: re.Match[str]) -> HttpResponseBase:
    """One range; a player asks for the end of a recording before its middle."""
    size = found.storage.size(found.name)
    first, last = asked[1], asked[2]
    if first:
        start, end = int(first), min(int(last or size), size - 1)
    else:
        start, end = max(0, size - int(last or 0)), size - 1
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file = found.storage.open(found.name)
    file.seek(start)
    response = StreamingHttpResponse(_pieces(file, end - start + 1), status=206, content_type=found.type)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    return response


def _pieces(file: IO[bytes], left: int) -> Iterator[bytes]:
    with file:
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
