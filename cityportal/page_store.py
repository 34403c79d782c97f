"""Public pages as bytes, in front of Django: a WSGI wrapper that answers anonymous reads from process memory.

A page is asked of Django without cookies, without the reader's language wishes and with only the query
values its view declares (`news.page_cache.public_page`), so what is kept cannot depend on who asked first.
An entry is fresh while it carries the current generation and its next boundary lies ahead. Stale entries
stay as the last known page, for the time when the database is away.
"""

import contextlib
import gzip
import hashlib
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

import brotli
from django.db import DatabaseError, close_old_connections, connections
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import parse_http_date_safe
from django.utils.translation import get_language_from_path, override

from cityportal.shared_pages import SharedPages
from news import page_cache
from news.models import Generation

logger = logging.getLogger(__name__)

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Key = tuple[str, str, str, str]

#: Bytes of all kept pages without a query, and of those with one: a flood of query values pushes out only
#: its kind.
BUDGET = 80 * 1024 * 1024
QUERY_BUDGET = 16 * 1024 * 1024
#: Seconds between looks at the generation that other processes may have raised.
POLL = 0.25
#: Seconds a request waits for another one that renders the same page before it takes the last known bytes.
PATIENCE = 5.0
#: Seconds after a failed rendering in which stale pages are given without trying again.
RECOVERY = 1.0
#: The oldest that a page may grow, should a boundary have been missed.
OLDEST = 3600.0
#: Longest query value that a kept page may have.
LONGEST_VALUE = 100
#: Reader's headers that Django sees when it renders a public page; all others are taken off.
KEPT_HEADERS = {"HTTP_HOST", "HTTP_X_FORWARDED_PROTO"}
COMPRESSIBLE = (
    "text/",
    "application/xml",
    "application/json",
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
)


@dataclass(slots=True)
class Entry:
    """One page; `variants` maps a content coding to headers, body and entity tag. Times are Unix seconds."""

    generation: int
    born: float
    dies: float
    modified: int | None
    variants: dict[str, tuple[Headers, bytes, str]]
    size: int
    used: bool = False

    def is_fresh(self, generation: int, now: float) -> bool:
        # A clock that stepped back makes a page stale, not immortal.
        return self.generation == generation and self.born <= now < self.dies


@dataclass
class Memory:
    """Entries within a budget of bytes; those that nobody read since the last sweep go first."""

    budget: int
    entries: dict[Key, Entry] = field(default_factory=dict)
    size: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, key: Key, entry: Entry) -> None:
        with self.lock:
            if old := self.entries.pop(key, None):
                self.size -= old.size
            self.entries[key] = entry
            self.size += entry.size
            while self.size > self.budget and len(self.entries) > 1:
                oldest = next(iter(self.entries))
                candidate = self.entries.pop(oldest)
                if candidate.used or candidate is entry:
                    candidate.used = False
                    self.entries[oldest] = candidate
                else:
                    self.size -= candidate.size


class PageStore:
    """Wraps the WSGI application; start it in each server process."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application
        self.plain = Memory(BUDGET)
        self.queried = Memory(QUERY_BUDGET)
        self.shared = SharedPages()
        self.generation = -1
        self._boundary: tuple[int, datetime] | None = None
        self._broken_until = 0.0
        self._rendering: dict[Key, threading.Lock] = {}
        self._guard = threading.Lock()
        self._outbox: queue.Queue[tuple[Key, Entry]] = queue.Queue(maxsize=500)
        self._keeper: threading.Thread | None = None
        self._closed = threading.Event()
        page_cache.listeners.append(self._announced)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        key = (
            environ.get("HTTP_HOST", ""),
            environ.get("HTTP_X_FORWARDED_PROTO") or environ["wsgi.url_scheme"],
            environ.get("PATH_INFO", ""),
            "",
        )
        if not query:
            entry = self.plain.entries.get(key)
            if entry and entry.is_fresh(self.generation, time.time()):
                return self._answer(entry, environ, start_response, "hit")
        return self._find(key, query, environ, start_response)

    def _find(
        self, key: Key, query: str, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        declared = declared_query(key[2])
        if declared is None:
            return self.application(environ, start_response)
        if self._keeper is None:
            self._start()
        values = normalised(query, declared)
        if values is None:
            return self.application(environ, start_response)
        key = (*key[:3], values)
        memory = self.queried if values else self.plain
        entry = memory.entries.get(key)
        if entry and entry.is_fresh(self.generation, time.time()):
            return self._answer(entry, environ, start_response, "hit")
        if entry and time.monotonic() < self._broken_until:
            return self._answer(entry, environ, start_response, "hit; fwd=stale; detail=outage")
        with self._guard:
            rendering = self._rendering.setdefault(key, threading.Lock())
        if not rendering.acquire(timeout=PATIENCE):
            if entry:
                return self._answer(entry, environ, start_response, "hit; fwd=stale; detail=busy")
            return self.application(environ, start_response)
        try:
            current = memory.entries.get(key)
            if current and current.is_fresh(self.generation, time.time()):
                return self._answer(current, environ, start_response, "hit; detail=collapsed")
            return self._render(key, memory, entry, environ, start_response)
        finally:
            rendering.release()
            with self._guard:
                self._rendering.pop(key, None)

    def _render(
        self,
        key: Key,
        memory: Memory,
        stale: Entry | None,
        environ: Environ,
        start_response: Callable[..., Any],
    ) -> Iterable[bytes]:
        generation = self.generation
        shared = self.shared.get(key)
        if shared and shared.is_fresh(generation, time.time()):
            memory.put(key, shared)
            return self._answer(shared, environ, start_response, "hit; detail=shared")
        status, headers, body = ask(self.application, environ, key[3])
        if status.startswith("503") and (stale := stale or shared):
            self._broken_until = time.monotonic() + RECOVERY
            return self._answer(stale, environ, start_response, "hit; fwd=stale; detail=outage")
        if not storable(status, headers):
            start_response(status, headers)
            return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]
        now = time.time()
        dies = min(self._next_boundary(generation).timestamp(), now + OLDEST)
        entry = pack(headers, body, generation, now, dies)
        memory.put(key, entry)
        try:
            self._outbox.put_nowait((key, entry))
        except queue.Full:
            logger.warning("the shared level of pages is slow; a page was not shared")
        return self._answer(entry, environ, start_response, "fwd=miss; stored")

    def _answer(
        self, entry: Entry, environ: Environ, start_response: Callable[..., Any], how: str
    ) -> Iterable[bytes]:
        entry.used = True
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        coding = "identity"
        if "br" in entry.variants and "br" in accepted and takes(accepted, "br"):
            coding = "br"
        elif "gzip" in entry.variants and "gzip" in accepted and takes(accepted, "gzip"):
            coding = "gzip"
        headers, body, etag = entry.variants[coding]
        remaining = entry.dies - time.time()
        if remaining < page_cache.LIFETIME or how != "hit":
            headers = [pair for pair in headers if pair[0] not in ("Cache-Control", "Cache-Status")]
            seconds = max(0, min(page_cache.LIFETIME, int(remaining)))
            headers += [
                ("Cache-Control", page_cache.cache_control(seconds)),
                ("Cache-Status", f"portal; {how}"),
            ]
        if matches(environ, etag, entry.modified):
            start_response("304 Not Modified", [pair for pair in headers if pair[0] not in ENTITY_HEADERS])
            return [b""]
        start_response("200 OK", headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def _next_boundary(self, generation: int) -> datetime:
        """Read once for each generation and each time it has passed."""
        known = self._boundary
        if known is None or known[0] != generation or known[1] <= timezone.now():
            known = (generation, page_cache.next_boundary())
            self._boundary = known
        return known[1]

    def close(self) -> None:
        """Stop looking and sharing; what is asked afterwards is still answered."""
        page_cache.listeners.remove(self._announced)
        self._closed.set()
        if self._keeper:
            self._keeper.join()

    def _announced(self, number: int) -> None:
        self.generation = number

    def _start(self) -> None:
        with self._guard:
            if self._keeper is None:
                self._look()
                self._keeper = threading.Thread(target=self._keep, name="page-keeper", daemon=True)
                self._keeper.start()

    def _keep(self) -> None:
        """Shares what was rendered, and learns what other processes published."""
        looked = time.monotonic()
        while not self._closed.is_set():
            with contextlib.suppress(queue.Empty):
                self.shared.put(*self._outbox.get(timeout=max(0.01, looked + POLL - time.monotonic())))
            if time.monotonic() - looked >= POLL:
                looked = time.monotonic()
                self._look()
                close_old_connections()
        connections.close_all()

    def _look(self) -> None:
        before = self.generation
        try:
            number = Generation.current()
        except DatabaseError:
            return
        # Announced meanwhile by this process: the number just read may be the older one.
        if self.generation == before:
            self.generation = number


ENTITY_HEADERS = {"Content-Length", "Content-Type", "Content-Encoding", "Content-Language"}
_declared: dict[str, frozenset[str] | None] = {}


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
    if len(_declared) >= 20_000:
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


def ask(
    application: Callable[..., Iterable[bytes]], environ: Environ, query: str
) -> tuple[str, Headers, bytes]:
    """The page as Django gives it to a reader of whom nothing is known."""
    asked = {
        name: value for name, value in environ.items() if not name.startswith("HTTP_") or name in KEPT_HEADERS
    }
    asked |= {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "CONTENT_LENGTH": "0"}
    said: list[Any] = []

    def start(status: str, headers: Headers, exc_info: Any = None) -> None:
        said[:] = [status, headers]

    chunks = application(asked, start)
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    return said[0], said[1], body


def storable(status: str, headers: Headers) -> bool:
    names = {name.lower(): value.lower() for name, value in headers}
    return (
        status.startswith("200")
        and "set-cookie" not in names
        and names.get("cache-control", "").startswith("public")
        and "cookie" not in names.get("vary", "")
    )


def pack(headers: Headers, body: bytes, generation: int, born: float, dies: float) -> Entry:
    """An entry with every coding made once: Brotli at 5 takes 0.2 ms for a page, 11 would take 13."""
    dropped = {"content-length", "vary", "etag", "content-encoding", "cache-status"}
    kept = [(name, value) for name, value in headers if name.lower() not in dropped]
    names = {name.lower(): value for name, value in headers}
    bodies = {"identity": body}
    if names.get("content-type", "").startswith(COMPRESSIBLE) and len(body) > 200:
        bodies |= {
            "br": brotli.compress(body, quality=5),
            "gzip": gzip.compress(body, compresslevel=6, mtime=0),
        }
    digest = hashlib.blake2b(body, digest_size=12).hexdigest()
    variants = {}
    for coding, coded in bodies.items():
        etag = f'"{digest}-{coding}"'
        extra = [("ETag", etag), ("Vary", "Accept-Encoding"), ("Content-Length", str(len(coded)))]
        if coding != "identity":
            extra.append(("Content-Encoding", coding))
        variants[coding] = ([*kept, *extra, ("Cache-Status", "portal; hit")], coded, etag)
    modified = parse_http_date_safe(names["last-modified"]) if "last-modified" in names else None
    size = sum(len(coded) for coded in bodies.values()) + 2000
    return Entry(generation, born, dies, modified, variants, size)


def takes(accepted: str, coding: str) -> bool:
    """Whether an Accept-Encoding that names the coding also wants it (RFC 9110 section 12.5.3)."""
    if "q=0" not in accepted:
        return True
    for part in accepted.split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip() == coding:
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def matches(environ: Environ, etag: str, modified: int | None) -> bool:
    """Whether the reader's copy is still right (RFC 9110 sections 13.1.2 and 13.1.3)."""
    if wanted := environ.get("HTTP_IF_NONE_MATCH"):
        return etag in wanted or wanted.strip() == "*"
    if modified is not None and (since := environ.get("HTTP_IF_MODIFIED_SINCE")):
        moment = parse_http_date_safe(since)
        return moment is not None and moment >= modified
    return False
