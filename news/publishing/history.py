"""Every save is a version: an article with its pictures, tags, people and notes, as one revision."""

from datetime import datetime, timedelta
from typing import Any

import reversion
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from reversion.models import Revision, Version

from news import search
from news.models import (
    Appointment,
    Article,
    ArticleFile,
    ArticleImage,
    ArticleTag,
    ChangeNote,
    Correction,
    Document,
    Event,
    EventTag,
    FormerName,
    GalleryImage,
    Mention,
    Official,
    OfficialAccount,
    State,
)
from news.publishing import links
from news.publishing.event import rebuild_occurrences

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
    Event: {
        "event_tags": "event_tags__tag",
        "galleryimages": "galleryimages__image",
        "documents": "documents",
    },
    Official: {
        "appointments": "appointments__office",
        "former_names": "former_names",
        "accounts": "accounts",
        "galleryimages": "galleryimages__image",
        "documents": "documents",
    },
}
for part in (Mention, ArticleImage, ArticleFile, ArticleTag, ChangeNote, Correction, EventTag, Appointment):
    reversion.register(part)
reversion.register(FormerName)
reversion.register(OfficialAccount)
reversion.register(GalleryImage)
reversion.register(Document)
for model, parts in PARTS.items():
    # django-taggit's manager is no field that can be written down; the rows between are.
    reversion.register(model, follow=tuple(parts), exclude=[] if model is Official else ["tags"])


def record(item: Article | Event | Official, by: User | None, deed: str = "") -> None:
    """Keep the item as it stands now. Called once all that belongs to it is stored. `deed`: its name in
    `rules.DONE`, nothing for a plain save."""
    rows = type(item)._default_manager.filter(pk=item.pk)
    (whole,) = rows.prefetch_related(*PARTS[type(item)].values())
    with reversion.create_revision(manage_manually=True):
        reversion.set_user(by)
        reversion.set_comment(deed)
        reversion.add_to_revision(whole)


def versions(item: Article | Event | Official) -> QuerySet[Version]:
    """Newest first, with who saved each."""
    kept = Version.objects.get_for_object(item).select_related("revision__user")
    return kept.order_by("-revision__date_created", "-pk")


#: How long deleted things can be had back.
BIN = timedelta(days=30)


def binned(model: type[models.Model], now: datetime | None = None) -> list[Version]:
    """The last version of what was deleted in the last 30 days, the newest first."""
    since = (now or timezone.now()) - BIN
    gone = Version.objects.get_deleted(model).filter(revision__date_created__gt=since)
    return list(gone.select_related("revision__user").order_by("-revision__date_created")[:200])


def take_out_of_bin(version: Version, by: User) -> Any:
    """Bring a deleted thing back with all that belonged to it, as a draft. Raises `RevertError` if not."""
    with transaction.atomic():
        version.revision.revert()
        (item,) = version._model._default_manager.filter(pk=version.object_id)
        if isinstance(item, Article | Event):
            # Its timeline is gone, and with it who sent it for review.
            item.state = State.DRAFT
        if isinstance(item, Article):
            item.merge_approved = False
            item.relist()
        # What is counted beside the row, such as pictures within its text, is written by saving it.
        item.save()
        if isinstance(item, Event):
            rebuild_occurrences(item)
        record(item, by, "take_out_of_bin")
        links.remember(item)
        search.index(item)
    return item


def empty_bin(now: datetime | None = None) -> int:
    """Forget what was deleted too long ago; the `tick` command calls this."""
    until = (now or timezone.now()) - BIN
    number = 0
    for model in PARTS:
        gone = Version.objects.get_deleted(model).filter(revision__date_created__lte=until)
        for pk in gone.values_list("object_id", flat=True)[:500]:
            revisions = Version.objects.get_for_object_reference(model, pk).values("revision")
            number += Revision.objects.filter(pk__in=revisions).delete()[0]
    return number
