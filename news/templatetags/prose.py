"""The stored text made ready to be read: anchors for its headings, tables that scroll alone, lazy pictures.

The text was cleaned when it was stored, so it is well-formed and its tags are written one way.
"""

import re
from dataclasses import dataclass

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from news import text

register = template.Library()

HEADING = re.compile(r"<h2>(.*?)</h2>", re.S)
TABLE = re.compile(r"<table.*?</table>", re.S)
MARKUP = re.compile(r"<[^>]+>")
CONTENTS_FROM_HEADINGS = 3
CONTENTS_FROM_MINUTES = 3


@dataclass(frozen=True)
class Heading:
    anchor: str
    title: SafeString


def _anchor(inner: str, number: int) -> str:
    return f"{text.slugify(MARKUP.sub('', inner), 'bolum')[:40].strip('-')}-{number}"


@register.filter
def prose(html: str) -> SafeString:
    numbers = iter(range(1, 10_000))
    html = HEADING.sub(lambda found: f'<h2 id="{_anchor(found[1], next(numbers))}">{found[1]}</h2>', html)
    if "<table" in html:
        opening = format_html('<div class="scroll" role="region" tabindex="0" aria-label="{}">', _("Table"))
        html = TABLE.sub(lambda found: f"{opening}{found[0]}</div>", html)
    html = html.replace("<img ", '<img loading="lazy" ')
    return mark_safe(html)  # noqa: S308 - cleaned in the model layer, whatever way it came in


@register.simple_tag
def contents(html: str, minutes: int) -> list[Heading]:
    """The headings of a long text; a short one needs no list of what is on the same screen."""
    found = HEADING.findall(html)
    if len(found) < CONTENTS_FROM_HEADINGS or minutes <= CONTENTS_FROM_MINUTES:
        return []
    return [
        Heading(_anchor(inner, number), mark_safe(MARKUP.sub("", inner)))  # noqa: S308 - markup is gone
        for number, inner in enumerate(found, 1)
    ]
