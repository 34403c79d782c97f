"""Pictures of trams, buses and the map of the lines."""

from __future__ import annotations

import itertools
import math
from random import Random

from .canvas import Canvas, Colour, mix, smooth, veil
from .people import person
from .scenery import (
    AMBER,
    BLUE,
    CLOTHES,
    CORAL,
    CREAM,
    DEEP,
    HEIGHT,
    INK,
    LEAF,
    MIST,
    NAVY,
    PINE,
    SUN,
    TEAL,
    WHITE,
    WIDTH,
    canvas,
    cloud,
    hills,
    skyline,
    tree,
)


def tram_on_the_quay() -> Canvas:
    c = canvas("#8ecbe6", "#cfeaf0", "#fff4dc")
    c.glow(330, 220, 360, WHITE, 0.9)
    cloud(c, 1280, 150, 380, veil(WHITE, 0.9))
    cloud(c, 700, 260, 240, veil(WHITE, 0.7))
    hills(c, 560, 200, 15, "#9cc4c4", "#c9ddd2", foot=640)
    skyline(c, 800, 3, ("#efe3d0", "#e2d3c0", "#f5ecdd", "#d8c9bb"), (180, 420))
    skyline(c, 840, 18, ("#d9b99b", "#c9a58a", "#e6cdb2"), (90, 210))
    for x in range(60, WIDTH, 250):
        tree(c, x, 876, 260, mix(LEAF, PINE, (x % 3) * 0.2))
    c.fade((0, 850, WIDTH, 930), "#a5c878", "#7eab5c")
    c.fade((0, 926, WIDTH, 1130), "#8fb868", "#5f944f")
    for y in (1050, 1104):
        c.box(0, y, WIDTH, 9, "#5c6670")
        c.box(0, y, WIDTH, 3, MIST)
    for x in range(0, WIDTH, 74):
        c.box(x, 1062, 34, 40, veil(NAVY, 0.1), 4)
    c.fade((0, 1130, WIDTH, HEIGHT), "#e6d8bf", "#cdbb9c")
    c.box(0, 1130, WIDTH, 16, "#f7efdf")
    for x in range(-200, WIDTH + 200, 170):
        c.line([(x, HEIGHT), (x + (x - 1000) * -0.14, 1150)], "#c4b190", 4)
    for x in (120, 1880):
        c.box(x - 8, 360, 16, 760, "#43525f")
    c.line([(0, 420), (WIDTH, 420)], "#43525f", 5)
    c.line([(0, 452), (WIDTH, 452)], "#43525f", 4)
    _tram(c, 250, 1062)
    for x, seed, arms in ((300, 51, "down"), (420, 12, "book"), (1600, 9, "down"), (1700, 33, "down")):
        c.oval(x, 1262, 52, 9, veil(NAVY, 0.2))
        person(c, x, 1260, 330, seed, arms=arms)
    return c


def _tram(c: Canvas, x: float, rail: float) -> None:
    length = 1500
    c.oval(x + length / 2, rail, length / 2, 16, veil(NAVY, 0.3))
    for dx in (220, 460, 1010, 1260):
        c.disc(x + dx, rail - 26, 32, INK)
        c.disc(x + dx, rail - 26, 14, "#5c6670")
    c.line([(x + 720, rail - 400), (x + 790, 560), (x + 760, 452)], "#43525f", 8)
    c.box(x + 500, rail - 430, 480, 44, "#c8d2d8", 14)
    body = smooth(
        [
            (x + 30, rail - 60),
            (x + 6, rail - 190),
            (x + 110, rail - 380),
            (x + 210, rail - 398),
            (x + length - 210, rail - 398),
            (x + length - 110, rail - 380),
            (x + length - 6, rail - 190),
            (x + length - 30, rail - 60),
        ],
        10,
        closed=True,
    )
    c.faded(body, WHITE, "#e4ecf0", "#cfdae0")
    c.box(x + 26, rail - 96, length - 52, 56, DEEP, 18)
    c.box(x + 20, rail - 122, length - 40, 16, TEAL)
    c.box(x + 100, rail - 336, length - 200, 150, NAVY, 24)
    c.polygon(
        [(x + 96, rail - 326), (x + 42, rail - 196), (x + 120, rail - 186), (x + 130, rail - 330)], NAVY
    )
    right = x + length
    c.polygon(
        [
            (right - 96, rail - 326),
            (right - 42, rail - 196),
            (right - 120, rail - 186),
            (right - 130, rail - 330),
        ],
        NAVY,
    )
    for dx in range(150, 1340, 118):
        c.box(x + dx, rail - 322, 98, 122, mix(NAVY, BLUE, 0.55), 12)
        c.polygon(
            [
                (x + dx + 30, rail - 322),
                (x + dx + 70, rail - 322),
                (x + dx + 24, rail - 200),
                (x + dx, rail - 200),
            ],
            veil(WHITE, 0.13),
        )
    for dx in (386, 976):
        c.box(x + dx, rail - 330, 134, 262, "#b9c7cf", 12)
        for half in (6, 70):
            c.box(x + dx + half, rail - 322, 58, 246, mix(NAVY, BLUE, 0.55), 8)
    for dx in (500 + 216,):
        c.box(x + dx, rail - 398, 30, 340, "#9fb0ba")
        for i in range(3):
            c.box(x + dx + 3 + i * 10, rail - 392, 4, 328, "#7f929e")
    for dx, seed in ((200, 2), (330, 5), (600, 8), (860, 11), (1180, 4), (1290, 7)):
        rng = Random(seed)
        c.box(x + dx - 26, rail - 244, 52, 46, rng.choice(CLOTHES), 18)
        c.disc(x + dx, rail - 266, 22, rng.choice(("#e6b088", "#d29a6e", "#f3cba8")))
        c.wedge(x + dx, rail - 270, 24, 24, 175, 365, INK)
    c.disc(x + 62, rail - 150, 16, SUN)
    c.disc(right - 62, rail - 150, 16, CORAL)


def bus_stop() -> Canvas:
    c = canvas("#c9d8de", "#e6ece8", "#f7efe0")
    cloud(c, 200, 170, 460, veil(WHITE, 0.8))
    cloud(c, 1180, 230, 420, veil(WHITE, 0.7))
    skyline(c, 880, 71, ("#cbb8a4", "#d8c6b2", "#bfae9d", "#dccfbf"), (260, 520))
    for x in (90, 1900, 1660):
        _bare_tree(c, x, 930, 420)
    c.fade((0, 880, WIDTH, 960), "#d9d3c6", "#c9c2b4")
    c.fade((0, 956, WIDTH, HEIGHT), "#5b6670", "#3f4a54")
    for x in range(-40, WIDTH, 320):
        c.polygon([(x, 1230), (x + 180, 1230), (x + 170, 1246), (x - 14, 1246)], CREAM)
    _bus(c, 760, 1150)
    c.box(120, 500, 560, 26, DEEP, 10)
    for x in (150, 630):
        c.box(x, 520, 18, 420, INK)
    c.box(168, 540, 462, 330, veil(WHITE, 0.4))
    c.polygon([(260, 540), (360, 540), (240, 870), (170, 870), (168, 800)], veil(WHITE, 0.35))
    c.box(470, 570, 130, 210, WHITE, 8)
    c.box(470, 570, 130, 42, CORAL, 8)
    for row in range(6):
        c.box(484, 626 + row * 24, 40, 10, MIST, 3)
        c.box(534, 626 + row * 24, 52, 10, "#b9c7cf", 3)
    c.box(180, 846, 300, 18, "#9a6a45", 6)
    for x in (210, 440):
        c.box(x, 860, 12, 84, INK)
    for x, seed, arms in ((250, 14, "book"), (380, 22, "down"), (560, 35, "down"), (690, 3, "down")):
        c.oval(x, 950, 44, 8, veil(NAVY, 0.2))
        person(c, x, 948, 300, seed, arms=arms)
    return c


def _bare_tree(c: Canvas, x: float, foot: float, size: float) -> None:
    def branch(bx: float, by: float, angle: float, length: float, depth: int) -> None:
        tip = (bx + math.cos(angle) * length, by + math.sin(angle) * length)
        c.line([(bx, by), tip], "#6e5a4b", 3 + depth * 4)
        if depth:
            for turn in (-0.5, 0.42):
                branch(*tip, angle + turn, length * 0.72, depth - 1)

    branch(x, foot, -math.pi / 2, size * 0.34, 4)


def _bus(c: Canvas, x: float, road: float) -> None:
    c.oval(x + 560, road + 4, 620, 18, veil(NAVY, 0.4))
    c.faded(
        [
            (x, road - 46),
            (x, road - 440),
            (x + 30, road - 472),
            (x + 1090, road - 472),
            (x + 1130, road - 430),
            (x + 1146, road - 46),
        ],
        "#f4f7f8",
        "#d4dee3",
    )
    c.box(x, road - 190, 1146, 144, TEAL, 10)
    c.polygon(
        [(x + 640, road - 46), (x + 860, road - 190), (x + 1140, road - 190), (x + 1146, road - 46)], DEEP
    )
    c.box(x + 20, road - 420, 1096, 200, NAVY, 18)
    for i in range(6):
        wx = x + 34 + i * 142
        c.box(wx, road - 410, 128, 180, mix(NAVY, BLUE, 0.5), 10)
        c.polygon(
            [(wx + 50, road - 410), (wx + 96, road - 410), (wx + 40, road - 230), (wx, road - 230)],
            veil(WHITE, 0.14),
        )
    c.box(x + 890, road - 416, 108, 366, "#b9c7cf", 8)
    for dx in (896, 950):
        c.box(x + dx, road - 408, 44, 350, mix(NAVY, BLUE, 0.5), 6)
    c.polygon(
        [(x + 1010, road - 410), (x + 1104, road - 410), (x + 1124, road - 220), (x + 1010, road - 220)],
        mix(NAVY, BLUE, 0.6),
    )
    c.box(x + 740, road - 462, 250, 38, INK, 8)
    for i in range(9):
        c.box(x + 756 + i * 25, road - 452, 16, 18, AMBER, 3)
    for dx in (250, 830):
        c.disc(x + dx, road - 40, 92, "#3f4a54")
        c.disc(x + dx, road - 40, 76, INK)
        c.disc(x + dx, road - 40, 36, "#9fb0ba")
        c.disc(x + dx, road - 40, 13, INK)
    c.box(x + 1112, road - 150, 30, 46, SUN, 8)
    c.box(x + 2, road - 150, 14, 50, CORAL, 5)


def metro_map() -> Canvas:
    x: float
    y: float
    c = canvas("#f6f3ea", "#ece6d6")
    for x in range(0, WIDTH, 100):
        c.box(x, 0, 2, HEIGHT, veil(DEEP, 0.06))
    for y in range(0, HEIGHT, 100):
        c.box(0, y, WIDTH, 2, veil(DEEP, 0.06))
    coast = smooth(
        [
            (-20, 420),
            (260, 400),
            (520, 300),
            (900, 330),
            (1180, 420),
            (1240, 560),
            (1100, 690),
            (820, 760),
            (480, 800),
            (240, 900),
            (-20, 930),
        ],
        16,
    )
    c.polygon(coast, "#bfe0e8")
    c.line(coast, "#9ccbd8", 10)
    for i in range(3):
        wave = [(120 + i * 250 + t * 12, 600 - i * 60 + math.sin(t / 2.2) * 12) for t in range(24)]
        c.line(wave, "#9ccbd8", 7)
    lines: tuple[tuple[Colour, list[tuple[float, float]]], ...] = (
        (CORAL, [(180, 1180), (480, 1180), (640, 1020), (1000, 1020), (1260, 760), (1620, 760), (1820, 560)]),
        (
            DEEP,
            [
                (240, 240),
                (560, 240),
                (700, 160),
                (1120, 160),
                (1380, 420),
                (1380, 900),
                (1500, 1020),
                (1820, 1020),
            ],
        ),
        (TEAL, [(1000, 1240), (1000, 900), (1180, 720), (1180, 640), (1560, 260), (1840, 260)]),
        (AMBER, [(640, 1240), (640, 1020), (560, 940), (360, 1010), (180, 1010)]),
    )
    for colour, route in lines:
        c.line(route, mix(colour, WHITE, 0.65), 46)
        c.line(route, colour, 26)
        for (x0, y0), (x1, y1) in itertools.pairwise(route):
            stops = max(1, int(math.hypot(x1 - x0, y1 - y0) // 150))
            for i in range(stops):
                x, y = x0 + (x1 - x0) * i / stops, y0 + (y1 - y0) * i / stops
                c.disc(x, y, 17, WHITE)
                c.ring(x, y, 19, mix(colour, NAVY, 0.3), 6)
    for x, y in ((640, 1020), (1000, 1020), (1380, 640), (1260, 760), (1380, 760)):
        c.disc(x, y, 40, WHITE)
        c.ring(x, y, 42, INK, 10)
        c.disc(x, y, 16, INK)
    for x, y, colour in (
        (1820, 560, CORAL),
        (240, 240, DEEP),
        (1840, 260, TEAL),
        (180, 1010, AMBER),
        (1820, 1020, DEEP),
        (180, 1180, CORAL),
    ):
        c.box(x - 44, y - 44, 88, 88, colour, 22)
        c.box(x - 24, y - 26, 48, 40, WHITE, 10)
        c.box(x - 16, y - 18, 32, 16, colour, 4)
        c.disc(x - 12, y + 22, 7, WHITE)
        c.disc(x + 12, y + 22, 7, WHITE)
    c.oval(1380, 420, 60, 18, veil(NAVY, 0.25))
    c.blob([(1380, 420), (1310, 320), (1300, 250), (1380, 190), (1460, 250), (1450, 320)], "#d9412f")
    c.disc(1380, 270, 38, WHITE)
    return c


PICTURES = {
    "tram": tram_on_the_quay,
    "bus-stop": bus_stop,
    "metro-map": metro_map,
}
