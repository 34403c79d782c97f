from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Field, Query, Router

from news.models import Tag
from news.views.api import shapes
from news.views.api.asking import LARGEST_ID, PROBLEMS, ById, InLanguage, by_id, next_url

router = Router(tags=["tags"])


class Asked(ById):
    topic: bool | None = Field(None, description="Only topics, or only those that are none.")


@router.get("/tags", response={200: shapes.Tags, **PROBLEMS}, operation_id="tags")
def tags(request: HttpRequest, asked: Query[Asked]) -> shapes.Tags:
    """Tags with a label in the language that something public carries."""
    rows = Tag.objects.public(asked.language)
    if asked.topic is not None:
        rows = rows.filter(is_topic=asked.topic)
    page, cursor = by_id(rows, asked)
    return shapes.Tags(
        items=[_shape(row, asked.language) for row in page], next=next_url(request, asked, cursor)
    )


@router.get("/tags/{int:id}", response={200: shapes.Tag, **PROBLEMS}, operation_id="tag")
def tag(request: HttpRequest, id: int, asked: Query[InLanguage]) -> shapes.Tag:
    """One tag."""
    row = Tag.objects.public(asked.language).filter(pk=id).first() if id <= LARGEST_ID else None
    if row is None:
        raise Http404
    return _shape(row, asked.language)


def _shape(row: Tag, language: str) -> shapes.Tag:
    return shapes.Tag(
        id=row.pk,
        name=getattr(row, f"name_{language}"),
        description=getattr(row, f"description_{language}"),
        topic=row.is_topic,
        url=settings.SITE_URL + row.get_absolute_url(language),
    )
