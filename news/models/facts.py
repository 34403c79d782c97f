"""What can be seen of a row without asking the database again; by it, what is shown of it is remembered."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise
from django.utils.safestring import SafeString

PREFETCHED = "_prefetched_objects_cache"
PLAIN = (str, int, float, type(None), date, time, UUID, Decimal)
#: The usual ones of these, known at a glance.
USUAL = frozenset([*PLAIN, bool, datetime, SafeString])
Within = tuple[int, ...]


def facts_of(value: Any, within: Within = ()) -> Hashable:
    """All that a template can find out from `value`: equal where it would say the same.

    What is neither plain, nor a row, nor made of such, speaks for itself by `==`; TypeError where it cannot.
    `within` holds the ids of what `value` is part of.
    """
    kind: Any = type(value)
    if kind in USUAL:
        return value
    if id(value) in within:
        return None
    return _teller(kind)(value, (*within, id(value)))


@cache
def _teller(kind: type) -> Callable[[Any, Within], Hashable]:
    if issubclass(kind, PLAIN):
        return _itself
    if issubclass(kind, Promise):
        return lambda value, within: str(value)
    if issubclass(kind, FieldFile):
        return lambda value, within: value.name
    if issubclass(kind, Model):
        return _row
    if issubclass(kind, Mapping):
        return lambda value, within: tuple([(name, facts_of(fact, within)) for name, fact in value.items()])
    if issubclass(kind, list | tuple | QuerySet):
        return lambda value, within: tuple([facts_of(each, within) for each in value])
    if is_dataclass(kind):
        names = [each.name for each in fields(kind)]
        return lambda value, within: (kind, *[facts_of(getattr(value, name), within) for name in names])
    if issubclass(kind, Hashable):
        return _itself
    raise TypeError(f"What a {kind.__name__} shows is not known.")


def fingerprint(value: Any) -> str:
    """Of all that a template can find out from `value`, the same in every process.

    TypeError for what is neither plain, nor a row, nor made of such.
    """
    told = json.dumps(value, ensure_ascii=False, default=_told)
    return hashlib.blake2b(told.encode(errors="surrogatepass"), digest_size=12).hexdigest()


def _told(value: Any) -> Any:
    if isinstance(value, (*PLAIN, Promise)):
        return str(value)
    if isinstance(value, type):
        return f"{value.__module__}.{value.__qualname__}"
    if isinstance(value, QuerySet):
        return list(value)
    if is_dataclass(value):
        return [type(value), *[getattr(value, each.name) for each in fields(value)]]
    facts = facts_of(value)
    if facts is value:
        raise TypeError(f"What a {type(value).__name__} shows is not known.")
    return facts


def _itself(value: Any, within: Within) -> Hashable:
    return value


def _row(value: Model, within: Within) -> Hashable:
    state = value.__dict__
    related = [*value._state.fields_cache.items(), *state.get(PREFETCHED, {}).items()]
    columns = [
        fact if type(fact) in USUAL else facts_of(fact, within)
        for name, fact in state.items()
        if name not in ("_state", PREFETCHED)
    ]
    return (type(value), *columns, *[(name, facts_of(rows, within)) for name, rows in related])


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
