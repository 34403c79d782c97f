"""The demo's pictures, drawn rather than shipped: each key gives the same picture every time."""

from PIL import Image

from . import bay, books, classrooms, halls, nights, outdoors, portraits, traffic, water, works

SCENES = {
    key: scene
    for part in (bay, books, classrooms, halls, nights, outdoors, traffic, water, works)
    for key, scene in part.PICTURES.items()
}
PICTURES = SCENES | portraits.PICTURES


def draw(key: str) -> Image.Image:
    drawing = PICTURES[key]().finish()
    # Exactly 3:2, so that a cut of that shape is the whole and is encoded once.
    return drawing.crop((0, 0, 1998, 1332)) if key in SCENES else drawing
