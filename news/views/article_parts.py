"""What an article's page asks of the database; each question's SQL is written once."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.db.models import (
    BigAutoField,
    DateField,
    DateTimeField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
)
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import (
    Article,
    ArticleFile,
    ArticleImage,
    ChangeNote,
    Correction,
    Event,
    Image,
    Mention,
    Tag,
    prepared,
)
from news.page_cache import Fragments
from news.views.article_list import SLOTS, narrowed

RELATED = 3
#: What the page of an article shows of its own row, its place and its lead picture.
SHOWN = (
    "language",
    "translation_key",
    "kind",
    "title",
    "slug",
    "summary",
    "body",
    "byline",
    "contact",
    "reading_minutes",
    "published_at",
    "first_published_at",
    "changed_at",
    "created_at",
    "lead_alt",
    "lead_decorative",
    "lead_caption",
    "place__name_tr",
    "place__name_en",
    "lead_image__alt_tr",
    "lead_image__alt_en",
    "lead_image__credit",
    *(f"lead_image__{column}" for column in Image.SHAPE),
)


def featured(language: str, now: datetime, number: int) -> list[Article]:
    """Those that editors put forward until a time that has not come, the newest first."""
    return list(_featured(language, number, now=now))


@prepared(now=DateTimeField())
def _featured(language: str, number: int, *, now: Any) -> QuerySet[Article]:
    chosen = Article.objects.public(now).in_language(language).filter(featured_until__gt=now)
    return chosen.for_cards().newest_first()[:number]


def article_of(pk: int, now: datetime) -> Article | None:
    return next(iter(_article(pk=pk, now=now)), None)


@prepared(pk=BigAutoField(), now=DateTimeField())
def _article(*, pk: Any, now: Any) -> QuerySet[Article]:
    """Most stories lack most parts: asking for all of them at once saves a query for each."""
    parts = {
        f"has_{name}": Exists(model._default_manager.filter(article=OuterRef("pk")))
        for name, model in {
            "mentions": Mention,
            "gallery": ArticleImage,
            "files": ArticleFile,
            "change_notes": ChangeNote,
            "corrections": Correction,
            "events": Article.events.through,
        }.items()
    }
    found = Article.objects.public(now).filter(pk=pk).order_by()
    return found.select_related("place", "lead_image").only(*SHOWN).annotate(**parts)


@dataclass(frozen=True)
class Around:
    older: Article | None
    newer: Article | None
    translations: list[Article]


def around(found: Article, now: datetime) -> Around:
    """Neighbours in the same language and translations, as far as they are public, in one query."""
    given = {"moment": found.published_at, "pk": found.pk, "key": found.translation_key}
    rows = list(_around(found.language, now=now, **given))
    beside = sorted((row for row in rows if row.language == found.language), key=_position)
    return Around(
        older=next((row for row in reversed(beside) if _position(row) < _position(found)), None),
        newer=next((row for row in beside if _position(row) > _position(found)), None),
        translations=[row for row in rows if row.language != found.language],
    )


@prepared(now=DateTimeField(), moment=DateTimeField(), pk=BigAutoField(), key=UUIDField())
def _around(language: str, *, now: Any, moment: Any, pk: Any, key: Any) -> QuerySet[Article]:
    found: Any = SimpleNamespace(published_at=moment, pk=pk)
    same = Article.objects.public(now).in_language(language)
    older = same.older_than(found).order_by("-published_at", "-pk").values("pk")[:1]
    newer = same.newer_than(found).order_by("published_at", "pk").values("pk")[:1]
    translated = Q(translation_key=key) & ~Q(language=language)
    named = Article.objects.public(now, by_key=True).order_by("pk")
    rows = named.filter(Q(pk=Subquery(older)) | Q(pk=Subquery(newer)) | translated)
    return rows.only("title", "slug", "language", "kind", "published_at")


def _position(row: Article) -> tuple[datetime | None, int]:
    return row.published_at, row.pk


def mentions(found: Article) -> list[Mention]:
    day = timezone.localtime(found.first_published_at or found.published_at).date()
    named = list(_mentions(found.language, pk=found.pk, day=day))
    for mention in named:
        office = mention.office_as_given or mention.office_then or ""
        acting = mention.acting_then and not mention.office_as_given
        mention.office = _("Acting %(office)s") % {"office": office} if acting else office
    return named


@prepared(pk=BigAutoField(), day=DateField())
def _mentions(language: str, *, pk: Any, day: Any) -> QuerySet[Mention]:
    rows = Mention.objects.filter(article=pk).as_of(day, language).select_related("official__portrait")
    portrait = [f"official__portrait__{column}" for column in Image.SHAPE]
    return rows.only(
        "office_as_given", "official__name", "official__honorific_tr", "official__honorific_en", *portrait
    )


def events(found: Article, now: datetime) -> list[tuple[Event, bool]]:
    """The soonest first, each with whether it is over."""
    return [(event, event.is_over(now)) for event in _events(found.language, pk=found.pk, now=now)]


@prepared(pk=BigAutoField(), now=DateTimeField())
def _events(language: str, *, pk: Any, now: Any) -> QuerySet[Event]:
    named = Event.objects.public(now, by_key=True).in_language(language).filter(articles=pk)
    return named.select_related("place").soonest_first()


def tags(found: Article, language: str) -> list[Tag]:
    return list(_tags(language, pk=found.pk))


@prepared(pk=BigAutoField())
def _tags(language: str, *, pk: Any) -> QuerySet[Tag]:
    tags = Tag.objects.filter(articletags__content_object=pk).in_language(language)
    return tags.only(*Tag.LABEL).alphabetical()


def related(
    found: Article, tags: list[Tag], mentions: list[Mention], now: datetime, shared: Fragments
) -> list[Article]:
    """Three others that share the first topic, else the first person, else the kind: the newest of these,
    which all the stories about them share."""
    topics = [tag for tag in tags if tag.is_topic] or tags
    if topics:
        shape, given = "topic", topics[0].pk
    elif mentions:
        shape, given = "person", mentions[0].official_id
    else:
        shape, given = "kind", found.kind
    newest = shared.keep(
        ("related", shape, given, found.language),
        lambda: list(_newest(found.language, (shape,), **{"now": now, shape: given})),
    )
    return [row for row in newest if row.pk != found.pk][:RELATED]


@prepared(**SLOTS)
def _newest(language: str, shape: tuple[str, ...], **given: Any) -> QuerySet[Article]:
    narrow, order = narrowed(language, shape, given)
    public = Article.objects.public(given["now"]).in_language(language).filter(narrow)
    return public.for_cards().order_by(*order.towards("lt"))[: RELATED + 1]
