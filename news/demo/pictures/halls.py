"""Pictures of a concert, a meeting and the council."""

from __future__ import annotations

from random import Random

from .canvas import Canvas, Colour, mix, smooth, veil
from .people import person
from .scenery import (
    AMBER,
    BRICK,
    CLOTHES,
    CORAL,
    CREAM,
    DEEP,
    HAIRS,
    HEIGHT,
    INK,
    NAVY,
    ROSE,
    SKINS,
    SUN,
    TEAL,
    WHITE,
    WIDTH,
    canvas,
    skyline,
)


def orchestra() -> Canvas:
    x: float
    c = canvas("#2a1733", "#5a2540", "#8a3a45")
    for i in range(13):
        x = i * 166 - 60
        c.fade((x, 0, x + 96, 760), "#6b2440", "#a83f48")
        c.fade((x + 96, 0, x + 166, 760), "#531c38", "#86303f")
    for x0, x1, x2 in ((300, 90, 700), (1000, 640, 1360), (1700, 1300, 1910)):
        c.beam([(x0 - 20, 0), (x0 + 20, 0), (x2, 1100), (x1, 1100)], "#ffe9bd", 0.4, 0.06)
    c.fade((0, 0, WIDTH, 90), "#1b0f24", "#301a38")
    for tier in range(3):
        y = 740 + tier * 130
        c.fade((0, y, WIDTH, y + 140), mix("#b57a4b", "#d9a267", tier / 2), "#8a5733")
        c.box(0, y, WIDTH, 8, "#e6b981")
    rng = Random(7)
    for tier, (y, count, size) in enumerate(((760, 11, 240), (900, 9, 280), (1050, 8, 330))):
        for i in range(count):
            x = WIDTH / 2 + (i - (count - 1) / 2) * (1780 / count) + rng.uniform(-8, 8)
            if abs(x - 1000) < 130 and tier == 2:
                continue
            _musician(c, x, y, size, rng, tier)
    c.fade((0, 1130, WIDTH, HEIGHT), "#8a5733", "#5c3822")
    c.box(850, 1120, 300, 60, "#6b4229", 8)
    _conductor(c, 1000, 1130, 470)
    for i in range(14):
        x = 70 + i * 146
        c.box(x - 62, 1250, 124, 120, "#7d2236", 40)
        c.disc(x + rng.uniform(-6, 6), 1246, 42, rng.choice(HAIRS))
        c.box(x - 16, 1270, 32, 40, rng.choice(SKINS), 10)
    return c


def _musician(c: Canvas, x: float, foot: float, size: float, rng: Random, tier: int) -> None:
    u = size / 100
    skin, hair = rng.choice(SKINS), rng.choice(HAIRS)
    c.blob(
        [
            (x - 15 * u, foot),
            (x - 17 * u, foot - 30 * u),
            (x - 9 * u, foot - 46 * u),
            (x + 9 * u, foot - 46 * u),
            (x + 17 * u, foot - 30 * u),
            (x + 15 * u, foot),
        ],
        "#20202c",
    )
    c.polygon([(x - 5 * u, foot - 46 * u), (x + 5 * u, foot - 46 * u), (x, foot - 28 * u)], WHITE)
    c.box(x - 3.4 * u, foot - 52 * u, 6.8 * u, 10 * u, mix(skin, NAVY, 0.12), 3 * u)
    if rng.random() < 0.5:
        c.box(x - 10 * u, foot - 66 * u, 20 * u, 21 * u, hair, 8 * u)
    c.oval(x, foot - 60 * u, 8.4 * u, 9.8 * u, skin)
    c.wedge(x, foot - 62 * u, 9.2 * u, 9.6 * u, 178, 362, hair)
    if tier == 0:
        c.polygon(
            [
                (x - 6 * u, foot - 40 * u),
                (x + 22 * u, foot - 52 * u),
                (x + 34 * u, foot - 66 * u),
                (x + 36 * u, foot - 44 * u),
                (x + 24 * u, foot - 46 * u),
                (x - 5 * u, foot - 36 * u),
            ],
            AMBER,
        )
    elif tier == 1:
        c.blob(
            [
                (x + 8 * u, foot),
                (x + 4 * u, foot - 14 * u),
                (x + 10 * u, foot - 22 * u),
                (x + 7 * u, foot - 34 * u),
                (x + 15 * u, foot - 40 * u),
                (x + 23 * u, foot - 34 * u),
                (x + 20 * u, foot - 22 * u),
                (x + 26 * u, foot - 14 * u),
                (x + 22 * u, foot),
            ],
            "#b5622f",
        )
        c.line([(x + 15 * u, foot - 40 * u), (x + 15 * u, foot - 62 * u)], "#5c3822", 2.6 * u)
        c.line([(x - 4 * u, foot - 22 * u), (x + 32 * u, foot - 28 * u)], CREAM, 1.4 * u)
    else:
        c.blob(
            [
                (x - 4 * u, foot - 44 * u),
                (x - 18 * u, foot - 52 * u),
                (x - 26 * u, foot - 46 * u),
                (x - 22 * u, foot - 40 * u),
                (x - 16 * u, foot - 40 * u),
                (x - 6 * u, foot - 38 * u),
            ],
            "#c2703a",
        )
        c.line([(x - 22 * u, foot - 46 * u), (x - 38 * u, foot - 52 * u)], "#5c3822", 2 * u)
        c.line([(x + 16 * u, foot - 32 * u), (x - 26 * u, foot - 62 * u)], CREAM, 1.4 * u)
    c.line(
        [(x + 13 * u, foot - 36 * u), (x + 20 * u, foot - 24 * u), (x + 10 * u, foot - 20 * u)],
        "#2b2b38",
        6 * u,
    )


def _conductor(c: Canvas, x: float, foot: float, size: float) -> None:
    u = size / 100
    for dx in (-6, 6):
        c.box(x + dx * u - 4.6 * u, foot - 48 * u, 9.2 * u, 48 * u, "#17171f", 3 * u)
    c.line(
        [(x - 10 * u, foot - 74 * u), (x - 26 * u, foot - 66 * u), (x - 36 * u, foot - 84 * u)],
        "#20202c",
        8 * u,
    )
    c.line(
        [(x + 10 * u, foot - 74 * u), (x + 26 * u, foot - 72 * u), (x + 32 * u, foot - 94 * u)],
        "#20202c",
        8 * u,
    )
    c.disc(x - 36 * u, foot - 86 * u, 3.6 * u, "#e6b088")
    c.disc(x + 32 * u, foot - 96 * u, 3.6 * u, "#e6b088")
    c.line([(x + 32 * u, foot - 97 * u), (x + 16 * u, foot - 120 * u)], CREAM, 1.6 * u)
    c.blob(
        [
            (x - 12 * u, foot - 34 * u),
            (x - 14 * u, foot - 66 * u),
            (x - 8 * u, foot - 81 * u),
            (x + 8 * u, foot - 81 * u),
            (x + 14 * u, foot - 66 * u),
            (x + 12 * u, foot - 34 * u),
        ],
        "#20202c",
    )
    c.polygon([(x - 10 * u, foot - 38 * u), (x, foot - 44 * u), (x - 4 * u, foot - 20 * u)], "#20202c")
    c.polygon([(x + 10 * u, foot - 38 * u), (x, foot - 44 * u), (x + 4 * u, foot - 20 * u)], "#20202c")
    c.box(x - 3.6 * u, foot - 86 * u, 7.2 * u, 8 * u, "#d29a6e", 3 * u)
    c.oval(x, foot - 93 * u, 8 * u, 9.4 * u, "#e6b088")
    c.oval(x, foot - 95 * u, 8.6 * u, 9 * u, "#8b8378")


def meeting_table() -> Canvas:
    x: float
    y: float
    c = canvas("#f2e6d2", "#e6d3b4")
    c.fade((430, 110, 1570, 720), "#8fd0ea", "#cfeaf0", "#fdf0d5")
    ridge = smooth([(430, 560), (640, 480), (880, 530), (1160, 460), (1570, 540)], 12)
    c.polygon([(430, 640), *ridge, (1570, 640)], "#8fb9c2")
    skyline(c, 620, 34, ("#e9e0d2", "#d9d0c6", "#f2e8da"), (20, 90), left=430, right=1500)
    c.fade((430, 610, 1570, 722), "#64bccb", "#2a86a8")
    for x in (430, 806, 1182, 1552):
        c.box(x - 6, 100, 28, 630, CREAM)
    for y in (96, 706):
        c.box(410, y, 1184, 26, CREAM)
    for x, flip in ((250, 1), (1750, -1)):
        c.fade((x - 190, 60, x + 190, 1000), "#b9543f", "#93402f")
        for i in range(6):
            c.box(x - 190 + i * 66, 60, 16, 940, veil(NAVY, 0.12))
        del flip
    c.box(40, 40, 1920, 30, "#8a5a3a", 10)
    c.fade((0, 1000, WIDTH, HEIGHT), "#a3734a", "#7f5738")
    _flag(c, 760, 880, (CORAL, WHITE), -1)
    _flag(c, 1240, 880, (DEEP, WHITE), 1)
    for x, seed, arms in ((420, 62, "down"), (640, 45, "book"), (1360, 30, "book"), (1580, 54, "down")):
        _delegate(c, x, 950, 560, seed, arms)
    c.faded([(180, 900), (1820, 900), (1960, 1180), (40, 1180)], "#9c6a45", "#7a4f32")
    c.box(40, 1180, 1920, 70, "#5f3c26", 10)
    c.polygon([(240, 912), (760, 912), (700, 930), (216, 930)], veil(WHITE, 0.14))
    for x in (420, 640, 1360, 1580):
        c.polygon([(x - 80, 980), (x + 80, 980), (x + 92, 1050), (x - 92, 1050)], WHITE)
        for i in range(3):
            c.box(x - 60, 996 + i * 15, 120, 5, "#c9d3d9", 2)
        c.box(x + 112, 960, 30, 60, veil("#bfe6f2", 0.9), 6)
        c.box(x + 112, 984, 30, 36, "#7cc9d8", 6)
    c.oval(1000, 1000, 150, 26, veil(NAVY, 0.25))
    c.polygon([(900, 960), (1100, 960), (1060, 1010), (940, 1010)], TEAL)
    rng = Random(3)
    for _ in range(26):
        x, y = 1000 + rng.uniform(-110, 110), 930 + rng.uniform(-50, 26)
        c.disc(x, y, rng.uniform(15, 26), rng.choice((CORAL, ROSE, WHITE, SUN)))
        c.disc(x, y, 6, AMBER)
    return c


def _flag(c: Canvas, x: float, foot: float, colours: tuple[Colour, Colour], side: int) -> None:
    c.oval(x, foot + 20, 60, 16, INK)
    c.line([(x, foot + 20), (x, foot - 500)], "#c9a35a", 12)
    c.disc(x, foot - 512, 16, AMBER)
    edge = smooth(
        [
            (x, foot - 490),
            (x + side * 110, foot - 470),
            (x + side * 200, foot - 380),
            (x + side * 170, foot - 200),
        ],
        10,
    )
    hem = smooth([(x + side * 170, foot - 200), (x + side * 90, foot - 190), (x, foot - 250)], 10)
    c.polygon([*edge, *hem], colours[0])
    fold = smooth(
        [
            (x, foot - 410),
            (x + side * 80, foot - 390),
            (x + side * 150, foot - 300),
            (x + side * 140, foot - 200),
        ],
        10,
    )
    inner = smooth([(x + side * 110, foot - 196), (x + side * 70, foot - 290), (x, foot - 340)], 10)
    c.polygon([*fold, *inner], colours[1])
    c.line(
        smooth([(x + side * 40, foot - 480), (x + side * 80, foot - 340), (x + side * 60, foot - 220)], 10),
        mix(colours[0], NAVY, 0.25),
        8,
    )


def _delegate(c: Canvas, x: float, foot: float, size: float, seed: int, arms: str) -> None:
    person(c, x, foot, size, seed, seated=True, arms=arms)
    u = size / 100
    shoulder = foot - 34 * u
    suit = ("#2b3a4f", "#44546b", "#3b3347", "#26404a")[seed % 4]
    c.blob(
        [
            (x - 13.5 * u, foot + 2 * u),
            (x - 14 * u, shoulder + 9 * u),
            (x - 7 * u, shoulder),
            (x + 7 * u, shoulder),
            (x + 14 * u, shoulder + 9 * u),
            (x + 13.5 * u, foot + 2 * u),
        ],
        suit,
    )
    c.polygon([(x - 5 * u, shoulder - 1 * u), (x + 5 * u, shoulder - 1 * u), (x, shoulder + 18 * u)], WHITE)
    c.polygon(
        [
            (x - 1.4 * u, shoulder + 1 * u),
            (x + 1.4 * u, shoulder + 1 * u),
            (x + 2 * u, shoulder + 13 * u),
            (x, shoulder + 17 * u),
            (x - 2 * u, shoulder + 13 * u),
        ],
        (CORAL, DEEP, TEAL, BRICK)[seed % 4],
    )
    skin = Random(seed).choice(SKINS)
    c.box(x - 3 * u, shoulder - 6 * u, 6 * u, 7.5 * u, mix(skin, NAVY, 0.12), 2.5 * u)


def council_hall() -> Canvas:
    x: float
    c = canvas("#e9dcc6", "#d9c6a6")
    for i in range(14):
        c.box(i * 150, 0, 12, 640, veil("#8a5a3a", 0.35))
    c.fade((700, 60, 1300, 560), "#9c6a45", "#7d5236")
    c.ring(1000, 270, 130, AMBER, 12)
    c.disc(1000, 270, 112, DEEP)
    c.box(984, 190, 32, 130, CREAM, 6)
    c.disc(1000, 222, 13, AMBER)
    c.wedge(1000, 192, 24, 22, 180, 360, CREAM)
    for i in range(3):
        c.line(
            smooth(
                [
                    (916, 322 + i * 18),
                    (958, 312 + i * 18),
                    (1000, 322 + i * 18),
                    (1042, 332 + i * 18),
                    (1084, 322 + i * 18),
                ],
                8,
            ),
            CREAM,
            7,
        )
    for x, colour in ((620, CORAL), (1380, DEEP)):
        _flag(c, x, 560, (colour, WHITE), 1 if x < 1000 else -1)
    for x, seed in ((860, 50), (1000, 62), (1140, 74)):
        _delegate(c, x, 600, 250, seed, "down")
    c.fade((760, 590, 1240, 700), "#8a5a3a", "#6b4229")
    c.box(740, 576, 520, 22, "#a87148", 6)
    c.fade((0, 690, WIDTH, HEIGHT), "#b0573f", "#7f3c2f")
    rng = Random(4)
    for row in range(4):
        y = 790 + row * 150
        k = 0.8 + row * 0.28
        count = 12 - row * 2
        for i in range(count):
            t = (i - (count - 1) / 2) / ((count - 1) / 2)
            if abs(t) < 0.12 + 0.02 * row:
                continue
            x = 1000 + t * (880 + row * 60)
            top = y + 50 * t * t
            skin, hair, coat = (
                rng.choice(SKINS),
                rng.choice(HAIRS),
                rng.choice((*CLOTHES, "#2b3a4f", "#44546b")),
            )
            c.box(x - 46 * k, top - 60 * k, 92 * k, 110 * k, coat, 38 * k)
            c.box(x - 10 * k, top - 76 * k, 20 * k, 26 * k, skin, 6)
            c.oval(x, top - 94 * k, 25 * k, 29 * k, skin)
            c.oval(x, top - 100 * k, 27 * k, 27 * k, hair)
            c.box(x - 66 * k, top - 6 * k, 132 * k, 86 * k, "#6b4229", 16 * k)
            c.box(x - 66 * k, top - 6 * k, 132 * k, 14 * k, "#8a5a3a", 7 * k)
    c.polygon([(960, 700), (1040, 700), (1180, HEIGHT), (820, HEIGHT)], "#e0c9a2")
    return c


PICTURES = {
    "orchestra": orchestra,
    "meeting": meeting_table,
    "council-hall": council_hall,
}
