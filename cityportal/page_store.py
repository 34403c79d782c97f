"""Public pages as bytes, in front of Django: a WSGI wrapper that answers anonymous reads from process memory.

A page is asked of Django without cookies, without the reader's language wishes and with only the query
values its view declares (`news.page_cache.public_page`), so what is kept cannot depend on who asked first.
An entry is fresh while it carries the current generation and its next boundary lies ahead. A stale one is
validated: a view that would say the same again answers 304 (RFC 9111 section 4.3). And it stays as the last
known page, for the time when the database is away.
"""

import threading
from collections.abc import Callable, Iterable
from time import monotonic, time
from typing import Any, NamedTuple

from django.db import DatabaseError
from django.template import loader

from cityportal.freshness import Freshness, Span
from cityportal.kept_page import (
    ENTITY_HEADERS,
    Entry,
    Headers,
    Key,
    Memory,
    coding_for,
    matches,
    pack,
    storable,
)
from cityportal.page_key import (
    PROXY_HEADER,
    PROXY_SAYS,
    declared_query,
    host_to_ask_with,
    is_our_host,
    is_secure,
    normalised,
)
from cityportal.shared_pages import SharedPages
from news import page_cache

Environ = dict[str, Any]
Start = Callable[..., Any]

#: Bytes of all kept pages without a query, and of those with one: a flood of query values pushes out only
#: its kind.
BUDGET = 80 * 1024 * 1024
QUERY_BUDGET = 16 * 1024 * 1024
#: Pages rendered at a time. More would not be faster, and while a database hangs no others hang with it.
RENDERINGS = 2
#: Seconds a request waits for another one that renders the same page, or for its turn to render.
PATIENCE = 5.0
#: The same for one that has the last known bytes to give.
PATIENCE_WITH_STALE = 2.0
#: Seconds after a failed rendering in which stale pages are given without trying again.
RECOVERY = 1.0
#: Characters that a reader may say of himself for an answer to lie ready for the next who says them.
LONGEST_READER = 500


class Ready(NamedTuple):
    """A whole answer to a plain GET: right for a generation, between two moments in Unix seconds, and for who
    says the same in all else that it depends on."""

    generation: int
    born: float
    until: float
    host: str
    wish: str | None
    scheme: str
    proxy: str | None
    headers: Headers
    chunks: list[bytes]


class PageStore:
    """Wraps the WSGI application; one for each server process."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application
        self.plain = Memory(BUDGET)
        self.queried = Memory(QUERY_BUDGET)
        self.shared = SharedPages()
        self.freshness = Freshness()
        self._ready: dict[str, Ready] = {}
        self._broken_until = 0.0
        self._rendering: dict[Key, threading.Lock] = {}
        self._guard = threading.Lock()
        self._seats = threading.BoundedSemaphore(RENDERINGS)
        self._started = False

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        # Without a second look at what depends on nothing else: that takes half as long.
        if (ready := self._ready.get(environ.get("PATH_INFO", ""))) is not None:
            asked = environ.get
            generation, born, until, host, wish, scheme, proxy, headers, chunks = ready
            if (
                asked("HTTP_ACCEPT_ENCODING") == wish
                and asked("HTTP_HOST") == host
                and environ["wsgi.url_scheme"] == scheme
                and asked(PROXY_HEADER) == proxy
                and environ["REQUEST_METHOD"] == "GET"
                and not asked("QUERY_STRING")
                and "HTTP_IF_NONE_MATCH" not in environ
                and "HTTP_IF_MODIFIED_SINCE" not in environ
                and generation == self.freshness.generation
                and born <= time() < until
            ):
                start_response("200 OK", headers)
                return chunks
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not is_our_host(environ.get("HTTP_HOST", "")):
            return self.application(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        key = (is_secure(environ), environ.get("PATH_INFO", ""), "")
        if not query:
            entry = self.plain.entries.get(key)
            if entry and entry.is_fresh(self.freshness.generation, time()):
                self._make_ready(environ, entry)
                return self._hit(key, entry, environ, start_response)
        return self._find(key, query, environ, start_response)

    def close(self) -> None:
        """Stop looking and sharing; what is asked afterwards is still answered."""
        self.freshness.close()
        self.shared.close()

    def _start(self) -> None:
        with self._guard:
            if not self._started:
                self.shared.start()
                self.freshness.start()
                self._started = True

    def _keep(self, memory: Memory, key: Key, entry: Entry) -> None:
        memory.put(key, entry)
        if memory is self.plain:
            # They would hold the bytes of what had to go for this one.
            self._ready.clear()

    def _make_ready(self, environ: Environ, entry: Entry) -> None:
        """For the next who says the same at this path; most readers do."""
        host, wish = environ["HTTP_HOST"], environ.get("HTTP_ACCEPT_ENCODING")
        proxy = environ.get(PROXY_HEADER)
        if len(host) + len(wish or "") + len(proxy or "") > LONGEST_READER:
            return
        headers, body, _etag = entry.variants[coding_of(entry, wish)]
        if body:
            self._ready[environ["PATH_INFO"]] = Ready(
                entry.generation,
                entry.born,
                entry.dies - page_cache.LIFETIME,
                host,
                wish,
                environ["wsgi.url_scheme"],
                proxy,
                headers,
                [body],
            )

    def _hit(self, key: Key, entry: Entry, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if not entry.used:
            entry.used = True
            if self.shared.is_in_database:
                # What a crawler reads once is not worth a transaction; for Redis see `_render`.
                self.shared.offer(key, entry)
        return _answer(entry, environ, start_response, "hit")

    def _find(self, key: Key, query: str, environ: Environ, start_response: Start) -> Iterable[bytes]:
        declared = declared_query(key[1])
        values = normalised(query, declared) if declared is not None else None
        if values is None:
            return self.application(environ, start_response)
        if not self._started:
            self._start()
        key = (*key[:2], values)
        memory = self.queried if values else self.plain
        entry = memory.entries.get(key)
        if entry and entry.is_fresh(self.freshness.generation, time()):
            return self._hit(key, entry, environ, start_response)
        if entry and self._is_broken():
            return _answer(entry, environ, start_response, "hit; fwd=stale; detail=outage")
        with self._guard:
            rendering = self._rendering.setdefault(key, threading.Lock())
        if not rendering.acquire(timeout=self._patience(entry)):
            return self._instead(entry, environ, start_response)
        try:
            current = memory.entries.get(key)
            if current and current.is_fresh(self.freshness.generation, time()):
                return _answer(current, environ, start_response, "hit; detail=collapsed")
            if not self._seats.acquire(timeout=self._patience(entry)):
                return self._instead(entry, environ, start_response)
            try:
                return self._render(key, memory, entry, environ, start_response)
            finally:
                self._seats.release()
        finally:
            rendering.release()
            with self._guard:
                self._rendering.pop(key, None)

    def _is_broken(self) -> bool:
        return monotonic() < self._broken_until or self.freshness.is_lost()

    def _patience(self, entry: Entry | None) -> float:
        if self.freshness.is_lost():
            return 0
        return PATIENCE_WITH_STALE if entry else PATIENCE

    def _instead(self, entry: Entry | None, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if entry:
            why = "outage" if self._is_broken() else "busy"
            return _answer(entry, environ, start_response, f"hit; fwd=stale; detail={why}")
        status, headers, body = without_database()
        start_response(status, headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def _render(
        self, key: Key, memory: Memory, stale: Entry | None, environ: Environ, start_response: Start
    ) -> Iterable[bytes]:
        generation = self.freshness.generation
        shared = None
        if not (self.shared.is_in_database and self._is_broken()):
            shared = self.shared.get(key)
        if shared and shared.is_fresh(generation, time()):
            self._keep(memory, key, shared)
            return _answer(shared, environ, start_response, "hit; detail=shared")
        stale = stale or shared
        if stale and self._is_broken():
            self._keep(memory, key, stale)
            return _answer(stale, environ, start_response, "hit; fwd=stale; detail=outage")
        if self.freshness.is_given_up():
            return self._instead(None, environ, start_response)
        try:
            # Before the rendering: what begins meanwhile is not on the page, whose time has then passed.
            span = self.freshness.span(generation)
            known = stale.validator if stale else ""
            status, headers, body = ask(self.application, environ, key, span, known)
        except DatabaseError:
            status, headers, body = without_database()
        if status.startswith("503"):
            self._broken_until = monotonic() + RECOVERY
            if stale:
                return _answer(stale, environ, start_response, "hit; fwd=stale; detail=outage")
        if stale and status.startswith("304"):
            entry, how = stale.again(generation, time(), span.dies), "fwd=stale; fwd-status=304; stored"
        elif storable(status, headers):
            entry, how = pack(headers, body, generation, time(), span.dies), "fwd=miss; stored"
        else:
            start_response(status, headers)
            return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]
        self._keep(memory, key, entry)
        if not self.shared.is_in_database:
            self.shared.offer(key, entry)
        return _answer(entry, environ, start_response, how)


def coding_of(entry: Entry, wish: str | None) -> str:
    return coding_for(wish or "") if "br" in entry.variants else "identity"


def _answer(entry: Entry, environ: Environ, start_response: Start, how: str) -> Iterable[bytes]:
    coding = coding_of(entry, environ.get("HTTP_ACCEPT_ENCODING"))
    headers, body, etag = entry.variants[coding]
    remaining = entry.dies - time()
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
    if environ["REQUEST_METHOD"] == "HEAD":
        return [b""]
    return [body or entry.body(coding)]


def without_database() -> tuple[str, Headers, bytes]:
    """What `cityportal.middleware.answer_without_database` says, for when not even Django is asked."""
    body = loader.render_to_string("503.html").encode()
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
        ("Retry-After", "30"),
    ]
    return "503 Service Unavailable", headers, body


def ask(
    application: Callable[..., Iterable[bytes]], environ: Environ, key: Key, span: Span, known: str = ""
) -> tuple[str, Headers, bytes]:
    """The page as Django gives it to a reader of whom nothing is known, or only that he has the page with the
    entity tag `known`."""
    secure, _path, query = key
    asked = {name: value for name, value in environ.items() if not name.startswith("HTTP_")}
    asked |= {
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": query,
        "CONTENT_LENGTH": "0",
        "HTTP_HOST": host_to_ask_with(environ["HTTP_HOST"]),
        page_cache.FRAGMENTS: span.fragments,
    }
    if known:
        asked["HTTP_IF_NONE_MATCH"] = known
    if PROXY_SAYS and secure:
        header, value = PROXY_SAYS
        asked[header] = value
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
