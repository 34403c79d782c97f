"""The verbs of the newsroom. One transaction each: guard, change, version, timeline; cached pages fall."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news import page_cache, search
from news.models import Article, Event, State, TimelineEntry
from news.publishing import check, history, rules, websub
from news.publishing.content import Content
from news.publishing.rules import Item, One, Refused
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
        row.merge_approved = False
    return row


def publish(
    item: One, by: User, reason: str = "", at: datetime | None = None, now: datetime | None = None
) -> One:
    """Publish now, or at `at`. What was public before keeps its place in the lists, unless `at` says not."""
    now = now or timezone.now()
    if isinstance(item, Article) and item.original_id:
        return _publish_copy(item, "publish", by, reason, now)
    with _moving(item, "publish", by, reason, now) as row:
        _publish(row, at, now)
    return row


def publish_urgently(item: Article, by: User, reason: str = "", now: datetime | None = None) -> Article:
    """Publish without a second pair of eyes; the article asks for one afterwards."""
    now = now or timezone.now()
    if item.original_id:
        return _publish_copy(item, "publish_urgently", by, reason, now)
    with _moving(item, "publish_urgently", by, reason, now) as row:
        _publish(row, None, now)
        row.needs_second_look = True
    return row


def confirm(item: Article, by: User, reason: str = "", now: datetime | None = None) -> Article:
    with _moving(item, "confirm", by, reason, now) as row:
        row.needs_second_look = False
    return row


def unschedule(item: One, by: User, reason: str = "", now: datetime | None = None) -> One:
    with _moving(item, "unschedule", by, reason, now) as row:
        row.state = State.DRAFT
        row.first_published_at = None
    return row


def withdraw(
    item: One,
    by: User,
    reason: str,
    in_favour_of: Article | None = None,
    now: datetime | None = None,
) -> One:
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


VERBS: dict[str, Callable[..., Any]] = {
    "submit": submit,
    "return_to_draft": return_to_draft,
    "publish": publish,
    "publish_urgently": publish_urgently,
    "confirm": confirm,
    "unschedule": unschedule,
    "withdraw": withdraw,
}


def merge_due(now: datetime | None = None) -> list[Article]:
    """Publish the approved changes whose time has come; the `tick` command calls this."""
    now = now or timezone.now()
    due = Article.objects.filter(merge_approved=True, merge_at__lte=now).order_by("merge_at", "pk")
    return [_merge(copy.pk, copy.timeline.select_related("by").first(), now) for copy in due]


def _publish_copy(item: Article, name: str, by: User, reason: str, now: datetime) -> Article:
    """A working copy becomes its original, now or at its time."""
    with _moving(item, name, by, reason, now) as row:
        later = row.merge_at is not None and row.merge_at > now
        if later and name == "publish_urgently":
            raise Refused(_("What is urgent goes out now; empty the time of the change."))
        if row.merge_at and row.merge_at < now - SOON:
            raise Refused(
                _("%(time)s has passed. Choose a later time, or empty the field to publish now.")
                % {"time": said_back(row.merge_at)}
            )
        _must_be_fit(row)
        row.state = State.IN_REVIEW
        row.merge_approved = True
        row.needs_second_look = name == "publish_urgently"
        if not later:
            row.merge_at = now
    return row if later else _merge(row.pk, row.timeline.first(), now)


def _merge(copy_pk: int, approval: TimelineEntry | None, now: datetime) -> Article:
    """Put the copy's content into its original, which keeps its id, guid, address and times."""
    with transaction.atomic():
        copy = Article.objects.select_for_update().get(pk=copy_pk, merge_approved=True)
        original = Article.objects.select_for_update().get(working_copy=copy)
        old, new = Content.of(original), Content.of(copy)
        if new.put_as_change(old, original, now):
            original.changed_at = now
        original.version += 1
        original.needs_second_look = copy.needs_second_look
        if original.state == State.WITHDRAWN:
            original.state, original.withdrawn_at, original.changed_at = State.PUBLISHED, None, now
        original.save()
        original.relist()
        copy.timeline.update(article=original)
        copy.delete()
        history.record(original, approval.by if approval else None, str(rules.DONE["publish"]))
        search.index(original)
        page_cache.changed()
        websub.feeds_changed()
    return original


def _publish(row: Item, at: datetime | None, now: datetime) -> None:
    was_public = row.first_published_at is not None and row.first_published_at <= now
    if at is not None and at < now - SOON and not (was_public and at == row.published_at):
        raise Refused(
            _("%(time)s has passed. Choose a later time, or empty the field to publish now.")
            % {"time": said_back(at)}
        )
    if at is None:
        at = row.published_at if was_public and row.published_at else now
    if isinstance(row, Article):
        _must_be_fit(row)
    if row.expires_at and row.expires_at <= max(at, now):
        raise Refused(_("It would expire before it is published; move the expiry time or empty it."))
    if row.state == State.WITHDRAWN:
        # Feed readers that hold the notice of withdrawal believe only what is newer.
        row.changed_at = now
    row.state = State.PUBLISHED
    row.published_at = at
    row.withdrawn_at = None
    if not was_public:
        row.first_published_at = at


def _must_be_fit(article: Article) -> None:
    if found := check.blocking(article):
        raise Refused(" ".join(finding.text for finding in found))


@contextmanager
def _moving(item: One, name: str, by: User, reason: str, now: datetime | None) -> Iterator[One]:
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
            **{str(row._meta.model_name): row}, move=name, by=by, at=now, reason=reason, version=row.version
        )
        history.record(row, by, str(rules.DONE[name]))
        search.index(row)
        if State.PUBLISHED in (before, row.state):
            page_cache.changed()
            websub.feeds_changed()
