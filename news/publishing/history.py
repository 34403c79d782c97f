"""Every save is a version: an article with its pictures, tags, people and notes, as one revision."""

import reversion
from django.contrib.auth.models import User
from django.db import models

from news.models import (
    Appointment,
    Article,
    ArticleFile,
    ArticleImage,
    ArticleTag,
    ChangeNote,
    Correction,
    Event,
    EventTag,
    FormerName,
    Mention,
    Official,
)

#: What belongs to a version, and what must be read with it so that its rows can name themselves.
PARTS: dict[type[models.Model], dict[str, str]] = {
    Article: {
        "mentions": "mentions__official",
        "gallery": "gallery__image",
        "files": "files",
        "article_tags": "article_tags__tag",
        "change_notes": "change_notes",
        "corrections": "corrections",
    },
    Event: {"event_tags": "event_tags__tag"},
    Official: {"appointments": "appointments__office", "former_names": "former_names"},
}
for part in (Mention, ArticleImage, ArticleFile, ArticleTag, ChangeNote, Correction, EventTag, Appointment):
    reversion.register(part)
reversion.register(FormerName)
for model, parts in PARTS.items():
    # django-taggit's manager is no field that can be written down; the rows between are.
    reversion.register(model, follow=tuple(parts), exclude=[] if model is Official else ["tags"])


def record(item: Article | Event | Official, by: User | None, comment: str = "") -> None:
    """Keep the item as it stands now. Called once all that belongs to it is stored."""
    rows = type(item)._default_manager.filter(pk=item.pk)
    (whole,) = rows.prefetch_related(*PARTS[type(item)].values())
    with reversion.create_revision(manage_manually=True):
        reversion.set_user(by)
        reversion.set_comment(comment)
        reversion.add_to_revision(whole)
