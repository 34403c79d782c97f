from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router
from ninja.errors import HttpError

from news.models import Article, ArticleTag, Kind, Mention
from news.search import newest_articles, parse
from news.views.api import shapes
from news.views.api.asking import PROBLEMS, InTime, html, local, named, newest, next_url, picture
from news.views.article_filter import MOST_FILTERS
from news.views.keyset import Cursor, Order
from news.views.search import marks_of

router = Router(tags=["articles"])


class Asked(InTime):
    kind: Literal[tuple(Kind.values)] | None = Field(None, description="Kind of article.")  # type: ignore[valid-type]


@router.get("/articles", response={200: shapes.Articles, **PROBLEMS}, operation_id="articles")
def articles(request: HttpRequest, asked: Query[Asked]) -> shapes.Articles:
    """Articles in one language, the newest first."""
    now = timezone.now()
    filters = {"kind": asked.kind, "topic": asked.tag, "person": asked.official, "place": asked.place}
    marks = marks_of({name: str(value) for name, value in filters.items() if value})
    narrow, order = Q(), Order()
    if len(marks) > MOST_FILTERS:
        raise HttpError(400, f"At most {MOST_FILTERS} of kind, tag, official and place can be combined.")
    by_key = bool(asked.place) or len(marks) > 1
    if by_key:
        # No index of the tables answers two of them at once; the index of the search does.
        until = Cursor.parse(asked.cursor).moment if asked.cursor else now
        narrow = newest_articles(parse(""), asked.language, marks, until)
    elif asked.kind:
        narrow = Q(kind=asked.kind)
    elif asked.official:
        narrow = Q(mentions__official=asked.official, mentions__language=asked.language)
        order = Order("mentions__listed_at", "mentions__article_id")
    elif asked.tag:
        narrow = Q(article_tags__tag=asked.tag, article_tags__language=asked.language)
        order = Order("article_tags__listed_at", "article_tags__content_object_id")
    public = Article.objects.public(now, by_key=by_key)
    rows = _with_all(public.in_language(asked.language)).defer("body", "folded")
    page, cursor = newest(rows, asked, narrow, order)
    items = [shapes.ArticleInList(**_listed(row)) for row in page]
    return shapes.Articles(items=items, next=next_url(request, asked, cursor))


@router.get("/articles/{uuid:id}", response={200: shapes.Article, **PROBLEMS}, operation_id="article")
def article(request: HttpRequest, id: UUID) -> shapes.Article:
    """One article, with its text and its translations."""
    now = timezone.now()
    row = _with_all(Article.objects.public(now)).filter(guid=id).first()
    if row is None:
        raise Http404
    translations = [
        shapes.Translation(
            id=other.guid, language=other.language, url=settings.SITE_URL + other.get_absolute_url()
        )
        for other in row.translations().public(now).only("guid", "language", "slug", "kind")
    ]
    return shapes.Article(**_listed(row), html=html(row.body, row.language), translations=translations)


def _with_all(rows: QuerySet) -> QuerySet:
    tags = Prefetch("article_tags", ArticleTag.objects.select_related("tag").order_by("pk"))
    mentions = Prefetch("mentions", Mention.objects.select_related("official").order_by("position", "pk"))
    return rows.select_related("place", "lead_image").prefetch_related(tags, mentions)


def _listed(row: Article) -> dict[str, Any]:
    labels = [(link.tag_id, getattr(link.tag, f"name_{row.language}")) for link in row.article_tags.all()]
    place = row.place
    return {
        "id": row.guid,
        "language": row.language,
        "kind": row.kind,
        "title": row.title,
        "summary": row.summary,
        "url": settings.SITE_URL + row.get_absolute_url(),
        "published_at": local(row.published_at),
        "updated_at": local(row.updated_at()),
        "byline": row.byline,
        "place": named(place, row.language),
        "picture": picture(row.lead_image, row.lead_alt),
        "tags": [shapes.Named(id=pk, name=name) for pk, name in labels if name],
        "officials": [shapes.Named(id=m.official_id, name=m.official.name) for m in row.mentions.all()],
    }
