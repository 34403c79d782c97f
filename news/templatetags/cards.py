"""Cards of articles, rendered once for each that looks different: a list shows twenty, and lists overlap."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django import template
from django.template import loader
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from news.models import Article
from news.templatetags.pictures import Shape

register = template.Library()
MOST = 2000


@dataclass(frozen=True)
class Shown:
    """All that a card can show of its article. The template sees nothing else, so a card that was rendered
    for the same values is the same card."""

    get_absolute_url: str
    title: str
    summary: str
    kind: str
    topic: str | None
    published_at: datetime | None
    lead_image: Shape | None

    @property
    def lead_image_id(self) -> bool:
        return self.lead_image is not None


@register.simple_tag
def card(article: Article, level: int = 3, row: bool = False) -> SafeString:
    """`{% card article level=2 %}`: the article as the lists show it; it comes from `for_cards()`."""
    shown = Shown(
        article.get_absolute_url(),
        article.title,
        "" if row else article.summary,
        article.kind,
        getattr(article, "topic", None),
        article.published_at,
        Shape.of(article.lead_image) if article.lead_image else None,
    )
    return _card(shown, level, row, get_language())


@lru_cache(maxsize=MOST)
def _card(shown: Shown, level: int, row: bool, language: str | None) -> SafeString:
    return loader.render_to_string("components/card.html", {"article": shown, "level": level, "row": row})
