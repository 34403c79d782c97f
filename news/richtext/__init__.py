"""The rich text of articles: cleaned when stored, dressed when shown.

Whatever way a text comes in (editor, import, seed, shell), `clean` is the only door to a stored column. It
does not filter tags out of what was pasted; it reads what a person would see, writes that anew in a small set
of elements, and nh3 has the last word on what was written.
"""

from html import escape

from news.text import TooDeepError, clean_line, parse, without_tags

from .addresses import link_target
from .elements import SYMBOL_BULLETS
from .reading import Reader
from .shaping import shape
from .showing import Heading, absolute, headings, image_sources, links, render
from .writing import gate, write

__all__ = [
    "Heading",
    "absolute",
    "clean",
    "headings",
    "image_sources",
    "link_target",
    "links",
    "refused",
    "render",
]


def clean(html: str, *, media_url: str = "/media/") -> str:
    """`html` as it may be stored and shown; cleaning it again changes nothing. Pictures must be our own."""
    reader = Reader(media_url)
    try:
        parse(html.translate(SYMBOL_BULLETS), reader)
    except TooDeepError:
        words = clean_line(without_tags(html))
        return gate(media_url).clean(f"<p>{escape(words, quote=False)}</p>") if words else ""
    return gate(media_url).clean(write(shape(reader.root)))


def refused(html: str, *, media_url: str = "/media/") -> tuple[int, int]:
    """How many pictures and links of `html` a cleaned text goes without, for somebody to be told."""
    reader = Reader(media_url)
    try:
        parse(html.translate(SYMBOL_BULLETS), reader)
    except TooDeepError:
        return 0, 0
    return reader.refused_pictures, reader.refused_links
