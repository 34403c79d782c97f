"""What decides whether a kept page still holds, as one process knows it: the generation, which any process
may raise, and the next moment at which something public begins or ends.
"""

import logging
import threading
import time
from dataclasses import dataclass, field

from django.db import DatabaseError, close_old_connections, connections

from news import page_cache
from news.models import Generation
from news.page_cache import Fragments

logger = logging.getLogger(__name__)

#: Seconds between looks at the generation that other processes may have raised.
POLL = 0.25
#: Seconds for the first look; a server that starts while its database hangs answers all the same.
FIRST_LOOK = 1.0
#: Seconds without an answer after which the database counts as away, and nobody waits for it any more.
LOST = 2.0
#: Seconds after which it is asked for no page at all: who asks a database that hangs, hangs.
GIVEN_UP = 5.0
#: The span of pages while it cannot be told what changes next.
UNTOLD = 60.0
#: The longest span, should a boundary have been missed.
LONGEST = 3600.0


@dataclass(frozen=True)
class Span:
    """A time in which nothing public changes; what its pages share lives exactly as long. Unix seconds."""

    generation: int
    born: float
    dies: float
    fragments: Fragments = field(default_factory=Fragments)

    def holds(self, generation: int, now: float) -> bool:
        return self.generation == generation and self.born <= now < self.dies


class Freshness:
    def __init__(self) -> None:
        self.generation = -1
        self._span: Span | None = None
        self._heard = float("-inf")
        self._began = time.monotonic()
        self._starting = threading.Lock()
        self._looked = threading.Event()
        self._closed = threading.Event()
        self._keeper: threading.Thread | None = None
        page_cache.listeners.append(self._announced)

    def start(self) -> None:
        """Threads do not outlive the start of a server process, so its first request calls this."""
        if self._keeper is None:
            with self._starting:
                if self._keeper is None:
                    keeper = threading.Thread(target=self._keep, name="page-keeper", daemon=True)
                    keeper.start()
                    self._began = time.monotonic()
                    self._looked.wait(FIRST_LOOK)
                    self._keeper = keeper

    def close(self) -> None:
        page_cache.listeners.remove(self._announced)
        self._closed.set()
        if self._keeper:
            self._keeper.join()

    def is_lost(self) -> bool:
        """Whether nothing was heard of the database for a while."""
        return time.monotonic() - self._heard > LOST

    def is_given_up(self) -> bool:
        return self._keeper is not None and time.monotonic() - max(self._heard, self._began) > GIVEN_UP

    def span(self, generation: int) -> Span:
        """Raises `DatabaseError`: where the boundary is not known, it is read."""
        known, now = self._span, time.time()
        if known is None or not known.holds(generation, now):
            try:
                boundary = page_cache.next_boundary().timestamp()
            except (ArithmeticError, ValueError):
                # One odd row costs all others a rendering a minute, and not their pages.
                logger.exception("It cannot be told what changes next.")
                boundary = now + UNTOLD
            known = self._span = Span(generation, now, min(boundary, now + LONGEST))
        return known

    def look(self) -> None:
        before = self.generation
        try:
            number = Generation.current()
        except DatabaseError:
            return
        self._heard = time.monotonic()
        # Announced meanwhile by this process: the number just read may be the older one.
        if self.generation == before:
            self.generation = number

    def _announced(self, number: int) -> None:
        self.generation = number

    def _keep(self) -> None:
        while not self._closed.is_set():
            self.look()
            self._looked.set()
            close_old_connections()
            self._closed.wait(POLL)
        connections.close_all()
