"""Pictures of open water: a race, a lagoon, a storm."""

from __future__ import annotations

import math
from random import Random

from .canvas import Canvas, mix, smooth, veil
from .scenery import (
    BRICK,
    CORAL,
    CREAM,
    HEIGHT,
    INK,
    SUN,
    WHITE,
    WIDTH,
    canvas,
    cloud,
    hills,
    palm,
    sea,
    skyline,
    sun_path,
)


def swimmers() -> Canvas:
    c = canvas("#9fd9ee", "#dff3f2", "#fff6e2")
    c.glow(1500, 200, 380, WHITE, 0.9)
    cloud(c, 300, 180, 380, veil(WHITE, 0.9))
    hills(c, 430, 150, 33, "#7fb3bf", "#b4d5d4", foot=480)
    skyline(c, 480, 6, ("#e9e0d2", "#d9d0c6"), (20, 70))
    c.fade((0, 480, WIDTH, HEIGHT), "#58bccb", "#2390b0", "#0c5f8d")
    rng = Random(11)
    for row in range(9):
        depth = row / 8
        y = 520 + 760 * depth**1.25
        points = [
            (x, y + math.sin(x / (90 + 120 * depth) + row * 1.7) * (4 + 16 * depth))
            for x in range(-20, WIDTH + 40, 20)
        ]
        c.line(points, mix("#7dd0db", "#2b93b6", depth), 4 + 7 * depth)
    for lane in range(4):
        x0, x1 = 820 + lane * 130, -700 + lane * 1180
        for i in range(24):
            depth = (i / 23) ** 1.7
            x, y = x0 + (x1 - x0) * depth, 520 + 830 * depth
            c.disc(x, y, 4 + 17 * depth, CORAL if i % 3 else WHITE)
    for x, y, k, cap in (
        (760, 640, 0.45, SUN),
        (1180, 700, 0.55, CORAL),
        (520, 830, 0.8, WHITE),
        (1380, 930, 1.0, SUN),
        (900, 1080, 1.35, CORAL),
    ):
        c.oval(x, y + 24 * k, 190 * k, 26 * k, veil(WHITE, 0.5))
        c.blob([(x - 190 * k, y + 8 * k), (x - 30 * k, y - 22 * k), (x + 30 * k, y + 20 * k)], "#b97d52")
        c.line([(x - 10 * k, y), (x + 60 * k, y - 96 * k), (x + 156 * k, y - 20 * k)], "#d29a6e", 26 * k)
        c.disc(x + 46 * k, y - 4 * k, 36 * k, "#d29a6e")
        c.wedge(x + 46 * k, y - 8 * k, 39 * k, 39 * k, 170, 370, cap)
        for _ in range(14):
            c.disc(x + rng.uniform(40, 230) * k, y + rng.uniform(-70, 26) * k, rng.uniform(3, 9) * k, WHITE)
    return c


def lagoon_with_flamingos() -> Canvas:
    c = canvas("#f7b591", "#fbd7b0", "#fdf0d8")
    c.glow(980, 430, 520, "#fff3cf", 0.95)
    c.disc(980, 430, 84, "#fffbe6")
    hills(c, 540, 130, 28, "#c99aa0", "#e4bfae", foot=600)
    hills(c, 590, 60, 5, "#a98493", "#cfa59f", foot=610)
    sea(c, 600, HEIGHT, ("#f6cfae", "#a8c2c0", "#5796a6"), 23, "#fff3e0")
    sun_path(c, 980, 604, 1100, "#fffbe6", 8)
    rng = Random(14)
    for base, x0, x1, count in ((1180, 0, 520, 46), (1260, 1500, 2000, 50), (1310, 300, 1000, 36)):
        for _ in range(count):
            x, h = rng.uniform(x0, x1), rng.uniform(80, 230)
            lean = rng.uniform(-24, 24)
            c.line([(x, base + 60), (x + lean * 0.4, base - h * 0.5), (x + lean, base - h)], "#4f7a58", 6)
            if rng.random() < 0.4:
                c.oval(x + lean, base - h - 18, 6, 26, "#7c5a3a")
    for x, foot, k, flip in (
        (520, 860, 0.75, 1),
        (700, 830, 0.62, -1),
        (1280, 850, 0.7, -1),
        (1440, 820, 0.55, 1),
        (820, 1130, 1.35, 1),
        (1290, 1180, 1.5, -1),
    ):
        _flamingo(c, x, foot, k, flip)
    return c


def _flamingo(c: Canvas, x: float, foot: float, k: float, flip: int) -> None:
    pink, dark = "#f28b8f", "#d8626f"

    def at(dx: float, dy: float) -> tuple[float, float]:
        return x + dx * k * flip, foot + dy * k

    c.oval(x, foot + 4, 90 * k, 9 * k, veil(WHITE, 0.45))
    c.line([at(-6, -120), at(-2, -60), at(-8, 0)], dark, 7 * k)
    c.line([at(14, -120), at(24, -66), at(12, 0)], dark, 7 * k)
    c.line(
        smooth([at(48, -160), at(92, -190), at(78, -250), at(46, -292), at(66, -336), at(98, -332)], 10),
        pink,
        17 * k,
    )
    c.disc(*at(96, -330), 18 * k, pink)
    c.polygon([at(106, -342), at(140, -322), at(128, -296), at(108, -318)], CREAM)
    c.polygon([at(140, -322), at(128, -296), at(124, -308)], INK)
    c.disc(*at(98, -334), 3.4 * k, INK)
    c.blob([at(66, -170), at(20, -206), at(-50, -184), at(-104, -132), at(-30, -106), at(44, -118)], pink)
    c.blob([at(20, -190), at(-40, -172), at(-96, -134), at(-20, -132)], "#f8b3ac")
    c.polygon([at(-70, -150), at(-112, -124), at(-60, -128)], INK)


def stormy_bay() -> Canvas:
    x: float
    y: float
    c = canvas("#3f5163", "#6f8494", "#a9b6b8")
    for x, y, w, shade in (
        (-80, 180, 900, 0.55),
        (700, 130, 1000, 0.6),
        (1300, 290, 900, 0.5),
        (300, 330, 800, 0.4),
    ):
        cloud(c, x, y, w, veil("#31414f", shade))
    hills(c, 620, 130, 19, "#5d7180", "#7e9098", foot=660)
    c.fade((0, 650, WIDTH, HEIGHT), "#5f8591", "#2d5a70", "#153a54")
    for row in range(6):
        depth = row / 5
        y = 690 + 420 * depth**1.2
        swell, period = 10 + 34 * depth, 120 + 170 * depth
        crest = [
            (x, y - swell * (1 - abs(math.sin(x / period + row * 1.9)) ** 0.7))
            for x in range(-20, WIDTH + 40, 12)
        ]
        tone = mix("#6d95a0", "#1d4a64", depth)
        c.polygon([(-20, HEIGHT), *crest, (WIDTH + 40, HEIGHT)], tone)
        c.line(crest, mix(tone, WHITE, 0.5), 3 + 5 * depth)
    rng = Random(31)
    for _ in range(120):
        spread = rng.gauss(0, 1)
        height = max(0.0, rng.gauss(150, 90)) * max(0.0, 1 - abs(spread) / 2.6)
        c.disc(960 + spread * 150, 1170 - height, rng.uniform(3, 15), veil(WHITE, rng.uniform(0.45, 0.85)))
    c.polygon([(0, 1200), (WIDTH, 1140), (WIDTH, HEIGHT), (0, HEIGHT)], "#4a5058")
    c.polygon([(0, 1176), (WIDTH, 1116), (WIDTH, 1146), (0, 1206)], "#6a7178")
    for x in range(80, WIDTH, 230):
        y = 1190 - x * 0.03
        c.box(x, y - 70, 34, 76, INK, 12)
        c.oval(x + 17, y - 70, 26, 12, "#39424b")
    for _ in range(260):
        x, y = rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT)
        c.streak(x, y, x - 20, y + 55, veil(WHITE, 0.25), 2)
    palm(c, 1780, 1160, 720, "#3d5d52", "#5a4a3e", -0.22)
    c.line([(250, 1180), (250, 760)], INK, 12)
    c.faded(
        smooth(
            [(250, 770), (330, 748), (420, 792), (506, 764), (506, 872), (420, 896), (330, 856), (250, 878)],
            8,
            closed=True,
        ),
        CORAL,
        BRICK,
    )
    return c


PICTURES = {
    "open-water-swim": swimmers,
    "lagoon": lagoon_with_flamingos,
    "stormy-bay": stormy_bay,
}
