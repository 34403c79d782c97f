"""Pictures of the bay and its shore."""

from __future__ import annotations

from random import Random

from .canvas import Canvas, mix, veil
from .people import person
from .scenery import (
    AMBER,
    BLUE,
    CORAL,
    CREAM,
    DEEP,
    HEIGHT,
    INK,
    LEAF,
    MIST,
    NAVY,
    OLIVE,
    ROSE,
    STONE,
    SUN,
    TEAL,
    WHITE,
    WIDTH,
    canvas,
    clock_tower,
    cloud,
    gulls,
    hills,
    palm,
    sea,
    skyline,
    sun_path,
)


def clock_tower_at_sunset() -> Canvas:
    c = canvas("#2d3a6b", "#8d5a86", "#ee8468", "#ffc987")
    c.glow(1380, 760, 620, SUN, 0.9)
    c.disc(1380, 770, 92, "#fff0c4")
    cloud(c, 200, 300, 420, veil(ROSE, 0.45))
    cloud(c, 1300, 220, 520, veil(ROSE, 0.35))
    hills(c, 850, 150, 4, "#8a5676", "#b56b74", foot=880)
    skyline(c, 880, 9, ("#6d4a6e", "#7a5272", "#604264"), (40, 130), "#ffd9a0")
    sea(c, 880, 1120, ("#e98e6e", "#8a5a7c", "#4a4470"), 3, "#ffe2b8")
    sun_path(c, 1380, 880, 1120, "#fff0c4", 5)
    c.fade((0, 1110, WIDTH, HEIGHT), "#5a4866", "#2f2a4c")
    for y, h in ((1118, 3), (1168, 4), (1238, 5)):
        c.box(0, y, WIDTH, h, veil(NAVY, 0.25))
    for i in range(-9, 10):
        c.line([(640 + i * 70, 1112), (640 + i * 260, HEIGHT)], mix("#4a3d5e", "#2f2a4c", 0.4), 3)
    c.oval(660, 1196, 330, 30, veil(NAVY, 0.4))
    clock_tower(c, 640, 1190, 1010, "#f0d5b4", "#6b4560")
    for x, size, seed in ((1010, 190, 3), (1090, 180, 8), (1480, 205, 21), (330, 185, 30)):
        person(c, x, 1230, size, seed, back=True)
    gulls(c, 4, 9, 1050, 330, 330, "#3d3560")
    return c


def ferry_crossing() -> Canvas:
    c = canvas("#7cc4e6", "#bfe3ef", "#fdf0d5")
    c.glow(420, 300, 380, WHITE, 0.9)
    cloud(c, 1250, 210, 430, veil(WHITE, 0.85))
    cloud(c, 260, 340, 330, veil(WHITE, 0.7))
    cloud(c, 860, 130, 240, veil(WHITE, 0.6))
    hills(c, 640, 210, 12, "#86b3c2", "#b3d2d2", foot=690)
    hills(c, 670, 110, 8, "#5c96a5", "#8bbcb9", foot=690)
    skyline(c, 690, 14, ("#e7ddcf", "#d7cbbd", "#f2e8da", "#c7beb8"), (30, 105))
    sea(c, 690, HEIGHT, ("#69c0cf", "#2c93b4", "#0d5c86"), 7)
    _ferry(c, 330, 960, 1.0)
    rng = Random(2)
    for side in (0, 1):
        for i in range(26):
            x = 250 + i * 58 + rng.uniform(-12, 12)
            c.oval(x, 968 + side * 10 + rng.uniform(-4, 4), rng.uniform(26, 58), 9, veil(WHITE, 0.8))
    for i in range(10):
        c.box(40 + i * 26, 985 + i * 3, 230, 7, veil(WHITE, 0.35), 4)
    gulls(c, 6, 8, 1460, 430, 320, WHITE)
    gulls(c, 9, 4, 520, 520, 220, WHITE)
    return c


def _ferry(c: Canvas, x: float, water: float, k: float) -> None:
    def px(v: float) -> float:
        return x + v * k

    c.box(px(250), water - 330 * k, 860 * k, 190 * k, WHITE, 16)
    c.box(px(330), water - 450 * k, 620 * k, 130 * k, WHITE, 16)
    c.box(px(330), water - 452 * k, 620 * k, 16 * k, DEEP, 8)
    c.box(px(700), water - 545 * k, 190 * k, 100 * k, WHITE, 14)
    c.box(px(690), water - 552 * k, 210 * k, 16 * k, CORAL, 8)
    c.box(px(716), water - 522 * k, 158 * k, 42 * k, NAVY, 8)
    c.box(px(440), water - 560 * k, 110 * k, 116 * k, CORAL, 10)
    c.box(px(440), water - 540 * k, 110 * k, 26 * k, WHITE)
    c.line([(px(795), water - 552 * k), (px(795), water - 660 * k)], INK, 7)
    c.polygon([(px(795), water - 660 * k), (px(872), water - 640 * k), (px(795), water - 616 * k)], CORAL)
    for i in range(9):
        c.box(px(362 + i * 64), water - 410 * k, 44 * k, 58 * k, BLUE, 8)
        c.box(px(362 + i * 64), water - 410 * k, 44 * k, 24 * k, veil(WHITE, 0.3), 8)
    for i in range(12):
        c.box(px(288 + i * 66), water - 292 * k, 44 * k, 62 * k, mix(NAVY, BLUE, 0.5), 8)
        c.box(px(288 + i * 66), water - 292 * k, 44 * k, 26 * k, veil(WHITE, 0.25), 8)
    c.box(px(236), water - 196 * k, 890 * k, 14 * k, SUN, 6)
    hull = [
        (px(60), water - 168 * k),
        (px(1290), water - 168 * k),
        (px(1190), water + 18 * k),
        (px(150), water + 18 * k),
    ]
    c.faded(hull, "#17527f", NAVY)
    c.polygon(
        [
            (px(66), water - 156 * k),
            (px(1283), water - 156 * k),
            (px(1270), water - 132 * k),
            (px(80), water - 132 * k),
        ],
        WHITE,
    )
    for i in range(14):
        c.disc(px(210 + i * 70), water - 84 * k, 13 * k, mix(BLUE, WHITE, 0.55))
        c.disc(px(210 + i * 70), water - 84 * k, 8 * k, NAVY)


def seafront_with_palms() -> Canvas:
    x: float
    y: float
    c = canvas("#5fb4dd", "#a9daea", "#fbeed2")
    c.glow(1650, 240, 420, CREAM, 0.95)
    c.disc(1650, 240, 74, "#fffbe8")
    hills(c, 560, 190, 22, "#7fb0c4", "#aed0d6", foot=610)
    skyline(c, 610, 31, ("#dfe3e2", "#cfd8da", "#efe9df"), (20, 80), left=900)
    sea(c, 610, 830, ("#7cc9d4", "#2f98b8"), 13)
    c.polygon([(1180, 690), (1206, 560), (1210, 690)], WHITE)
    c.polygon([(1216, 690), (1212, 590), (1270, 690)], mix(WHITE, MIST, 0.6))
    c.polygon([(1160, 696), (1290, 696), (1268, 716), (1182, 716)], CORAL)
    c.box(0, 826, WIDTH, 22, mix(STONE, WHITE, 0.4))
    c.fade((0, 846, WIDTH, 960), "#f3e4c6", "#e9d6b2")
    for x in range(-40, WIDTH, 130):
        c.line([(x, 956), (x + 56, 850)], "#dcc69f", 4)
    c.fade((0, 956, WIDTH, 1110), "#d7785c", "#c4654b")
    for x in range(20, WIDTH, 260):
        c.box(x, 1026, 130, 10, veil(WHITE, 0.7), 5)
    c.fade((0, 1110, WIDTH, HEIGHT), "#7fb35e", "#4f8a4d")
    rng = Random(5)
    for _ in range(90):
        x, y = rng.uniform(0, WIDTH), rng.uniform(1130, HEIGHT - 10)
        c.disc(x, y, rng.uniform(5, 11), rng.choice((SUN, CORAL, WHITE, ROSE)))
        c.disc(x, y, 3, AMBER)
    for x, size, lean in ((170, 660, 0.06), (560, 560, -0.05), (1480, 610, 0.05), (1860, 690, -0.07)):
        c.oval(x, 1128, 90, 16, veil(NAVY, 0.25))
        palm(c, x, 1128, size, "#3f8a55", "#8a6446", lean)
    _bench(c, 820, 944)
    for x, seed, arms in ((640, 4, "down"), (1120, 15, "down"), (1196, 16, "down"), (1330, 27, "out")):
        c.oval(x, 946, 34, 7, veil(NAVY, 0.22))
        person(c, x, 944, 210, seed, arms=arms)
    _cyclist(c, 400, 1050, 1.0)
    _cyclist(c, 1650, 1062, 1.05)
    gulls(c, 12, 6, 900, 300, 260, WHITE)
    return c


def _bench(c: Canvas, x: float, foot: float) -> None:
    for dx in (0, 170):
        c.box(x + dx, foot - 62, 12, 62, INK, 4)
    c.box(x - 20, foot - 70, 222, 14, "#9a6a45", 5)
    c.box(x - 20, foot - 122, 222, 14, "#9a6a45", 5)
    c.box(x - 20, foot - 100, 222, 14, "#9a6a45", 5)


def _cyclist(c: Canvas, x: float, ground: float, k: float) -> None:
    r = 58 * k
    for dx in (-84, 84):
        c.ring(x + dx * k, ground - r, r, INK, 7 * k)
        c.disc(x + dx * k, ground - r, 7 * k, INK)
    hub, crank = (x - 84 * k, ground - r), (x - 8 * k, ground - r + 6)
    seat, head = (x - 38 * k, ground - 138 * k), (x + 58 * k, ground - 146 * k)
    for a, b in ((hub, crank), (hub, seat), (crank, seat), (crank, head), (seat, head)):
        c.line([a, b], CORAL, 8 * k)
    c.line([(x + 84 * k, ground - r), head, (x + 48 * k, ground - 176 * k)], CORAL, 8 * k)
    c.line([(x + 48 * k, ground - 176 * k), (x + 76 * k, ground - 184 * k)], INK, 8 * k)
    c.box(x - 66 * k, ground - 152 * k, 58 * k, 14 * k, INK, 6)
    c.line([(x - 38 * k, ground - 156 * k), (x + 16 * k, ground - 100 * k), crank], "#2b4a66", 22 * k)
    c.line([(x - 36 * k, ground - 164 * k), (x + 14 * k, ground - 254 * k)], TEAL, 46 * k)
    c.line([(x + 18 * k, ground - 244 * k), (x + 60 * k, ground - 186 * k)], mix(TEAL, NAVY, 0.25), 17 * k)
    c.disc(x + 36 * k, ground - 304 * k, 29 * k, "#e6b088")
    c.wedge(x + 35 * k, ground - 310 * k, 34 * k, 33 * k, 175, 368, SUN)


def bicycle_path() -> Canvas:
    c = canvas("#8fd0ea", "#d3edf0", "#fff5dc")
    c.glow(300, 260, 360, WHITE, 0.8)
    cloud(c, 1180, 190, 420, veil(WHITE, 0.9))
    cloud(c, 420, 300, 260, veil(WHITE, 0.7))
    hills(c, 620, 220, 41, "#7eb29c", "#b5d6bd", foot=700)
    hills(c, 680, 120, 17, "#5d9a76", "#8fc096", foot=760)
    sea(c, 690, 800, ("#84cfd8", "#4aaac0"), 19)
    c.fade((0, 796, WIDTH, HEIGHT), "#93c26a", "#5c9a50")
    lane = [(880, 796), (1010, 796), (1560, HEIGHT), (300, HEIGHT)]
    c.faded(lane, "#d9866a", "#c25f47")
    c.line([(880, 796), (300, HEIGHT)], "#f6e5cf", 12)
    c.line([(1010, 796), (1560, HEIGHT)], "#f6e5cf", 12)
    y = 806.0
    while y < HEIGHT:
        depth = (y - 796) / (HEIGHT - 796)
        x = 945 - 15 * depth
        half, length = 2 + 9 * depth, 14 + 60 * depth
        c.polygon(
            [(x - half, y), (x + half, y), (x + half * 1.3, y + length), (x - half * 1.3, y + length)],
            WHITE,
        )
        y += length * 2.1
    rng = Random(8)
    for side in (-1, 1):
        for i in range(6):
            depth = (i / 5) ** 1.6
            x = 945 + side * (120 + 880 * depth)
            _round_tree(c, x, 800 + 330 * depth, 120 + 420 * depth, mix(LEAF, OLIVE, rng.random()))
    _cyclist(c, 780, 1190, 1.35)
    _cyclist(c, 1130, 1010, 0.8)
    gulls(c, 3, 5, 1500, 330, 240, WHITE)
    return c


def _round_tree(c: Canvas, x: float, foot: float, size: float, leaf: tuple[int, int, int]) -> None:
    c.oval(x, foot, size * 0.3, size * 0.04, veil(NAVY, 0.18))
    c.box(x - size * 0.035, foot - size * 0.5, size * 0.07, size * 0.5, "#76533a", 4)
    c.oval(x, foot - size * 0.68, size * 0.27, size * 0.34, mix(leaf, NAVY, 0.15))
    c.oval(x - size * 0.04, foot - size * 0.71, size * 0.21, size * 0.28, leaf)
    c.oval(x - size * 0.08, foot - size * 0.8, size * 0.1, size * 0.13, mix(leaf, SUN, 0.25))


PICTURES = {
    "clock-tower": clock_tower_at_sunset,
    "ferry": ferry_crossing,
    "seafront": seafront_with_palms,
    "bicycle-path": bicycle_path,
}
