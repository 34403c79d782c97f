"""What every page is made with: icons, links that are safe to follow, structured data."""

import json
from functools import cache, lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# `</script>` and `<!--` in a string would end or bend the element; the escapes are the same letters to JSON.
JSON_ESCAPES = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}


@cache
def _sheet() -> str:
    return static("img/icons.svg")


@register.simple_tag
@lru_cache(maxsize=200)
def icon(name: str) -> str:
    """A drawing beside words, silent to screen readers."""
    if not name:
        return ""
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', _sheet(), name)


@register.simple_tag
def jsonld(thing: dict[str, Any]) -> SafeString:
    """Structured data; a data block, to which the script policy does not apply."""
    text = json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
    for letter, escape in JSON_ESCAPES.items():
        text = text.replace(letter, escape)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


@register.filter
def tel(number: str) -> str:
    """The digits of a telephone number as a link wants them."""
    return "".join(c for c in number if c.isdigit() or c == "+")


@register.filter
def href(address: str) -> str:
    """An address typed by an editor, if it is one to follow; `javascript:` and its kin lead nowhere."""
    return address if address.startswith(("/", "https://", "http://", "mailto:", "tel:")) else ""


@register.filter
def unlocalised(number: object) -> str:
    """A number in an address, where a decimal comma would be read as two numbers."""
    return str(number)
