"""Taking back what was just done: for ten minutes, by who did it, where nobody has changed it since."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from reversion.errors import RevertError
from reversion.models import Version

from news.models import Article, Deed, Event, State, Tag, TimelineEntry
from news.publishing import copies, history, rules, tags
from news.publishing.actions import settle
from news.publishing.assignment import name_of
from news.publishing.content import Content
from news.publishing.rules import Item, Refused

WITHIN = timedelta(minutes=10)
#: Of an article or event: what a move changes. An event has some of them only.
FIELDS = (
    "state",
    "published_at",
    "first_published_at",
    "changed_at",
    "withdrawn_at",
    "withdrawn_reason",
    "withdrawn_reason_tr",
    "withdrawn_reason_en",
    "withdrawn_in_favour_of",
    "needs_second_look",
    "merge_at",
    "merge_approved",
    "merge_problem",
)
#: Deeds after which letters and feeds may have gone out.
SEEN = {"publish", "publish_urgently", "withdraw", "retry"}
MODELS: dict[str, Any] = {"article": Article, "event": Event}


def memo(item: Item) -> dict[str, Any]:
    """How an item is before a move; for a working copy, how the article is that it may be merged into."""
    if isinstance(item, Article) and item.original_id:
        original = Article.objects.get(pk=item.original_id)
        return {"copy": _memo(item), "original": _memo(original)}
    return _memo(item)


def _memo(item: Item) -> dict[str, Any]:
    return {
        "what": "move",
        "model": item._meta.model_name,
        "pk": item.pk,
        "version": item.version,
        "before": {field.name: _written(field, item) for field in _fields(item)},
    }


def _fields(item: Item) -> list[models.Field]:
    return [field for field in item._meta.concrete_fields if field.name in FIELDS]


def _written(field: models.Field, item: Item) -> str | None:
    return None if field.value_from_object(item) is None else field.value_to_string(item)


def moved(before: dict[str, Any], row: Item) -> dict[str, Any] | None:
    """What takes a move back, from the memo before it and the row after it; nothing where somebody else came
    between the two."""
    if "original" in before:
        merged = before["original"]["pk"] == row.pk
        before = {**before["original"], "what": "merge"} if merged else before["copy"]
        if merged:
            earlier = history.versions(row)[1:2]
            before["earlier"] = earlier[0].pk if earlier else None
    if row.version != before["version"] + 1:
        return None
    return {**before, "version": row.version}


def retagged(row: Item, before: Iterable[int]) -> dict[str, Any]:
    return {
        "what": "retag",
        "model": row._meta.model_name,
        "pk": row.pk,
        "version": row.version,
        "tags": list(before),
    }


def assigned(row: Article, before: int | None) -> dict[str, Any]:
    return {"what": "assign", "pk": row.pk, "before": before, "after": row.assigned_to_id}


def deleted(model: type[models.Model], pk: int) -> dict[str, Any]:
    return {"what": "delete", "model": model._meta.model_name, "pk": pk}


def remember(by: User, name: str, label: str, items: Iterable[dict[str, Any] | None]) -> Deed | None:
    """Keep what takes it back, under the name of the first item; nothing where nothing can be."""
    kept = [item for item in items if item]
    if not kept:
        return None
    label = label[:250] + (f" + {len(kept) - 1}" if len(kept) > 1 else "")
    return Deed.objects.create(by=by, name=name, label=label, items=kept)


def recent(by: User, now: datetime | None = None) -> models.QuerySet[Deed]:
    """What somebody can still take back, the newest first."""
    since = (now or timezone.now()) - WITHIN
    return Deed.objects.filter(by=by, at__gt=since, undone_at=None)


def take_back(deed: Deed, by: User, now: datetime | None = None) -> tuple[list[str], list[tuple[str, str]]]:
    """Undo a deed item by item: what is as it was, and what is not, with the reason. Raises `Refused` where
    it is too late for all of it."""
    now = now or timezone.now()
    with transaction.atomic():
        deed = Deed.objects.select_for_update().get(pk=deed.pk)
        if deed.by_id != by.pk or not by.is_active:
            raise Refused(_("Only who did it can take it back."))
        if deed.undone_at:
            raise Refused(_("This has been taken back already."))
        if deed.at <= now - WITHIN:
            raise Refused(_("The ten minutes are over. Change it in the plain way."))
        deed.undone_at = now
        deed.save(update_fields=["undone_at"])
    done, refused = [], []
    # The last comes first: two steps with one thing are taken back in their order.
    for item in reversed(deed.items):
        try:
            with transaction.atomic():
                done.append(TAKERS[item["what"]](item, deed, by, now))
        except Refused as problem:
            refused.append((_title(item), problem.reason))
        except RevertError as problem:
            refused.append((_title(item), str(problem)))
    return done, refused


def _title(item: dict[str, Any]) -> str:
    model = MODELS.get(item.get("model", ""), Tag if item["what"] == "merge_tags" else Article)
    row = model._default_manager.filter(pk=item["pk"]).first()
    return str(row) if row else f"{model._meta.verbose_name} {item['pk']}"


def _row(item: dict[str, Any], right: str, by: User) -> Any:
    """The row, locked, if nobody has changed it since and `by` still has the right."""
    row = MODELS[item["model"]]._default_manager.select_for_update().filter(pk=item["pk"]).first()
    if row is None or row.version != item["version"]:
        raise Refused(_("It has been changed since; nothing was taken back."))
    if not by.has_perm(f"news.{right}_{item['model']}"):
        raise Refused(_("You do not have the right to do this; ask an administrator or a colleague who has."))
    return row


def _put_back(row: Item, before: dict[str, Any]) -> None:
    for field in _fields(row):
        if field.name in before:
            value = before[field.name]
            setattr(row, field.attname, None if value is None else field.to_python(value))


def _move(item: dict[str, Any], deed: Deed, by: User, now: datetime) -> str:
    move = rules.MOVES[deed.name]
    row = _row(item, move.right, by)
    was = row.state
    _put_back(row, item["before"])
    if row.state == State.PUBLISHED and was == State.WITHDRAWN:
        # Feed readers that took the notice of withdrawal believe only what is newer.
        row.changed_at = now
    settle(row, "undo", by, now, deed.name, was=was)
    return str(row)


def _merge(item: dict[str, Any], deed: Deed, by: User, now: datetime) -> str:
    """The article is as it was, and what was published stands in a working copy again."""
    row = _row(item, "publish", by)
    version = Version.objects.filter(pk=item["earlier"]).first()
    if version is None:
        raise Refused(_("The earlier text is not there any more."))
    copies.working_copy(row, by, checked=True)
    content = Content.of_revision(version.revision)
    content.drop_missing()
    _put_back(row, item["before"])
    content.put(row)
    settle(row, "undo", by, now, "publish", was=State.PUBLISHED)
    return str(row)


def _retag(item: dict[str, Any], deed: Deed, by: User, now: datetime) -> str:
    row = _row(item, "change", by)
    if why := tags.may_retag(row, by):
        raise Refused(why)
    row.tags.set(Tag.objects.filter(pk__in=item["tags"]).select_related("merged_into"))
    settle(row, "undo", by, now, "retag", was=row.state)
    return str(row)


def _assign(item: dict[str, Any], deed: Deed, by: User, now: datetime) -> str:
    row = Article.objects.select_for_update().filter(pk=item["pk"]).first()
    if row is None or row.assigned_to_id != item["after"]:
        raise Refused(_("It has been changed since; nothing was taken back."))
    to = User.objects.filter(pk=item["before"]).first()
    row.assigned_to = to
    row.save(update_fields=["assigned_to"])
    said = name_of(to) if to else "–"
    TimelineEntry.objects.create(article=row, move="assign", by=by, reason=said, version=row.version)
    return str(row)


def _delete(item: dict[str, Any], deed: Deed, by: User, now: datetime) -> str:
    model = next(model for model in history.PARTS if model._meta.model_name == item["model"])
    if not by.has_perm(f"news.add_{item['model']}"):
        raise Refused(_("You do not have the right to do this; ask an administrator or a colleague who has."))
    version = next((one for one in history.binned(model) if one.object_id == str(item["pk"])), None)
    if version is None:
        raise Refused(_("It is not in the bin any more."))
    return str(history.take_out_of_bin(version, by))


def _merge_tags(item: dict[str, Any], deed: Deed, by: User, now: datetime) -> str:
    if not by.has_perm("news.change_tag"):
        raise Refused(_("You do not have the right to do this; ask an administrator or a colleague who has."))
    tags.split(item)
    return str(Tag.objects.get(pk=item["pk"]))


TAKERS = {
    "move": _move,
    "merge": _merge,
    "retag": _retag,
    "assign": _assign,
    "delete": _delete,
    "merge_tags": _merge_tags,
}
