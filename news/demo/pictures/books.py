"""Pictures with books in them."""

from __future__ import annotations

import math
from random import Random

from .canvas import Canvas, Colour, mix, smooth, veil
from .people import person
from .scenery import (
    AMBER,
    BRICK,
    CORAL,
    CREAM,
    DEEP,
    HEIGHT,
    INK,
    NAVY,
    PINE,
    ROSE,
    SAND,
    SUN,
    TEAL,
    WHITE,
    WIDTH,
    canvas,
    plant,
    skyline,
    stars,
    tree,
)

SPINES = (CORAL, TEAL, DEEP, AMBER, "#7a5aa6", "#3f7f5f", CREAM, BRICK, "#33485c", ROSE, SUN)


def _books(c: Canvas, x: float, foot: float, width: float, height: float, rng: Random) -> None:
    right = x + width
    while x < right - 12:
        thick = min(rng.uniform(14, 34), right - x)
        tall = height * rng.uniform(0.66, 0.94)
        colour = rng.choice(SPINES)
        c.box(x, foot - tall, thick - 2, tall, colour, 3)
        c.box(x, foot - tall + tall * 0.16, thick - 2, 6, mix(colour, WHITE, 0.45))
        c.box(x, foot - tall * 0.2, thick - 2, 4, mix(colour, NAVY, 0.3))
        x += thick
        if rng.random() < 0.05:
            x += 26


def _shelf(
    c: Canvas, x: float, foot: float, width: float, rows: int, seed: int, wood: Colour = "#9a6a45"
) -> None:
    rng = Random(seed)
    pitch = 150
    height = rows * pitch + 30
    c.box(x, foot - height, width, height, mix(wood, NAVY, 0.35), 6)
    for row in range(rows):
        shelf = foot - 18 - row * pitch
        _books(c, x + 22, shelf, width - 44, pitch - 24, rng)
        c.box(x + 10, shelf, width - 20, 16, wood)
    c.box(x, foot - height, width, 20, mix(wood, WHITE, 0.15), 4)
    for side in (0, width - 16):
        c.box(x + side, foot - height, 16, height, mix(wood, WHITE, 0.08))


def library_on_the_quay() -> Canvas:
    c = canvas("#f3e3c8", "#ead2ac")
    c.fade((0, 0, WIDTH, 120), "#b98558", "#a87148")
    for x in range(0, WIDTH, 160):
        c.box(x, 0, 8, 120, veil(NAVY, 0.15))
    c.fade((560, 190, 1440, 860), "#7cc4e6", "#cfeaf0", "#fdf0d5")
    hills_view = smooth([(560, 610), (760, 540), (960, 590), (1180, 520), (1440, 600)], 12)
    c.polygon([(560, 680), *hills_view, (1440, 680)], "#8fb9c2")
    c.fade((560, 660, 1440, 862), "#64bccb", "#2a86a8")
    c.polygon([(860, 716), (1100, 716), (1074, 752), (886, 752)], NAVY)
    c.box(900, 668, 160, 48, WHITE, 6)
    c.box(960, 628, 40, 44, CORAL, 4)
    for x in (560, 846, 1132, 1420):
        c.box(x - 4, 186, 26, 680, "#8a5a3a")
    for y in (178, 404, 850):
        c.box(540, y, 920, 22, "#8a5a3a")
    _shelf(c, 30, 1040, 480, 6, 5)
    _shelf(c, 1490, 1040, 480, 6, 8)
    c.fade((0, 1036, WIDTH, HEIGHT), "#c99a6b", "#a3734a")
    for x in range(-1000, WIDTH + 1000, 210):
        c.line([(1000 + (x - 1000) * 0.6, 1038), (x, HEIGHT)], "#b5855a", 4)
    c.oval(1000, 1230, 520, 66, veil(BRICK, 0.5))
    c.oval(1000, 1226, 470, 56, "#d98a6c")
    for x in (760, 1240):
        c.line([(x, 120), (x, 300)], INK, 5)
        c.glow(x, 350, 190, SUN, 0.75)
        c.wedge(x, 352, 74, 66, 180, 360, DEEP)
        c.oval(x, 352, 74, 12, SUN)
    person(c, 790, 1100, 360, 23, seated=True, arms="book")
    person(c, 1220, 1100, 360, 44, seated=True, arms="book")
    c.box(560, 1060, 880, 34, "#8a5a3a", 10)
    for x in (610, 1360):
        c.box(x, 1090, 30, 150, "#734a2f")
    for x, colour in ((800, WHITE), (1210, WHITE)):
        c.polygon([(x - 70, 1060), (x - 6, 1040), (x - 6, 1018), (x - 70, 1036)], colour)
        c.polygon([(x + 70, 1060), (x + 6, 1040), (x + 6, 1018), (x + 70, 1036)], mix(colour, SAND, 0.5))
    for i, colour in enumerate((CORAL, TEAL, SUN)):
        c.box(950, 1042 - i * 20, 120 - i * 12, 18, colour, 4)
    person(c, 430, 1180, 520, 9, arms="book", back=True)
    plant(c, 1700, 1260, 240)
    return c


def night_library() -> Canvas:
    c = canvas("#0d1d3a", "#152c52", "#223c66")
    stars(c, 21, 90, 420)
    c.disc(330, 190, 70, "#fdf3d6")
    c.disc(304, 176, 64, "#11244a")
    skyline(c, 900, 52, ("#12223f", "#182a4b"), (120, 330), SUN)
    c.box(420, 260, 1160, 720, "#33405c", 10)
    c.box(390, 230, 1220, 44, "#48587a", 8)
    c.fade((470, 320, 1530, 940), "#ffe6ac", "#f9c976")
    c.glow(1000, 620, 760, SUN, 0.35)
    rng = Random(33)
    for floor in (610, 930):
        for x in (490, 730, 1080, 1320):
            c.box(x, floor - 240, 200, 240, "#a8714a")
            for row in range(3):
                _books(c, x + 8, floor - 8 - row * 78, 184, 66, rng)
                c.box(x, floor - 8 - row * 78, 200, 8, "#7d5236")
        c.box(470, floor, 1060, 18, "#7d5236")
    for x, floor, seed, arms in (
        (960, 610, 3, "book"),
        (710, 610, 27, "down"),
        (1030, 930, 12, "book"),
        (960, 930, 48, "down"),
        (1300, 930, 19, "book"),
    ):
        person(c, x, floor, 200, seed, arms=arms)
    for x in (470, 735, 1000, 1265, 1522):
        c.box(x - 7, 320, 14, 620, "#33405c")
    c.fade((0, 976, WIDTH, HEIGHT), "#2b3a5c", "#18243f")
    c.beam([(470, 980), (1530, 980), (1820, HEIGHT), (180, HEIGHT)], SUN, 0.4)
    c.box(880, 800, 0, 0, INK)
    for x, size in ((180, 520), (1830, 560)):
        tree(c, x, 1020, size, mix(PINE, NAVY, 0.3), "#2a2a3a")
    for x, seed in ((620, 6), (1390, 40), (1480, 17)):
        c.oval(x, 1222, 60, 10, veil(NAVY, 0.5))
        person(c, x, 1220, 360, seed, back=True)
    return c


def book_fair() -> Canvas:
    c = canvas("#fbead0", "#f3d9b1")
    for i in range(9):
        x = 1000 + (i - 4) * 300
        c.polygon(
            [(1000 + (i - 4) * 90, 0), (1000 + (i - 3) * 90, 0), (x + 300, 330), (x, 330)],
            (WHITE, "#fdf3e0")[i % 2],
        )
    for i in range(3):
        y = 60 + i * 70
        for j in range(26):
            x = j * 80 + (i * 30)
            sag = 40 * math.sin(j / 25 * math.pi * 2 + i)
            c.polygon(
                [(x, y + sag), (x + 60, y + sag), (x + 30, y + sag + 56)],
                (CORAL, TEAL, SUN, DEEP, ROSE)[(i + j) % 5],
            )
    _shelf(c, 40, 900, 420, 4, 17, "#c08552")
    _shelf(c, 1540, 900, 420, 4, 23, "#c08552")
    _shelf(c, 540, 820, 420, 3, 29, "#b0754a")
    _shelf(c, 1040, 820, 420, 3, 37, "#b0754a")
    c.fade((0, 880, WIDTH, HEIGHT), "#d9b184", "#b3875a")
    for x, seed in ((640, 81), (1130, 82), (1360, 83)):
        person(c, x, 1000, 360, seed, arms="book")
    rng = Random(15)
    for x, width, cloth in ((140, 720, CORAL), (1080, 780, TEAL)):
        c.oval(x + width / 2, 1240, width * 0.54, 24, veil(NAVY, 0.2))
        c.box(x, 1030, width, 210, mix(cloth, NAVY, 0.15), 8)
        for i in range(0, int(width), 90):
            c.wedge(x + i + 45, 1050, 45, 40, 0, 180, cloth)
        c.box(x - 20, 1010, width + 40, 42, cloth, 10)
        left = x + 30
        while left < x + width - 130:
            tall = rng.randint(2, 6)
            for level in range(tall):
                c.box(
                    left + rng.uniform(-8, 8),
                    990 - level * 22,
                    rng.uniform(96, 116),
                    20,
                    rng.choice(SPINES),
                    4,
                )
            left += 150
    for x, foot, size, seed, arms in (
        (300, 1290, 430, 64, "book"),
        (930, 1300, 470, 92, "down"),
        (1020, 1300, 290, 73, "up"),
        (1560, 1296, 450, 34, "book"),
        (1900, 1300, 440, 96, "down"),
    ):
        c.oval(x, foot, size * 0.16, 12, veil(NAVY, 0.25))
        person(c, x, foot, size, seed, arms=arms, back=True)
    return c


PICTURES = {
    "library": library_on_the_quay,
    "night-library": night_library,
    "book-fair": book_fair,
}
