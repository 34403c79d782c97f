"""What is looked at before the portal starts, so that nobody has to remember it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core import checks
from django.core.checks import CheckMessage, Error, register

#: WCAG 2.2: 1.4.3 (AA), 1.4.6 (AAA), 1.4.11 for the lines of controls.
LEAST, WISHED, LEAST_OF_LINES = 4.5, 7.0, 3.0

GROUNDS = ("bg", "soft", "inset")
TEXTS = ("ink", "ink-soft", "link", "link-hover", "visited", "label")
PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    ("on-brand", "brand"),
    ("on-band", "band"),
    ("on-mark", "mark"),
    ("ok", "ok-bg"),
    ("warn", "warn-bg"),
    ("alert", "alert-bg"),
]
LINES = [("line-strong", "bg"), ("line-strong", "soft"), ("brand", "bg"), ("focus", "halo")]

TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,8})\s*;")
DARK = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)")

Palette = dict[str, str]


@register("look")
def palette_is_readable(**_: Any) -> list[CheckMessage]:
    """A municipality may replace `tokens.css`; it may not make the site hard to read."""
    found = finders.find("css/tokens.css")
    if not found:
        return [Error("static/css/tokens.css is missing.", id="news.E001")]
    light, dark = palettes(Path(found).read_text())
    return [*_faults(light, "light"), *_faults(dark, "dark")]


def palettes(css: str) -> tuple[Palette, Palette]:
    """The colours of the light and the dark scheme; the dark one changes what it names."""
    bright, _, dim = DARK.sub("\0", css).partition("\0")
    light = dict(TOKEN.findall(bright))
    return light, light | dict(TOKEN.findall(dim))


def _faults(palette: Palette, scheme: str) -> Iterator[CheckMessage]:
    for text, ground in [*PAIRS, *LINES]:
        if text not in palette or ground not in palette:
            yield Error(f"tokens.css names no colour --{text} or --{ground}.", id="news.E002")
            continue
        ratio = contrast(palette[text], palette[ground])
        least = LEAST if (text, ground) in PAIRS else LEAST_OF_LINES
        told = f"--{text} on --{ground} has a contrast of {ratio:.1f} in the {scheme} scheme"
        if ratio < least:
            yield Error(f"{told}; at least {least} is needed to read it.", id="news.E003")
        elif ratio < WISHED and (text, ground) in PAIRS:
            yield checks.Warning(f"{told}; {WISHED} is the aim.", id="news.W003")


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) in (3, 4):
        digits = "".join(digit * 2 for digit in digits)
    channels = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
