"""What an editor writes, as plain data: the form in which it is copied, merged, restored and compared."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from reversion.models import Revision, Version

from news.models import (
    Article,
    ArticleFile,
    ArticleImage,
    ArticleTag,
    ChangeNote,
    Correction,
    Event,
    Image,
    Mention,
    Official,
    Place,
    Tag,
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

    @classmethod
    def of_revision(cls, revision: Revision) -> Self:
        """As it was written down then. Raises `RevertError` where it can no longer be read."""
        found = cls(rows={relation: [] for relation in ROWS})
        relation_of = {model: relation for relation, (model, _names) in ROWS.items()}
        versions = Version.objects.filter(revision_id=revision.pk)
        for version in sorted(versions, key=lambda version: int(version.object_id)):
            model, values = version._model, version.field_dict
            if model is Article:
                found.fields = {name: values[name] for name in FIELDS if name in values}
                found.events = sorted(int(pk) for pk in values.get("events", []))
            elif model is ArticleTag:
                found.tags.append(values["tag_id"])
            elif relation := relation_of.get(model):
                names = ROWS[relation][1]
                row = {name: _stored(values[name]) for name in names if name in values}
                found.rows[relation].append(row)
        return found

    def drop_missing(self) -> list[str]:
        """Leave out what was deleted since; gives the names of the parts that lost something."""
        lost: list[str] = []
        model: Any
        for relation, column, model in (
            ("mentions", "official_id", Official),
            ("gallery", "image_id", Image),
        ):
            rows = self.rows.get(relation, [])
            there = set(
                model.objects.filter(pk__in={row[column] for row in rows}).values_list("pk", flat=True)
            )
            self.rows[relation] = [row for row in rows if row[column] in there]
            if len(self.rows[relation]) < len(rows):
                lost.append(str(model._meta.verbose_name_plural))
        for name, model in (("place_id", Place), ("lead_image_id", Image)):
            if self.fields.get(name) and not model.objects.filter(pk=self.fields[name]).exists():
                self.fields[name] = None
                lost.append(str(model._meta.verbose_name))
        for name, model in (("tags", Tag), ("events", Event)):
            wanted = getattr(self, name)
            there = set(model.objects.filter(pk__in=wanted).values_list("pk", flat=True))
            setattr(self, name, [pk for pk in wanted if pk in there])
            if len(there) < len(set(wanted)):
                lost.append(str(model._meta.verbose_name_plural))
        return lost

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
