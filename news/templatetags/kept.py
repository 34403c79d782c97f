"""Parts of a page that all pages of one generation share are rendered once for all of them."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.translation import get_language

from news.page_cache import fragments

register = template.Library()


class Kept(template.Node):
    def __init__(self, name: str, facts: list[FilterExpression], nodelist: NodeList) -> None:
        self.name, self.facts, self.nodelist = name, facts, nodelist

    def render(self, context: Any) -> Any:
        key = ("html", self.name, get_language(), *(fact.resolve(context) for fact in self.facts))
        return fragments(context["request"]).keep(key, lambda: self.nodelist.render(context))


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """`{% kept "navigation" page.section %}…{% endkept %}`: a part that depends on what is public, on the
    language and on the facts named, and on nothing else of the page."""
    _tag, name, *facts = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(name, [parser.compile_filter(fact) for fact in facts], nodelist)


@register.filter
def among(value: str, values: set[str]) -> str:
    """`value` where it is one of `values`: a fact of few, for a part that asks for no others."""
    return value if value in values else ""
