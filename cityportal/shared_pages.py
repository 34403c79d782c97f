"""The level of pages that processes and servers share: the database by default, Redis or Valkey where set.

It is a convenience. When it fails or is slow it is left alone for a while, and readers notice nothing.
"""

import hashlib
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError

#: Seconds that a failed shared level is left alone.
REST = 5.0
KEEP = 24 * 3600
FAULTS: tuple[type[Exception], ...] = (DatabaseError, OSError)
if settings.REDIS_URL:
    from redis.exceptions import RedisError

    FAULTS += (RedisError,)


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

    def get(self, key: tuple[str, ...]) -> Any:
        """The entry another process stored, or None; never raises for a fault of the level itself."""
        if time.monotonic() < self._rests_until:
            return None
        try:
            return caches["pages"].get(self._name(key))
        except FAULTS:
            self._rests_until = time.monotonic() + REST
            return None

    def put(self, key: tuple[str, ...], entry: Any) -> None:
        if time.monotonic() < self._rests_until:
            return
        try:
            caches["pages"].set(self._name(key), entry, KEEP)
        except FAULTS:
            self._rests_until = time.monotonic() + REST

    def _name(self, key: tuple[str, ...]) -> str:
        name = "\0".join((self._release, *key))
        return hashlib.blake2b(name.encode(errors="surrogateescape"), digest_size=20).hexdigest()
