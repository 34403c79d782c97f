"""Which articles, events, officials and tags a rich text links to: kept beside the text, because asking a
million texts is slow. It answers who links to what is about to be withdrawn or deleted."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from news.richtext import links

from .address import NOUNS, named_by
from .fields import rich_text_of


class BodyLinkQuerySet(models.QuerySet):
    def follow(self, rows: Iterable[models.Model]) -> None:
        """Bring the links up to date with the texts of saved articles, events or officials of one kind."""
        rows = list(rows)
        if not rows:
            return
        owner = type(rows[0])._meta.model_name or ""
        names = rich_text_of(type(rows[0]))
        wanted = {
            (row.pk, noun, pk)
            for row in rows
            for address in links("".join(getattr(row, name) for name in names))
            for noun, pk in [named_by(address)]
            if noun
        }
        kept = self.filter(**{f"{owner}__in": [row.pk for row in rows]})
        there = set(kept.values_list(f"{owner}_id", "noun", "target_id"))
        for pk, noun, target_id in there - wanted:
            kept.filter(**{owner: pk}, noun=noun, target_id=target_id).delete()
        self.bulk_create(
            [
                self.model(**{f"{owner}_id": pk}, noun=noun, target_id=target_id)
                for pk, noun, target_id in wanted - there
            ],
            ignore_conflicts=True,
        )

    def to(self, thing: models.Model) -> "BodyLinkQuerySet":
        """The links that lead to `thing`, each with the text that it stands in."""
        rows = self.filter(noun=thing._meta.model_name, target_id=thing.pk)
        return rows.select_related("article", "event", "official").order_by("-pk")


class BodyLink(models.Model):
    article = models.ForeignKey("Article", on_delete=models.CASCADE, null=True, related_name="body_links")
    event = models.ForeignKey("Event", on_delete=models.CASCADE, null=True, related_name="body_links")
    official = models.ForeignKey("Official", on_delete=models.CASCADE, null=True, related_name="body_links")
    noun = models.CharField(max_length=8, choices=[(noun, noun) for noun in NOUNS])
    #: No foreign key: a link may outlive what it led to, and is shown as plain words then.
    target_id = models.BigIntegerField()

    objects = BodyLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link within a text")
        verbose_name_plural = _("links within texts")
        indexes = [models.Index(fields=["noun", "target_id"], name="bodylink_target")]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "noun", "target_id"], name="bodylink_once_per_article"
            ),
            models.UniqueConstraint(fields=["event", "noun", "target_id"], name="bodylink_once_per_event"),
            models.UniqueConstraint(
                fields=["official", "noun", "target_id"], name="bodylink_once_per_official"
            ),
            models.CheckConstraint(
                name="bodylink_in_one_text",
                condition=models.Q(article__isnull=False, event__isnull=True, official__isnull=True)
                | models.Q(article__isnull=True, event__isnull=False, official__isnull=True)
                | models.Q(article__isnull=True, event__isnull=True, official__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.source)

    @property
    def source(self) -> models.Model:
        """What the text belongs to."""
        (found,) = filter(None, (self.article, self.event, self.official))
        return found


def names_something(text: str) -> bool:
    return any(named_by(address)[0] for address in links(text))
