"""What is added to a cleaned text when it is shown, and what other parts of the portal ask of it.

The texts come from `clean`, whose elements are closed, never overlap and quote their attributes, so an
expression finds its way in them; `render` lets nh3 make that true of whatever else a column may hold.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from news.text import plain, slugify

from .writing import gate

HEADING = re.compile(r"<h([23])([^>]*)>(.*?)</h\1>", re.DOTALL)
TABLE = re.compile(r"<table[^>]*>(?:<caption[^>]*>(.*?)</caption>)?", re.DOTALL)
LINK = re.compile(r'<a (?:[^>]*?\s)?href="([^"]*)"')
IMAGE = re.compile(r'<img (?:[^>]*?\s)?src="([^"]*)"')
ADDRESS = re.compile(r'(<(?:a|img) (?:[^>]*?\s)?(?:href|src)=")([^"]*)"')


class Heading(NamedTuple):
    level: int
    id: str
    text: str


def render(html: str, *, host: str = "", media_url: str = "/media/") -> SafeString:
    """A stored text as the page shows it: headings to link to, tables that scroll by keyboard, marked links.

    Links to other hosts than `host` say so by ``rel``; they open where the reader wants them.
    """
    cleaned = gate(media_url).clean(html)
    named = _ids(cleaned)
    shown = HEADING.sub(lambda h: f'<h{h[1]}{h[2]} id="{next(named)}">{h[3]}</h{h[1]}>', cleaned)
    shown = TABLE.sub(_table_opener(), shown).replace("</table>", "</table></div>")
    shown = LINK.sub(lambda link: f"{link[0]}{_relation(unescape(link[1]), host)}", shown)
    shown = shown.replace("<img ", '<img loading="lazy" decoding="async" ')
    return mark_safe(shown)  # noqa: S308 - nh3 has just cleaned it


def headings(html: str) -> list[Heading]:
    """The headings of a stored text with the ids that `render` gives them."""
    return [
        Heading(int(found[1]), name, plain(found[3]))
        for found, name in zip(HEADING.finditer(html), _ids(html), strict=True)
    ]


def links(html: str) -> list[str]:
    """Every address a stored text links to, once each, in their order."""
    return list(dict.fromkeys(unescape(found[1]) for found in LINK.finditer(html)))


def image_sources(html: str) -> list[str]:
    """The address of every picture in a stored text, once each, in their order."""
    return list(dict.fromkeys(unescape(found[1]) for found in IMAGE.finditer(html)))


def absolute(html: str, base_url: str) -> str:
    """A stored text for readers elsewhere (feeds, mail), every address complete; `base_url` is its page."""
    return ADDRESS.sub(lambda found: f'{found[1]}{escape(urljoin(base_url, unescape(found[2])))}"', html)


def _ids(html: str) -> Iterator[str]:
    """One id for each heading, the same on every page view; the prefix keeps clear of the page's own ids."""
    taken: dict[str, int] = {}
    for found in HEADING.finditer(html):
        slug = name = "h-" + slugify(plain(found[3]), "x")
        while name in taken:
            taken[slug] += 1
            name = f"{slug}-{taken[slug]}"
        taken[name] = 1
        yield name


def _table_opener() -> Callable[[re.Match[str]], str]:
    unnamed = 0

    def opener(table: re.Match[str]) -> str:
        nonlocal unnamed
        label = plain(table[1] or "")
        if not label:
            unnamed += 1
            label = _("Table") if unnamed == 1 else _("Table %(number)d") % {"number": unnamed}
        return f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(label)}">{table[0]}'

    return opener


def _relation(target: str, host: str) -> str:
    parts = urlsplit(target)
    foreign = parts.scheme in {"http", "https"} and parts.hostname != host.partition(":")[0].lower()
    return ' rel="noopener external"' if foreign else ""
