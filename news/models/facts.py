"""What can be seen of a row without asking the database again; by it, what is shown of it is remembered."""

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise

PREFETCHED = "_prefetched_objects_cache"
PLAIN = (str, int, float, type(None), date, time, UUID, Decimal)


def facts_of(value: Any, within: tuple[int, ...] = ()) -> Hashable:
    """All that a template can find out from `value`: equal where it would say the same.

    What is neither plain, nor a row, nor made of such, speaks for itself by `==`; TypeError where it cannot.
    `within` holds the ids of what `value` is part of.
    """
    kind = type(value)
    if kind in PLAIN or isinstance(value, PLAIN):
        return value
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, FieldFile):
        return value.name
    if id(value) in within:
        return None
    within = (*within, id(value))
    if isinstance(value, Model):
        state = value.__dict__
        related = [*value._state.fields_cache.items(), *state.get(PREFETCHED, {}).items()]
        columns = [
            fact if type(fact) in PLAIN else facts_of(fact, within)
            for name, fact in state.items()
            if name not in ("_state", PREFETCHED)
        ]
        return (kind, *columns, *((name, facts_of(rows, within)) for name, rows in related))
    if isinstance(value, Mapping):
        return tuple([(name, facts_of(fact, within)) for name, fact in value.items()])
    if isinstance(value, list | tuple | QuerySet):
        return tuple([facts_of(each, within) for each in value])
    if is_dataclass(value):
        return (kind, *(facts_of(getattr(value, each.name), within) for each in fields(value)))
    if isinstance(value, Hashable):
        return value
    raise TypeError(f"What {value!r} shows is not known.")
