"""Articles as feeds read them: as columns, for most are as they were when they were last told."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, QuerySet
from django.utils.translation import get_language

from news.models import Article, ArticleTag, Correction, Image, KeysField, prepared
from news.publishing import body_links
from news.syndication.item import Corrected, Item, item_of

#: What an item is made from. Whatever else it came to say would cost a query for each article.
SAID = {"id", "guid", "language", "kind", "title", "slug", "summary", "body", "byline"}
SAID |= {"published_at", "changed_at", "touched_at", "lead_image_id", "lead_alt", "lead_caption"}
PICTURED = {"id", "key", "file", "width", "height", "focal_point", "made_for", "share_length", "credit"}
# In the order of the models, as `from_db` wants them.
COLUMNS = [field.attname for field in Article._meta.concrete_fields if field.attname in SAID]
IMAGE_COLUMNS = [field.attname for field in Image._meta.concrete_fields if field.attname in PICTURED]


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
        return self.columns[COLUMNS.index("id")]

    def article(self) -> Article:
        article = Article.from_db(None, COLUMNS, self.columns[: len(COLUMNS)])
        if article.lead_image_id:
            article.lead_image = Image.from_db(None, IMAGE_COLUMNS, self.columns[len(COLUMNS) :])
        return article

    def item(self, article: Article) -> Item:
        return item_of(article, self.body, self.labels, self.corrections)


def sources(pks: list[int], now: datetime) -> Iterator[Source]:
    """Those of the named articles that are public at `now`; in a number of queries that does not grow."""
    told_in = get_language() or "tr"
    pk, body, language = (COLUMNS.index(name) for name in ("id", "body", "language"))
    found = list(_articles(pks=pks, now=now))
    linking = {row[pk]: row[body] for row in found if body_links.has_links(row[body])}
    leads = body_links.public_in(linking.values())
    labels, corrections = defaultdict(list), defaultdict(list)
    for article, turkish, english in _labels(pks=pks):
        labels[article].append({"tr": turkish, "en": english})
    for article, *corrected in _corrections(pks=pks):
        corrections[article].append(Corrected(*corrected))
    for row in found:
        yield Source(
            told_in,
            row,
            tuple(label[row[language]] for label in labels[row[pk]]),
            tuple(corrections[row[pk]]),
            body_links.resolved(row[body], row[language], leads) if row[pk] in linking else row[body],
        )


@prepared(pks=KeysField(), now=DateTimeField())
def _articles(*, pks: Any, now: Any) -> QuerySet[Article, tuple[Any, ...]]:
    public = Article.objects.public(now, by_key=True).filter(pk__in=pks).order_by("pk")
    return public.values_list(*COLUMNS, *(f"lead_image__{name}" for name in IMAGE_COLUMNS))


@prepared(pks=KeysField())
def _labels(*, pks: Any) -> QuerySet[ArticleTag, tuple[int, str, str]]:
    links = ArticleTag.objects.filter(content_object__in=pks).order_by("pk")
    return links.values_list("content_object", "tag__name_tr", "tag__name_en")


@prepared(pks=KeysField())
def _corrections(*, pks: Any) -> QuerySet[Correction, tuple[Any, ...]]:
    return Correction.objects.filter(article__in=pks).values_list("article", *Corrected._fields)
