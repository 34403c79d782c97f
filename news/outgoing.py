"""Requests to other people's servers: short, small, and never while a reader waits."""

import http.client
import threading
from contextlib import suppress
from socket import SHUT_RDWR
from urllib.parse import urlsplit

AGENT = "cityportal"


class OutgoingError(Exception):
    """The other server did not answer as it should, or not in time."""


def ask(
    url: str, *, patience: float, most_bytes: int, form: str | None = None, accept: str = "*/*"
) -> tuple[int, bytes]:
    """Status and body of the answer to a GET, or to a POST of `form` (already encoded).

    No redirect is followed and nothing is unpacked. All of it has to come within `patience` seconds: a
    timeout of the socket alone starts anew with every byte that drips in.
    """
    place = urlsplit(url)
    kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
    headers = {"User-Agent": AGENT, "Accept": accept, "Accept-Encoding": "identity"}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection = kind(place.netloc, timeout=patience)
    except http.client.InvalidURL as error:
        raise OutgoingError(f"{url!r} is no address") from error

    def hang_up() -> None:
        with suppress(OSError, AttributeError):
            connection.sock.shutdown(SHUT_RDWR)

    ends = threading.Timer(patience, hang_up)
    ends.daemon = True
    ends.start()
    try:
        target = (place.path or "/") + (f"?{place.query}" if place.query else "")
        connection.request("GET" if form is None else "POST", target, body=form, headers=headers)
        response = connection.getresponse()
        body = response.read(most_bytes + 1)
    except (OSError, http.client.HTTPException) as error:
        raise OutgoingError(f"{place.netloc} did not answer: {error!r}") from error
    finally:
        ends.cancel()
        connection.close()
    if len(body) > most_bytes:
        raise OutgoingError(f"{place.netloc} answered at too great a length")
    return response.status, body
