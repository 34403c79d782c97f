"""What can be found: a document for every article in its language, and for every event, official and topic
in each language it has words in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Prefetch
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils import timezone

from news import text
from news.models import Article, ArticleTag, Event, Mention, Official, Place, SiteProfile, State, Tag

from .query import mark
from .words import stream, words

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
MODELS: dict[str, type[models.Model]] = {"article": Article, "event": Event, "official": Official, "tag": Tag}

#: A position is seconds since 1900, then the id, then what it is: newest last, no two alike, the same
#: everywhere.
EPOCH = datetime(1900, 1, 1, tzinfo=UTC)
ID_BITS = 25
KIND_BITS = 4
LOW_BITS = ID_BITS + KIND_BITS
LAST_SECOND = 2**34 - 1
#: People and topics have no day; they stand before all that has.
DATED_FROM = 1 << LOW_BITS


def seconds(moment: datetime) -> int:
    return min(max(int((moment - EPOCH).total_seconds()), 1), LAST_SECOND)


def last_position(moment: datetime) -> int:
    """Where a document of this very second could stand at most."""
    return (seconds(moment) + 1 << LOW_BITS) - 1


def kind_of(model: str, language: str) -> int:
    """The last bits of a position."""
    return list(MODELS).index(model) << 2 | LANGUAGES.index(language)


#: Those of articles.
ARTICLES = [kind_of("article", language) for language in LANGUAGES]


@dataclass(frozen=True)
class Document:
    """`day` is an ordinal; it weighs in the ranking. `title` is in plain words, `words` is all of it. The
    first of `marks` is the kind."""

    position: int
    language: str
    model: str
    object_id: int
    day: int | None
    title: str
    words: tuple[str, ...]
    marks: tuple[str, ...] = field(default=())


#: Behind a function, so that SQLite takes the rows by their ids (see `PublishableQuerySet.public`).
IS_PUBLISHED = Exact(Coalesce("state", models.Value("")), State.PUBLISHED)


def findable(model: str, published: Any = IS_PUBLISHED) -> models.QuerySet:
    """The rows that have documents."""
    if model == "tag":
        return Tag.objects.topics().filter(merged_into__isnull=True)
    rows = MODELS[model]._default_manager.all()
    return rows if model == "official" else rows.filter(published)


def documents_of(model: str, pks: Iterable[int]) -> Iterator[Document]:
    """From the rows as they are now; what no citizen may ever see has no document."""
    return READERS[model](list(pks))


def _document(
    model: str,
    row: models.Model,
    language: str,
    parts: Iterable[str],
    marks: Iterable[str],
    **when: datetime | date | None,
) -> Document:
    title, *rest = parts
    moment, day = when.get("moment"), when.get("day")
    at = seconds(moment) if isinstance(moment, datetime) else 0
    return Document(
        position=at << LOW_BITS | (row.pk & (1 << ID_BITS) - 1) << KIND_BITS | kind_of(model, language),
        language=language,
        model=model,
        object_id=row.pk,
        day=day.toordinal() if day else None,
        title=" ".join(words(title)),
        words=tuple(stream([title, *filter(None, rest)])),
        marks=tuple(dict.fromkeys([*marks, *_times(day)])),
    )


def _times(day: date | None) -> list[str]:
    return [mark("y", day.year), mark("m", f"{day:%Y%m}")] if day else []


def _places(place: Place | None) -> list[str]:
    """A venue is found in its district too."""
    return [mark("s", pk) for pk in (place.pk, place.within_id) if pk] if place else []


def _articles(pks: list[int]) -> Iterator[Document]:
    # To lists: a manager of its own for every row and relation costs as much as reading the rows.
    rows = findable("article").filter(pk__in=pks).select_related("place")
    for row in rows.prefetch_related(
        Prefetch("article_tags", ArticleTag.objects.select_related("tag"), to_attr="linked"),
        Prefetch("mentions", Mention.objects.select_related("official"), to_attr="mentioned"),
        Prefetch("files", to_attr="attached"),
    ):
        tags = [link.tag for link in row.linked]
        people = [mention.official for mention in row.mentioned]
        parts = [row.title, row.summary, text.plain(row.body), row.lead_caption, row.byline]
        parts += [attached.title for attached in row.attached]
        parts += [getattr(tag, f"name_{row.language}") for tag in tags]
        parts += [official.name for official in people]
        marks = [mark("k", row.kind), *_places(row.place)]
        marks += [mark("g", tag.pk) for tag in tags]
        marks += [mark("p", official.pk) for official in people]
        day = timezone.localtime(row.published_at).date()
        yield _document("article", row, row.language, parts, marks, moment=row.published_at, day=day)


def _events(pks: list[int]) -> Iterator[Document]:
    rows = findable("event").filter(pk__in=pks).select_related("place")
    city = own_names()
    for row in rows.prefetch_related("event_tags__tag", "participants"):
        tags = [link.tag for link in row.event_tags.all()]
        marks = [mark("k", "event"), *_places(row.place)]
        marks += [mark("g", tag.pk) for tag in tags]
        marks += [mark("p", official.pk) for official in row.participants.all()]
        for language in LANGUAGES:
            title = getattr(row, f"title_{language}")
            if not title:
                continue
            parts = [
                title,
                getattr(row, f"summary_{language}"),
                text.plain(getattr(row, f"description_{language}")),
            ]
            parts += without(city, getattr(row, f"organiser_{language}"))
            parts += [getattr(row, f"audience_{language}")]
            parts += [getattr(row.place, f"name_{language}")] if row.place else []
            parts += [getattr(tag, f"name_{language}") for tag in tags]
            parts += [official.name for official in row.participants.all()]
            yield _document("event", row, language, parts, marks, moment=row.published_at, day=row.first_day)


def own_names() -> list[str]:
    """What the city calls itself, in plain words, the longest first."""
    site = SiteProfile.load()
    names = {
        " ".join(words(getattr(site, f"{name}_{language}")))
        for name in ("name", "short_name")
        for language in LANGUAGES
    }
    return sorted(names - {""}, key=lambda name: (-len(name), name))


def without(city: list[str], organiser: str) -> list[str]:
    """Who organises beside the city itself, whose name would find all its events: whoever asks for “metro”
    wants none of the Metropolitan Municipality's concerts. A name of one word may be part of another's."""
    line = " ".join(words(organiser))
    if line in city:
        return []
    line = f" {line} "
    for name in city:
        if " " in name:
            line = line.replace(f" {name} ", " | ")
    return [part for part in map(str.strip, line.split("|")) if part]


def _officials(pks: list[int]) -> Iterator[Document]:
    rows = findable("official").filter(pk__in=pks)
    for row in rows.prefetch_related("former_names", "appointments__office__former_titles"):
        offices = [appointment.office for appointment in row.appointments.all()]
        for language in LANGUAGES:
            titles = [getattr(office, f"title_{language}") for office in offices]
            titles += [
                getattr(former, f"title_{language}")
                for office in offices
                for former in office.former_titles.all()
            ]
            parts = [row.name, getattr(row, f"honorific_{language}"), *dict.fromkeys(titles)]
            parts += [former.name for former in row.former_names.all()]
            parts += dict.fromkeys(getattr(term, f"party_{language}") for term in row.appointments.all())
            parts += [getattr(row, f"summary_{language}")]
            parts += [text.plain(getattr(row, f"biography_{language}"))]
            yield _document("official", row, language, parts, [mark("k", "official"), mark("p", row.pk)])


def _topics(pks: list[int]) -> Iterator[Document]:
    for row in findable("tag").filter(pk__in=pks):
        for language in LANGUAGES:
            if name := getattr(row, f"name_{language}"):
                parts = [
                    name,
                    getattr(row, f"description_{language}"),
                    getattr(row, f"responsible_{language}"),
                ]
                yield _document("tag", row, language, parts, [mark("k", "topic"), mark("g", row.pk)])


READERS = {"article": _articles, "event": _events, "official": _officials, "tag": _topics}
