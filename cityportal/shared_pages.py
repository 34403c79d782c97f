"""The level of pages that processes and servers share: the database by default, Redis or Valkey where set.

It is a convenience. When it fails or is slow it is left alone for a while, and readers notice nothing.
"""

import hashlib
import logging
import queue
import threading
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, close_old_connections, connections

logger = logging.getLogger(__name__)

#: Seconds that a failed shared level is left alone.
REST = 5.0
KEEP = 24 * 3600
#: Pages waiting to be shared; more are not shared.
MOST_WAITING = 500
FAULTS = (DatabaseError, OSError)


def release(base: Path, manifest: Path) -> str:
    """A digest of all that makes a page out of a row: code, templates, translations, names of static files.

    A page that another release rendered links style sheets that are gone, so releases share no pages.
    """
    parts = [path for folder in ("cityportal", "news", "templates") for path in (base / folder).rglob("*")]
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(part for part in parts if part.suffix in (".py", ".html", ".txt", ".xml", ".mo")):
        digest.update(path.read_bytes())
    if manifest.exists():
        digest.update(manifest.read_bytes())
    return digest.hexdigest()


class SharedPages:
    def __init__(self) -> None:
        self._rests_until = 0.0
        self._release = release(settings.BASE_DIR, settings.STATIC_ROOT / "staticfiles.json")
        self._waiting: queue.Queue[tuple[tuple[Any, ...], Any] | None] = queue.Queue(MOST_WAITING)
        self._sharer: threading.Thread | None = None

    @property
    def is_in_database(self) -> bool:
        """It then goes when the database goes, and every page stored takes its turn among the writers."""
        return not settings.REDIS_URL

    def start(self) -> None:
        self._sharer = threading.Thread(target=self._share, name="page-sharer", daemon=True)
        self._sharer.start()

    def close(self) -> None:
        if self._sharer:
            self._waiting.put(None)
            self._sharer.join()

    def offer(self, key: tuple[Any, ...], entry: Any) -> None:
        """Store it soon, on another thread; no reader waits for it."""
        try:
            self._waiting.put_nowait((key, entry))
        except queue.Full:
            logger.warning("The shared level of pages is slow; a page was not shared.")

    def get(self, key: tuple[Any, ...]) -> Any:
        """The entry another process stored, or None; never raises for a fault of the level itself."""
        if time.monotonic() < self._rests_until:
            return None
        try:
            return caches["pages"].get(self._name(key))
        except FAULTS:
            self._rests_until = time.monotonic() + REST
            return None

    def put(self, key: tuple[Any, ...], entry: Any) -> None:
        if time.monotonic() < self._rests_until:
            return
        try:
            caches["pages"].set(self._name(key), entry, KEEP)
        except FAULTS:
            self._rests_until = time.monotonic() + REST

    def _share(self) -> None:
        while (offered := self._waiting.get()) is not None:
            self.put(*offered)
            close_old_connections()
        connections.close_all()

    def _name(self, key: tuple[Any, ...]) -> str:
        name = "\0".join((self._release, *map(str, key)))
        return hashlib.blake2b(name.encode(errors="surrogateescape"), digest_size=20).hexdigest()
