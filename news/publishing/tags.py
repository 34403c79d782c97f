"""Tags of many things at once, and two tags that become one."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news import page_cache, search
from news.models import Article, ArticleTag, Event, EventTag, State, Subscription, Tag
from news.publishing import rules, websub
from news.publishing.actions import settle
from news.publishing.rules import Item, Refused

LINKS: tuple[type[ArticleTag] | type[EventTag], ...] = (ArticleTag, EventTag)
#: Things whose search entries are written anew in one go.
AT_ONCE = 500


def may_retag(item: Item, by: User) -> str | None:
    """Why `by` may not change its tags, or nothing. Tags are no text: they change on what is public, too."""
    if rules.may_write(item, by):
        return None
    if item.state == State.IN_REVIEW:
        return _("This is not possible while it is %(state)s.") % {"state": item.get_state_display()}
    name = item._meta.model_name
    if by.has_perm(f"news.change_{name}") and by.has_perm(f"news.publish_{name}"):
        return None
    return _("You do not have the right to do this; ask an administrator or a colleague who has.")


def retag(item: Item, by: User, add: Iterable[Tag | str] = (), remove: Iterable[Tag] = ()) -> Item:
    """Put tags on an item and take tags off; its working copy, which would bring the old ones back, too."""
    with transaction.atomic():
        rows: Any = type(item)._default_manager
        row: Item = rows.select_for_update().get(pk=item.pk)
        if why := may_retag(row, by):
            raise Refused(why)
        _retag(row, by, list(add), list(remove))
        if isinstance(row, Article):
            for copy in rows.select_for_update().filter(original=row):
                _retag(copy, by, list(add), list(remove))
    return row


def _retag(row: Item, by: User, add: list[Tag | str], remove: list[Tag]) -> None:
    before = {str(tag) for tag in row.tags.all()}
    websub.feeds_changed(row)
    row.tags.set([*(tag for tag in row.tags.all() if tag not in remove), *add])
    after = {str(tag) for tag in row.tags.all()}
    signs = [f"+ {name}" for name in sorted(after - before)] + [
        f"− {name}" for name in sorted(before - after)
    ]
    settle(row, "retag", by, timezone.now(), ", ".join(signs), was=row.state)


def may_merge(tags: Iterable[Tag], into: Tag, by: User) -> str | None:
    tags = list(tags)
    if not by.has_perm("news.change_tag") or not by.has_perm("news.delete_tag"):
        return _("You do not have the right to do this; ask an administrator or a colleague who has.")
    if not tags or into in tags:
        return _("Choose at least two tags, and which of them stays.")
    if into.merged_into_id or any(tag.merged_into_id for tag in tags):
        return _("A tag that was merged before cannot be merged again.")
    return None


def merge(tags: Iterable[Tag], into: Tag, by: User) -> list[dict[str, Any]]:
    """Everything that carries `tags` carries `into` instead. The old addresses lead there for good, and the
    old labels go on finding it. Gives what takes it back, see `news.publishing.undo`."""
    with transaction.atomic():
        rows = Tag.objects.select_for_update().in_bulk([into.pk, *(tag.pk for tag in tags)])
        target = rows.pop(into.pk)
        if why := may_merge(rows.values(), target, by):
            raise Refused(why)
        done = [_merge(tag, target) for tag in rows.values()]
        page_cache.changed()
        websub.feeds_changed(target, *rows.values())
    return done


def _merge(tag: Tag, into: Tag) -> dict[str, Any]:
    memo: dict[str, Any] = {
        "what": "merge_tags",
        "pk": tag.pk,
        "into": into.pk,
        "topic": [tag.is_topic, tag.in_focus],
        "merged": list(tag.merged.values_list("pk", flat=True)),
        "moved": {},
        "dropped": {},
    }
    for links in LINKS:
        name = str(links._meta.model_name)
        old = links.objects.filter(tag=tag)
        twice = old.filter(content_object__in=links.objects.filter(tag=into).values("content_object"))
        memo["dropped"][name] = list(twice.values_list("content_object", flat=True))
        twice.delete()
        memo["moved"][name] = list(old.values_list("content_object", flat=True))
        old.update(tag=into)
    taken = Subscription.objects.filter(tag=tag)
    for subscription in taken:
        subscription.tag = into
        same = {name: getattr(subscription, name) for name in ("email", "language")}
        if Subscription.objects.filter(tag=into, official=subscription.official_id, **same).exists():
            subscription.delete()
        else:
            subscription.save()
    tag.merged.update(merged_into=into)
    tag.merged_into = into
    tag.is_topic = tag.in_focus = False
    tag.save()
    index(memo)
    return memo


def index(memo: dict[str, Any]) -> None:
    """Write the search entries of the tags and of all that carried one of them."""
    search.index(*Tag.objects.filter(pk__in=[memo["pk"], memo["into"]]))
    for links in LINKS:
        name = str(links._meta.model_name)
        model: Any = Article if links is ArticleTag else Event
        pks = [*memo["moved"][name], *memo["dropped"][name]]
        for start in range(0, len(pks), AT_ONCE):
            search.index(*model.objects.filter(pk__in=pks[start : start + AT_ONCE]).only("pk"))


def split(memo: dict[str, Any]) -> None:
    """Make two tags again of what `merge` made one; within the caller's transaction."""
    tag = Tag.objects.select_for_update().get(pk=memo["pk"])
    if tag.merged_into_id != memo["into"]:
        raise Refused(_("It has been changed since; nothing was taken back."))
    tag.merged_into = None
    tag.is_topic, tag.in_focus = memo["topic"]
    tag.save()
    Tag.objects.filter(pk__in=memo["merged"], merged_into=memo["into"]).update(merged_into=tag)
    for links in LINKS:
        name = str(links._meta.model_name)
        model: Any = Article if links is ArticleTag else Event
        for start in range(0, len(memo["moved"][name]), AT_ONCE):
            part = memo["moved"][name][start : start + AT_ONCE]
            links.objects.filter(tag=memo["into"], content_object__in=part).update(tag=tag)
        there = set(model.objects.filter(pk__in=memo["dropped"][name]).values_list("pk", flat=True))
        twins = links.objects.filter(tag=memo["into"], content_object__in=there)
        made = [_twin(link, tag) for link in twins]
        links.objects.bulk_create(made, ignore_conflicts=True)
    index(memo)
    page_cache.changed()
    websub.feeds_changed(tag, *Tag.objects.filter(pk=memo["into"]))


def _twin(link: Any, tag: Tag) -> Any:
    values = {"tag": tag, "content_object_id": link.content_object_id, "listed_at": link.listed_at}
    if isinstance(link, ArticleTag):
        values["language"] = link.language
    return type(link)(**values)
