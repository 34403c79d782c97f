"""A large archive for measuring: stories put together from phrases, spread over twenty years.

Rows are written past the models, since cleaning a million texts takes most of an hour: each phrase is cleaned
once instead. The n-th story is always the same, so an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from django.db import connection, models, reset_queries, transaction
from django.utils import timezone

from news import page_cache, richtext, text
from news.models import (
    Appointment,
    Article,
    ArticleTag,
    Image,
    Kind,
    Mention,
    Place,
    PublishedCount,
    State,
    Tag,
)

from .content import LANGUAGES, read

AT_ONCE = 2000
SPAN = timedelta(days=20 * 365)
# The written stories stay the newest, so that the front page goes on looking like one.
ENDS_BEFORE = timedelta(days=40)
# Texts that a body is taken from, and the paragraphs of each; no sentence stands twice in one.
TEXTS, PARAGRAPHS, SENTENCES = 300, 7, 4
KINDS = (Kind.STORY,) * 14 + (Kind.PRESS_RELEASE,) * 3 + (Kind.STATEMENT, Kind.NOTICE, Kind.NOTICE)

# Version 8 of RFC 9562 holds numbers of one's own: ids that ascend are appended to their index.
GUIDS = 0x0A5C1DE5_D30A_8000 << 64 | 1 << 63
KEYS = 0x0A5C1DE5_D30B_8000 << 64 | 1 << 63


def count() -> int:
    """How many stories of the archive there are."""
    last = (
        Article.objects.filter(guid__gte=uuid.UUID(int=GUIDS), guid__lt=uuid.UUID(int=KEYS))
        .order_by("-guid")
        .values_list("guid", flat=True)
        .first()
    )
    return last.int - GUIDS + 1 if last else 0


def extend(total: int, now: datetime | None = None) -> Iterator[int]:
    """Make the archive `total` stories large; yields how many were added, batch by batch."""
    there = count()
    if there >= total:
        return
    writer = _Writer(total, now or timezone.now())
    try:
        yield from _batches(writer, there, total)
    finally:
        PublishedCount.objects.recount()
        page_cache.changed()


def _batches(writer: _Writer, there: int, total: int) -> Iterator[int]:
    for first in range(there, total, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, total))
        with transaction.atomic():
            writer.write(numbers)
            page_cache.changed()
        # With DEBUG on, Django keeps the text of every query.
        reset_queries()
        yield len(numbers)


@dataclass(frozen=True)
class _Phrases:
    texts: list[list[str]]
    minutes: int
    headings: list[str]
    quotes: list[str]
    file_number: str


@cache
def _phrases(language: str) -> _Phrases:
    words, rng = read("phrases")[language], Random(language)
    texts = []
    for _ in range(TEXTS):
        sentences = [
            sentence.format(n=rng.randint(3, 60), m=rng.randint(70, 900))
            for sentence in rng.sample(words["sentences"], PARAGRAPHS * SENTENCES)
        ]
        parts = [sentences[start::PARAGRAPHS] for start in range(PARAGRAPHS)]
        texts.append([richtext.clean(f"<p>{' '.join(part)}</p>") for part in parts])
    minutes = text.reading_minutes(text.plain("".join(texts[0])))
    headings = [richtext.clean(f"<h2>{heading}</h2>") for heading in words["headings"]]
    return _Phrases(texts, minutes, headings, words["quotes"], words["file_number"])


class _Writer:
    def __init__(self, total: int, now: datetime) -> None:
        self.step = SPAN / total
        self.begins = now - ENDS_BEFORE - SPAN
        self.words = read("phrases")
        self.phrases = {language: _phrases(language) for language in LANGUAGES}
        self.tags = list(Tag.objects.filter(merged_into__isnull=True).order_by("pk"))
        self.places = list(Place.objects.filter(locality_tr="").select_related("within").order_by("pk"))
        self.images = list(Image.objects.filter(portrait_of__isnull=True).exclude(alt_tr="").order_by("pk"))
        self.appointments = list(Appointment.objects.order_by("pk"))
        self.fields = [field for field in Article._meta.concrete_fields if not field.primary_key]
        self.usual = {language: self._usual_values(language) for language in LANGUAGES}

    def write(self, numbers: range) -> None:
        stories = [self._story(number) for number in numbers]
        columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in self.fields)
        slots = ", ".join(["%s"] * len(self.fields))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {Article._meta.db_table} ({columns}) VALUES ({slots})",  # noqa: S608
                [self._values(story) for story in stories],
            )
        guids = [uuid.UUID(int=GUIDS + number) for number in (numbers[0], numbers[-1])]
        pks = Article.objects.filter(guid__range=guids).order_by("guid").values_list("pk", flat=True)
        links: dict[type[models.Model], list[Any]] = {ArticleTag: [], Mention: []}
        for pk, story in zip(pks, stories, strict=True):
            listing = {"listed_at": story["published_at"], "language": story["language"]}
            links[ArticleTag] += [
                ArticleTag(content_object_id=pk, tag=tag, **listing) for tag in story["tags"]
            ]
            links[Mention] += [
                Mention(article_id=pk, official_id=official, **listing) for official in story["officials"]
            ]
        for model, rows in links.items():
            model._default_manager.bulk_create(rows, batch_size=AT_ONCE)

    def _story(self, number: int) -> dict[str, Any]:
        """Every third is the English of the one before it: the same facts, chosen by the same dice."""
        told = number - 1 if number % 3 == 2 else number
        language = "en" if number % 3 == 2 else "tr"
        rng = Random(told)
        published_at = self.begins + (number + 0.5) * self.step
        place = rng.choice(self.places) if self.places else None
        district = place.within or place if place else None
        image = rng.choice(self.images) if self.images and rng.random() < 0.85 else None
        named = getattr(district, f"name_{language}") if district else "İzmir"
        facts = {
            "district": named,
            "subject": rng.choice(self.words["subjects"])[language],
            "n": rng.randint(2, 95),
            "m": rng.randint(100, 990),
        }
        title = rng.choice(self.words["titles"])[language].format(**facts)
        lead = rng.choice(self.words["leads"])[language].format(**facts)
        on_duty = [held for held in self.appointments if held.covers(published_at.date())]
        return {
            "guid": uuid.UUID(int=GUIDS + number),
            "translation_key": uuid.UUID(int=KEYS + told),
            "language": language,
            "kind": rng.choice(KINDS),
            "title": title,
            "slug": text.slugify(title),
            "summary": lead,
            "body": self._body(rng, language, lead, f"{published_at:%Y}-{told:07}"),
            "place_id": place.pk if place else None,
            "lead_image_id": image.pk if image else None,
            "lead_alt": getattr(image, f"alt_{language}") if image else "",
            "published_at": published_at,
            "first_published_at": published_at,
            "created_at": published_at,
            "touched_at": published_at,
            "reading_minutes": self.phrases[language].minutes,
            "folded": text.fold(f"{title} {lead}"),
            "tags": _some(rng, self.tags, rng.randint(1, 3)),
            "officials": {held.official_id for held in _some(rng, on_duty, rng.randint(0, 2))},
        }

    def _body(self, rng: Random, language: str, lead: str, number: str) -> str:
        """As `richtext.clean` would leave it. The number and the names are what is rare in a search."""
        phrases = self.phrases[language]
        parts = rng.choice(phrases.texts)
        first, second = rng.sample(phrases.headings, 2)
        by = f"{rng.choice(self.words['given_names'])} {rng.choice(self.words['family_names'])}"
        quote = f"<blockquote><p>{rng.choice(phrases.quotes)}</p><p><cite>{by}</cite></p></blockquote>"
        last = f"<p>{phrases.file_number.format(number=number)}</p>"
        return "\n".join([f"<p>{lead}</p>", *parts[:2], first, *parts[2:4], second, quote, *parts[4:], last])

    def _usual_values(self, language: str) -> dict[str, Any]:
        """What a new article's row holds in each column, ready for the database."""
        usual = Article(state=State.PUBLISHED, language=language, title="–", byline="Basın Bürosu")
        return {
            field.attname: field.get_db_prep_save(field.pre_save(usual, add=True), connection)
            for field in self.fields
        }

    def _values(self, story: dict[str, Any]) -> list[Any]:
        values = self.usual[story["language"]] | {
            name: _ready(value) for name, value in story.items() if name not in ("tags", "officials")
        }
        return list(values.values())


def _some(rng: Random, rows: list[Any], number: int) -> list[Any]:
    return rng.sample(rows, min(len(rows), number))


def _ready(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, uuid.UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return value
