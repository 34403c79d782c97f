"""Finding articles, events, officials and topics by their words: the same on SQLite and PostgreSQL.

`index(*things)` and `remove(*things)` are called by the verbs of `publishing` and by loaders, in the
transaction that changes something; `parse`, `search` and `newest_articles` are what pages, lists and feeds
ask with.
"""

from .indexing import index, remove
from .query import parse
from .results import by_index, corrected, newest_articles, published_articles, search

__all__ = [
    "by_index",
    "corrected",
    "index",
    "newest_articles",
    "parse",
    "published_articles",
    "remove",
    "search",
]
