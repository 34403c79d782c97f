"""Asks for the weather once a minute from its own thread, for a server without a timer of its own.

Most of the time that costs one look into the cache; `news.weather` decides when to ask anybody.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.db import DatabaseError, close_old_connections

from news.publishing import weather

logger = logging.getLogger(__name__)

PAUSE = 60.0
#: Time for the server to answer its first readers.
AFTER_START = 5.0


def beside(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """`application`, whose first request starts the thread: threads do not outlive the start of a process."""
    waiting = [threading.Thread(target=keep, name="weather-keeper", daemon=True)]

    def answer(environ: Any, start_response: Any) -> Iterable[bytes]:
        if waiting:
            with suppress(IndexError):
                waiting.pop().start()
        return application(environ, start_response)

    return answer


def keep() -> None:
    time.sleep(AFTER_START)
    while True:
        look()
        close_old_connections()
        time.sleep(PAUSE)


def look() -> None:
    try:
        weather.refresh()
    except (DatabaseError, ConnectionError):
        logger.warning("The database or the cache is away; the weather waits.")
