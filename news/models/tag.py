"""Tags, and the only place that touches django-taggit's API."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase
from translated_fields import TranslatedField

from news import text

from .address import address
from .fields import DerivedCharField, LineField, PlainTextField, folded, require_words, sorted_as
from .publishable import State


def names_from_text(value: str) -> list[str]:
    """Labels typed by an editor: commas alone part them, so that “Kültür Sanat” stays one."""
    names = {
        text.fold(name): name
        for name in reversed([text.clean_line(part) for part in value.split(",")])
        if name
    }
    return list(reversed(names.values()))


def text_from_names(tags: Iterable["Tag"]) -> str:
    return ", ".join(str(tag) for tag in tags)


class TagQuerySet(models.QuerySet):
    def named(self, name: str) -> Self:
        """The tag that carries this label in either language, however it is written."""
        key = text.fold(name)
        return self.filter(models.Q(fold_tr=key) | models.Q(fold_en=key))

    def in_language(self, language: str) -> Self:
        return self.exclude(**{f"name_{language}": ""})

    def public(self, language: str, now: datetime | None = None) -> Self:
        """Those with a label in `language` on something public in it: a draft's tag tells of the draft."""
        from .article import Article
        from .event import Event

        tagged = models.OuterRef("pk")
        articles = Article.objects.public(now).filter(
            article_tags__tag=tagged, article_tags__language=language
        )
        events = Event.objects.public(now).in_language(language).filter(event_tags__tag=tagged)
        merged = self.in_language(language).filter(merged_into__isnull=True)
        return merged.filter(models.Exists(articles) | models.Exists(events))

    def topics(self) -> Self:
        return self.filter(is_topic=True)

    def alphabetical(self) -> Self:
        return self.order_by(f"sort_{get_language() or 'tr'}", "pk")

    def for_label(self, name: str, language: str) -> "Tag":
        """The tag with this label, made in `language` where there is none."""
        for tag in Tag.objects.named(name).order_by("pk")[:1]:
            return tag
        return Tag.objects.create(**{f"name_{language}": name})


class Tag(TagBase):
    """A label in both languages; a curated one (`is_topic`) has a page with its own words.

    Identity is the folded label: İzmir, izmir and IZMIR are one tag.
    """

    name = TranslatedField(LineField(_("name"), max_length=80, blank=True))
    slug = None
    description = TranslatedField(PlainTextField(_("description"), blank=True))
    is_topic = models.BooleanField(
        _("topic"),
        default=False,
        help_text=_("A topic is looked after by an office and stands in the list of topics."),
    )
    in_focus = models.BooleanField(_("in focus on the home page"), default=False)
    responsible = TranslatedField(LineField(_("responsible office"), max_length=120, blank=True))
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        help_text=_("Addresses and labels of a merged tag lead to the other."),
    )
    fold_tr = DerivedCharField(max_length=120, derive=folded("name_tr"))
    fold_en = DerivedCharField(max_length=120, derive=folded("name_en"))
    sort_tr = DerivedCharField(max_length=200, derive=sorted_as("name_tr", "tr"))
    sort_en = DerivedCharField(max_length=200, derive=sorted_as("name_en", "en"))

    natural_key_fields = ["fold_tr", "fold_en"]
    #: What a link to a tag shows, and whether it leads to a topic.
    LABEL = ("name_tr", "name_en", "is_topic")
    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["sort_tr"]
        indexes = [models.Index(fields=["sort_tr"]), models.Index(fields=["sort_en"])]
        constraints = [
            models.UniqueConstraint(
                fields=["fold_tr"],
                condition=~models.Q(fold_tr=""),
                name="tag_one_per_turkish_label",
                violation_error_message=_("There is a tag with this Turkish label already."),
            ),
            models.UniqueConstraint(
                fields=["fold_en"],
                condition=~models.Q(fold_en=""),
                name="tag_one_per_english_label",
                violation_error_message=_("There is a tag with this English label already."),
            ),
            models.CheckConstraint(
                name="tag_has_a_label",
                condition=~models.Q(name_tr="", name_en=""),
                violation_error_message=_("A tag needs a label in at least one language."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.name_tr or self.name_en

    def clean(self) -> None:
        require_words(self, "name")
        for language in ("tr", "en"):
            key = text.fold(getattr(self, f"name_{language}"))
            if key and type(self).objects.named(key).exclude(pk=self.pk).exists():
                raise ValidationError(
                    {f"name_{language}": _("Another tag has this label in one of the languages.")}
                )

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Past TagBase.save, whose slug in the address we do without.
        super(TagBase, self).save(*args, **kwargs)

    def get_absolute_url(self, language: str | None = None) -> str:
        language = language or get_language() or "tr"
        label = getattr(self, f"name_{language}")
        return address("news:tag", language, self.pk, text.slugify(label, str(self.pk)))


class TagManager(_TaggableManager):
    """`article.tags`: strings find their tag by fold; new ones get the language of what they are put on."""

    def _to_tag_model_instances(self, tags: Iterable[Any], tag_kwargs: dict[str, Any]) -> list[Tag]:
        language = getattr(self.instance, "language", None) or get_language() or "tr"
        found = [tag if isinstance(tag, Tag) else Tag.objects.for_label(tag, language) for tag in tags]
        return list(dict.fromkeys(tag.merged_into or tag for tag in found))

    def names(self) -> list[str]:
        return [str(tag) for tag in self.get_queryset()]

    def set(self, tags: Iterable[Any], *, through_defaults: Any = None, **kwargs: Any) -> None:
        """Exactly these; taggit's own way looks for a column `name`, which a tag with two labels has not."""
        wanted = {tag.pk: tag for tag in self._to_tag_model_instances(tags, {})}
        links = self.through.objects.filter(**self._lookup_kwargs())
        links.exclude(tag_id__in=wanted).delete()
        there = set(links.values_list("tag_id", flat=True))
        new = [tag for pk, tag in wanted.items() if pk not in there]
        self.through.objects.bulk_create(self.through(tag=tag, content_object=self.instance) for tag in new)


class Tagging(ItemBase):
    """A tag on an article or event, with what a tag's list is ordered by beside it.

    `listed_at` repeats the publication time while the item is published, so that a tag's page reads one index
    however large the archive; whether a row may be seen is still decided by `public()` on the item itself.
    """

    tag = models.ForeignKey(Tag, verbose_name=_("tag"), on_delete=models.PROTECT, related_name="%(class)ss")
    listed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.tag)


class ArticleTag(Tagging):
    content_object = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="article_tags")
    language = models.CharField(max_length=2, editable=False, default="tr")

    class Meta:
        verbose_name = _("tag of an article")
        verbose_name_plural = _("tags of articles")
        indexes = [
            models.Index(fields=["tag", "language", "listed_at", "content_object"], name="articletag_list")
        ]
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="articletag_once"),
        ]


class EventTag(Tagging):
    content_object = models.ForeignKey("Event", on_delete=models.CASCADE, related_name="event_tags")

    class Meta:
        verbose_name = _("tag of an event")
        verbose_name_plural = _("tags of events")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="eventtag_once")]


def listed_at(state: str, published_at: Any) -> Any:
    return published_at if state == State.PUBLISHED else None
