"""The people in the pictures."""

from __future__ import annotations

from random import Random

from .canvas import Canvas, Colour, mix, smooth
from .scenery import CLOTHES, HAIRS, INK, NAVY, SKINS, WHITE


def person(
    c: Canvas,
    x: float,
    foot: float,
    size: float,
    seed: int,
    *,
    seated: bool = False,
    back: bool = False,
    arms: str = "down",
) -> None:
    """A standing or seated figure without a face; `arms`: down, out, up, book."""
    rng = Random(seed)
    skin, hair = rng.choice(SKINS), rng.choice(HAIRS)
    top, legs = rng.choice(CLOTHES), rng.choice(("#22384c", "#44566b", "#6b5a4b", "#2e2a3a"))
    u = size / 100
    hip = foot if seated else foot - 46 * u
    if not seated:
        for dx in (-5.4, 5.4):
            c.box(x + (dx - 4.4) * u, hip - 4 * u, 8.8 * u, 47 * u, legs, 3 * u)
            c.box(x + (dx - 4.6 + (0.8 if dx > 0 else -1.6)) * u, foot - 4 * u, 11 * u, 4.4 * u, INK, 2 * u)
    shoulder = hip - 34 * u
    head = shoulder - 12 * u
    long_hair = rng.random() < 0.45
    if long_hair and not back:
        c.box(x - 8.8 * u, head - 5 * u, 17.6 * u, 19 * u, hair, 7 * u)
    _arms(c, x, shoulder, u, arms, mix(top, NAVY, 0.18), skin)
    c.faded(
        smooth(
            [
                (x - 10 * u, hip + 2 * u),
                (x - 12.5 * u, shoulder + 8 * u),
                (x - 7 * u, shoulder),
                (x, shoulder - 1 * u),
                (x + 7 * u, shoulder),
                (x + 12.5 * u, shoulder + 8 * u),
                (x + 10 * u, hip + 2 * u),
            ],
            8,
            closed=True,
        ),
        mix(top, WHITE, 0.12),
        top,
    )
    c.box(x - 3 * u, shoulder - 5 * u, 6 * u, 8 * u, mix(skin, NAVY, 0.12), 2.5 * u)
    c.oval(x, head, 7 * u, 8.2 * u, skin)
    if long_hair and back:
        c.box(x - 8.2 * u, head - 4 * u, 16.4 * u, 18 * u, hair, 6 * u)
    if back:
        c.oval(x, head - 1 * u, 7.6 * u, 8.4 * u, hair)
    else:
        c.wedge(x, head - 2 * u, 7.8 * u, 7.8 * u, 178, 362, hair)


def _arms(c: Canvas, x: float, shoulder: float, u: float, pose: str, sleeve: Colour, skin: Colour) -> None:
    reach = {
        "down": ((-14, 18), (-13, 33)),
        "out": ((-20, 14), (-30, 10)),
        "up": ((-20, -4), (-17, -22)),
        "book": ((-14, 16), (-6, 22)),
    }[pose]
    for side in (-1, 1):
        (ex, ey), (hx, hy) = reach
        start = (x + side * 9.5 * u, shoulder + 6 * u)
        elbow = (x - side * ex * u, shoulder + ey * u)
        hand = (x - side * hx * u, shoulder + hy * u)
        c.line([start, elbow, hand], sleeve, 6.4 * u)
        c.disc(hand[0], hand[1], 3.1 * u, skin)
