"""The level of pages that processes and servers share: the database by default, Redis or Valkey where set.

It is a convenience. When it fails or is slow it is left alone for a while, and readers notice nothing.
"""

import hashlib
import time
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


class SharedPages:
    def __init__(self) -> None:
        self._rests_until = 0.0

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

    @staticmethod
    def _name(key: tuple[str, ...]) -> str:
        return hashlib.blake2b("\0".join(key).encode(errors="surrogateescape"), digest_size=20).hexdigest()
