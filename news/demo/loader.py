"""Loads the demo into the database: what is there stays as it is, what is missing is made.

Every row passes the cleaning of its model. Pictures take longest, and each is a transaction by itself; the
nouns after them are one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from news import page_cache, search
from news.models import Article, Official

from . import picture, pictures
from .article import ARTICLES
from .event import EVENTS
from .illustrations import Draw
from .noun import Known, Noun
from .official import BODIES, OFFICES, OFFICIALS
from .place import PLACES
from .site import ACCOUNTS, ALERTS, MENUS, PROFILE
from .tag import TAGS

BEFORE_PICTURES = (TAGS, PLACES)
AFTER_PICTURES = (BODIES, OFFICES, OFFICIALS, EVENTS, ARTICLES, PROFILE, MENUS, ACCOUNTS, ALERTS)

# Given a noun's name, its items and their number, passes the items on; tqdm does that.
Watch = Callable[[str, Iterable[Any], int], Iterable[Any]]


@dataclass
class Tally:
    made: int = 0
    there: int = 0


def unwatched(name: str, items: Iterable[Any], total: int) -> Iterable[Any]:
    return items


def is_empty() -> bool:
    return not Article.objects.exists() and not Official.objects.exists()


def load(
    now: datetime | None = None,
    *,
    dry_run: bool = False,
    watch: Watch = unwatched,
    draw: Draw = pictures.draw,
    workers: int = 0,
) -> dict[str, Tally]:
    """Make what is missing, or with `dry_run` only count it. `workers` is by default the number of cores."""
    known = Known(now or timezone.now())
    tallies: dict[str, Tally] = {}
    with override("tr"):
        for noun in BEFORE_PICTURES:
            tallies[noun.name] = _load(noun, known, dry_run, watch)
        tallies["pictures"] = _load_pictures(known, dry_run, watch, draw, workers)
        # All or nothing: `is_empty` says then whether a load that was cut short is to go on.
        with transaction.atomic():
            for noun in AFTER_PICTURES:
                tallies[noun.name] = _load(noun, known, dry_run, watch)
        if any(tally.made for tally in tallies.values()) and not dry_run:
            page_cache.changed()
    return tallies


def _load(noun: Noun, known: Known, dry_run: bool, watch: Watch) -> Tally:
    tally, rows = Tally(), known.rows.setdefault(noun.name, {})
    entries = noun.entries()
    with transaction.atomic():
        made = []
        for entry in watch(noun.name, entries, len(entries)):
            row = noun.find(entry)
            if row:
                tally.there += 1
            else:
                tally.made += 1
                if dry_run:
                    continue
                row = noun.make(known, entry)
                made.append(row)
            rows[entry["key"]] = row
        if noun.searched:
            search.index(*made)
    return tally


def _load_pictures(known: Known, dry_run: bool, watch: Watch, draw: Draw, workers: int) -> Tally:
    rows = known.rows.setdefault("pictures", {})
    missing = []
    for entry in picture.entries():
        if row := picture.find(entry):
            rows[entry["key"]] = row
        else:
            missing.append(entry)
    tally = Tally(made=len(missing), there=len(rows))
    if not dry_run:
        for key, row in watch("pictures", picture.make(missing, draw, workers), len(missing)):
            rows[key] = row
    return tally
