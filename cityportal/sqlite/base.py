"""SQLite as Django speaks with it, but that the placeholders of a query are rewritten once.

Django does so at every execution, by a regular expression over SQL that is mostly the same; that took a
twenty-fifth of what a page costs.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

#: Queries that are remembered, and the longest of them; what writes many rows at once is longer, and seldom
#: the same.
MOST, LONGEST = 1_000, 10_000


class Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        if param_names is None and len(query) <= LONGEST:
            return _converted(query)
        return super().convert_query(query, param_names=param_names)


@lru_cache(maxsize=MOST)
def _converted(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)
