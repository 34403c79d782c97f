"""Pictures of works in the city: roofs, pipes, scaffolds."""

from __future__ import annotations

import math
from random import Random

from .canvas import Canvas, mix, veil
from .people import person
from .scenery import (
    AMBER,
    BLUE,
    BRICK,
    CORAL,
    CREAM,
    HEIGHT,
    INK,
    MIST,
    NAVY,
    PINE,
    ROSE,
    SAND,
    SUN,
    TEAL,
    WHITE,
    WIDTH,
    canvas,
    cloud,
    cypress,
    gulls,
    hills,
    house,
    skyline,
)


def solar_roofs() -> Canvas:
    x: float
    c = canvas("#57aee0", "#a8daee", "#fff1cf")
    c.glow(1560, 260, 620, CREAM, 1.0)
    c.disc(1560, 260, 100, "#fffbe8")
    for i in range(16):
        a = 2 * math.pi * i / 16
        c.line(
            [
                (1560 + math.cos(a) * 136, 260 + math.sin(a) * 136),
                (1560 + math.cos(a) * 186, 260 + math.sin(a) * 186),
            ],
            "#fff3cf",
            9,
        )
    cloud(c, 180, 190, 400, veil(WHITE, 0.9))
    hills(c, 640, 180, 48, "#86b9c0", "#b9d8d0", foot=720)
    skyline(c, 730, 15, ("#efe3d0", "#e2d3c0", "#d8c9bb"), (60, 190))
    c.fade((0, 724, WIDTH, HEIGHT), "#d9c8ad", "#bfa787")
    for x in (60, 460, 1540, 1940):
        cypress(c, x, 800, 330, PINE)
    for row, (y, k) in enumerate(((800, 0.62), (960, 0.84), (1190, 1.15))):
        for i in range(5):
            x = -320 + i * 640 * k + row * 90
            _panel(c, x, y, k)
    return c


def _panel(c: Canvas, x: float, y: float, k: float) -> None:
    w, h, slant = 560 * k, 190 * k, 130 * k
    for dx in (0.16, 0.8):
        c.box(x + w * dx, y - 8, 14 * k, 92 * k, "#5c6670")
    frame = [(x, y), (x + slant, y - h), (x + slant + w, y - h), (x + w, y)]
    c.polygon([(px, py + 14 * k) for px, py in frame], veil(NAVY, 0.35))
    c.faded(frame, "#2f6fae", "#123a6b")
    c.polygon(
        [
            (x + slant + w * 0.5, y - h),
            (x + slant + w * 0.72, y - h),
            (x + w * 0.42, y),
            (x + w * 0.2, y),
        ],
        veil(WHITE, 0.13),
    )
    for i in range(7):
        fx = w * i / 6
        c.line([(x + fx, y), (x + slant + fx, y - h)], "#cfe0ee", 3 * k + 1)
    for j in range(4):
        share = j / 3
        c.line(
            [(x + slant * share, y - h * share), (x + slant * share + w, y - h * share)], "#cfe0ee", 3 * k + 1
        )


def water_works() -> Canvas:
    c = canvas("#a9d8ea", "#e2f1ee", "#fdf3dc")
    cloud(c, 1250, 160, 420, veil(WHITE, 0.9))
    for i, (x, w, h, wall) in enumerate(
        (
            (-40, 330, 520, "#f0dcc0"),
            (290, 300, 600, "#e3b393"),
            (590, 350, 500, "#d7dfd8"),
            (940, 310, 580, "#f1e2c9"),
            (1250, 350, 520, "#dba285"),
            (1600, 430, 590, "#ece0cf"),
        )
    ):
        house(c, x, 780, w, h, wall, "#a4513c", i + 30)
    c.fade((0, 776, WIDTH, 850), "#d6cbb8", "#c5b8a2")
    c.fade((0, 846, WIDTH, HEIGHT), "#6b747c", "#545d66")
    c.polygon([(180, 960), (1820, 960), (1900, HEIGHT), (100, HEIGHT)], "#7b5a42")
    c.polygon([(180, 960), (1820, 960), (1830, 1000), (170, 1000)], "#4c535a")
    c.polygon([(176, 1000), (1826, 1000), (1842, 1060), (160, 1060)], "#94704f")
    rng = Random(12)
    for _ in range(150):
        c.oval(
            rng.uniform(160, 1840),
            rng.uniform(1010, HEIGHT),
            rng.uniform(6, 20),
            rng.uniform(4, 10),
            veil(rng.choice((NAVY, SAND)), 0.25),
        )
    for left, right, tone in ((110, 980, BLUE), (1060, 1890, BLUE)):
        c.faded(
            [(left, 1130), (right, 1130), (right, 1260), (left, 1260)],
            mix(tone, WHITE, 0.45),
            tone,
            mix(tone, NAVY, 0.5),
        )
        for x in (left, right - 46):
            c.faded(
                [(x, 1112), (x + 46, 1112), (x + 46, 1278), (x, 1278)],
                mix(tone, WHITE, 0.3),
                mix(tone, NAVY, 0.4),
            )
            for y in (1136, 1190, 1244):
                c.disc(x + 23, y, 8, MIST)
    c.faded(
        [(980, 1150), (1060, 1150), (1060, 1240), (980, 1240)], mix(BLUE, WHITE, 0.6), mix(BLUE, NAVY, 0.3)
    )
    _digger(c, 1180, 960)
    for x, seed, arms in ((420, 5, "down"), (560, 26, "out")):
        _worker(c, x, 966, 340, seed, arms)
    _worker(c, 830, 1130, 320, 18, "book")
    for x in range(110, 420, 150):
        _cone(c, x - 30, 962)
    for x in (1720, 1820):
        _cone(c, x, 962)
    return c


def _worker(c: Canvas, x: float, foot: float, size: float, seed: int, arms: str) -> None:
    person(c, x, foot, size, seed, arms=arms)
    u = size / 100
    shoulder = foot - 80 * u
    c.box(x - 12 * u, shoulder + 4 * u, 24 * u, 32 * u, "#f08a2c", 5 * u)
    c.box(x - 12 * u, shoulder + 17 * u, 24 * u, 4 * u, "#fdf3b0")
    for dx in (-7, 4):
        c.box(x + dx * u, shoulder + 4 * u, 3 * u, 32 * u, "#fdf3b0")
    c.wedge(x, shoulder - 14 * u, 9 * u, 9.5 * u, 180, 360, SUN)
    c.box(x - 11 * u, shoulder - 15 * u, 22 * u, 3 * u, AMBER, u)


def _cone(c: Canvas, x: float, foot: float) -> None:
    c.box(x - 38, foot - 10, 76, 14, "#d95a34", 4)
    c.polygon([(x - 26, foot - 8), (x + 26, foot - 8), (x + 7, foot - 98), (x - 7, foot - 98)], CORAL)
    c.polygon([(x - 20, foot - 34), (x + 20, foot - 34), (x + 14, foot - 58), (x - 14, foot - 58)], WHITE)


def _digger(c: Canvas, x: float, ground: float) -> None:
    c.box(x, ground - 76, 420, 84, "#39424b", 42)
    for i in range(5):
        c.disc(x + 46 + i * 82, ground - 34, 28, "#6b747c")
        c.disc(x + 46 + i * 82, ground - 34, 11, INK)
    c.box(x + 30, ground - 150, 370, 80, AMBER, 14)
    c.box(x + 220, ground - 220, 190, 90, "#e0912e", 12)
    c.polygon(
        [(x + 60, ground - 146), (x + 60, ground - 330), (x + 250, ground - 330), (x + 270, ground - 146)],
        AMBER,
    )
    c.polygon(
        [(x + 84, ground - 200), (x + 84, ground - 308), (x + 232, ground - 308), (x + 246, ground - 200)],
        mix(NAVY, BLUE, 0.6),
    )
    c.line([(x + 60, ground - 140), (x - 110, ground - 420), (x - 330, ground - 320)], "#e0912e", 46)
    c.line([(x - 330, ground - 320), (x - 300, ground - 60)], AMBER, 36)
    c.line([(x - 20, ground - 230), (x - 150, ground - 370)], "#c8d2d8", 14)
    c.disc(x - 110, ground - 420, 22, INK)
    c.disc(x - 330, ground - 320, 20, INK)
    c.polygon(
        [
            (x - 346, ground - 70),
            (x - 246, ground - 60),
            (x - 262, ground + 40),
            (x - 340, ground + 46),
            (x - 372, ground),
        ],
        "#5c6670",
    )


def old_han() -> Canvas:
    c = canvas("#7fc0de", "#d8ecec")
    c.glow(1000, 130, 460, WHITE, 0.8)
    stone, dark = "#d9b98f", "#8a6647"
    c.fade((0, 330, WIDTH, 1010), "#e6c9a0", "#c9a377")
    rng = Random(10)
    for row in range(17):
        for i in range(20):
            c.box(
                i * 106 + (row % 2) * 53 - 53,
                334 + row * 40,
                102,
                37,
                veil(rng.choice((WHITE, BRICK, NAVY)), rng.uniform(0.02, 0.08)),
                4,
            )
    for i in range(10):
        x = -60 + i * 236
        c.wedge(x + 100, 336, 104, 92, 180, 360, "#9a9184")
        c.wedge(x + 76, 330, 46, 70, 190, 300, veil(WHITE, 0.2))
        c.disc(x + 100, 240, 9, AMBER)
    c.box(0, 326, WIDTH, 24, "#f0dcbc")
    for level, foot, height in ((0, 640, 240), (1, 1000, 300)):
        for i in range(8):
            x = 125 + i * 250
            c.arch(x, foot, 198, height, "#efd9b5")
            c.arch(x, foot, 168, height - 18, mix(dark, NAVY, 0.45 if level else 0.3))
            if level and i not in (3, 4):
                c.box(x - 66, foot - 170, 132, 14, BRICK, 4)
                for shelf in range(3):
                    for item in range(5):
                        c.box(
                            x - 60 + item * 25,
                            foot - 146 + shelf * 46,
                            19,
                            30,
                            rng.choice((CORAL, SUN, TEAL, CREAM, ROSE)),
                            4,
                        )
            elif not level:
                c.box(x - 80, foot - 66, 160, 10, CREAM)
                for bar in range(9):
                    c.box(x - 78 + bar * 19, foot - 62, 6, 62, CREAM)
        c.box(0, foot, WIDTH, 16, "#f0dcbc")
    for x in range(0, WIDTH + 1, 250):
        c.box(x - 20, 660, 40, 350, stone)
        c.box(x - 30, 742, 60, 18, "#f0dcbc", 3)
        c.box(x - 30, 990, 60, 26, "#f0dcbc", 3)
    c.fade((0, 1014, WIDTH, HEIGHT), "#cbb08a", "#a98b66")
    for x in range(-1200, WIDTH + 1200, 190):
        c.line([(1000 + (x - 1000) * 0.55, 1016), (x, HEIGHT)], "#b89a73", 4)
    for x, top in ((560, 350), (1420, 350)):
        for i in range(9):
            c.box(x + i * 40, top + 40, 10, 660, "#6b7a86")
        for j in range(5):
            c.box(x - 14, top + 60 + j * 140, 360, 14, "#a87b54")
        for i in range(0, 8, 2):
            c.line([(x + 4 + i * 40, top + 60), (x + 84 + i * 40, top + 200)], "#6b7a86", 6)
    _worker(c, 660, 549, 170, 3, "out")
    _worker(c, 1560, 689, 170, 13, "up")
    c.oval(1000, 1190, 190, 44, "#b9a385")
    c.oval(1000, 1176, 180, 40, "#7cc9d8")
    c.box(984, 1080, 32, 90, stone, 10)
    c.oval(1000, 1084, 70, 18, "#efd9b5")
    for x, foot, size, seed, arms in (
        (330, 1250, 400, 20, "down"),
        (450, 1254, 390, 55, "book"),
        (1540, 1240, 400, 64, "down"),
        (1240, 1130, 300, 28, "down"),
    ):
        c.oval(x, foot, size * 0.15, 10, veil(NAVY, 0.25))
        person(c, x, foot, size, seed, arms=arms)
    gulls(c, 5, 5, 1000, 120, 300, "#5c6f7c")
    return c


PICTURES = {
    "solar-roofs": solar_roofs,
    "water-works": water_works,
    "old-han": old_han,
}
