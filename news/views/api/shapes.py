"""What the answers are made of. Ids and names that a program keeps stay the same for good."""

from datetime import date, datetime
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict


class Shape(Schema):
    model_config = ConfigDict(extra="forbid")


class Problem(Shape):
    detail: str = Field(description="What was wrong, in a sentence.")


class Named(Shape):
    id: int
    name: str


class Picture(Shape):
    url: str
    width: int
    height: int
    alt: str = Field(description="Empty where the picture is decoration.")
    credit: str


class Translation(Shape):
    id: UUID
    language: str
    url: str


class ArticleInList(Shape):
    id: UUID = Field(description="Never changes, whatever becomes of title, address or domain.")
    language: str
    kind: str
    title: str
    summary: str
    url: str
    published_at: datetime
    updated_at: datetime = Field(description="Moves with significant changes only.")
    byline: str
    place: Named | None
    picture: Picture | None
    tags: list[Named]
    officials: list[Named]


class Article(ArticleInList):
    html: str = Field(description="The text as clean HTML with absolute addresses.")
    translations: list[Translation]


class Occurrence(Shape):
    starts_at: datetime
    ends_at: datetime
    first_day: date
    last_day: date
    cancelled: bool
    moved: bool


class EventInList(Shape):
    id: UUID = Field(description="Never changes; the calendar's UID is made of it.")
    language: str
    kind: str
    title: str
    summary: str
    url: str
    published_at: datetime
    timing: str = Field(description="timed, all_day or time_unknown.")
    time_zone: str
    starts_at: datetime | None
    ends_at: datetime | None = Field(description="Null where the end is not known.")
    first_day: date
    last_day: date = Field(description="Included.")
    status: str
    status_reason: str
    attendance: str
    place: Named | None
    external: bool = Field(description="Organised by others.")
    organiser: str
    free: bool
    price: str
    tickets_url: str = Field(description="Empty while the event is cancelled or postponed.")
    tags: list[Named]


class Event(EventInList):
    html: str = Field(description="The description as clean HTML with absolute addresses.")
    occurrences: list[Occurrence] = Field(description="The next fifty at most.")


class Term(Shape):
    office: str
    body: str
    starts_on: date
    ends_on: date | None
    acting: bool
    party: str = Field(description="During this term; empty where none is known.")


class OfficialInList(Shape):
    id: int
    name: str
    honorific: str
    summary: str
    district: Named | None
    url: str
    website: str


class Official(OfficialInList):
    html: str = Field(description="The biography as clean HTML with absolute addresses.")
    terms: list[Term] = Field(description="Offices held, the present ones first.")


class Tag(Shape):
    id: int
    name: str
    description: str
    topic: bool = Field(description="Looked after by an office, with a page of its own words.")
    url: str


class Articles(Shape):
    items: list[ArticleInList]
    next: str | None = Field(description="The address of the following page; null on the last.")


class Events(Shape):
    items: list[EventInList]
    next: str | None = Field(description="The address of the following page; null on the last.")


class Officials(Shape):
    items: list[OfficialInList]
    next: str | None = Field(description="The address of the following page; null on the last.")


class Tags(Shape):
    items: list[Tag]
    next: str | None = Field(description="The address of the following page; null on the last.")
