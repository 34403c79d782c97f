"""Pictures of learning and of screens."""

from __future__ import annotations

import math
from random import Random

from .canvas import Canvas, mix, smooth, veil
from .people import person
from .scenery import (
    AMBER,
    CORAL,
    DEEP,
    HEIGHT,
    INK,
    LEAF,
    MINT,
    NAVY,
    ROSE,
    SUN,
    TEAL,
    WHITE,
    WIDTH,
    canvas,
    plant,
)


def workshop() -> Canvas:
    c = canvas("#d9eef0", "#f6f0dc")
    c.box(120, 120, 700, 480, WHITE, 20)
    for i in range(3):
        for j in range(2):
            x, y = 160 + i * 218, 156 + j * 214
            c.box(x, y, 190, 186, ("#fdf0d5", "#e3f1ea", "#fbe3dc")[(i + j) % 3], 10)
            colour = (CORAL, TEAL, SUN, LEAF, DEEP, ROSE)[i * 2 + j]
            if (i + j) % 3 == 0:
                c.disc(x + 95, y + 80, 46, colour)
                for k in range(8):
                    a = k * math.pi / 4
                    c.line(
                        [
                            (x + 95 + math.cos(a) * 58, y + 80 + math.sin(a) * 58),
                            (x + 95 + math.cos(a) * 76, y + 80 + math.sin(a) * 76),
                        ],
                        colour,
                        8,
                    )
            elif (i + j) % 3 == 1:
                c.polygon([(x + 30, y + 150), (x + 95, y + 40), (x + 160, y + 150)], colour)
                c.box(x + 76, y + 104, 38, 46, WHITE)
            else:
                c.blob(
                    [
                        (x + 30, y + 96),
                        (x + 80, y + 56),
                        (x + 140, y + 92),
                        (x + 166, y + 60),
                        (x + 166, y + 130),
                        (x + 140, y + 100),
                        (x + 80, y + 140),
                    ],
                    colour,
                )
                c.disc(x + 66, y + 92, 7, WHITE)
    c.fade((1060, 110, 1860, 620), "#8fd0ea", "#dff3f2")
    c.polygon(
        [
            (1060, 620),
            *smooth([(1060, 520), (1260, 470), (1480, 520), (1700, 460), (1860, 510)], 10),
            (1860, 620),
        ],
        LEAF,
    )
    for x in (1060, 1460, 1850):
        c.box(x - 6, 104, 18, 520, WHITE)
    for y in (98, 606):
        c.box(1050, y, 820, 20, WHITE)
    c.fade((0, 800, WIDTH, HEIGHT), "#e0b98a", "#c39763")
    for i, x in enumerate((260, 560, 860, 1180, 1480, 1760)):
        person(
            c,
            x,
            920,
            (440, 420, 560, 430, 445, 425)[i],
            (100, 116, 104, 117, 118, 121)[i],
            seated=True,
            arms=("book", "up", "out", "book", "up", "book")[i],
        )
    c.faded([(90, 880), (1910, 880), (1990, 1120), (10, 1120)], "#f7d794", "#f0bd5c")
    c.box(10, 1120, 1980, 54, "#d99a3d", 10)
    for x in (120, 1820):
        c.box(x, 1170, 60, 180, "#c08552")
    rng = Random(44)
    for i, x in enumerate((250, 560, 1180, 1480, 1760)):
        c.polygon([(x - 110, 940), (x + 90, 940), (x + 110, 1050), (x - 130, 1050)], WHITE)
        c.blob(
            [(x - 70 + rng.uniform(-10, 10), 1000), (x - 10, 964), (x + 50, 1000), (x - 10, 1034)],
            (CORAL, TEAL, LEAF, AMBER, "#7a5aa6")[i],
        )
        for j in range(3):
            px = x + 120 + j * 12
            c.line([(px, 1040 - j * 8), (px + 54, 980 - j * 8)], (DEEP, CORAL, LEAF)[j], 10)
    for x, colour in ((400, CORAL), (860, TEAL), (1020, SUN), (1340, "#7a5aa6")):
        c.oval(x, 1080, 50, 14, veil(NAVY, 0.2))
        c.box(x - 42, 1000, 84, 78, veil(WHITE, 0.95), 10)
        c.box(x - 42, 1030, 84, 48, colour, 10)
        for j in range(3):
            c.line([(x - 20 + j * 20, 1006), (x - 44 + j * 44, 900 - j % 2 * 26)], "#a8714a", 9)
            c.oval(x - 45 + j * 45, 892 - j % 2 * 26, 9, 20, (CORAL, DEEP, LEAF)[j])
    return c


def open_data() -> Canvas:
    x: float
    y: float
    c = canvas("#e4eef3", "#cfdfe8")
    for x in range(40, WIDTH, 80):
        for y in range(40, HEIGHT, 80):
            c.disc(x, y, 3, veil(DEEP, 0.14))
    c.oval(1000, 1190, 620, 40, veil(NAVY, 0.18))
    c.polygon([(860, 1040), (1140, 1040), (1190, 1180), (810, 1180)], "#aebdc7")
    c.box(760, 1168, 480, 26, "#93a5b1", 12)
    c.box(270, 150, 1460, 900, INK, 40)
    c.fade((306, 186, 1694, 1000), "#fbfdfe", "#edf3f6")
    c.box(306, 186, 1388, 74, DEEP)
    for i in range(3):
        c.disc(350 + i * 40, 223, 12, (CORAL, SUN, MINT)[i])
    c.box(480, 206, 620, 34, veil(WHITE, 0.25), 17)
    c.box(340, 296, 640, 380, "#dbe8ee", 14)
    coast = smooth(
        [(340, 470), (460, 440), (600, 470), (700, 420), (760, 480), (690, 560), (540, 590), (340, 610)], 12
    )
    c.polygon(coast, "#a9d6e2")
    rng = Random(13)
    for _ in range(26):
        x, y = rng.uniform(370, 950), rng.uniform(320, 650)
        colour = rng.choice((CORAL, TEAL, AMBER, DEEP))
        r = rng.uniform(8, 26)
        c.disc(x, y, r, veil(colour, 0.35))
        c.disc(x, y, r * 0.45, colour)
    c.box(1010, 296, 650, 380, WHITE, 14)
    for i in range(9):
        tall = (90, 130, 110, 170, 210, 180, 250, 230, 290)[i]
        c.faded(
            [
                (1050 + i * 66, 640 - tall),
                (1094 + i * 66, 640 - tall),
                (1094 + i * 66, 640),
                (1050 + i * 66, 640),
            ],
            mix(TEAL, WHITE, 0.2),
            DEEP,
        )
    c.line(
        smooth(
            [(1072 + i * 66, 600 - t) for i, t in enumerate((110, 150, 140, 190, 240, 220, 270, 265, 310))], 8
        ),
        CORAL,
        9,
    )
    c.box(340, 706, 420, 264, WHITE, 14)
    start = -90.0
    for share, colour in ((0.42, TEAL), (0.27, CORAL), (0.19, SUN), (0.12, DEEP)):
        c.wedge(470, 838, 104, 104, start, start + share * 360, colour)
        start += share * 360
    c.disc(470, 838, 54, WHITE)
    for i, colour in enumerate((TEAL, CORAL, SUN, DEEP)):
        c.box(606, 762 + i * 44, 24, 24, colour, 6)
        c.box(644, 766 + i * 44, 90 - i * 12, 16, "#c5d2da", 6)
    c.box(790, 706, 870, 264, WHITE, 14)
    for row in range(6):
        y = 728 + row * 40
        c.box(812, y, 826, 30, "#dfe9ee" if row == 0 else ("#f2f6f8", WHITE)[row % 2], 6)
        for column in range(5):
            c.box(830 + column * 162, y + 9, rng.uniform(60, 120), 12, DEEP if row == 0 else "#b3c3cd", 5)
    person(c, 220, 1270, 620, 111, arms="out")
    person(c, 1800, 1280, 600, 108, arms="book")
    plant(c, 1560, 1280, 240)
    return c


def children_and_code() -> Canvas:
    c = canvas("#2b2f66", "#4a4a92", "#7d6bb0")
    rng = Random(19)
    for _ in range(70):
        x, y = rng.uniform(0, WIDTH), rng.uniform(0, 800)
        c.box(x, y, rng.uniform(30, 150), 10, veil(rng.choice((MINT, SUN, ROSE, WHITE)), 0.3), 5)
    c.glow(1000, 420, 640, "#b9d7ff", 0.5)
    c.box(500, 120, 1000, 580, "#1b1d40", 30)
    c.fade((530, 150, 1470, 670), "#141735", "#20265a")
    for row in range(10):
        indent = (0, 1, 1, 2, 2, 1, 0, 1, 1, 0)[row]
        x = 580.0 + indent * 60
        for word in range(rng.randint(2, 5)):
            length = rng.uniform(50, 150)
            c.box(x, 186 + row * 46, length, 20, (MINT, SUN, ROSE, "#8fb7ff", WHITE)[(row + word) % 5], 8)
            x += length + 22
    for points in ([(1180, 560), (1280, 380), (1390, 560)],):
        c.polygon(points, veil(CORAL, 0.9))
    c.ring(1300, 300, 60, SUN, 14)
    c.fade((0, 940, WIDTH, HEIGHT), "#c98f5e", "#8f5f3c")
    for i, x in enumerate((240, 610, 1000, 1390, 1760)):
        person(c, x, 1000, (470, 450, 480, 455, 470)[i], 140 + i * 3, seated=True, arms="book")
        c.box(x - 130, 880, 260, 170, "#dfe6ea", 14)
        c.box(x - 118, 892, 236, 146, "#c2ccd3", 8)
        c.disc(x, 962, 20, (CORAL, TEAL, SUN, LEAF, ROSE)[i])
        c.box(x - 160, 1046, 320, 18, "#aab7c0", 8)
    c.faded([(0, 1060), (WIDTH, 1060), (WIDTH, 1180), (0, 1180)], "#e6b981", "#c98f5e")
    c.box(0, 1176, WIDTH, 40, "#a3734a")
    return c


PICTURES = {
    "workshop": workshop,
    "open-data": open_data,
    "code-camp": children_and_code,
}
