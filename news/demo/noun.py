"""What the demo loads is described noun by noun: its entries, how one is found again, how one is made."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from news.models import Image, Place

from .content import Entry

# Mints the same permanent ids each time; a second run knows by them what is there.
NAMESPACE = uuid.UUID("6f1d7c5e-8a58-4c0a-9a39-0f4f8f5b2c11")


@dataclass
class Known:
    """The moment of loading, and the rows of the nouns before, by key."""

    now: datetime
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __getitem__(self, noun: str) -> dict[str, Any]:
        return self.rows[noun]

    def picture(self, key: str | None) -> Image | None:
        return self.rows["pictures"][key] if key else None

    def place(self, key: str | None) -> Place | None:
        return self.rows["places"][key] if key else None


@dataclass(frozen=True)
class Noun:
    name: str
    entries: Callable[[], list[Entry]]
    find: Callable[[Entry], models.Model | None]
    make: Callable[[Known, Entry], models.Model]
    searched: bool = False


def minted(*parts: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, "/".join(parts))


def saved(row: Any) -> Any:
    row.full_clean()
    row.save()
    return row
