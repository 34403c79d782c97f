"""The verbs of the newsroom. One transaction each: guard, change, version, timeline; cached pages fall."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news import page_cache, search
from news.models import Article, Event, State, TimelineEntry
from news.publishing import history, rules
from news.publishing.rules import Item, Refused
from news.publishing.when import said_back

#: A plan nearer than this is as good as now, and a time this little ago is a slow click and not a mistake.
SOON = timedelta(minutes=5)


def submit(item: Article, by: User, reason: str = "", now: datetime | None = None) -> Article:
    with _moving(item, "submit", by, reason, now) as row:
        row.state = State.IN_REVIEW
    return row


def return_to_draft(item: Article, by: User, reason: str = "", now: datetime | None = None) -> Article:
    with _moving(item, "return_to_draft", by, reason, now) as row:
        row.state = State.DRAFT
    return row


def publish(
    item: Item, by: User, reason: str = "", at: datetime | None = None, now: datetime | None = None
) -> Item:
    """Publish now, or at `at`. What was public before keeps its place in the lists, unless `at` says not."""
    now = now or timezone.now()
    with _moving(item, "publish", by, reason, now) as row:
        _publish(row, at, now)
    return row


def publish_urgently(item: Article, by: User, reason: str = "", now: datetime | None = None) -> Article:
    """Publish without a second pair of eyes; the article asks for one afterwards."""
    now = now or timezone.now()
    with _moving(item, "publish_urgently", by, reason, now) as row:
        _publish(row, None, now)
        row.needs_second_look = True
    return row


def confirm(item: Article, by: User, reason: str = "", now: datetime | None = None) -> Article:
    with _moving(item, "confirm", by, reason, now) as row:
        row.needs_second_look = False
    return row


def unschedule(item: Item, by: User, reason: str = "", now: datetime | None = None) -> Item:
    with _moving(item, "unschedule", by, reason, now) as row:
        row.state = State.DRAFT
        row.first_published_at = None
    return row


def withdraw(
    item: Item,
    by: User,
    reason: str,
    in_favour_of: Article | None = None,
    now: datetime | None = None,
) -> Item:
    """Take it from the readers; they find `reason`, which is public, at its address."""
    now = now or timezone.now()
    with _moving(item, "withdraw", by, reason, now) as row:
        row.state = State.WITHDRAWN
        row.withdrawn_at = now
        if isinstance(row, Event):
            row.withdrawn_reason_tr = row.withdrawn_reason_tr or reason
        else:
            row.withdrawn_reason = reason
            row.withdrawn_in_favour_of = in_favour_of or row.withdrawn_in_favour_of
    return row


VERBS = {
    "submit": submit,
    "return_to_draft": return_to_draft,
    "publish": publish,
    "publish_urgently": publish_urgently,
    "confirm": confirm,
    "unschedule": unschedule,
    "withdraw": withdraw,
}


def _publish(row: Item, at: datetime | None, now: datetime) -> None:
    was_public = row.first_published_at is not None and row.first_published_at <= now
    if at is not None and at < now - SOON and not (was_public and at == row.published_at):
        raise Refused(
            _("%(time)s has passed. Choose a later time, or empty the field to publish now.")
            % {"time": said_back(at)}
        )
    if at is None:
        at = row.published_at if was_public and row.published_at else now
    if row.expires_at and row.expires_at <= max(at, now):
        raise Refused(_("It would expire before it is published; move the expiry time or empty it."))
    row.state = State.PUBLISHED
    row.published_at = at
    row.withdrawn_at = None
    if not was_public:
        row.first_published_at = at


@contextmanager
def _moving(item: Item, name: str, by: User, reason: str, now: datetime | None) -> Iterator[Item]:
    now = now or timezone.now()
    with transaction.atomic():
        row = type(item)._default_manager.select_for_update().get(pk=item.pk)
        if why := rules.refusal(row, name, by, now):
            raise Refused(why)
        move = rules.moves_of(row)[name]
        if move.needs_reason and not reason.strip():
            raise Refused(_("Say why; readers are told."))
        before = row.state
        yield row
        row.version += 1
        row.save()
        if isinstance(row, Article):
            row.relist()
        else:
            row.event_tags.update(listed_at=row.published_at if row.state == State.PUBLISHED else None)
        TimelineEntry.objects.create(
            **{row._meta.model_name: row}, move=name, by=by, at=now, reason=reason, version=row.version
        )
        history.record(row, by, str(rules.DONE[name]))
        search.index(row)
        if State.PUBLISHED in (before, row.state):
            page_cache.changed()
