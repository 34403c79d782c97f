from __future__ import annotations

from news.models import Place

from .content import Entry, read, words
from .noun import Known, Noun, saved


def entries() -> list[Entry]:
    """Districts first, for venues lie within them."""
    places = read("places")
    return places["district"] + places["venue"]


def find(entry: Entry) -> Place | None:
    return Place.objects.filter(name_tr=entry["name"]["tr"], within__isnull="within" not in entry).first()


def make(known: Known, entry: Entry) -> Place:
    latitude, longitude = entry.get("at", (None, None))
    place = Place(
        within=known["places"][entry["within"]] if "within" in entry else None,
        address=entry.get("address", ""),
        latitude=latitude,
        longitude=longitude,
        **words(name=entry["name"], locality=entry.get("locality"), access=entry.get("access")),
    )
    return saved(place)


PLACES = Noun("places", entries, find, make)
