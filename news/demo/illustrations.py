"""Drawing and cutting the demo's pictures on all cores: one alone would take more than a minute."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from io import BytesIO
from multiprocessing import get_context
from typing import NamedTuple

from PIL import Image

from news.pictures.renditions import make

Draw = Callable[[str], Image.Image]

QUALITY = 90
# More workers than this only wait for the one that stores what they made.
MOST_WORKERS = 8


class Illustration(NamedTuple):
    """`renditions` are named by what follows the stem of the master's name."""

    key: str
    master: bytes
    renditions: list[tuple[str, bytes]]


def illustrate(
    wanted: list[tuple[str, tuple[int, int]]], draw: Draw, workers: int = 0
) -> Iterator[Illustration]:
    """The pictures with these keys and focal points in percent, in the given order, one by one."""
    workers = min(workers or os.cpu_count() or 1, MOST_WORKERS, len(wanted))
    with ExitStack() as stack:
        if workers < 2:
            yield from map(partial(_illustration, draw), wanted)
            return
        # Not forked: a child would share, and at its end close, the parent's database connection.
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        stack.enter_context(pool)
        yield from pool.map(partial(_illustration, draw), wanted)


def _illustration(draw: Draw, wanted: tuple[str, tuple[int, int]]) -> Illustration:
    key, focus = wanted
    master = BytesIO()
    draw(key).save(master, "JPEG", quality=QUALITY, optimize=True)
    return Illustration(key, master.getvalue(), list(make(master, "", focus)))
