"""Parts of pages that are rendered once: for all pages of a generation (`kept`), or for all that show the
same (`remember`)."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.translation import get_language

from news.models import facts_of
from news.page_cache import Remembered, fragments

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


remembered: Remembered[str] = Remembered(budget=8_000_000)


class Remember(template.Node):
    def __init__(self, values: dict[str, FilterExpression | None], nodelist: NodeList) -> None:
        self.values, self.nodelist = values, nodelist

    def render(self, context: Any) -> Any:
        values = {
            name: context.get(name, "") if value is None else value.resolve(context)
            for name, value in self.values.items()
        }
        key = (self, get_language(), tuple([facts_of(value) for value in values.values()]))
        return remembered.keep(key, lambda: self.nodelist.render(context.new(values)))


@register.tag
def remember(parser: Parser, token: Token) -> Remember:
    """`{% remember event now=page.now %}…{% endremember %}`: a part that follows from these values alone, and
    looks the same as long as they are. Nothing else can be named within; what it shows must not depend on the
    clock, nor on rows that were not loaded with these.
    """
    _tag, *named = token.split_contents()
    parts = [part.partition("=") for part in named]
    values = {name: parser.compile_filter(value) if value else None for name, _equals, value in parts}
    nodelist = parser.parse(("endremember",))
    parser.delete_first_token()
    return Remember(values, nodelist)


@register.filter
def among(value: str, values: set[str]) -> str:
    """`value` where it is one of `values`: a fact of few, for a part that asks for no others."""
    return value if value in values else ""
