"""Which moves there are, from where to where, and the right each needs. Buttons, bulk actions, commands and
imports read this one table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from news.models import Article, Event, State

Item = Article | Event
One = TypeVar("One", Article, Event)


class Refused(Exception):  # noqa: N818 - it is an answer and not an error
    """A move that is not allowed, with the sentence that says why and the field that is about, if any."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason, self.field = reason, field


@dataclass(frozen=True)
class Move:
    name: str
    label: Any
    effect: Any
    sources: frozenset[State]
    #: Codename without the model: `publish` is `news.publish_article` for an article.
    right: str
    #: A further condition; it gives the sentence of the refusal, or nothing.
    unless: Callable[[Item, User, datetime], str | None] = lambda item, by, now: None
    needs_reason: bool = False
    #: Whether readers see something else afterwards; then people are asked first.
    goes_out: bool = False


def alone(item: Item, by: User, now: datetime) -> str | None:
    """Where the group demands four eyes, who sent an article for review is not who approves it."""
    if isinstance(item, Event) or by.has_perm("news.publish_alone_article") or item.state == State.WITHDRAWN:
        return None
    if item.state != State.IN_REVIEW:
        return _("A second person has to look at it first: send it for review.")
    sent = item.timeline.filter(move="submit").order_by("-at", "-pk").first()
    if sent and sent.by_id == by.pk:
        return _("You sent this for review yourself; somebody else has to approve it.")
    return None


def not_urgent(item: Item, by: User, now: datetime) -> str | None:
    """Urgent publishing is there only for whom the plain way is closed."""
    return None if alone(item, by, now) else _("You can publish this in the plain way.")


def own_urgency(item: Item, by: User, now: datetime) -> str | None:
    if isinstance(item, Event) or not item.needs_second_look:
        return _("There is nothing to look over.")
    sent = item.timeline.filter(move="publish_urgently").order_by("-at", "-pk").first()
    if sent and sent.by_id == by.pk:
        return _("You published this yourself; somebody else has to look it over.")
    return None


def already_public(item: Item, by: User, now: datetime) -> str | None:
    if item.is_scheduled(now) and (item.first_published_at is None or item.first_published_at > now):
        return None
    return _("It has been public; withdraw it instead, and readers are told.")


def never_public(item: Item, by: User, now: datetime) -> str | None:
    if item.first_published_at and item.first_published_at <= now:
        return None
    return _("Nobody outside has seen it yet; take it back from schedule instead.")


def not_late(item: Item, by: User, now: datetime) -> str | None:
    if isinstance(item, Article) and item.is_late(now):
        return None
    return _("There is no change here whose time has passed.")


SUBMIT = Move(
    "submit",
    gettext_lazy("Send for review"),
    gettext_lazy("Colleagues who may publish find it on their desk."),
    frozenset({State.DRAFT}),
    "submit",
)
RETURN = Move(
    "return_to_draft",
    gettext_lazy("Return to draft"),
    gettext_lazy("The author can go on writing."),
    frozenset({State.IN_REVIEW}),
    "submit",
)
PUBLISH = Move(
    "publish",
    gettext_lazy("Publish"),
    gettext_lazy("Readers see it at once, or at the publication time if that lies ahead."),
    frozenset({State.DRAFT, State.IN_REVIEW, State.WITHDRAWN}),
    "publish",
    alone,
    goes_out=True,
)
PUBLISH_URGENTLY = Move(
    "publish_urgently",
    gettext_lazy("Publish urgently"),
    gettext_lazy("Readers see it at once; a colleague is asked to look it over afterwards."),
    frozenset({State.DRAFT, State.IN_REVIEW}),
    "publish",
    not_urgent,
)
CONFIRM = Move(
    "confirm",
    gettext_lazy("Looked over"),
    gettext_lazy("The mark of urgent publishing goes."),
    frozenset({State.PUBLISHED}),
    "publish",
    own_urgency,
)
UNSCHEDULE = Move(
    "unschedule",
    gettext_lazy("Take back from schedule"),
    gettext_lazy("It becomes a draft again; nobody outside has seen it."),
    frozenset({State.PUBLISHED}),
    "publish",
    already_public,
)
WITHDRAW = Move(
    "withdraw",
    gettext_lazy("Withdraw"),
    gettext_lazy("Readers find your reason at its address, in place of the text."),
    frozenset({State.PUBLISHED}),
    "publish",
    never_public,
    needs_reason=True,
)

RETRY = Move(
    "retry",
    gettext_lazy("Publish the late change now"),
    gettext_lazy("Readers see it at once; its time has passed."),
    frozenset({State.IN_REVIEW}),
    "publish",
    not_late,
)
#: Has no button: saving the form with another time is how it is made.
RESCHEDULE = Move(
    "reschedule",
    gettext_lazy("Change the time"),
    gettext_lazy("It comes out at the new time."),
    frozenset({State.PUBLISHED}),
    "publish",
)

MOVES = {
    move.name: move
    for move in (SUBMIT, RETURN, PUBLISH, PUBLISH_URGENTLY, CONFIRM, UNSCHEDULE, WITHDRAW, RETRY, RESCHEDULE)
}
EVENT_MOVES = {move.name: move for move in (PUBLISH, UNSCHEDULE, WITHDRAW, RESCHEDULE)}
#: Of which forms offer no button.
WITHOUT_BUTTON = {"reschedule"}

#: What a move is called once it was made. Timeline and history keep the name, and everybody reads it in their
#: own language; rows of before hold the words themselves.
DONE = {
    "submit": gettext_lazy("sent for review"),
    "return_to_draft": gettext_lazy("returned to draft"),
    "publish": gettext_lazy("made public"),
    "schedule": pgettext_lazy("a deed", "scheduled"),
    "publish_urgently": gettext_lazy("published urgently"),
    "confirm": gettext_lazy("looked over"),
    "unschedule": gettext_lazy("taken back from schedule"),
    "withdraw": gettext_lazy("withdrew"),
    "retry": gettext_lazy("published the late change"),
    "reschedule": gettext_lazy("changed the publication time"),
    "retag": gettext_lazy("changed the tags"),
    "assign": gettext_lazy("assigned"),
    "undo": gettext_lazy("took back"),
    "delete": gettext_lazy("deleted"),
    "merge_tags": gettext_lazy("merged tags"),
    "copy": gettext_lazy("began a working copy"),
    "duplicate": gettext_lazy("made as a copy"),
    "translate": gettext_lazy("began the translation"),
    "restore": gettext_lazy("restored an earlier version"),
    "take_out_of_bin": gettext_lazy("restored"),
    "as_it_was": gettext_lazy("as it was"),
}


def moves_of(item: Item) -> dict[str, Move]:
    return EVENT_MOVES if isinstance(item, Event) else MOVES


def refusal(item: Item, name: str, by: User, now: datetime | None = None) -> str | None:
    """Why `by` may not make this move now, in a sentence; nothing where it is allowed."""
    move = moves_of(item).get(name)
    if move is None:
        return _("There is no such step.")
    if not by.is_active or not by.has_perm(f"news.{move.right}_{item._meta.model_name}"):
        return _("You do not have the right to do this; ask an administrator or a colleague who has.")
    if item.state not in move.sources:
        return _("This is not possible while it is %(state)s.") % {"state": item.get_state_display()}
    return move.unless(item, by, now or timezone.now())


def allowed(item: Item, by: User, now: datetime | None = None) -> list[Move]:
    """The moves that `by` can make now, in the order of their buttons."""
    return [
        move
        for move in moves_of(item).values()
        if move.name not in WITHOUT_BUTTON and refusal(item, move.name, by, now) is None
    ]


def main(moves: list[Move]) -> Move | None:
    """The step that most come for, of those somebody can make now."""
    chosen = (PUBLISH, CONFIRM, SUBMIT)
    return next((move for move in chosen if move in moves), None)


def may_copy(item: Article, by: User) -> bool:
    """Whether `by` may write a working copy of what is public or was withdrawn."""
    if item.original_id or item.state not in (State.PUBLISHED, State.WITHDRAWN):
        return False
    return by.has_perm("news.change_article") and (
        by.pk in (item.author_id, item.assigned_to_id) or by.has_perm("news.change_others_article")
    )


def may_write(item: Item, by: User) -> bool:
    """Whether `by` may change the text where it stands.

    What is public is changed in a working copy; what is in review, by those who may change others' articles;
    what is scheduled, by those who could have scheduled it.
    """
    if isinstance(item, Event):
        if item.state == State.DRAFT:
            return by.has_perm("news.change_event")
        return by.has_perm("news.change_event") and by.has_perm("news.publish_event")
    if not by.has_perm("news.change_article"):
        return False
    if item.state == State.DRAFT:
        return by.pk in (item.author_id, item.assigned_to_id) or by.has_perm("news.change_others_article")
    if item.state == State.IN_REVIEW:
        return by.has_perm("news.change_others_article") and not item.merge_approved
    return item.is_scheduled() and by.has_perm("news.publish_article")
