"""Where texts link to: our own pages by what they show, those of others by asking whether they answer."""

import http.client
import ipaddress
import socket
import ssl
from datetime import datetime, timedelta
from urllib.parse import SplitResult, urlsplit

from django.utils import timezone

from news.models import Article, Event, LinkCheck, Official, Tag, is_ours, named_by, path_of, view_at
from news.richtext import links as links_of

NOUNS = {"article": Article, "event": Event, "official": Official, "tag": Tag}
AT_ONCE = 10
TIMEOUT = 5
AGAIN = timedelta(days=7)
REDIRECTS = {301, 302, 303, 307, 308}
#: Many servers refuse HEAD or robots; that they answer at all is what was asked.
GONE = {404, 410}


def leads_somewhere(address: str) -> bool:
    """Whether a reader finds something at one of our addresses now."""
    path = path_of(address)
    if path.startswith(("/media/", "/static/")):
        return True
    noun, pk = named_by(address)
    if noun in ("article", "event", "official"):
        return NOUNS[noun].objects.public().filter(pk=pk).exists()
    if noun == "tag":
        return Tag.objects.filter(pk=pk).exists()
    return view_at(path) is not None


def remember(article: Article) -> None:
    """Put the addresses of others on the list to be asked."""
    wanted = [
        url for url in links_of(article.body) if url.startswith(("http://", "https://")) and len(url) <= 500
    ]
    LinkCheck.objects.bulk_create(
        [LinkCheck(url=url) for url in wanted if not is_ours(url)], ignore_conflicts=True
    )


def check_due(now: datetime | None = None) -> int:
    """Ask the addresses that were not asked for a week, a few at a time; the `tick` command calls this."""
    now = now or timezone.now()
    new = list(LinkCheck.objects.filter(checked_at=None)[:AT_ONCE])
    old = LinkCheck.objects.filter(checked_at__lt=now - AGAIN).order_by("checked_at")[: AT_ONCE - len(new)]
    for row in [*new, *old]:
        row.works, row.answer = ask(row.url)
        row.checked_at = now
        row.save()
    return len(new)


def ask(url: str) -> tuple[bool, str]:
    """Whether something answers at `url`, and what it said. Never asks within our own network."""
    for _turn in range(4):
        parts = urlsplit(url)
        try:
            status, location = _head(parts)
        except Forbidden:
            return True, "not asked"
        except (OSError, http.client.HTTPException, ValueError) as problem:
            return False, type(problem).__name__
        if status not in REDIRECTS or not location:
            return status not in GONE and status < 500, str(status)
        url = location if "://" in location else f"{parts.scheme}://{parts.netloc}{location}"
    return False, "too many redirects"


class Forbidden(Exception):  # noqa: N818 - it is a decision and not an error
    """An address that is not out in the world."""


def _head(parts: SplitResult) -> tuple[int, str]:
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Forbidden
    port = parts.port or (443 if parts.scheme == "https" else 80)
    known = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    address = str(known[0][4][0])
    # Connect to the very address that was looked at: a second look-up could give another.
    if port not in (80, 443) or not ipaddress.ip_address(address).is_global:
        raise Forbidden
    raw = socket.create_connection((address, port), timeout=TIMEOUT)
    if parts.scheme == "https":
        raw = ssl.create_default_context().wrap_socket(raw, server_hostname=parts.hostname)
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=TIMEOUT)
    connection.sock = raw
    try:
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request("HEAD", path, headers={"User-Agent": "cityportal link check"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "")
    finally:
        connection.close()
