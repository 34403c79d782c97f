"""Articles as feeds read them: as columns, for most are as they were when they were last told."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import DateTimeField, QuerySet
from django.utils.translation import get_language

from news.models import Article, ArticleTag, Correction, Image, KeysField, prepared
from news.publishing import body_links
from news.syndication.item import Corrected, Item, item_of


@dataclass(frozen=True)
class Source:
    """What a feed says of an article follows from this; the links within `body` are as they lead now."""

    told_in: str
    columns: tuple[Any, ...]
    labels: tuple[str, ...]
    corrections: tuple[Corrected, ...]
    body: str

    @property
    def pk(self) -> int:
        return self.columns[0]

    def article(self) -> Article:
        own, lead = _columns()
        article = Article.from_db(None, own, self.columns[: len(own)])
        if article.lead_image_id:
            article.lead_image = Image.from_db(None, lead, self.columns[len(own) :])
        return article

    def item(self, article: Article) -> Item:
        return item_of(article, self.body, self.labels, self.corrections)


def sources(pks: list[int], now: datetime) -> Iterator[Source]:
    """Those of the named articles that are public at `now`; in a number of queries that does not grow."""
    told_in = get_language() or "tr"
    names, _image = _columns()
    body, language = names.index("body"), names.index("language")
    found = list(_articles(pks=pks, now=now))
    leads = body_links.public_in(row[body] for row in found)
    labels, corrections = defaultdict(list), defaultdict(list)
    for pk, turkish, english in _labels(pks=pks):
        labels[pk].append({"tr": turkish, "en": english})
    for pk, *corrected in _corrections(pks=pks):
        corrections[pk].append(Corrected(*corrected))
    for row in found:
        yield Source(
            told_in,
            row,
            tuple(label[row[language]] for label in labels[row[0]]),
            tuple(corrections[row[0]]),
            body_links.resolved(row[body], row[language], leads),
        )


@cache
def _columns() -> tuple[list[str], list[str]]:
    """Those of an article, its id first, and those of its lead picture."""
    article, image = ([field.attname for field in model._meta.concrete_fields] for model in (Article, Image))
    return [name for name in article if name != "folded"], image


@prepared(pks=KeysField(), now=DateTimeField())
def _articles(*, pks: Any, now: Any) -> QuerySet[Article, tuple[Any, ...]]:
    own, lead = _columns()
    public = Article.objects.public(now, by_key=True).filter(pk__in=pks).order_by("pk")
    return public.values_list(*own, *(f"lead_image__{name}" for name in lead))


@prepared(pks=KeysField())
def _labels(*, pks: Any) -> QuerySet[ArticleTag, tuple[int, str, str]]:
    links = ArticleTag.objects.filter(content_object__in=pks).order_by("pk")
    return links.values_list("content_object", "tag__name_tr", "tag__name_en")


@prepared(pks=KeysField())
def _corrections(*, pks: Any) -> QuerySet[Correction, tuple[Any, ...]]:
    return Correction.objects.filter(article__in=pks).values_list("article", *Corrected._fields)
