"""Questions whose SQL is written once.

Building a query and writing its SQL takes Django ten to a hundred times longer than the database takes to
answer. What every page asks is therefore built once, with slots for the values that change from one reader to
the next.
"""

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import get_language

Kind = TypeVar("Kind")


class Slot(models.Expression):
    """A value that is filled in when the question is asked."""

    def __init__(self, name: str, output_field: models.Field) -> None:
        super().__init__(output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if isinstance(self.output_field, KeysField):
            rows = "unnest(%s::bigint[])" if connection.vendor == "postgresql" else "value FROM json_each(%s)"
            return f"(SELECT {rows})", (self,)
        return "%s", (self,)


class KeysField(models.Field):
    """A slot for as many ids as there are, for `__in`."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return list(value) if connection.vendor == "postgresql" else json.dumps(list(value))


class _Written(Query):
    """A query with its SQL. A copy of it is asked; `given` are that copy's values."""

    writer: "_Writer"
    sql: str
    slots: tuple[Any, ...]
    asked: list[Slot]
    given: dict[str, Any]

    def get_compiler(self, using: Any = None, connection: Any = None, elide_empty: bool = True) -> Any:
        compiler = _copy(self.writer)
        compiler.query = self
        compiler.connection = connection or connections[using]
        return compiler


class _Writer(SQLCompiler):
    converters: Any

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, tuple[Any, ...]]:
        # Each once: a moment stands up to ten times in a question.
        given = {
            slot.name: slot.output_field.get_db_prep_value(self.query.given[slot.name], self.connection)
            for slot in self.query.asked
        }
        params = [given[slot.name] if isinstance(slot, Slot) else slot for slot in self.query.slots]
        return self.query.sql, tuple(params)

    def get_converters(self, expressions: Any) -> Any:
        return self.converters


def _copy(thing: Kind) -> Kind:
    """As `copy.copy`, at a fifth of its cost: neither queries nor compilers are made with `__slots__`."""
    made = object.__new__(type(thing))
    made.__dict__.update(thing.__dict__)
    return made


def _moment(value: Any, expression: Any, connection: Any) -> Any:
    """What Django makes of a moment on SQLite, sooner where it is one: it comes without a time zone."""
    if type(value) is datetime:
        return value.replace(tzinfo=connection.timezone)
    return connection.ops.convert_datetimefield_value(value, expression, connection)


def _write(queryset: models.QuerySet, using: str) -> models.QuerySet:
    query = queryset.query.chain(klass=_Written)
    writer = _Writer(query, connections[using], using)
    query.sql, query.slots = SQLCompiler.as_sql(writer)
    query.asked = list({slot.name: slot for slot in query.slots if isinstance(slot, Slot)}.values())
    usual = getattr(connections[using].ops, "convert_datetimefield_value", None)
    fields = [column[0] for column in writer.select[: writer.col_count]]
    writer.converters = {
        column: ([_moment if convert == usual else convert for convert in converts], expression)
        for column, (converts, expression) in SQLCompiler.get_converters(writer, fields).items()
    }
    query.writer = writer
    written = queryset._chain()
    written.query = query
    # Set by `values_list`, and forgotten by the line above.
    written._iterable_class = queryset._iterable_class
    return written


def prepared(**slots: models.Field) -> Callable[..., Callable[..., models.QuerySet]]:
    """Mark a function that builds a queryset: it is called once for each vendor, language and set of
    positional arguments, with a `Slot` for each name in `slots`. What stands in its place takes values for
    them. Its rows come as from any queryset, but it cannot be narrowed any further.
    """

    def mark(build: Callable[..., models.QuerySet]) -> Callable[..., models.QuerySet]:
        written: dict[Any, models.QuerySet] = {}

        @wraps(build)
        def ask(*shape: Any, **given: Any) -> models.QuerySet:
            using = DEFAULT_DB_ALIAS
            key = (using, connections[using].vendor, get_language(), shape)
            found = written.get(key)
            if found is None:
                named = {name: Slot(name, field) for name, field in slots.items()}
                found = written[key] = _write(build(*shape, **named), using)
            query = _copy(found.query)
            query.given = given
            asked = type(found)(model=found.model, query=query, using=using)
            asked._iterable_class = found._iterable_class
            asked._fields = found._fields
            asked._prefetch_related_lookups = found._prefetch_related_lookups
            return asked

        return ask

    return mark
