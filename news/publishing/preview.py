"""Seeing an article or event as it will be: publish it, look, and take everything back.

The page is the readers' own view on rows as publishing would leave them, inside a transaction that is always
rolled back; so the preview cannot differ from what will be published.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils import timezone
from django.utils.translation import override

from news.models import Article, ArticleFile, Image, PreviewLink, PreviewVisit, State
from news.publishing.content import Content
from news.publishing.rules import Item

LONGEST = timedelta(days=30)
#: The reader's cookies and where they are sent: nowhere but to the preview and to the pictures in it.
COOKIES = {"preview": "/preview/", "preview_media": "/media/"}


def shown(make: Callable[[], Item], request: HttpRequest, language: str = "tr") -> HttpResponse:
    """The public page of what `make` gives, as if it were published now; of an event, that in `language`.
    Nothing of it stays."""
    with transaction.atomic():
        item = _put_out(make())
        with override(item.language if isinstance(item, Article) else language):
            address = item.get_absolute_url()
            reader = _reader(request, address)
            view = resolve(address)
            response = view.func(reader, *view.args, **view.kwargs)
        transaction.set_rollback(True)
    for header in ("Cache-Control", "ETag", "Last-Modified"):
        response.headers.pop(header, None)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response._csp_replace = {"frame-ancestors": ["'self'"]}
    return response


def _reader(request: HttpRequest, address: str) -> HttpRequest:
    """A citizen's request for `address`: nobody's cookies, nobody's rights."""
    reader = HttpRequest()
    reader.method = "GET"
    reader.path = reader.path_info = address
    kept = ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO")
    reader.META = {name: request.META[name] for name in kept if name in request.META}
    reader.user = AnonymousUser()
    return reader


def _put_out(item: Item) -> Item:
    now = timezone.now()
    if isinstance(item, Article) and item.original_id:
        original = Article.objects.get(pk=item.original_id)
        old, new = Content.of(original), Content.of(item)
        if new.put_as_change(old, original, now):
            original.changed_at = now
        item = original
    if not item.is_public(now):
        item.state, item.withdrawn_at = State.PUBLISHED, None
        item.published_at = item.first_published_at = now
        if item.expires_at and item.expires_at <= now:
            item.expires_at = None
    item.save()
    if isinstance(item, Article):
        item.relist()
    return item


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(article: Article, by: User, days: int, note: str = "") -> tuple[PreviewLink, str]:
    """A link for somebody without an account, and its token, which is told once and never stored."""
    token = secrets.token_urlsafe(32)
    expires_at = timezone.now() + min(timedelta(days=days), LONGEST)
    link = PreviewLink.objects.create(
        article=article, digest=digest(token), note=note, made_by=by, expires_at=expires_at
    )
    return link, token


def revoke(link: PreviewLink, now: datetime | None = None) -> None:
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now or timezone.now())


def opened(token: str) -> PreviewLink | None:
    """The open link with this token."""
    return PreviewLink.objects.open().select_related("article").filter(digest=digest(token)).first()


def note_visit(link: PreviewLink, address: str) -> None:
    """Keep that it was read, with the address cut: enough to see that a link wandered."""
    separator = ":" if ":" in address else "."
    PreviewVisit.objects.create(link=link, address=address.rpartition(separator)[0][:45])


def may_have(token: str, image: Image | None = None, file: str = "") -> bool:
    """Whether a preview link lets its reader have a picture or file that nobody else may have yet."""
    link = opened(token) if token else None
    if link is None:
        return False
    if image is not None:
        return Image.objects.of_article(link.article).filter(pk=image.pk).exists()
    return ArticleFile.objects.filter(article=link.article, file=file).exists()
