import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from news import text

from .address import address
from .body import WithBody
from .fields import (
    DerivedIntegerField,
    DerivedTextField,
    LineField,
    PlainTextField,
    RichTextField,
    folded,
)
from .image import Image
from .publishable import Publishable, PublishableQuerySet, State, publishable_constraints
from .published_count import PublishedCount, Standing
from .tag import ArticleTag, Tag, TagManager


class Kind(models.TextChoices):
    STORY = "story", _("story")
    PRESS_RELEASE = "press_release", _("press release")
    STATEMENT = "statement", _("statement")
    NOTICE = "notice", _("notice")


def tagged(tag: Tag, language: str, now: datetime | None = None) -> models.Q:
    """What carries `tag`, to be ordered by `article_tags__listed_at`.

    The time says nothing that `public()` does not. But without it SQLite starts from the articles, and reads
    and sorts the whole archive for one page of a tag.
    """
    at = now or timezone.now()
    return models.Q(article_tags__tag=tag, article_tags__language=language, article_tags__listed_at__lte=at)


class ArticleQuerySet(PublishableQuerySet):
    def in_language(self, language: str) -> Self:
        return self.filter(language=language)

    def newest_first(self) -> Self:
        """The total order of every list and feed, and of previous and next: publication time, then id."""
        return self.order_by("-published_at", "-pk")

    def older_than(self, article: "Article") -> Self:
        """Those before `article` in the total order; `.newest_first().first()` is the previous one."""
        return self.filter(published_at__lte=article.published_at).exclude(
            published_at=article.published_at, pk__gte=article.pk
        )

    def newer_than(self, article: "Article") -> Self:
        """Those after `article` in the total order; ordered oldest first, its first is the next one."""
        return self.filter(published_at__gte=article.published_at).exclude(
            published_at=article.published_at, pk__lte=article.pk
        )

    def for_cards(self) -> Self:
        """What a card shows of each article, and no more; `topic` is the name of its first topic."""
        language = get_language() or "tr"
        topics = ArticleTag.objects.filter(content_object=models.OuterRef("pk"), tag__is_topic=True)
        name = topics.order_by(f"tag__sort_{language}").values(f"tag__name_{language}")[:1]
        shown = ["language", "kind", "title", "slug", "summary", "published_at"]
        shown += [f"lead_image__{column}" for column in Image.SHAPE]
        return self.select_related("lead_image").only(*shown).annotate(topic=models.Subquery(name))

    def working_copies(self) -> Self:
        return self.filter(original__isnull=False)

    def records(self) -> Self:
        """The articles themselves, without working copies of live ones."""
        # Not `filter(original__isnull=True)`: SQLite takes the unique index for that, in which nearly all are
        # null, for the best one, and reads the archive for the translations of one article.
        return self.exclude(original__isnull=False)


class Article(WithBody, Publishable):
    """A text in one language. Its translations share `translation_key`.

    A row with an `original` is a working copy: what the live article will become when the copy is published.
    """

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="tr")
    translation_key = models.UUIDField(_("translation key"), default=uuid.uuid4, editable=False)
    original = models.OneToOneField(
        "self",
        verbose_name=_("original"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="working_copy",
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.STORY)
    title = LineField(_("title"), max_length=300)
    slug = models.SlugField(
        _("address"),
        max_length=80,
        blank=True,
        help_text=_(
            "Readable part of the address. Made from the title when empty; old addresses keep working."
        ),
    )
    summary = PlainTextField(
        _("summary"),
        max_length=600,
        blank=True,
        help_text=_("One or two sentences, shown in lists, search results and when shared."),
    )
    body = RichTextField(_("text"), blank=True)
    byline = LineField(
        _("prepared by"), max_length=120, blank=True, help_text=_("The office, such as Press Office.")
    )
    place = models.ForeignKey(
        "Place",
        verbose_name=_("place"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
    )
    lead_image = models.ForeignKey(
        "Image",
        verbose_name=_("lead picture"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lead_of",
    )
    lead_alt = LineField(
        _("text alternative"),
        max_length=250,
        blank=True,
        help_text=_("What the picture shows, for those who do not see it."),
    )
    lead_decorative = models.BooleanField(_("decorative picture"), default=False)
    lead_caption = LineField(_("caption"), max_length=300, blank=True)
    events: models.ManyToManyField = models.ManyToManyField(
        "Event", verbose_name=_("events"), blank=True, related_name="articles"
    )
    merge_at = models.DateTimeField(
        _("change goes live at"),
        null=True,
        blank=True,
        help_text=_("Istanbul time, for a working copy. Empty: as soon as it is published."),
    )
    merge_approved = models.BooleanField(_("change approved"), default=False, editable=False)
    merge_problem = PlainTextField(
        _("why the change failed"),
        blank=True,
        editable=False,
        help_text=_("Why an approved change could not be published at its time; empty while it can."),
    )
    assigned_to = models.ForeignKey(
        "auth.User",
        verbose_name=_("assigned to"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("Istanbul time. Nobody can publish it for an earlier time."),
    )
    embargo_note = LineField(
        _("embargo note"), max_length=200, blank=True, help_text=_("Who set it and why, for colleagues.")
    )
    featured_until = models.DateTimeField(
        _("featured until"),
        null=True,
        blank=True,
        help_text=_("First on the home page and above the list of news until then."),
    )
    withdrawn_reason = PlainTextField(_("public reason for withdrawal"), blank=True)
    withdrawn_in_favour_of = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        help_text=_("Readers of a withdrawn story are led there."),
    )
    needs_second_look = models.BooleanField(_("published without review"), default=False, editable=False)
    legacy_id = models.PositiveIntegerField(
        _("id on the old site"),
        null=True,
        blank=True,
        help_text=_("Old addresses with this number lead here."),
    )
    reading_minutes = DerivedIntegerField(derive=lambda row: text.reading_minutes(text.plain(row.body)))
    folded = DerivedTextField(derive=folded("title", "summary"))

    #: The values by which the counts know this article; empty for a row that was never counted.
    _stored: dict[str, Any] = {}

    tags = TaggableManager(
        through=ArticleTag,
        manager=TagManager,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("Parted by commas."),
    )
    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "-pk"]
        permissions = [
            ("submit_article", _("Can send articles for review")),
            ("publish_article", _("Can publish, schedule and withdraw articles")),
            ("publish_alone_article", _("Can publish articles without a second person")),
            ("change_others_article", _("Can change the articles of others")),
        ]
        indexes = [
            models.Index(fields=["state", "language", "published_at", "id"], name="article_list"),
            models.Index(
                fields=["state", "language", "kind", "published_at", "id"], name="article_kind_list"
            ),
            models.Index(
                fields=["place", "state", "language", "published_at", "id"], name="article_place_list"
            ),
            # Only those: SQLite would take it for a way to all of a language.
            models.Index(
                fields=["language", "featured_until"],
                condition=models.Q(featured_until__isnull=False),
                name="article_featured",
            ),
            models.Index(fields=["state", "expires_at"], name="article_expiry"),
            # By which those before a page of a list are counted without reading them.
            models.Index(
                fields=["published_at", "id", "language", "kind", "state", "expires_at"], name="article_count"
            ),
            models.Index(fields=["-touched_at"], name="article_touched"),
            models.Index(fields=["translation_key"], name="article_translations"),
            models.Index(
                fields=["legacy_id"], condition=models.Q(legacy_id__isnull=False), name="article_old_id"
            ),
        ]
        constraints = [
            *publishable_constraints("article"),
            models.CheckConstraint(
                name="article_kind_known",
                condition=models.Q(kind__in=Kind.values),
                violation_error_message=_("This kind does not exist."),
            ),
            models.CheckConstraint(
                name="article_language_known",
                condition=models.Q(language__in=["tr", "en"]),
                violation_error_message=_("This language does not exist."),
            ),
            models.CheckConstraint(
                name="article_has_a_title",
                condition=~models.Q(title=""),
                violation_error_message=_("An article needs a title."),
            ),
            models.CheckConstraint(
                name="article_lead_alt_or_decorative",
                condition=models.Q(lead_decorative=False) | models.Q(lead_alt=""),
                violation_error_message=_(
                    "A decorative picture has no text alternative; clear one of the two."
                ),
            ),
            models.CheckConstraint(
                name="article_copy_is_not_public",
                condition=models.Q(original__isnull=True)
                | models.Q(state__in=[State.DRAFT, State.IN_REVIEW]),
                violation_error_message=_("A working copy is published by merging it into its original."),
            ),
            models.UniqueConstraint(
                fields=["translation_key", "language"],
                condition=models.Q(original__isnull=True),
                name="article_once_per_language",
                violation_error_message=_("There is a translation in this language already."),
            ),
            models.UniqueConstraint(
                fields=["legacy_id", "language"],
                condition=models.Q(original__isnull=True, legacy_id__isnull=False),
                name="article_one_per_old_id",
                violation_error_message=_("Another article carries this id of the old site."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        self.slug = self.slug or text.slugify(self.title, fallback="")
        if self.lead_decorative and self.lead_alt:
            raise ValidationError(
                {"lead_alt": _("A decorative picture has no text alternative; clear one of the two.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Where no form ran (import, shell), the address still follows the title once.
        self.slug = self.slug or text.slugify(
            text.clean_line(self.title), fallback=self.kind.replace("_", "-")
        )
        super().save(*args, **kwargs)

    def is_late(self, now: datetime | None = None) -> bool:
        """Whether this is an approved change whose time has passed, and that readers do not see yet."""
        if self.original_id is None or not self.merge_approved or self.merge_at is None:
            return False
        return self.merge_at <= (now or timezone.now())

    def get_absolute_url(self) -> str:
        return address("news:article", self.language, self.pk, self.slug or self.kind)

    @property
    def record(self) -> "Article":
        """The article itself, of which this may be the working copy."""
        return self.original or self

    def translations(self) -> models.QuerySet["Article"]:
        """The same article in the other languages, whatever their state; for a working copy, those of its
        original."""
        return (
            Article.objects.records()
            .filter(translation_key=self.record.translation_key)
            .exclude(language=self.language)
        )

    def previous(self, now: datetime | None = None) -> "Article | None":
        """The next older public article in the same language."""
        return self._neighbours(now).older_than(self).order_by("-published_at", "-pk").first()

    def next(self, now: datetime | None = None) -> "Article | None":
        """The next newer public article in the same language."""
        return self._neighbours(now).newer_than(self).order_by("published_at", "pk").first()

    def _neighbours(self, now: datetime | None) -> ArticleQuerySet:
        return (
            Article.objects.public(now)
            .in_language(self.language)
            .only("title", "slug", "language", "kind", "published_at")
        )

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        row = super().from_db(*args, **kwargs)
        if "state" in row.__dict__:
            row._stored = {name: row.__dict__.get(name) for name in Standing.FIELDS}
        return row

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self._stored = {name: self.__dict__.get(name) for name in Standing.FIELDS}

    def relist(self) -> None:
        """After a save that changes what is published: bring up to date the counts (see `PublishedCount`) and
        the copies of the publication time beside tags and mentions (see `Tagging`)."""
        before, self._stored = self._stored, {name: getattr(self, name) for name in Standing.FIELDS}
        PublishedCount.objects.move(Standing.of(before), Standing.of(self._stored))
        listed_at = self.published_at if self.state == State.PUBLISHED else None
        self.article_tags.update(listed_at=listed_at, language=self.language)
        self.mentions.update(listed_at=listed_at, language=self.language)


# A link that went with its event would be a hole in the story that nobody notices.
Article.events.through._meta.get_field("event").remote_field.on_delete = models.PROTECT
