"""A drawing surface in final pixels that works at twice the size, so that edges come out smooth."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageColor, ImageDraw

Point = tuple[float, float]
Colour = str | tuple[int, ...]

OVERSAMPLING = 2
EDGE = 75  # what Pillow's inverted radial gradient holds at the middle of its sides


def rgb(colour: Colour) -> tuple[int, int, int]:
    if isinstance(colour, str):
        colour = ImageColor.getrgb(colour)
    return colour[0], colour[1], colour[2]


def mix(first: Colour, second: Colour, share: float) -> tuple[int, int, int]:
    """The colour that lies `share` (0 to 1) of the way from the first to the second."""
    a, b = rgb(first), rgb(second)
    return tuple(round(x + (y - x) * share) for x, y in zip(a, b, strict=True))  # type: ignore[return-value]


def veil(colour: Colour, opacity: float) -> tuple[int, int, int, int]:
    return (*rgb(colour), round(255 * opacity))


def smooth(points: Sequence[Point], steps: int = 12, closed: bool = False) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    knots = list(points)
    count = len(knots)
    curve: list[Point] = []
    for i in range(count if closed else count - 1):
        if closed:
            p0, p1, p2, p3 = (knots[(i + k - 1) % count] for k in range(4))
        else:
            p0, p1, p2, p3 = (knots[min(max(i + k - 1, 0), count - 1)] for k in range(4))
        for step in range(steps):
            t = step / steps
            curve.append(
                tuple(  # type: ignore[arg-type]
                    0.5
                    * (
                        2 * p1[axis]
                        + (p2[axis] - p0[axis]) * t
                        + (2 * p0[axis] - 5 * p1[axis] + 4 * p2[axis] - p3[axis]) * t**2
                        + (3 * p1[axis] - p0[axis] - 3 * p2[axis] + p3[axis]) * t**3
                    )
                    for axis in (0, 1)
                )
            )
    if not closed:
        curve.append(knots[-1])
    return curve


class Canvas:
    def __init__(self, width: int, height: int, *stops: Colour) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * OVERSAMPLING, height * OVERSAMPLING))
        self.pen = ImageDraw.Draw(self.image, "RGBA")
        self.fade((0, 0, width, height), *stops)

    def finish(self) -> Image.Image:
        return self.image.reduce(OVERSAMPLING)

    # Flat shapes

    def polygon(self, points: Sequence[Point], fill: Colour) -> None:
        self.pen.polygon([(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points], fill=fill)

    def blob(self, points: Sequence[Point], fill: Colour, steps: int = 12) -> None:
        self.polygon(smooth(points, steps, closed=True), fill)

    def box(self, x: float, y: float, width: float, height: float, fill: Colour, radius: float = 0) -> None:
        s = OVERSAMPLING
        frame = (x * s, y * s, (x + width) * s - 1, (y + height) * s - 1)
        if frame[2] <= frame[0] or frame[3] <= frame[1]:
            return
        if radius:
            self.pen.rounded_rectangle(frame, radius * s, fill=fill)
        else:
            self.pen.rectangle(frame, fill=fill)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        s = OVERSAMPLING
        self.pen.ellipse(((x - rx) * s, (y - ry) * s, (x + rx) * s, (y + ry) * s), fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: Colour) -> None:
        self.oval(x, y, radius, radius, fill)

    def ring(self, x: float, y: float, radius: float, fill: Colour, width: float) -> None:
        s = OVERSAMPLING
        frame = ((x - radius) * s, (y - radius) * s, (x + radius) * s, (y + radius) * s)
        self.pen.ellipse(frame, outline=fill, width=round(width * s))

    def arc(
        self, x: float, y: float, rx: float, ry: float, start: float, end: float, fill: Colour, width: float
    ) -> None:
        """Part of an ellipse; degrees run clockwise from three o'clock."""
        steps = 24
        angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
        self.line([(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles], fill, width)

    def wedge(self, x: float, y: float, rx: float, ry: float, start: float, end: float, fill: Colour) -> None:
        s = OVERSAMPLING
        frame = ((x - rx) * s, (y - ry) * s, (x + rx) * s, (y + ry) * s)
        self.pen.pieslice(frame, start, end, fill=fill)

    def arch(self, x: float, y: float, width: float, height: float, fill: Colour) -> None:
        """A door or window with a round head; x is the middle, y the foot."""
        r = width / 2
        self.box(x - r, y - height + r, width, height - r, fill)
        self.wedge(x, y - height + r, r, r, 180, 360, fill)

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """A stroke with round ends; opaque colours only, for the joints would show through."""
        s = OVERSAMPLING
        scaled = [(x * s, y * s) for x, y in points]
        thickness = max(1, round(width * s))
        self.pen.line(scaled, fill=fill, width=thickness, joint="curve")
        if thickness > 3:
            r = thickness / 2 - 0.5
            for x, y in (scaled[0], scaled[-1]):
                self.pen.ellipse((x - r, y - r, x + r, y + r), fill=fill)

    def streak(self, x0: float, y0: float, x1: float, y1: float, fill: Colour, width: float) -> None:
        """A thin straight stroke that may be translucent, such as rain."""
        s = OVERSAMPLING
        self.pen.line((x0 * s, y0 * s, x1 * s, y1 * s), fill=fill, width=round(width * s))

    # Soft shapes

    def fade(self, frame: tuple[float, float, float, float], *stops: Colour) -> None:
        """Fill a rectangle (left, top, right, bottom) from top to bottom through the colours."""
        s = OVERSAMPLING
        left, top, right, bottom = (round(v * s) for v in frame)
        self.image.paste(_ramp(right - left, bottom - top, stops), (left, top))

    def faded(self, points: Sequence[Point], *stops: Colour) -> None:
        """A polygon filled from top to bottom through the colours."""
        s = OVERSAMPLING
        scaled = [(x * s, y * s) for x, y in points]
        left = max(0, math.floor(min(x for x, _ in scaled)))
        top = max(0, math.floor(min(y for _, y in scaled)))
        right = min(self.image.width, math.ceil(max(x for x, _ in scaled)))
        bottom = min(self.image.height, math.ceil(max(y for _, y in scaled)))
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in scaled], fill=255)
        self.image.paste(_ramp(right - left, bottom - top, stops), (left, top), mask)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.6) -> None:
        s = OVERSAMPLING
        size = round(radius * 2 * s)
        small = ImageChops.invert(Image.radial_gradient("L")).point(
            [round(255 * strength * max(0.0, (v - EDGE) / (255 - EDGE)) ** 1.6) for v in range(256)]
        )
        mask = small.resize((size, size), Image.Resampling.BILINEAR)
        self.image.paste(rgb(colour), (round((x - radius) * s), round((y - radius) * s)), mask)

    def beam(self, points: Sequence[Point], colour: Colour, start: float, end: float = 0.0) -> None:
        """A polygon of light whose opacity runs from `start` at its top to `end` at its foot."""
        s = OVERSAMPLING
        scaled = [(x * s, y * s) for x, y in points]
        left, top = (max(0, math.floor(min(p[axis] for p in scaled))) for axis in (0, 1))
        right = min(self.image.width, math.ceil(max(x for x, _ in scaled)))
        bottom = min(self.image.height, math.ceil(max(y for _, y in scaled)))
        if right <= left or bottom <= top:
            return
        shape = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(shape).polygon([(x - left, y - top) for x, y in scaled], fill=255)
        levels = Image.new("L", (1, 2))
        levels.putdata([round(255 * start), round(255 * end)])
        ramp = levels.resize(shape.size, Image.Resampling.BILINEAR)
        self.image.paste(rgb(colour), (left, top), ImageChops.multiply(shape, ramp))


def _ramp(width: int, height: int, stops: Sequence[Colour]) -> Image.Image:
    if len(stops) == 1:
        return Image.new("RGB", (width, height), rgb(stops[0]))
    column = Image.new("RGB", (1, height))
    pixels = []
    for y in range(height):
        place = y / max(1, height - 1) * (len(stops) - 1)
        index = min(int(place), len(stops) - 2)
        pixels.append(mix(stops[index], stops[index + 1], place - index))
    column.putdata(pixels)
    return column.resize((width, height), Image.Resampling.NEAREST)
