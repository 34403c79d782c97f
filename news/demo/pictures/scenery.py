"""What several pictures share: water, hills, houses, trees, the clock tower."""

from __future__ import annotations

import math
from random import Random

from .canvas import Canvas, Colour, mix, smooth, veil

WIDTH, HEIGHT = 2000, 1333

NAVY, DEEP, BLUE, TEAL = "#0b2740", "#0b4a75", "#1f78a8", "#2a93a3"
CREAM, SAND, SUN, AMBER = "#fff4e0", "#f1ddb8", "#ffd27a", "#f5a742"
CORAL, BRICK, ROSE = "#ef6f51", "#b94a33", "#f2a58e"
LEAF, OLIVE, PINE, MINT = "#5fa052", "#7f9a45", "#1f5a4a", "#a9d8b8"
INK, STONE, MIST, WHITE = "#1a2733", "#c9bda9", "#dfe8ec", "#ffffff"

SKINS = ("#f3cba8", "#e6b088", "#d29a6e", "#b97d52", "#8f5c3c")
HAIRS = ("#2a1f1b", "#4b3326", "#6d4a2f", "#8b8378", "#1b1a20", "#a8642f")
CLOTHES = (CORAL, TEAL, DEEP, AMBER, "#7a5aa6", "#3f7f5f", "#d9597b", "#e8e2d4", "#33485c")


def canvas(*sky: Colour) -> Canvas:
    return Canvas(WIDTH, HEIGHT, *sky)


def hills(c: Canvas, base: float, rise: float, seed: int, *fill: Colour, foot: float = HEIGHT) -> None:
    rng = Random(seed)
    count = 8
    knots = [(WIDTH * i / count - 60 + i * 15, base - rise * rng.uniform(0.15, 1)) for i in range(count + 1)]
    c.faded([(-10, foot), *smooth(knots, 16), (WIDTH + 10, foot)], *fill)


def sea(
    c: Canvas, top: float, foot: float, colours: tuple[Colour, ...], seed: int, glint: Colour = WHITE
) -> None:
    """Water with short strokes of light that grow towards the viewer."""
    rng = Random(seed)
    c.fade((0, top, WIDTH, foot), *colours)
    for _ in range(150):
        depth = rng.random() ** 1.5
        y = top + 8 + depth * (foot - top - 16)
        length = (18 + 130 * depth) * rng.uniform(0.5, 1.3)
        x = rng.uniform(-60, WIDTH)
        thick = 2 + 5 * depth
        c.box(x, y, length, thick, veil(glint, rng.uniform(0.08, 0.26)), thick / 2)


def sun_path(c: Canvas, x: float, top: float, foot: float, colour: Colour, seed: int) -> None:
    """The broken reflection of a light on water."""
    rng = Random(seed)
    y = top + 4
    while y < foot:
        depth = (y - top) / (foot - top)
        reach = 26 + 190 * depth
        length = reach * rng.uniform(0.5, 1.6)
        thick = 3 + 7 * depth
        centre = x + rng.uniform(-0.5, 0.5) * reach * 0.7
        c.box(centre - length / 2, y, length, thick, veil(colour, 0.75 - 0.5 * depth), thick / 2)
        y += thick * 2.1 + 4


def cloud(c: Canvas, x: float, y: float, width: float, fill: Colour) -> None:
    h = width * 0.16
    c.box(x, y, width, h, fill, h / 2)
    c.box(x + width * 0.18, y - h * 0.62, width * 0.5, h * 1.2, fill, h * 0.6)
    c.box(x + width * 0.42, y + h * 0.55, width * 0.68, h * 0.7, fill, h * 0.35)


def stars(c: Canvas, seed: int, count: int, foot: float) -> None:
    rng = Random(seed)
    for _ in range(count):
        x, y = rng.uniform(0, WIDTH), rng.uniform(0, foot)
        c.disc(x, y, rng.uniform(1.2, 3), veil(WHITE, rng.uniform(0.3, 0.9)))


def gulls(c: Canvas, seed: int, count: int, x: float, y: float, spread: float, colour: Colour) -> None:
    rng = Random(seed)
    for _ in range(count):
        gx, gy = x + rng.uniform(-1, 1) * spread, y + rng.uniform(-0.4, 0.4) * spread
        span = rng.uniform(16, 34)
        wing = [(gx - span, gy - span * 0.35), (gx - span * 0.45, gy - span * 0.5), (gx, gy)]
        other = [(gx, gy), (gx + span * 0.45, gy - span * 0.5), (gx + span, gy - span * 0.3)]
        c.line(smooth(wing, 6), colour, 5)
        c.line(smooth(other, 6), colour, 5)


def skyline(
    c: Canvas,
    foot: float,
    seed: int,
    fills: tuple[Colour, ...],
    heights: tuple[float, float],
    lit: Colour | None = None,
    left: float = -20,
    right: float = WIDTH + 20,
) -> None:
    rng = Random(seed)
    x = left
    while x < right:
        width = rng.uniform(46, 120)
        height = rng.uniform(*heights)
        fill = rng.choice(fills)
        c.box(x, foot - height, width + 1, height, fill)
        if rng.random() < 0.35:
            c.box(x + width * 0.3, foot - height - 16, width * 0.25, 18, fill)
        pane = lit or mix(fill, WHITE, 0.28)
        across = max(2, int(width // 26))
        gap = width / across
        for row in range(int(height // 34)):
            for column in range(across):
                if rng.random() < (0.45 if lit else 0.8):
                    c.box(x + column * gap + gap * 0.28, foot - height + 14 + row * 34, gap * 0.44, 15, pane)
        x += width


def house(
    c: Canvas, x: float, foot: float, width: float, height: float, wall: Colour, roof: Colour, seed: int
) -> None:
    """A narrow house of the old quarter, with a bay window and shutters."""
    rng = Random(seed)
    c.box(x, foot - height, width, height, wall)
    c.box(x + width - width * 0.12, foot - height, width * 0.12, height, veil(NAVY, 0.1))
    c.polygon(
        [
            (x - 14, foot - height),
            (x + width * 0.12, foot - height - 58),
            (x + width * 0.88, foot - height - 58),
            (x + width + 14, foot - height),
        ],
        roof,
    )
    floors = max(1, int(height // 190) - 1)
    shutter = rng.choice((DEEP, PINE, BRICK, "#53718a"))
    for floor in range(floors):
        y = foot - height + 48 + floor * (height - 230) / floors
        for column in (0.27, 0.71):
            wx = x + width * column
            c.box(wx - 25, y, 50, 84, mix(NAVY, BLUE, 0.4), 4)
            c.box(wx - 25, y, 50, 38, veil(WHITE, 0.18), 4)
            c.box(wx - 45, y - 3, 20, 90, shutter, 3)
            c.box(wx + 25, y - 3, 20, 90, shutter, 3)
            c.box(wx - 49, y + 88, 98, 9, mix(wall, WHITE, 0.5), 3)


def tree(c: Canvas, x: float, foot: float, size: float, leaf: Colour, trunk: Colour = "#6b4b35") -> None:
    c.box(x - size * 0.05, foot - size * 0.55, size * 0.1, size * 0.55, trunk, size * 0.02)
    dark, light = mix(leaf, NAVY, 0.22), mix(leaf, SUN, 0.22)
    c.disc(x, foot - size * 0.74, size * 0.34, dark)
    c.disc(x - size * 0.22, foot - size * 0.6, size * 0.24, dark)
    c.disc(x + size * 0.23, foot - size * 0.6, size * 0.25, dark)
    c.disc(x - size * 0.07, foot - size * 0.78, size * 0.27, leaf)
    c.disc(x - size * 0.22, foot - size * 0.64, size * 0.17, leaf)
    c.disc(x + size * 0.18, foot - size * 0.66, size * 0.17, leaf)
    c.disc(x - size * 0.12, foot - size * 0.86, size * 0.13, light)


def cypress(c: Canvas, x: float, foot: float, size: float, leaf: Colour) -> None:
    shape = [
        (x, foot - size),
        (x + size * 0.12, foot - size * 0.55),
        (x + size * 0.13, foot - size * 0.2),
        (x, foot - size * 0.05),
        (x - size * 0.13, foot - size * 0.2),
        (x - size * 0.12, foot - size * 0.55),
    ]
    c.box(x - size * 0.02, foot - size * 0.1, size * 0.04, size * 0.1, "#5a3f2e")
    c.blob(shape, leaf)
    c.blob([(px - (px - x) * 0.5 - size * 0.03, py + size * 0.02) for px, py in shape], mix(leaf, SUN, 0.15))


def palm(c: Canvas, x: float, foot: float, size: float, leaf: Colour, trunk: Colour, lean: float = 0) -> None:
    top = (x + lean * size, foot - size)
    stem = smooth([(x, foot), (x + lean * size * 0.25, foot - size * 0.5), top], 14)
    c.line(stem, trunk, size * 0.055)
    for step in range(3, len(stem) - 2, 2):
        px, py = stem[step]
        c.line([(px - size * 0.02, py), (px + size * 0.02, py - 3)], mix(trunk, NAVY, 0.25), size * 0.008)
    for angle, reach in (
        (-172, 0.42),
        (-150, 0.46),
        (-122, 0.44),
        (-95, 0.4),
        (-65, 0.42),
        (-35, 0.46),
        (-8, 0.43),
    ):
        a = math.radians(angle)
        length = size * reach
        tip = (top[0] + math.cos(a) * length, top[1] + math.sin(a) * length * 0.75 + length * 0.42)
        mid = (top[0] + math.cos(a) * length * 0.55, top[1] + math.sin(a) * length * 0.75)
        low = (top[0] + math.cos(a) * length * 0.5, top[1] + math.sin(a) * length * 0.5 + length * 0.16)
        blade = [*smooth([top, mid, tip], 10), *smooth([tip, low, (top[0], top[1] + 6)], 10)]
        c.polygon(blade, mix(leaf, NAVY if angle % 2 else SUN, 0.16))
    c.disc(top[0], top[1], size * 0.035, mix(trunk, NAVY, 0.2))


def clock_tower(c: Canvas, x: float, foot: float, size: float, body: Colour, shade: Colour) -> None:
    """The tower of Konak Square: a stepped octagon, four fountains, a slender shaft, an open crown."""
    u = size / 100
    light = mix(body, WHITE, 0.4)
    for step, (half, height) in enumerate(((27, 2.2), (24.5, 2.2), (22, 2.2))):
        c.box(
            x - half * u,
            foot - (step + 1) * height * u,
            half * 2 * u,
            height * u,
            mix(body, shade, 0.15 * step),
        )
    floor = foot - 6.6 * u
    for side in (-1, 1):
        fx = x + side * 16 * u
        c.box(fx - 5 * u, floor - 13 * u, 10 * u, 13 * u, body)
        c.arch(fx, floor, 5.4 * u, 10.5 * u, shade)
        c.box(fx - 6 * u, floor - 14.6 * u, 12 * u, 1.8 * u, light)
        c.wedge(fx, floor - 14.4 * u, 5 * u, 5.6 * u, 180, 360, mix(body, shade, 0.45))
        c.line([(fx, floor - 20 * u), (fx, floor - 22.5 * u)], shade, 0.6 * u)
    c.box(x - 9.5 * u, floor - 21 * u, 19 * u, 21 * u, body)
    c.box(x + 4.5 * u, floor - 21 * u, 5 * u, 21 * u, veil(shade, 0.35))
    c.arch(x, floor, 7.4 * u, 15.5 * u, shade)
    c.box(x - 11 * u, floor - 23 * u, 22 * u, 2.2 * u, light)
    c.box(x - 7 * u, floor - 46 * u, 14 * u, 23 * u, body)
    c.box(x + 3.2 * u, floor - 46 * u, 3.8 * u, 23 * u, veil(shade, 0.35))
    for dx in (-3.2, 0, 3.2):
        c.arch(x + dx * u, floor - 27 * u, 2.2 * u, 11 * u, shade)
    c.box(x - 8.6 * u, floor - 48 * u, 17.2 * u, 2 * u, light)
    c.box(x - 6.2 * u, floor - 65 * u, 12.4 * u, 17 * u, body)
    c.box(x + 2.8 * u, floor - 65 * u, 3.4 * u, 17 * u, veil(shade, 0.35))
    c.disc(x, floor - 56.5 * u, 4.7 * u, shade)
    c.disc(x, floor - 56.5 * u, 4 * u, CREAM)
    c.line([(x, floor - 56.5 * u), (x, floor - 59.3 * u)], NAVY, 0.6 * u)
    c.line([(x, floor - 56.5 * u), (x + 2.1 * u, floor - 55.6 * u)], NAVY, 0.6 * u)
    c.box(x - 8 * u, floor - 67 * u, 16 * u, 2 * u, light)
    c.box(x - 5 * u, floor - 78 * u, 10 * u, 11 * u, body)
    for dx in (-2.9, 0, 2.9):
        c.arch(x + dx * u, floor - 67.6 * u, 1.9 * u, 8.6 * u, shade)
    c.box(x - 6 * u, floor - 79.4 * u, 12 * u, 1.6 * u, light)
    c.wedge(x, floor - 79.2 * u, 4.6 * u, 6.6 * u, 180, 360, mix(body, shade, 0.45))
    c.line([(x, floor - 85.5 * u), (x, floor - 91 * u)], shade, 0.7 * u)
    c.disc(x, floor - 87.5 * u, 1 * u, light)


def lamp(c: Canvas, x: float, foot: float, height: float, lit: bool = False) -> None:
    c.box(x - 5, foot - height, 10, height, INK, 4)
    c.box(x - 14, foot - 26, 28, 26, INK, 5)
    c.line([(x, foot - height + 8), (x + 58, foot - height - 6)], INK, 8)
    if lit:
        c.glow(x + 60, foot - height + 6, 170, SUN, 0.75)
    c.oval(x + 60, foot - height - 2, 26, 10, INK)
    c.oval(x + 60, foot - height + 5, 18, 7, SUN if lit else MIST)


def plant(c: Canvas, x: float, foot: float, size: float) -> None:
    for i in range(7):
        a = math.radians(-160 + i * 23)
        tip = (x + math.cos(a) * size * 0.62, foot - size * 0.34 + math.sin(a) * size * 0.7)
        mid = (x + math.cos(a - 0.22) * size * 0.36, foot - size * 0.34 + math.sin(a - 0.22) * size * 0.42)
        low = (x + math.cos(a + 0.22) * size * 0.36, foot - size * 0.34 + math.sin(a + 0.22) * size * 0.42)
        c.blob([(x, foot - size * 0.3), mid, tip, low], (LEAF, OLIVE, PINE)[i % 3])
    c.polygon(
        [
            (x - size * 0.2, foot - size * 0.36),
            (x + size * 0.2, foot - size * 0.36),
            (x + size * 0.14, foot),
            (x - size * 0.14, foot),
        ],
        CORAL,
    )
