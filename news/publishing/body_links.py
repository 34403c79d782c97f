"""Links within texts to our own articles, events, officials and tags, resolved when a text is shown.

A text stores which thing it means (the id in the address). What it is called and whether readers may see it
is asked each time; what they may not see is shown as plain words, so that no link is dead.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from html import escape, unescape
from typing import Any

from django.db.models import Model

from news.models import Article, BodyLink, Event, Official, Tag, lasting_address, named_by
from news.richtext import links

LINK = re.compile(r'<a ((?:[^>]*?\s)?href="([^"]*)"[^>]*)>(.*?)</a>', re.DOTALL)
HREF = re.compile(r'href="[^"]*"')
HREFLANG = re.compile(r'\s*hreflang="[^"]*"')
MODELS: dict[str, Any] = {"article": Article, "event": Event, "official": Official, "tag": Tag}
MOST_SOURCES = 20

Key = tuple[str, int]
Leads = dict[Key, Model]


def resolved(html: str, language: str, rows: Leads | None = None) -> str:
    """A stored text of a page in `language` with its links as they lead now.

    `rows` are the public things that it may lead to, where many texts are asked at once.
    """
    meant = _meant(html)
    if not meant:
        return html
    if rows is None:
        rows = public(meant.values())

    def shown(link: re.Match[str]) -> str:
        attributes, href, words = link[1], unescape(link[2]), link[3]
        if href not in meant:
            return link[0]
        row = rows.get(meant[href])
        if row is None:
            return words
        address, spoken = address_of(row, language)
        fragment = f"#{href.partition('#')[2]}" if "#" in href else ""
        attributes = HREFLANG.sub("", HREF.sub(lambda _: f'href="{escape(address + fragment)}"', attributes))
        foreign = f' hreflang="{spoken}"' if spoken != language else ""
        return f"<a {attributes}{foreign}>{words}</a>"

    return LINK.sub(shown, html)


def leads_to_ours(html: str) -> bool:
    return bool(_meant(html))


@lru_cache(maxsize=1000)
def _meant(html: str) -> dict[str, Key]:
    if "<a " not in html:
        return {}
    return {address: key for address in links(html) if (key := named_by(address))[0]}


def public_in(texts: Iterable[str]) -> Leads:
    """What all these texts lead to, as far as a citizen may see it; one query for each noun."""
    return public(key for html in texts for key in _meant(html).values())


def public(keys: Iterable[Key], now: datetime | None = None) -> Leads:
    """Those of the named things that a citizen may see."""
    found: Leads = {}
    keys = set(keys)
    for noun in sorted({noun for noun, _pk in keys}):
        pks = [pk for named, pk in keys if named == noun]
        rows = MODELS[noun].objects
        rows = rows.all() if noun == "tag" else rows.public(now)
        found |= {(noun, row.pk): row for row in _bare(rows.filter(pk__in=pks), noun)}
    return found


def address_of(row: Any, language: str) -> tuple[str, str]:
    """Where it is read by who reads `language`, and the language of the page found there."""
    if isinstance(row, Article):
        return row.get_absolute_url(), row.language
    other = "en" if language == "tr" else "tr"
    name = {Event: "title", Tag: "name"}.get(type(row))
    spoken = language if name is None or getattr(row, f"{name}_{language}") else other
    return row.get_absolute_url(spoken), spoken


def _bare(rows: Any, noun: str) -> Any:
    if noun == "article":
        return rows.only("title", "language", "slug", "kind")
    return rows.defer("description_tr", "description_en") if noun == "event" else rows


def targets(html: str) -> set[str]:
    """What a text leads to, the same for every language and wording of it."""
    meant = _meant(html)
    articles = {pk for noun, pk in meant.values() if noun == "article"}
    # An article and its translation are one thing.
    keys = (
        dict(Article.objects.filter(pk__in=articles).values_list("pk", "translation_key")) if articles else {}
    )
    found = set()
    for address in links(html):
        noun, pk = meant.get(address, ("", 0))
        found.add(f"{noun} {keys.get(pk, pk) if noun == 'article' else pk}" if noun else address)
    return found


def in_other_language(html: str, language: str) -> str:
    """A text about to be translated into `language`, leading to the translations of what it leads to."""
    meant = _meant(html)
    articles = Article.objects.records().filter(
        pk__in=[pk for noun, pk in meant.values() if noun == "article"]
    )
    keys = {row.translation_key: row.pk for row in articles.exclude(language=language)}
    there = Article.objects.records().filter(translation_key__in=list(keys), language=language)
    found = {keys[row.translation_key]: row for row in there.only("translation_key", "language")}

    def led(link: re.Match[str]) -> str:
        noun, pk = meant.get(unescape(link[2]), ("", 0))
        if noun != "article" or pk not in found:
            return link[0]
        address = lasting_address("article", language, found[pk].pk)
        href = f'href="{address}"'
        return f"<a {HREF.sub(href, link[1])}>{link[3]}</a>"

    return LINK.sub(led, html) if keys else html


def sources(thing: Model) -> list[Any]:
    """The articles, events and officials whose texts link to `thing`, the latest links first."""
    return [link.source for link in BodyLink.objects.to(thing)[:MOST_SOURCES]]
