"""Small makers of rows, so that a test names only what it is about."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import PIL.Image
from django.utils import timezone

from news.models import Appointment, Article, Body, Event, Image, Office, Official, State, Tag
from news.publishing.event import rebuild_occurrences

NOON = datetime(2026, 3, 18, 12, tzinfo=UTC)


def article(title: str = "Yeni tramvay hattı açıldı", **values: Any) -> Article:
    """A published article in Turkish; `tags` are labels."""
    tags = values.pop("tags", [])
    fit = {"language": "tr", "summary": "Özet.", "body": "<p>Metin.</p>"}
    values = {"state": State.PUBLISHED, **fit, **values}
    if values["state"] in (State.PUBLISHED, State.WITHDRAWN):
        values.setdefault("published_at", timezone.now() - timedelta(hours=1))
        values.setdefault("first_published_at", values["published_at"])
    if values["state"] == State.WITHDRAWN:
        values.setdefault("withdrawn_at", timezone.now())
    made = Article.objects.create(title=title, **values)
    made.tags.add(*tags)
    made.relist()
    return made


def articles(number: int, **values: Any) -> list[Article]:
    """As many, an hour apart, the newest first."""
    now = timezone.now()
    return [
        article(f"Haber {count}", published_at=now - timedelta(hours=count), **values)
        for count in range(1, number + 1)
    ]


def image(**values: Any) -> Image:
    """A picture of one colour with its renditions."""
    drawn = BytesIO()
    PIL.Image.new("RGB", (1600, 900), "firebrick").save(drawn, "JPEG")
    drawn.name, _ = "picture.jpg", drawn.seek(0)
    values = {"title": "Tramvay", "alt_tr": "Kırmızı tramvay", "credit": "Ayşe Işık", **values}
    made = Image.from_upload(drawn, **values)
    made.make_renditions()
    return made


def event(title: str = "Körfez Şenliği", **values: Any) -> Event:
    """A published event with its occurrences, by default on an evening in a fortnight."""
    tags = values.pop("tags", [])
    soon = (timezone.now() + timedelta(days=14)).replace(minute=0, second=0, microsecond=0)
    published = {"published_at": timezone.now() - timedelta(hours=1)}
    published["first_published_at"] = published["published_at"]
    values = {"state": State.PUBLISHED, "title_tr": title, **published, **values}
    if "starts_on" not in values:
        values.setdefault("starts_at", soon)
    made = Event.objects.create(**values)
    made.tags.add(*tags)
    rebuild_occurrences(made)
    return made


def official(name: str = "Nermin Çağlar", **values: Any) -> Official:
    return Official.objects.create(name=name, **{"family_name": name.split()[-1], **values})


def office(title: str = "Belediye Başkanı", **values: Any) -> Office:
    body = (
        values.pop("body", None)
        or Body.objects.get_or_create(name_tr="Başkanlık", name_en="Mayor's Office")[0]
    )
    return Office.objects.create(**{"title_tr": title, "title_en": title, "body": body, **values})


def appointment(
    person: Official, post: Office, starts_on: date = date(2024, 4, 1), **values: Any
) -> Appointment:
    return Appointment.objects.create(official=person, office=post, starts_on=starts_on, **values)


def topic(name: str = "Ulaşım", **values: Any) -> Tag:
    return Tag.objects.create(**{"name_tr": name, "name_en": name, "is_topic": True, **values})
