"""What an editor writes, as plain data: the form in which it is copied, merged, restored and compared."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from news.models import (
    Article,
    ArticleFile,
    ArticleImage,
    ArticleTag,
    ChangeNote,
    Correction,
    Mention,
)

#: Columns of an article that belong to its content. State, times of publication, identity and address stay
#: with the row.
FIELDS = (
    "kind",
    "title",
    "summary",
    "body",
    "byline",
    "contact",
    "place_id",
    "lead_image_id",
    "lead_alt",
    "lead_decorative",
    "lead_caption",
    "featured_until",
    "expires_at",
)
#: Rows that hang on an article: relation -> model and columns.
ROWS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "mentions": (Mention, ("official_id", "office_as_given", "position")),
    "gallery": (ArticleImage, ("image_id", "alt", "decorative", "caption", "position")),
    "files": (ArticleFile, ("file", "title", "position")),
    "change_notes": (ChangeNote, ("note", "changed_at")),
    "corrections": (Correction, ("wrong", "right", "corrected_at")),
}


@dataclass
class Content:
    fields: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    tags: list[int] = field(default_factory=list)
    events: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, article: Article) -> Self:
        return cls(
            fields={name: getattr(article, name) for name in FIELDS},
            rows={
                relation: [
                    {name: _stored(getattr(row, name)) for name in names}
                    for row in getattr(article, relation).order_by("pk")
                ]
                for relation, (_model, names) in ROWS.items()
            },
            tags=list(article.article_tags.order_by("pk").values_list("tag_id", flat=True)),
            events=sorted(article.events.values_list("pk", flat=True)),
        )

    def put(self, article: Article, relations: tuple[str, ...] = tuple(ROWS)) -> None:
        """Make it the content of `article` and save; pictures, people and tags go with the text."""
        for name, value in self.fields.items():
            setattr(article, name, value)
        article.save()
        for relation in relations:
            model, names = ROWS[relation]
            wanted = self.rows.get(relation, [])
            for row in getattr(article, relation).order_by("pk"):
                values = {name: _stored(getattr(row, name)) for name in names}
                if values in wanted:
                    wanted = [*wanted]
                    wanted.remove(values)
                else:
                    row.delete()
            for values in wanted:
                model.objects.create(article=article, **values)
        kept = set(article.article_tags.values_list("tag_id", flat=True))
        for link in article.article_tags.exclude(tag_id__in=self.tags):
            link.delete()
        for tag in self.tags:
            if tag not in kept:
                ArticleTag.objects.create(content_object=article, tag_id=tag, language=article.language)
        article.events.set(self.events)
        article.relist()

    def put_as_change(self, old: Self, article: Article, now: datetime) -> bool:
        """Put it in place of `old`; a new change note or correction is dated `now` and makes it major."""
        major = False
        for relation, date in (("change_notes", "changed_at"), ("corrections", "corrected_at")):
            for row in self.rows.get(relation, []):
                if row not in old.rows.get(relation, []):
                    row[date] = now
                    major = True
        self.put(article)
        return major


def _stored(value: Any) -> Any:
    """A file by its name; everything else as it is."""
    return getattr(value, "name", value)
