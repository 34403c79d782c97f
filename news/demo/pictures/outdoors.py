"""Pictures of a market, a park and a race."""

from __future__ import annotations

from random import Random

from .canvas import Canvas, Colour, mix, smooth, veil
from .people import person
from .scenery import (
    AMBER,
    CORAL,
    CREAM,
    DEEP,
    HEIGHT,
    INK,
    LEAF,
    MINT,
    NAVY,
    OLIVE,
    PINE,
    ROSE,
    STONE,
    SUN,
    TEAL,
    WHITE,
    WIDTH,
    canvas,
    cloud,
    hills,
    house,
    palm,
    skyline,
    tree,
)


def market_stalls() -> Canvas:
    c = canvas("#9fd3e6", "#e3f1ea", "#fff3da")
    c.glow(1000, 160, 500, WHITE, 0.6)
    for i, (x, w, h, wall) in enumerate(
        (
            (-30, 330, 560, "#e8c9a5"),
            (300, 290, 480, "#d99a7a"),
            (590, 340, 600, "#f0dcc0"),
            (930, 300, 500, "#b9cdc6"),
            (1230, 340, 620, "#e6b88f"),
            (1570, 290, 520, "#f1e2c9"),
            (1860, 240, 590, "#cf8f78"),
        )
    ):
        house(c, x, 820, w, h, wall, "#a4513c", i + 3)
    c.fade((0, 812, WIDTH, HEIGHT), "#d8c5a6", "#b89f7c")
    rng = Random(6)
    for row in range(9):
        y = 850 + row * 58
        for i in range(28):
            c.box(i * 80 + (row % 2) * 40 - 40, y, 74, 52, veil(rng.choice((WHITE, NAVY)), 0.05), 8)
    for x, seed in ((160, 2), (660, 61), (1190, 63), (1500, 14), (1830, 45)):
        person(c, x, 1090, 330, seed)
    for x, colours, goods in (
        (40, (CORAL, CREAM), ("#d9412f", "#e9702f")),
        (700, (TEAL, CREAM), (LEAF, OLIVE)),
        (1360, (AMBER, CREAM), ("#f0b429", "#8c4a6e")),
    ):
        _stall(c, x, 1130, colours, goods, rng)
    for x, seed, arms in ((620, 10, "down"), (1290, 42, "book"), (1900, 19, "down")):
        c.oval(x, 1300, 62, 11, veil(NAVY, 0.25))
        person(c, x, 1298, 420, seed, arms=arms, back=True)
    return c


def _stall(
    c: Canvas, x: float, foot: float, cloth: tuple[Colour, Colour], goods: tuple[Colour, Colour], rng: Random
) -> None:
    width = 560
    c.oval(x + width / 2, foot + 70, width * 0.56, 20, veil(NAVY, 0.25))
    for dx in (14, width - 28):
        c.box(x + dx, foot - 440, 14, 500, "#7b573d")
    c.box(x, foot - 70, width, 136, "#a87b54", 8)
    for i in range(5):
        c.box(x + 8 + i * 110, foot - 62, 102, 120, "#b98b62", 6)
    for tier in range(2):
        y = foot - 84 - tier * 62
        for crate in range(4):
            cx = x + 26 + crate * 130
            colour = goods[(crate + tier) % 2]
            for i in range(6):
                for j in range(2):
                    c.disc(
                        cx + 12 + i * 19 + rng.uniform(-3, 3),
                        y - 14 - j * 15,
                        14,
                        mix(colour, WHITE, rng.uniform(0, 0.3)),
                    )
            c.box(cx - 8, y - 12, 124, 36, "#8a6243", 5)
            c.box(cx - 8, y + 2, 124, 5, "#6f4d35")
    stripes = 8
    step = width / stripes
    for i in range(stripes):
        left = x - 24 + i * (step + 6)
        right = left + step + 6
        top_l, top_r = x + 40 + i * (width - 80) / stripes, x + 40 + (i + 1) * (width - 80) / stripes
        c.polygon(
            [(top_l, foot - 520), (top_r, foot - 520), (right, foot - 396), (left, foot - 396)], cloth[i % 2]
        )
        c.wedge((left + right) / 2, foot - 396, (right - left) / 2, 34, 0, 180, mix(cloth[i % 2], NAVY, 0.1))


def park() -> Canvas:
    x: float
    y: float
    c = canvas("#94d0e8", "#d6eef0", "#fdf6df")
    c.glow(1620, 210, 400, CREAM, 0.95)
    c.disc(1620, 210, 66, "#fffbe8")
    cloud(c, 260, 210, 380, veil(WHITE, 0.9))
    skyline(c, 640, 51, ("#d9dfdd", "#c9d3d2", "#e6e6df"), (70, 210))
    hills(c, 690, 110, 26, "#8fc08d", "#79b06f", foot=760)
    c.fade((0, 720, WIDTH, HEIGHT), "#9ccb6f", "#549a4e")
    rng = Random(17)
    for i in range(15):
        tree(
            c,
            -20 + i * 146 + rng.uniform(-30, 30),
            770,
            rng.uniform(230, 330),
            mix(LEAF, PINE, rng.random() * 0.5),
        )
    path = smooth([(900, 770), (1080, 850), (760, 980), (1000, 1140), (1400, HEIGHT + 10)], 14)
    other = smooth([(400, HEIGHT + 10), (560, 1140), (560, 980), (980, 850), (860, 770)], 14)
    c.polygon([*path, *other], "#ead9b8")
    c.oval(1440, 960, 330, 80, "#5cb3c9")
    c.oval(1440, 954, 318, 70, "#7cc9d8")
    for rx in (110, 70, 34):
        c.arc(1440, 940, rx, rx * 2.3, 200, 340, "#dff4f8", 7)
        c.arc(1440, 1020 - rx, rx, 150, 180, 360, "#dff4f8", 6)
    c.box(1424, 900, 32, 62, STONE, 8)
    for x, y, size in ((170, 1190, 620), (1830, 1250, 700)):
        c.oval(x, y, size * 0.3, 20, veil(NAVY, 0.2))
        tree(c, x, y, size, mix(LEAF, OLIVE, 0.4))
    c.blob([(430, 1090), (800, 1080), (860, 1150), (480, 1170)], CORAL)
    for i in range(5):
        c.line([(470 + i * 80, 1088), (500 + i * 84, 1160)], CREAM, 7)
    for x, seed, arms in ((560, 71, "out"), (700, 24, "up")):
        person(c, x, 1110, 260, seed, seated=True, arms=arms)
    c.box(600, 1088, 70, 44, "#9a6a45", 8)
    for x, y, size, seed in ((960, 1000, 250, 31), (1050, 1004, 170, 52), (800, 880, 180, 9)):
        c.oval(x, y, size * 0.16, 6, veil(NAVY, 0.2))
        person(c, x, y, size, seed)
    for _ in range(120):
        x, y = rng.uniform(0, WIDTH), rng.uniform(1170, HEIGHT)
        c.disc(x, y, rng.uniform(4, 8), rng.choice((WHITE, SUN, ROSE)))
    return c


def runners() -> Canvas:
    c = canvas("#f6b78d", "#fbdcb5", "#fff3dc")
    c.glow(980, 520, 560, "#fff3cf", 0.95)
    c.disc(980, 540, 96, "#fffbe6")
    hills(c, 640, 150, 61, "#c99aa0", "#e4bfae", foot=700)
    skyline(c, 700, 27, ("#b98a8f", "#c79a99", "#a87b86"), (40, 170), "#ffe0b0")
    c.fade((0, 696, WIDTH, 800), "#8fc4c6", "#5ba0b2")
    c.polygon([(0, 800), (WIDTH, 800), (WIDTH, HEIGHT), (0, HEIGHT)], "#5d6872")
    c.fade((0, 796, WIDTH, 826), "#efe3cb", "#dccbab")
    c.fade((0, 826, WIDTH, HEIGHT), "#77828a", "#4d5761")
    for x in range(-900, WIDTH + 900, 330):
        c.polygon(
            [
                (1000 + (x - 1000) * 0.42, 826),
                (1000 + (x - 1000) * 0.42 + 8, 826),
                (x + 26, HEIGHT),
                (x - 4, HEIGHT),
            ],
            veil(WHITE, 0.3),
        )
    for x, lean in ((120, 0.06), (1890, -0.06)):
        palm(c, x, 870, 560, "#54784f", "#7a5a45", lean)
    c.box(360, 330, 26, 520, DEEP)
    c.box(1614, 330, 26, 520, DEEP)
    c.box(340, 300, 1320, 130, DEEP, 12)
    for i in range(22):
        for j in range(2):
            c.box(340 + i * 60, 404 + j * 13, 30, 13, WHITE if (i + j) % 2 else INK)
            c.box(370 + i * 60, 404 + j * 13, 30, 13, INK if (i + j) % 2 else WHITE)
    for i in range(5):
        c.disc(800 + i * 100, 352, 20, (CORAL, SUN, MINT, ROSE, WHITE)[i])
    for x, y, k, seed in (
        (720, 930, 0.62, 1),
        (900, 920, 0.6, 2),
        (1080, 935, 0.64, 3),
        (1270, 925, 0.6, 4),
        (500, 1130, 0.95, 5),
        (1480, 1140, 0.98, 6),
        (820, 1240, 1.2, 7),
        (1150, 1260, 1.25, 8),
    ):
        _runner(c, x, y, k, seed)
    return c


def _runner(c: Canvas, x: float, foot: float, k: float, seed: int) -> None:
    rng = Random(seed * 7)
    skin = rng.choice(("#e6b088", "#d29a6e", "#b97d52", "#f3cba8"))
    shirt = (CORAL, TEAL, SUN, "#7a5aa6", DEEP, "#d9597b", WHITE, LEAF)[seed % 8]
    side = 1 if seed % 2 else -1

    def at(dx: float, dy: float) -> tuple[float, float]:
        return x + dx * k * side, foot + dy * k

    c.oval(x, foot + 6, 90 * k, 12 * k, veil(NAVY, 0.3))
    c.line([at(0, -190), at(-52, -110), at(-92, -150)], mix(skin, NAVY, 0.12), 30 * k)
    c.line([at(-92, -150), at(-112, -138)], INK, 24 * k)
    c.line([at(0, -190), at(46, -112), at(22, -14)], skin, 32 * k)
    c.line([at(18, -8), at(48, -6)], CORAL if shirt != CORAL else SUN, 24 * k)
    c.line([at(-2, -206), at(-34, -150)], "#2b3a4a", 44 * k)
    c.line([at(2, -206), at(36, -150)], "#33465a", 46 * k)
    c.line([at(10, -318), at(-44, -270), at(-14, -224)], mix(skin, NAVY, 0.12), 21 * k)
    c.line([at(0, -216), at(12, -320)], shirt, 72 * k)
    c.box(x - 24 * k, foot - 306 * k, 48 * k, 38 * k, WHITE, 4)
    c.line([at(16, -322), at(66, -270), at(92, -316)], skin, 22 * k)
    c.disc(*at(92, -318), 13 * k, skin)
    c.line([at(14, -340), at(17, -366)], skin, 22 * k)
    c.oval(*at(20, -398), 34 * k, 39 * k, skin)
    c.wedge(*at(18, -404), 37 * k, 39 * k, 178, 362, rng.choice(("#2a1f1b", "#4b3326", "#1b1a20", "#6d4a2f")))


PICTURES = {
    "market": market_stalls,
    "park": park,
    "half-marathon": runners,
}
