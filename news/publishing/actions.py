"""The verbs of the newsroom. One transaction each: guard, change, version, timeline; cached pages fall."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import EllipsisType
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from news import page_cache, search
from news.models import Article, Event, State, TimelineEntry
from news.publishing import check, check_event, history, links, notices, rules, websub
from news.publishing.content import Content
from news.publishing.rules import Item, One, Refused
from news.publishing.when import said_back

logger = logging.getLogger(__name__)

#: A plan has to lie this far ahead, and a time this little ago is a slow click and not a mistake.
SOON = timedelta(minutes=5)


def submit(item: Article, by: User, reason: str = "", now: datetime | None = None) -> Article:
    with _moving(item, "submit", by, reason, now) as row:
        row.state = State.IN_REVIEW
    return row


def return_to_draft(item: Article, by: User, reason: str = "", now: datetime | None = None) -> Article:
    with _moving(item, "return_to_draft", by, reason, now) as row:
        row.state = State.DRAFT
        row.merge_approved = False
        row.merge_problem = ""
    return row


def publish(
    item: One, by: User, reason: str = "", at: datetime | None = None, now: datetime | None = None
) -> One:
    """Publish at `at`, else at the time planned for it if that lies ahead, else now.

    What was public before keeps its place in the lists, unless `at` says not.
    """
    now = now or timezone.now()
    if isinstance(item, Article) and item.original_id:
        return _publish_copy(item, "publish", by, reason, now)
    with _moving(item, "publish", by, reason, now) as row:
        planned = row.published_at if row.published_at and row.published_at > now else None
        _publish(row, at or planned, now)
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
    reason: str | dict[str, str],
    in_favour_of: Article | EllipsisType | None = ...,
    now: datetime | None = None,
) -> One:
    """Take it from the readers; they find `reason`, which is public, at its address, and the story that takes
    its place: `in_favour_of`, or, where nothing is said of that, the one that was named before.

    Of an event, `reason` is by language; a single one is in the language of who gives it.
    """
    now = now or timezone.now()
    reasons = {get_language() or settings.LANGUAGE_CODE: reason} if isinstance(reason, str) else reason
    said = " / ".join(words for words in reasons.values() if words.strip())
    with _moving(item, "withdraw", by, said, now) as row:
        row.state = State.WITHDRAWN
        row.withdrawn_at = now
        if isinstance(row, Event):
            row.withdrawn_reason_tr, row.withdrawn_reason_en = (
                reasons.get(code, "").strip() for code in ("tr", "en")
            )
        else:
            row.withdrawn_reason = said
            if in_favour_of == row:
                raise Refused(_("A story cannot take its own place."))
            if in_favour_of is not ...:
                row.withdrawn_in_favour_of = in_favour_of
    return row


def reschedule(
    item: One, by: User, reason: str = "", at: datetime | None = None, now: datetime | None = None
) -> One:
    """Another time for what is scheduled or public. What readers see cannot be put into the future again."""
    now = now or timezone.now()
    with _moving(item, "reschedule", by, reason or (said_back(at) if at else ""), now) as row:
        planned = row.is_scheduled(now)
        if at is None and planned:
            raise Refused(
                _("A publication time is needed; to keep it back, take it back from schedule."),
                "published_at",
            )
        if at is None:
            raise Refused(
                _("A publication time is needed; to keep it from readers, withdraw it."), "published_at"
            )
        if not planned:
            if at > now:
                raise Refused(_("Readers see it already; withdraw it to keep it from them."), "published_at")
        elif at <= now:
            raise Refused(_passed(at, planned), "published_at")
        else:
            _must_lie_ahead(at, now, planned)
            row.first_published_at = at
        _must_be_fit(row, at, now)
        row.published_at = at
    return row


def retry(item: Article, by: User, reason: str = "", now: datetime | None = None) -> Article:
    """Publish an approved change whose time has passed."""
    now = now or timezone.now()
    with _moving(item, "retry", by, reason, now) as row:
        _must_be_mergeable(row, now)
        row.merge_problem = ""
        row.merge_at = now
    return _merge(row.pk, row.timeline.first(), now)


def why_not(item: Item, name: str, by: User, now: datetime | None = None) -> str | None:
    """The sentence with which a verb would refuse now; a page that lists effects says it beforehand."""
    now = now or timezone.now()
    if why := rules.refusal(item, name, by, now):
        return why
    try:
        if name == "publish" and isinstance(item, Article) and item.original_id:
            _must_be_ready_to_merge(item, now)
        elif name == "publish":
            _must_be_fit(item, _time_of(item, item.published_at, now), now)
    except Refused as refused:
        return refused.reason
    return None


VERBS: dict[str, Callable[..., Any]] = {
    "submit": submit,
    "return_to_draft": return_to_draft,
    "publish": publish,
    "publish_urgently": publish_urgently,
    "confirm": confirm,
    "unschedule": unschedule,
    "withdraw": withdraw,
    "retry": retry,
    "reschedule": reschedule,
}


def merge_due(now: datetime | None = None) -> list[Article]:
    """Publish the approved changes whose time has come; the `tick` command calls this. One that cannot be
    published says why on the desk and waits for a person; the others go on."""
    now = now or timezone.now()
    due = Article.objects.filter(merge_approved=True, merge_at__lte=now, merge_problem="")
    merged = []
    for copy in due.select_related("author").order_by("merge_at", "pk"):
        approval = copy.timeline.select_related("by").first()
        told = notices.people(copy.author, approval.by if approval else None)
        planned, title = copy.merge_at or now, str(copy)
        with override(settings.LANGUAGE_CODE):
            try:
                with transaction.atomic():
                    _must_be_mergeable(copy, now)
                    original = _merge(copy.pk, approval, now)
            except Refused as refused:
                _fail(copy, refused.reason, told, planned)
                continue
            except IntegrityError:
                logger.exception("A change could not be merged: article %s", copy.pk)
                _fail(
                    copy, _("The database refused it; an administrator finds more in the log."), told, planned
                )
                continue
        if now - planned > SOON:
            notices.late(original, title, planned, told)
        merged.append(original)
    return merged


def _fail(copy: Article, problem: str, told: list[str], planned: datetime) -> None:
    Article.objects.filter(pk=copy.pk).update(merge_problem=problem)
    notices.failed(copy, problem, planned, told)


def _must_be_mergeable(copy: Article, now: datetime) -> None:
    original = Article.objects.only("state").get(working_copy=copy)
    if original.state == State.WITHDRAWN:
        raise Refused(
            _(
                "The article was withdrawn meanwhile. Return the change to draft; publishing it brings"
                " both back."
            )
        )
    _must_be_fit(copy, now, now)


def _publish_copy(item: Article, name: str, by: User, reason: str, now: datetime) -> Article:
    """A working copy becomes its original, now or at its time."""
    with _moving(item, name, by, reason, now) as row:
        later = _must_be_ready_to_merge(row, now)
        if later and name == "publish_urgently":
            raise Refused(_("What is urgent goes out now; empty the time of the change."))
        row.state = State.IN_REVIEW
        row.merge_approved = True
        row.merge_problem = ""
        row.needs_second_look = name == "publish_urgently"
        if not later:
            row.merge_at = now
    return row if later else _merge(row.pk, row.timeline.first(), now)


def _must_be_ready_to_merge(copy: Article, now: datetime) -> bool:
    """Whether it waits for its time. Raises `Refused` where it cannot go out."""
    if copy.merge_at:
        _must_lie_ahead(copy.merge_at, now)
    later = copy.merge_at is not None and copy.merge_at > now
    _must_be_fit(copy, copy.merge_at if copy.merge_at and later else now, now)
    return later


def _merge(copy_pk: int, approval: TimelineEntry | None, now: datetime) -> Article:
    """Put the copy's content into its original, which keeps its id, guid, address and times."""
    with transaction.atomic():
        copy = Article.objects.select_for_update().get(pk=copy_pk, merge_approved=True)
        original = Article.objects.select_for_update().get(working_copy=copy)
        if not history.versions(original).exists():
            # Imports write no versions: without this one, what readers saw so far would be gone.
            history.record(original, None, "as_it_was")
        websub.feeds_changed(original)
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
        links.remember(original)
        history.record(original, approval.by if approval else None, "publish")
        search.index(original)
        page_cache.changed()
        websub.feeds_changed(original)
    return original


def _publish(row: Item, at: datetime | None, now: datetime) -> None:
    was_public = row.first_published_at is not None and row.first_published_at <= now
    at = _time_of(row, at, now)
    _must_be_fit(row, at, now)
    if row.state == State.WITHDRAWN:
        # Feed readers that hold the notice of withdrawal believe only what is newer.
        row.changed_at = now
    row.state = State.PUBLISHED
    row.published_at = at
    row.withdrawn_at = None
    if not was_public:
        row.first_published_at = at


def _time_of(row: Item, at: datetime | None, now: datetime) -> datetime:
    """When it goes out: at once, at `at`, or where it stood in the lists. Raises `Refused` for a time that
    cannot be."""
    was_public = row.first_published_at is not None and row.first_published_at <= now
    if at is None or (was_public and at == row.published_at):
        return row.published_at if was_public and row.published_at else now
    _must_lie_ahead(at, now)
    return at


def _must_lie_ahead(at: datetime, now: datetime, planned: bool = False) -> None:
    if at < now - SOON:
        raise Refused(_passed(at, planned), "published_at")
    if now < at < now.replace(second=0, microsecond=0) + SOON:
        near = _("%(time)s is less than 5 minutes away.") % {"time": said_back(at)}
        raise Refused(f"{near} {_way_out(planned)}", "published_at")


def _passed(at: datetime, planned: bool) -> str:
    return _("%(time)s has passed.") % {"time": said_back(at)} + f" {_way_out(planned)}"


def _way_out(planned: bool) -> str:
    """What to do about a time that cannot be; an empty one publishes only what is not scheduled already."""
    if planned:
        return _("Choose a later time, or take it back from schedule.")
    return _("Choose a later time, or empty the field to publish now.")


def must_stay_fit(item: Article) -> None:
    """What waits for its hour is saved only as fit as it had to be for that. Raises `Refused`."""
    now = timezone.now()
    _must_be_fit(item, item.published_at or now, now)


def _must_be_fit(row: Item, at: datetime, now: datetime) -> None:
    if row.expires_at and row.expires_at <= max(at, now):
        raise Refused(
            _("It would expire before it is published; move the expiry time or empty it."), "expires_at"
        )
    if isinstance(row, Event):
        _must_have_nothing_that_blocks(check_event.blocking(row))
        return
    if row.embargo_until and at < row.embargo_until:
        note = f" ({row.embargo_note})" if row.embargo_note else ""
        raise Refused(
            _("It is under embargo until %(time)s%(note)s. Choose that time or a later one.")
            % {"time": said_back(row.embargo_until), "note": note}
        )
    _must_have_nothing_that_blocks(check.blocking(row))


def _must_have_nothing_that_blocks(found: list[check.Finding]) -> None:
    if found:
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
        settle(row, name, by, now, reason, was=before)


def _is_for_later(row: Item, now: datetime) -> bool:
    if isinstance(row, Article) and row.original_id:
        return row.merge_at is not None and row.merge_at > now
    return row.is_scheduled(now)


def settle(row: Item, name: str, by: User, now: datetime, reason: str = "", was: str = "") -> None:
    """All that follows from a change of state, within its transaction: version, lists, timeline, search, and
    the pages that readers see."""
    row.version += 1
    row.save()
    if isinstance(row, Article):
        row.relist()
    else:
        row.event_tags.update(listed_at=row.published_at if row.state == State.PUBLISHED else None)
    links.remember(row)
    if name == "publish" and _is_for_later(row, now):
        name = "schedule"
    TimelineEntry.objects.create(
        **{str(row._meta.model_name): row}, move=name, by=by, at=now, reason=reason, version=row.version
    )
    history.record(row, by, name)
    search.index(row)
    if State.PUBLISHED in (was, row.state):
        page_cache.changed()
        websub.feeds_changed(row)
