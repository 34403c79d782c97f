"""Articles as feeds read them: as columns, for most are as they were when they were last told."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from datetime import datetime
from threading import Lock
from typing import Any, NamedTuple

from django.db.models import CharField, DateTimeField, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.translation import get_language

from news.models import Article, ArticleTag, Correction, Image, KeysField, prepared
from news.publishing import body_links
from news.syndication.item import Corrected, Item, item_of

#: What an item says of its article and of the lead picture. Whatever else it came to say would cost a query
#: for each article.
SAID = {"id", "guid", "language", "kind", "title", "slug", "summary", "body", "byline"}
SAID |= {"published_at", "changed_at", "touched_at", "lead_image_id", "lead_alt", "lead_caption"}
PICTURED = {"id", "key", "file", "width", "height", "focal_point", "made_for", "share_length", "credit"}
# In the order of the models, as `from_db` wants them.
COLUMNS = [field.attname for field in Article._meta.concrete_fields if field.attname in SAID]
IMAGE_COLUMNS = [field.attname for field in Image._meta.concrete_fields if field.attname in PICTURED]
PK, BODY, LANGUAGE = COLUMNS.index("id"), COLUMNS.index("body"), COLUMNS.index("language")
PUBLISHED_AT, TOUCHED_AT = COLUMNS.index("published_at"), COLUMNS.index("touched_at")

#: An article's own columns stay the same until it is saved, which moves the time of its last save. As text,
#: for it is only compared.
Stamp = tuple[int, str, str]
Columns = tuple[Any, ...]
#: Of an article in a list: its stamp, when it was published and made, and its lead picture.
Row = tuple[Any, ...]
ROW: tuple[str | Combinable, ...] = (
    "pk",
    Cast("guid", CharField()),
    Cast("touched_at", CharField()),
    "published_at",
    "created_at",
    *(f"lead_image__{name}" for name in IMAGE_COLUMNS),
)
STAMP, PUBLISHED, CREATED, PICTURE = slice(3), 3, 4, slice(5, None)


class Source(NamedTuple):
    """What a feed says of an article follows from this; the links within `body` are as they lead now."""

    told_in: str
    columns: Columns
    image: Columns
    labels: tuple[str, ...]
    corrections: tuple[Corrected, ...]
    body: str

    @property
    def pk(self) -> int:
        return self.columns[PK]

    @property
    def published_at(self) -> datetime:
        return self.columns[PUBLISHED_AT]

    @property
    def touched_at(self) -> datetime:
        return self.columns[TOUCHED_AT]

    def item(self) -> Item:
        article = Article.from_db(None, COLUMNS, self.columns)
        if article.lead_image_id:
            article.lead_image = Image.from_db(None, IMAGE_COLUMNS, self.image)
        return item_of(article, self.body, self.labels, self.corrections)


class Kept:
    """The columns of articles that were read last; they are most of what a feed would read."""

    MOST = 500

    def __init__(self) -> None:
        self.known: OrderedDict[Stamp, Columns] = OrderedDict()
        self.lock = Lock()

    def of(self, stamps: list[Stamp], now: datetime) -> dict[int, Columns]:
        """By id; whatever is not known is read, all at once."""
        with self.lock:
            found = {stamp[0]: self.known.get(stamp) for stamp in stamps}
        missing = [stamp for stamp in stamps if found[stamp[0]] is None]
        if missing:
            read = {row[PK]: row for row in _articles(pks=[stamp[0] for stamp in missing], now=now)}
            with self.lock:
                self.known |= {stamp: read[stamp[0]] for stamp in missing if stamp[0] in read}
                while len(self.known) > self.MOST:
                    self.known.popitem(last=False)
            found |= read
        return {pk: columns for pk, columns in found.items() if columns is not None}


kept = Kept()


def sources(rows: list[Row], now: datetime) -> Iterator[Source]:
    """Of articles that are public at `now`; in a number of queries that does not grow."""
    told_in, pks = get_language() or "tr", [row[0] for row in rows]
    found = kept.of([row[STAMP] for row in rows], now)
    linking = {pk: row[BODY] for pk, row in found.items() if body_links.leads_to_ours(row[BODY])}
    leads = body_links.public_in(linking.values())
    labels, corrections = defaultdict(list), defaultdict(list)
    for pk, label in _labels(told_in, pks=pks):
        labels[pk].append(label)
    for pk, *corrected in _corrections(pks=pks):
        corrections[pk].append(Corrected(*corrected))
    for pk, image in ((row[0], row[PICTURE]) for row in rows):
        if columns := found.get(pk):
            body, language = columns[BODY], columns[LANGUAGE]
            yield Source(
                told_in,
                columns,
                image,
                tuple(labels[pk]),
                tuple(corrections[pk]),
                body_links.resolved(body, language, leads) if pk in linking else body,
            )


@prepared(pks=KeysField(), now=DateTimeField())
def _articles(*, pks: Any, now: Any) -> QuerySet[Article, Columns]:
    public = Article.objects.public(now, by_key=True).filter(pk__in=pks).order_by("pk")
    return public.values_list(*COLUMNS)


@prepared(pks=KeysField())
def _labels(language: str, *, pks: Any) -> QuerySet[ArticleTag, tuple[int, str]]:
    links = ArticleTag.objects.filter(content_object__in=pks).order_by("pk")
    return links.values_list("content_object", f"tag__name_{language}")


@prepared(pks=KeysField())
def _corrections(*, pks: Any) -> QuerySet[Correction, tuple[Any, ...]]:
    return Correction.objects.filter(article__in=pks).values_list("article", *Corrected._fields)
