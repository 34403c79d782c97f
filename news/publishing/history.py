"""Every save is a version: an article with its pictures, tags, people and notes, as one revision."""

from collections.abc import Iterator
from contextlib import contextmanager

import reversion
from django.contrib.auth.models import User

from news.models import (
    Article,
    ArticleFile,
    ArticleImage,
    ArticleTag,
    ChangeNote,
    Correction,
    Event,
    EventTag,
    Mention,
    Official,
)

# django-taggit's manager is no field that can be written down; the rows between are.
PARTS = {
    Article: ("mentions", "gallery", "files", "article_tags", "change_notes", "corrections"),
    Event: ("event_tags",),
    Official: ("appointments", "former_names"),
}
for part in (Mention, ArticleImage, ArticleFile, ArticleTag, ChangeNote, Correction, EventTag):
    reversion.register(part)
for model in (Official.appointments.rel.related_model, Official.former_names.rel.related_model):
    reversion.register(model)
reversion.register(Article, follow=PARTS[Article], exclude=["tags"])
reversion.register(Event, follow=PARTS[Event], exclude=["tags"])
reversion.register(Official, follow=PARTS[Official])


@contextmanager
def recorded(by: User | None, comment: str = "") -> Iterator[None]:
    """What is saved within becomes one version; inside another one it becomes part of that."""
    with reversion.create_revision():
        if by is not None and by.pk:
            reversion.set_user(by)
        if comment:
            reversion.set_comment(comment)
        yield
