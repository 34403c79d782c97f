"""Portraits of people who do not exist, 1200 by 1500."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from .canvas import Canvas, Colour, mix, smooth, veil
from .scenery import BRICK, CORAL, CREAM, DEEP, INK, MINT, NAVY, ROSE, SAND, SUN, TEAL, WHITE

WIDTH, HEIGHT = 1200, 1500
MIDDLE = WIDTH / 2


@dataclass(frozen=True)
class Look:
    ground: tuple[Colour, Colour]
    skin: Colour
    hair: Colour
    style: str  # short, side, curly, bald, long, bob, bun, wavy, scarf
    coat: Colour
    shirt: Colour = WHITE
    tie: Colour | None = None
    beard: Colour | None = None
    glasses: bool = False
    earrings: bool = False
    pin: bool = True
    face: float = 1.0


def portrait(look: Look) -> Canvas:
    c = Canvas(WIDTH, HEIGHT, *look.ground)
    c.disc(MIDDLE, 620, 520, veil(WHITE, 0.13))
    c.disc(MIDDLE, 620, 410, veil(WHITE, 0.12))
    _hair_behind(c, look)
    _shoulders(c, look)
    _head(c, look)
    _features(c, look)
    _hair_in_front(c, look)
    return c


def _shoulders(c: Canvas, look: Look) -> None:
    shade = mix(look.skin, BRICK, 0.28)
    c.faded(
        smooth(
            [
                (60, 1560),
                (110, 1270),
                (300, 1140),
                (470, 1080),
                (600, 1070),
                (730, 1080),
                (900, 1140),
                (1090, 1270),
                (1140, 1560),
            ],
            12,
            closed=True,
        ),
        mix(look.coat, WHITE, 0.1),
        mix(look.coat, NAVY, 0.2),
    )
    c.polygon([(420, 1080), (780, 1080), (690, 1500), (510, 1500)], look.shirt)
    c.box(505, 890, 190, 240, shade, 80)
    c.polygon([(505, 1050), (695, 1050), (600, 1170)], shade)
    if look.tie:
        c.polygon([(505, 1075), (600, 1170), (540, 1230), (450, 1100)], mix(look.shirt, NAVY, 0.06))
        c.polygon([(695, 1075), (600, 1170), (660, 1230), (750, 1100)], mix(look.shirt, NAVY, 0.06))
        c.polygon([(566, 1166), (634, 1166), (620, 1222), (580, 1222)], mix(look.tie, NAVY, 0.2))
        c.polygon([(580, 1222), (620, 1222), (656, 1500), (544, 1500)], look.tie)
        for i in range(4):
            y = 1270 + i * 62
            c.line([(560, y + 26), (640, y)], mix(look.tie, WHITE, 0.3), 7)
    else:
        c.polygon([(478, 1066), (600, 1240), (722, 1066), (690, 1050), (600, 1170), (510, 1050)], look.shirt)
        c.polygon([(512, 1052), (600, 1168), (688, 1052)], shade)
    lapel = mix(look.coat, NAVY, 0.3)
    c.polygon([(440, 1086), (385, 1180), (455, 1210), (420, 1250), (560, 1500), (500, 1250)], lapel)
    c.polygon([(760, 1086), (815, 1180), (745, 1210), (780, 1250), (640, 1500), (700, 1250)], lapel)
    if look.pin:
        c.disc(842, 1262, 17, SUN)
        c.disc(842, 1262, 9, mix(SUN, BRICK, 0.5))


def _head(c: Canvas, look: Look) -> None:
    wide = 186 * look.face
    for side in (-1, 1):
        c.oval(MIDDLE + side * wide, 700, 34, 54, mix(look.skin, BRICK, 0.14))
    outline = [
        (MIDDLE - wide, 640),
        (MIDDLE - wide * 0.95, 780),
        (MIDDLE - wide * 0.66, 900),
        (MIDDLE - wide * 0.24, 962),
        (MIDDLE + wide * 0.24, 962),
        (MIDDLE + wide * 0.66, 900),
        (MIDDLE + wide * 0.95, 780),
        (MIDDLE + wide, 640),
        (MIDDLE + wide * 0.78, 490),
        (MIDDLE, 430),
        (MIDDLE - wide * 0.78, 490),
    ]
    if look.beard and look.style != "scarf":
        c.blob([(x + (x - MIDDLE) * 0.04, y + (14 if y > 850 else 0)) for x, y in outline], look.beard)
        mask = [(MIDDLE - wide, 640), (MIDDLE - wide * 0.8, 770), (MIDDLE - 120, 826), (MIDDLE, 800)]
        right = [(2 * MIDDLE - x, y) for x, y in reversed(mask[:-1])]
        crown = [(MIDDLE + wide * 0.78, 490), (MIDDLE, 430), (MIDDLE - wide * 0.78, 490)]
        c.blob([*mask, *right, *crown], look.skin)
    else:
        c.blob(outline, look.skin)
    if look.earrings:
        for side in (-1, 1):
            c.disc(MIDDLE + side * (wide + 6), 766, 13, SUN)


def _features(c: Canvas, look: Look) -> None:
    brow = mix(look.hair if look.style not in ("bald", "scarf") else "#4b3a30", INK, 0.35)
    line = mix(look.skin, "#7a2f22", 0.45)
    for side in (-1, 1):
        x = MIDDLE + side * 82
        c.oval(x, 690, 24, 15, WHITE)
        c.disc(x, 690, 14, "#3b2a22")
        c.disc(x + 4, 685, 4.5, WHITE)
        c.arc(x, 692, 28, 22, 195, 345, mix(brow, INK, 0.4), 7)
        c.line(
            smooth([(x - side * 44, 640), (x, 622), (x + side * 46, 638)], 8),
            brow,
            15 if look.tie or look.beard else 10,
        )
        c.oval(MIDDLE + side * 112, 800, 40, 26, veil("#e8604c", 0.14))
    c.line(smooth([(MIDDLE + 4, 690), (MIDDLE + 30, 778), (MIDDLE - 4, 794)], 8), line, 8)
    lips = "#b5483f" if look.earrings or look.style in ("long", "bob", "bun", "wavy", "scarf") else line
    c.wedge(MIDDLE, 846, 66, 42, 12, 168, WHITE)
    c.arc(MIDDLE, 836, 74, 50, 16, 164, lips, 10)
    if look.beard:
        c.line(smooth([(MIDDLE - 84, 846), (MIDDLE, 812), (MIDDLE + 84, 846)], 8), look.beard, 30)
    if look.glasses:
        for side in (-1, 1):
            c.ring(MIDDLE + side * 84, 694, 60, INK, 9)
            c.line([(MIDDLE + side * 144, 684), (MIDDLE + side * 190, 672)], INK, 9)
        c.line([(MIDDLE - 26, 686), (MIDDLE, 676), (MIDDLE + 26, 686)], INK, 9)


def _hair_behind(c: Canvas, look: Look) -> None:
    h = mix(look.hair, NAVY, 0.18)
    if look.style == "long":
        c.blob(
            [
                (600, 380),
                (830, 480),
                (880, 780),
                (900, 1100),
                (800, 1230),
                (400, 1230),
                (300, 1100),
                (320, 780),
                (370, 480),
            ],
            h,
        )
    elif look.style == "wavy":
        c.blob(
            [
                (600, 370),
                (840, 470),
                (890, 660),
                (850, 800),
                (930, 960),
                (850, 1110),
                (350, 1110),
                (270, 960),
                (350, 800),
                (310, 660),
                (360, 470),
            ],
            h,
        )
    elif look.style == "bob":
        c.blob(
            [
                (600, 370),
                (820, 450),
                (868, 680),
                (850, 930),
                (740, 970),
                (460, 970),
                (350, 930),
                (332, 680),
                (380, 450),
            ],
            h,
        )
    elif look.style == "bun":
        c.disc(600, 330, 118, look.hair)
        c.arc(600, 340, 84, 84, 200, 330, mix(look.hair, WHITE, 0.15), 8)
    elif look.style == "scarf":
        c.blob(
            [
                (600, 350),
                (850, 470),
                (890, 760),
                (840, 1040),
                (900, 1190),
                (600, 1260),
                (300, 1190),
                (360, 1040),
                (310, 760),
                (350, 470),
            ],
            h,
        )


def _hair_in_front(c: Canvas, look: Look) -> None:
    hair, light = look.hair, mix(look.hair, WHITE, 0.12)
    if look.style == "short":
        c.blob(
            [
                (402, 670),
                (388, 540),
                (440, 420),
                (560, 372),
                (690, 380),
                (790, 450),
                (812, 560),
                (798, 670),
                (776, 580),
                (720, 510),
                (600, 496),
                (480, 512),
                (424, 580),
            ],
            hair,
        )
        c.line(smooth([(470, 450), (580, 408), (700, 424)], 8), light, 12)
    elif look.style == "side":
        c.blob(
            [
                (404, 680),
                (384, 540),
                (430, 420),
                (540, 350),
                (700, 350),
                (806, 430),
                (820, 560),
                (798, 680),
                (778, 590),
                (740, 530),
                (640, 520),
                (520, 470),
                (450, 540),
                (424, 600),
            ],
            hair,
        )
        c.line(smooth([(520, 464), (600, 400), (730, 400)], 8), light, 12)
    elif look.style == "curly":
        for x, y, r in (
            (410, 590, 62),
            (420, 500, 76),
            (480, 420, 84),
            (570, 378, 88),
            (670, 384, 86),
            (752, 436, 80),
            (790, 520, 72),
            (796, 600, 58),
            (540, 470, 72),
            (640, 468, 70),
            (706, 500, 60),
        ):
            c.disc(x, y, r, hair)
        for x, y in ((470, 400), (580, 356), (690, 372), (760, 450)):
            c.arc(x, y, 34, 34, 180, 320, light, 9)
    elif look.style == "bald":
        for side in (-1, 1):
            c.blob(
                [
                    (MIDDLE + side * 204, 700),
                    (MIDDLE + side * 206, 590),
                    (MIDDLE + side * 170, 520),
                    (MIDDLE + side * 176, 620),
                ],
                hair,
            )
        c.arc(640, 520, 100, 74, 250, 320, veil(WHITE, 0.9), 10)
    elif look.style in ("long", "wavy"):
        c.blob(
            [
                (390, 800),
                (366, 600),
                (420, 430),
                (590, 360),
                (780, 430),
                (836, 600),
                (810, 800),
                (790, 640),
                (700, 520),
                (560, 470),
                (470, 560),
                (412, 660),
            ],
            hair,
        )
        c.line(smooth([(560, 440), (680, 440), (770, 520)], 8), light, 12)
    elif look.style == "bob":
        c.blob(
            [
                (384, 880),
                (362, 620),
                (430, 430),
                (600, 366),
                (770, 430),
                (838, 620),
                (816, 880),
                (792, 700),
                (780, 600),
                (600, 566),
                (420, 600),
                (408, 700),
            ],
            hair,
        )
        c.line(smooth([(450, 480), (580, 420), (720, 440)], 8), light, 12)
    elif look.style == "bun":
        c.blob(
            [
                (404, 690),
                (386, 560),
                (440, 430),
                (600, 384),
                (760, 430),
                (814, 560),
                (796, 690),
                (770, 580),
                (690, 500),
                (600, 480),
                (510, 500),
                (430, 580),
            ],
            hair,
        )
        c.line(smooth([(470, 470), (590, 424), (720, 456)], 8), light, 10)
    elif look.style == "scarf":
        c.blob(
            [
                (410, 900),
                (372, 640),
                (424, 440),
                (600, 360),
                (776, 440),
                (828, 640),
                (790, 900),
                (800, 680),
                (760, 540),
                (600, 486),
                (440, 540),
                (400, 680),
            ],
            hair,
        )
        c.line(smooth([(420, 560), (500, 450), (620, 412)], 8), light, 12)
        c.blob(
            [
                (400, 860),
                (470, 960),
                (600, 1006),
                (730, 960),
                (800, 860),
                (830, 1060),
                (600, 1150),
                (370, 1060),
            ],
            hair,
        )
        c.line(smooth([(430, 960), (560, 1060), (740, 1040)], 8), light, 12)


LOOKS = {
    "isil-caglayan": Look(
        ("#0f5c84", "#5fb4d0"), "#f0c39c", "#5a3a28", "bob", "#1d3d5c", CREAM, earrings=True
    ),
    "oguz-denizmen": Look(("#c9d8de", "#e9efe9"), "#dba679", "#2d2622", "side", "#2c3f55", WHITE, tie=TEAL),
    "gulsen-inceoglu": Look(
        ("#f0c7a8", "#fbe9d2"), "#e9b78f", "#2a1f1b", "wavy", "#7d2f4a", CREAM, earrings=True
    ),
    "umit-sahbaz": Look(
        ("#93a9b5", "#d9e2e4"), "#e3b48c", "#a9a49d", "bald", "#3d4652", "#dfe8f0", tie=BRICK, glasses=True
    ),
    "ilgaz-tuncel": Look(
        ("#2d6a64", "#8fc4b0"),
        "#c98f63",
        "#3a2a22",
        "short",
        "#26343f",
        WHITE,
        tie="#c98a2b",
        beard="#3a2a22",
    ),
    "selcuk-bayindir": Look(
        ("#d9c39a", "#f6ead0"), "#d29a6e", "#6e655e", "short", "#45566a", "#cfe0ee", glasses=True
    ),
    "muruvvet-ilgin": Look(
        ("#5b3f74", "#b99ac4"), "#f3cba8", "#8b8378", "bun", "#2a2438", "#e9dff0", earrings=True
    ),
    "ceyhun-ozturkmen": Look(
        ("#1f4a7a", "#7fb0dc"), "#b97d52", "#1b1a20", "curly", "#55606c", "#f2efe6", glasses=True, pin=False
    ),
    "aslihan-guvenc": Look(("#2a93a3", "#b5e0e0"), "#e6b088", "#a8642f", "long", "#174a5c", WHITE),
    "hidir-korkut": Look(
        ("#5f8a4e", "#c3d9a8"), "#c58d62", "#cfcac2", "side", "#4b5a3f", "#f3ead6", beard="#cfcac2", pin=False
    ),
    "ayca-demirkol": Look(
        ("#ef8f6f", "#fbd9bd"), "#d8a076", "#241b1c", "curly", "#f0ead9", "#33485c", earrings=True
    ),
    "ibrahim-celebioglu": Look(
        ("#8a6b52", "#dcc7ac"), "#dba679", "#6b625b", "short", "#4a2f38", WHITE, tie=DEEP, beard="#7d746c"
    ),
    "tugba-soylu": Look((MINT, "#eef7ea"), "#efc29a", "#c9566a", "scarf", "#4a4f63", SAND, pin=True),
    "riza-isikli": Look(
        (ROSE, "#fbe7d6"),
        "#b97d52",
        "#2a211f",
        "bald",
        "#2f3d3a",
        CORAL,
        beard="#2a211f",
        pin=False,
        face=1.04,
    ),
}
PICTURES: dict[str, Callable[[], Canvas]] = {key: partial(portrait, look) for key, look in LOOKS.items()}
