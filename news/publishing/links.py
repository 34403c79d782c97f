"""Where texts and address fields lead: our own pages by what they show, those of others by asking whether
they answer."""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from django.utils import timezone

from news.models import (
    Article,
    Event,
    LinkCheck,
    Official,
    Tag,
    addresses_of,
    is_ours,
    named_by,
    path_of,
    rich_text_of,
    view_at,
)
from news.richtext import links as links_of

NOUNS = {"article": Article, "event": Event, "official": Official, "tag": Tag}
AT_ONCE = 10
#: As long as the column.
LONGEST = 500
#: Seconds for all hops of one address.
PATIENCE, MOST_HOPS = 8.0, 4
AGAIN, DEAD_AGAIN = timedelta(days=7), timedelta(hours=1)
REDIRECTS = {301, 302, 303, 307, 308}
#: Many servers refuse robots, LinkedIn by 999; that they answer at all is what was asked.
GONE = {404, 410}
AGENT = "cityportal link check"
NAT64 = ipaddress.ip_network("64:ff9b::/96")
SAFE = "/?=&%:;,+@!$'()*~"
#: Address and port of servers within our own network that may be asked all the same, such as that of a test.
EXEMPT: set[tuple[str, int]] = set()


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


def addresses(row: Any) -> list[tuple[str, str]]:
    """The addresses of others in the texts and address fields of an article, event or official, each with the
    field that it stands in, as the form calls it."""
    found = [(name, url) for name in rich_text_of(type(row)) for url in links_of(getattr(row, name))]
    found += [(name, getattr(row, name)) for name in addresses_of(type(row))]
    if isinstance(row, Official):
        found += [(f"accounts-{n}-url", account.url) for n, account in enumerate(row.accounts.all())]
    return [
        (name, url)
        for name, url in found
        if url.startswith(("http://", "https://")) and len(url) <= LONGEST and not is_ours(url)
    ]


def remember(row: Any) -> None:
    """Put the addresses of others on the list to be asked, and say that they stand in this article, event or
    official."""
    wanted = {url for _name, url in addresses(row)}
    if not wanted and not row.links_out.exists():
        return
    LinkCheck.objects.bulk_create([LinkCheck(url=url) for url in sorted(wanted)], ignore_conflicts=True)
    row.links_out.set(LinkCheck.objects.filter(url__in=wanted))


def check_due(now: datetime | None = None) -> int:
    """Ask the new addresses, those that were dead an hour ago, and those not asked for a week, a few at a
    time; not those that nothing links to any more. The `tick` command calls this. Gives the number of those
    asked."""
    now = now or timezone.now()
    standing = LinkCheck.objects.standing(now)
    rows = list(standing.filter(checked_at=None).order_by("pk")[:AT_ONCE])
    for old in (
        standing.filter(works=False, checked_at__lt=now - DEAD_AGAIN),
        standing.filter(works=True, checked_at__lt=now - AGAIN),
    ):
        rows += old.order_by("checked_at")[: AT_ONCE - len(rows)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for row, (works, answer) in zip(rows, pool.map(ask, [row.url for row in rows]), strict=True):
            LinkCheck.objects.filter(pk=row.pk).update(works=works, answer=answer[:100], checked_at=now)
    return len(rows)


def ask(url: str) -> tuple[bool, str]:
    """Whether something answers at `url`, and what it said. Never asks within our own network."""
    ends = time.monotonic() + PATIENCE
    for _hop in range(MOST_HOPS):
        try:
            status, location = _status(url, "HEAD", ends)
            if status >= 400:
                # Some servers know no HEAD, or answer it as they like.
                status, location = _status(url, "GET", ends)
        except Forbidden:
            return True, "not asked"
        except (OSError, http.client.HTTPException, ValueError) as problem:
            return False, type(problem).__name__
        if status not in REDIRECTS or not location:
            return status not in GONE and not 500 <= status < 600, str(status)
        url = urljoin(url, location)
    return False, "too many redirects"


class Forbidden(Exception):  # noqa: N818 - it is a decision and not an error
    """An address that is not out in the world."""


def _status(url: str, method: str, ends: float) -> tuple[int, str]:
    """Status and `Location` of the answer; its body is not read. Nothing takes longer than until `ends`."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Forbidden
    port = parts.port or (443 if parts.scheme == "https" else 80)
    known = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    # Connect to the very address that was looked at: a second look-up could give another.
    address = str(known[0][4][0])
    if (address, port) not in EXEMPT and (port not in (80, 443) or not is_outside(address)):
        raise Forbidden
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    raw = socket.create_connection((address, port), timeout=left)
    # A timeout of the socket alone starts anew with every byte that drips in.
    hang_up = threading.Timer(left, _shut, [raw])
    hang_up.daemon = True
    hang_up.start()
    connection = http.client.HTTPConnection(parts.hostname, port)
    try:
        if parts.scheme == "https":
            raw = ssl.create_default_context().wrap_socket(raw, server_hostname=parts.hostname)
        connection.sock = raw
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request(method, quote(target, safe=SAFE), headers={"User-Agent": AGENT, "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "")
    finally:
        hang_up.cancel()
        connection.close()
        raw.close()


def _shut(raw: socket.socket) -> None:
    with suppress(OSError):
        raw.shutdown(socket.SHUT_RDWR)


def is_outside(address: str) -> bool:
    """Whether an address of the network is out in the world, whatever it is wrapped in."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        ip = inner or ip
    return ip.is_global and not ip.is_multicast
