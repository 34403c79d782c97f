"""Which page a request asks for, out of the little that a page may depend on.

Readers choose what stands in a request; a key made of it whole would let anybody fill the store, or put his
own page in another's place. A key is whether the line is secure, the path, and the query values that the view
declares.
"""

from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

Environ = dict[str, Any]
#: Longest query value that a kept page may have.
LONGEST_VALUE = 100
#: Addresses whose view is remembered.
MOST_KNOWN = 20_000
#: Read once: Django's settings are slow to ask, and this is asked for every kept page.
PROXY_SAYS = settings.SECURE_PROXY_SSL_HEADER
PROXY_HEADER = PROXY_SAYS[0] if PROXY_SAYS else ""
_declared: dict[str, frozenset[str] | None] = {}


def is_secure(environ: Environ) -> bool:
    """As Django finds it out for its redirect to https."""
    if PROXY_SAYS:
        header, secure = PROXY_SAYS
        if (said := environ.get(header)) is not None:
            return said.split(",", 1)[0].strip() == secure
    return environ["wsgi.url_scheme"] == "https"


@lru_cache(maxsize=256)
def is_our_host(host: str) -> bool:
    domain = split_domain_port(host)[0]
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def host_to_ask_with(host: str) -> str:
    """The site's own name whichever of its names, and with whatever port, a reader came by."""
    own = urlsplit(settings.SITE_URL).netloc
    return own if is_our_host(own) else host


def declared_query(path: str) -> frozenset[str] | None:
    """The query values the page at `path` reads, or None where the address is not a public page."""
    try:
        return _declared[path]
    except KeyError:
        pass
    try:
        text = path.encode("latin-1").decode()
        with override(get_language_from_path(text) or "tr"):
            found = getattr(resolve(text).func, "page_query", None)
    except (Resolver404, UnicodeError):
        return None
    if len(_declared) >= MOST_KNOWN:
        _declared.clear()
    _declared[path] = found
    return found


def normalised(query: str, declared: frozenset[str]) -> str | None:
    """The declared values, each once (the last given), sorted; None where one is too long to keep."""
    if not query:
        return ""
    try:
        given = dict(parse_qsl(query, max_num_fields=100))
    except ValueError:
        return None
    values = sorted((name, value) for name, value in given.items() if name in declared)
    if any(len(value) > LONGEST_VALUE for _name, value in values):
        return None
    return urlencode(values)
