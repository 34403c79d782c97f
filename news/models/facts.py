"""What can be seen of a row without asking the database again; by it, what is shown of it is remembered."""

import hashlib
import marshal
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, cast
from uuid import UUID

from django.db.models import Model, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise
from django.utils.safestring import SafeString

PREFETCHED = "_prefetched_objects_cache"
#: What speaks for itself, known at a glance.
PLAIN = frozenset([str, int, float, bool, type(None)])
#: What holds nothing else, and how it is told apart from text and numbers. A moment is the same in every time
#: zone: what shows it, shows it in a zone of its own choice.
LEAVES: dict[type, Callable[[Any], Hashable]] = {
    datetime: lambda value: ("moment", value.timestamp()),
    date: lambda value: ("day", str(value)),
    time: lambda value: ("time", str(value)),
    UUID: lambda value: ("id", str(value)),
    Decimal: lambda value: ("decimal", str(value)),
    SafeString: lambda value: ("safe", str.__str__(value)),
}
Within = tuple[int, ...]


def facts_of(value: Any, within: Within = ()) -> Hashable:
    """All that a template can find out from `value`: equal where it would say the same.

    Text, numbers and tuples of these, where `value` is plain, or a row, or made of such. Anything else speaks
    for itself by `==`; TypeError where it cannot. `within` holds the ids of what `value` is part of.
    """
    kind: Any = type(value)
    if kind in PLAIN:
        return value
    if kind in LEAVES:
        return LEAVES[kind](value)
    if id(value) in within:
        return None
    return _teller(kind)(value, (*within, id(value)))


@cache
def _teller(kind: type) -> Callable[[Any, Within], Hashable]:
    for base, tell in LEAVES.items():
        if issubclass(kind, base):
            return lambda value, within: tell(value)
    for plain in (str, int, float):
        # A member of an enumeration is told as what it stands for.
        if issubclass(kind, plain):
            return lambda value, within: plain(value)
    if issubclass(kind, Promise):
        return lambda value, within: str(value)
    if issubclass(kind, type):
        return lambda value, within: _name(value)
    if issubclass(kind, FieldFile):
        return lambda value, within: value.name
    if issubclass(kind, Model):
        return _row
    if issubclass(kind, Mapping):
        return lambda value, within: tuple([facts_of(pair, within) for pair in value.items()])
    if issubclass(kind, list | tuple | QuerySet):
        return lambda value, within: tuple([facts_of(each, within) for each in value])
    if is_dataclass(kind):
        name, names = _name(kind), [each.name for each in fields(kind)]
        return lambda value, within: (name, *[facts_of(getattr(value, each), within) for each in names])
    if issubclass(kind, Hashable):
        return _itself
    raise TypeError(f"What a {kind.__name__} shows is not known.")


@cache
def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def fingerprint(value: Any) -> str:
    """Of all that a template can find out from `value`, the same in every process.

    TypeError for what only speaks for itself.
    """
    facts = facts_of(value)
    try:
        # Version 2 writes values alone; later ones also tell which of them are one object.
        told = marshal.dumps(cast(Any, facts), 2)
    except ValueError as error:
        raise TypeError("What a part of this shows is not known.") from error
    return hashlib.blake2b(told, digest_size=12).hexdigest()


def _itself(value: Any, within: Within) -> Hashable:
    return value


def _row(value: Model, within: Within) -> Hashable:
    state = value.__dict__
    related = [*value._state.fields_cache.items(), *state.get(PREFETCHED, {}).items()]
    columns = [
        fact if type(fact) in PLAIN else facts_of(fact, within)
        for name, fact in state.items()
        if not name.startswith("_")
    ]
    return (_name(type(value)), *columns, *[(name, facts_of(rows, within)) for name, rows in related])


def attach(rows: Iterable[Model], name: str, found: QuerySet, by: str) -> None:
    """`found` as if it had been prefetched of `rows` under `name`, told apart by its column `by`: what asks
    with its SQL written once cannot be prefetched by Django."""
    of: defaultdict[int, list[Model]] = defaultdict(list)
    for one in found:
        of[getattr(one, by)].append(one)
    for row in rows:
        its: QuerySet = QuerySet(found.model)
        its._result_cache, its._prefetch_done = of[row.pk], True
        row.__dict__.setdefault(PREFETCHED, {})[name] = its
