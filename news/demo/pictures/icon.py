"""The small pictures beside `static/img/icon.svg` for what cannot read SVG.

Written once by `python -m news.demo.pictures.icon static/img`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

from .canvas import Canvas, smooth
from .scenery import CREAM, DEEP

SIZE = 512


def icon() -> Image.Image:
    """The same drawing as icon.svg, square to the edge: phones round the corners themselves."""
    c = Canvas(SIZE, SIZE, DEEP)
    k = SIZE / 32
    c.wedge(16 * k, 7.5 * k, 2.5 * k, 3.7 * k, 180, 360, CREAM)
    c.box(12.5 * k, 7.5 * k, 7 * k, 1.5 * k, CREAM)
    c.box(13 * k, 9 * k, 6 * k, 10.5 * k, CREAM)
    c.box(10.5 * k, 19.5 * k, 11 * k, 2.5 * k, CREAM)
    c.disc(16 * k, 13 * k, 2.2 * k, DEEP)
    for y, left, right, turns, colour in ((24.6, 5, 27, 8, "#93ccf6"), (28.6, 10, 22, 4, "#5fb4d0")):
        step = (right - left) / turns
        wave = [((left + i * step) * k, (y + (0, -1, 0, 1)[i % 4]) * k) for i in range(turns + 1)]
        c.line(smooth(wave, 10), colour, 2.2 * k)
    return c.finish()


def main(folder: Path) -> None:
    drawing = icon()
    touch = drawing.resize((180, 180), Image.Resampling.LANCZOS)
    touch.save(folder / "apple-touch-icon.png", optimize=True)
    drawing.save(folder / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
