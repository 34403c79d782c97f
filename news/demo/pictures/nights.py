"""Pictures of the city after dark."""

from __future__ import annotations

import math
from random import Random

from .canvas import Canvas, Colour, mix, veil
from .people import person
from .scenery import (
    AMBER,
    BRICK,
    CORAL,
    CREAM,
    DEEP,
    HEIGHT,
    INK,
    MINT,
    NAVY,
    PINE,
    SUN,
    TEAL,
    WHITE,
    WIDTH,
    canvas,
    hills,
    house,
    lamp,
    sea,
    skyline,
    stars,
    sun_path,
)


def fireworks_over_the_bay() -> Canvas:
    c = canvas("#081a33", "#10305a", "#2c4a7d", "#a3617f")
    stars(c, 3, 140, 620)
    rng = Random(16)
    for x, y, reach, colour in (
        (520, 320, 270, SUN),
        (1120, 230, 300, CORAL),
        (1600, 400, 230, "#8fe0d6"),
        (840, 520, 160, "#f7b6d2"),
        (260, 540, 150, "#b9d7ff"),
    ):
        c.glow(x, y, reach * 1.4, colour, 0.35)
        for ring, count in ((1.0, 30), (0.66, 22), (0.34, 12)):
            for i in range(count):
                a = 2 * math.pi * (i + rng.random() * 0.4) / count
                end = reach * ring * rng.uniform(0.9, 1.05)
                start = end * 0.62
                points = [
                    (x + math.cos(a) * r, y + math.sin(a) * r + (r / reach) ** 2 * reach * 0.12)
                    for r in (start, (start + end) / 2, end)
                ]
                c.line(points, mix(colour, WHITE, 0.25 * (1 - ring)), 5)
                c.disc(points[-1][0], points[-1][1], 6, WHITE)
        c.line([(x, y + 30), (x + rng.uniform(-30, 30), 850)], mix(colour, "#2c4a7d", 0.75), 4)
    hills(c, 860, 150, 9, "#1c2c52", "#34406a", foot=900)
    skyline(c, 900, 21, ("#12223f", "#182a4b", "#0e1c36"), (50, 190), SUN)
    sea(c, 900, HEIGHT, ("#3b3f6e", "#14294e", "#081a33"), 6, "#ffd9a0")
    for x, colour in ((520, SUN), (1120, CORAL), (1600, "#8fe0d6"), (840, "#f7b6d2")):
        sun_path(c, x, 904, 1240, colour, int(x))
    c.fade((0, 1230, WIDTH, HEIGHT), "#0a1730", "#060e1f")
    for i in range(17):
        person(c, 70 + i * 122 + rng.uniform(-25, 25), 1420, rng.uniform(250, 300), i, back=True)
    return c


def seafront_at_new_year() -> Canvas:
    c = canvas("#0b1c3a", "#16345f", "#3a4f86", "#7a5f8f")
    stars(c, 8, 110, 560)
    c.disc(1640, 210, 74, "#fdf3d6")
    c.disc(1612, 196, 68, "#142d55")
    hills(c, 780, 170, 12, "#263a66", "#3c4a7a", foot=820)
    skyline(c, 820, 44, ("#1a2c50", "#21345a", "#152544"), (60, 240), SUN)
    sea(c, 820, 1010, ("#45507f", "#1b3462"), 4, "#ffd9a0")
    c.fade((0, 1004, WIDTH, HEIGHT), "#46506f", "#252f4c")
    rng = Random(20)
    for row in range(2):
        start = 160 + row * 110
        for span in range(4):
            x0 = -40 + span * 520
            points = [(x0 + 520 * t / 24, start + 120 * (1 - (2 * t / 24 - 1) ** 2)) for t in range(25)]
            c.line(points, "#1a2238", 5)
            for i, (x, y) in enumerate(points[1::2]):
                colour = (SUN, CORAL, "#8fe0d6", "#f7b6d2")[(i + row) % 4]
                c.glow(x, y + 14, 44, colour, 0.7)
                c.disc(x, y + 14, 11, colour)
    for x in (220, 1780):
        _pine(c, x, 1120, 620, rng)
    lamp(c, 640, 1080, 430, lit=True)
    lamp(c, 1290, 1080, 430, lit=True)
    for i, x in enumerate((480, 560, 800, 900, 980, 1130, 1230, 1450, 1530)):
        foot = 1150 + (i * 37) % 80
        c.oval(x, foot, 46, 9, veil(NAVY, 0.4))
        person(c, x, foot, 300 + (i * 13) % 40, i + 40, arms="up" if i in (3, 7) else "down")
    return c


def _pine(c: Canvas, x: float, foot: float, size: float, rng: Random) -> None:
    c.box(x - 22, foot - 80, 44, 80, "#5a3f2e", 6)
    for i in range(4):
        y = foot - 60 - i * size * 0.22
        half = size * (0.34 - i * 0.07)
        c.faded([(x - half, y), (x + half, y), (x, y - size * 0.4)], "#3b8262", PINE)
    for i in range(26):
        level = rng.random()
        y = foot - 80 - level * size * 0.8
        half = size * 0.28 * (1 - level)
        c.disc(x + rng.uniform(-half, half), y, 10, (SUN, CORAL, CREAM, MINT)[i % 4])
    c.glow(x, foot - size * 1.12, 120, SUN, 0.9)
    c.disc(x, foot - size * 1.12, 20, CREAM)


def museum_night() -> Canvas:
    c = canvas("#141a3a", "#2a2c5c", "#5b3f74")
    stars(c, 41, 120, 560)
    c.disc(1660, 200, 80, "#fdf3d6")
    hills(c, 860, 120, 36, "#1f2148", "#2f2a58", foot=900)
    c.glow(1000, 700, 900, SUN, 0.35)
    c.box(300, 560, 1400, 420, "#e9cfa4")
    c.faded([(240, 560), (1000, 270), (1760, 560)], "#f6e2bd", "#dcb984")
    c.faded([(420, 536), (1000, 318), (1580, 536)], "#8a5f5a", "#a8765f")
    c.disc(1000, 460, 44, SUN)
    c.ring(1000, 460, 58, CREAM, 8)
    c.box(240, 548, 1520, 40, "#f9ecd2", 4)
    for i in range(8):
        x = 340 + i * 174
        if i < 7:
            c.fade((x + 50, 600, x + 174, 970), "#6d4b4d", "#ffd27a")
        c.faded([(x, 610), (x + 50, 610), (x + 54, 960), (x - 4, 960)], "#fdf1da", "#e0bf8f")
        for flute in (12, 25, 38):
            c.box(x + flute, 616, 4, 340, veil(BRICK, 0.2))
        c.box(x - 14, 588, 78, 26, "#f9ecd2", 4)
        c.box(x - 16, 952, 82, 26, "#f9ecd2", 4)
    for i in range(4):
        c.box(220 - i * 44, 976 + i * 26, 1560 + i * 88, 28, mix("#f0d9b0", "#8a6a72", i / 4))
    c.fade((0, 1080, WIDTH, HEIGHT), "#4a3d66", "#231f40")
    c.beam([(480, 1080), (1520, 1080), (1850, HEIGHT), (150, HEIGHT)], SUN, 0.45)
    for x, colour in ((430, CORAL), (1570, TEAL)):
        c.box(x - 50, 620, 100, 270, colour, 4)
        c.box(x - 30, 650, 60, 60, CREAM, 30)
        for i in range(4):
            c.box(x - 30, 740 + i * 30, 60 - (i % 2) * 18, 12, CREAM, 4)
    for i, x in enumerate((380, 470, 660, 760, 1130, 1220, 1310, 1560, 1660)):
        foot = 1210 + (i * 53) % 90
        c.oval(x, foot, 52, 9, veil(NAVY, 0.45))
        person(c, x, foot, 310 + (i * 17) % 50, i + 130, back=i % 3 != 0, arms="up" if i == 4 else "down")
    return c


def earthquake_memorial() -> Canvas:
    x: float
    y: float
    c = canvas("#27324d", "#4d5675", "#9c8a8f")
    c.glow(1000, 640, 700, "#f6d9b0", 0.55)
    hills(c, 800, 160, 55, "#3a4361", "#4d5370", foot=840)
    sea(c, 830, 1040, ("#7c7f95", "#3f4a69"), 29, "#f6d9b0")
    c.fade((0, 1036, WIDTH, HEIGHT), "#3b4158", "#22273b")
    for x, tall in ((760, 520), (900, 640), (1040, 700), (1180, 600), (1320, 480)):
        c.faded([(x, 1090 - tall), (x + 70, 1060 - tall), (x + 70, 1100), (x, 1100)], "#e9e2d6", "#a9a5a8")
        c.polygon([(x + 70, 1060 - tall), (x + 92, 1076 - tall), (x + 92, 1094), (x + 70, 1100)], "#7d7d8c")
    c.oval(1080, 1110, 520, 34, veil(NAVY, 0.45))
    rng = Random(77)
    for _ in range(60):
        x, y = rng.uniform(420, 1740), rng.uniform(1120, 1230)
        c.glow(x, y - 14, 46, AMBER, 0.65)
        c.box(x - 7, y - 8, 14, 24, CREAM, 4)
        c.oval(x, y - 16, 5, 11, SUN)
    for i, x in enumerate((120, 240, 350, 1680, 1800, 1900)):
        person(c, x, 1300, 420 + (i % 3) * 20, i + 200, back=True)
    return c


def rainy_street() -> Canvas:
    x: float
    y: float
    c = canvas("#34465a", "#5a6f80", "#8c9aa0")
    for i, (x, w, h, wall) in enumerate(
        (
            (-40, 360, 640, "#7d7f86"),
            (320, 300, 560, "#8f8076"),
            (620, 330, 700, "#6d7a84"),
            (950, 320, 600, "#857c80"),
            (1270, 340, 680, "#76858a"),
            (1610, 420, 590, "#8d857a"),
        )
    ):
        house(c, x, 860, w, h, wall, "#5b4a4a", i + 60)
        c.box(x + 50, 690, w - 100, 150, SUN if i % 2 else "#ffe2ad", 6)
        c.glow(x + w / 2, 780, 230, SUN, 0.35)
        c.polygon(
            [(x + 24, 660), (x + w - 24, 660), (x + w - 4, 716), (x + 4, 716)], (CORAL, TEAL, DEEP)[i % 3]
        )
    c.fade((0, 850, WIDTH, 910), "#6f767c", "#5c646b")
    c.fade((0, 906, WIDTH, HEIGHT), "#3c4a58", "#22303e")
    for x, colour in (
        (170, "#ffe2ad"),
        (480, SUN),
        (790, "#ffe2ad"),
        (1110, SUN),
        (1440, "#ffe2ad"),
        (1800, SUN),
    ):
        c.beam([(x - 80, 910), (x + 80, 910), (x + 130, 1260), (x - 130, 1260)], colour, 0.38)
    for x in (240, 1020, 1780):
        lamp(c, x, 930, 560, lit=True)
        c.beam([(x + 30, 930), (x + 90, 930), (x + 120, 1320), (x, 1320)], SUN, 0.45)
    rng = Random(9)
    for _ in range(46):
        x, y = rng.uniform(0, WIDTH), rng.uniform(950, HEIGHT - 20)
        r = 16 + (y - 900) * 0.09
        c.arc(x, y, r, r * 0.3, 0, 360, "#7f93a3", 3)
    for x, foot, size, seed, colour in (
        (620, 1070, 380, 22, CORAL),
        (860, 1150, 430, 15, SUN),
        (1300, 1090, 390, 41, TEAL),
        (1560, 1210, 460, 36, "#d9597b"),
    ):
        c.beam([(x - 70, foot), (x + 70, foot), (x + 60, foot + 150), (x - 60, foot + 150)], colour, 0.4)
        person(c, x, foot, size, seed, back=True)
        _umbrella(c, x + 10, foot - size * 0.92, size * 0.46, colour)
    for _ in range(330):
        x, y = rng.uniform(0, WIDTH + 60), rng.uniform(-40, HEIGHT)
        c.streak(x, y, x - 16, y + 62, veil(WHITE, rng.uniform(0.14, 0.34)), 2)
    return c


def _umbrella(c: Canvas, x: float, y: float, r: float, colour: Colour) -> None:
    c.line([(x, y), (x, y + r * 1.15)], INK, 7)
    c.wedge(x, y, r, r * 0.8, 180, 360, colour)
    c.wedge(x, y, r * 0.5, r * 0.8, 180, 360, mix(colour, WHITE, 0.18))
    for i in range(4):
        c.wedge(x - r * 0.75 + i * r * 0.5, y, r * 0.25, r * 0.13, 180, 360, mix(colour, NAVY, 0.35))
    c.line([(x, y - r * 0.8), (x, y - r * 0.92)], INK, 6)


PICTURES = {
    "fireworks": fireworks_over_the_bay,
    "new-year-lights": seafront_at_new_year,
    "museum-night": museum_night,
    "memorial": earthquake_memorial,
    "rainy-street": rainy_street,
}
