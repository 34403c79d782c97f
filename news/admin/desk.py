"""The desk: what waits for somebody, on the front page of the admin."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from news.models import Article, Deed, Event, Image, Official
from news.publishing import rules, undo
from news.publishing.when import said_back
from news.templatetags.dates import weekday_text

from . import attention
from .desk_rows import SHOWN, Row, Section, fill


def context(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    user: Any = request.user
    made = sections(user, now)
    fill(made, now)
    if failed := failed_tasks(user):
        made.insert(1, failed)
    return {
        "sections": [section for section in made if section.rows or section.empty],
        "may_plan": user.has_perm("news.view_article"),
        "may_write": user.has_perm("news.add_article"),
    }


def sections(user: User, now: datetime) -> list[Section]:
    made = [
        Section("undo", _("Can be taken back"), [undo.recent(user, now)], "", done, at, True, taking_back)
    ]
    made += articles(user, now) if user.has_perm("news.view_article") else []
    made += dead_links(user, now)
    if user.has_perm("news.view_image") and (
        user.has_perm("news.change_image") or user.has_perm("news.add_image")
    ):
        images = attention.undescribed(Image.objects.filter(uploaded_at__gt=now - attention.RECENT))
        if not user.has_perm("news.change_image"):
            images = images.filter(uploaded_by=user)
        made.append(
            Section(
                "pictures",
                _("Pictures without text alternative or credit"),
                [images.order_by("-uploaded_at", "-pk")],
                "missing=any",
                missing,
            )
        )
    if user.has_perm("news.change_official"):
        made.append(
            Section(
                "officials",
                _("Officials without a current office"),
                [attention.without_office(Official.objects.all(), user, now)],
                "desk=without_office",
                left,
            )
        )
    return made


def articles(user: User, now: datetime) -> list[Section]:
    rows = Article.objects.all()
    events = Event.objects.all() if user.has_perm("news.view_event") else None

    def chosen(name: str, *order: Any) -> QuerySet:
        return attention.CHOICES[Article][name][1](rows, user, now).order_by(*order)

    # An index by the time of saving must not tempt the database to read the archive along it.
    saved = Coalesce("touched_at", "created_at")
    made = []
    if user.has_perm("news.publish_article"):
        made.append(
            Section(
                "waiting",
                _("Waiting for me"),
                [chosen("waiting", saved, "pk")],
                "desk=waiting",
                by_whom,
                touched,
                empty=_("Nothing waits for you."),
            )
        )
        second_look = chosen("second_look", "-published_at", "-pk")
        title = _("Published without review")
        made.append(
            Section(
                "second_look",
                title,
                [second_look],
                "desk=second_look",
                by_whom,
                published,
                True,
            )
        )
    coming = [chosen("scheduled", "published_at", "pk")]
    drafts = [chosen("mine", saved.desc(), "-pk")]
    if events is not None:
        coming.append(attention.scheduled_events(events, user, now).order_by("published_at", "pk"))
        drafts.append(attention.own_events(events, user, now).order_by(saved.desc(), "-pk"))
    late = chosen("late", "merge_at", "pk")
    planned = chosen("planned", "merge_at", "pk")
    may_publish = user.has_perm("news.publish_article")
    made += [
        Section(
            "late",
            _("Late or failed changes"),
            [late],
            "desk=late",
            lambda item: item.merge_problem or _("Its time has passed; the minute-by-minute task is behind."),
            lambda item: item.merge_at,
            button=retrying if may_publish else lambda item: ("", ""),
        ),
        Section(
            "mine",
            _("My drafts"),
            drafts,
            "desk=mine",
            state,
            touched,
            True,
            empty=_("You have no drafts."),
        ),
        Section(
            "scheduled",
            _("Scheduled"),
            coming,
            "desk=scheduled",
            kind,
            published,
            empty=_("Nothing is scheduled."),
        ),
        Section(
            "planned",
            _("Scheduled changes"),
            [planned],
            "desk=planned",
            by_whom,
            lambda item: item.merge_at,
        ),
        Section(
            "today",
            _("Published today"),
            [chosen("today", "-published_at", "-pk")],
            "desk=today",
            by_whom,
            published,
            True,
            empty=_("Nothing has been published today."),
        ),
        Section(
            "expiring",
            _("Expiring within 7 days"),
            [chosen("expiring", "expires_at", "pk")],
            "desk=expiring",
            by_whom,
            lambda item: item.expires_at,
        ),
    ]
    if user.has_perm("news.add_article"):
        made.append(
            Section(
                "untranslated",
                _("Missing translation, last 30 days"),
                [chosen("untranslated", "-published_at", "-pk")],
                "desk=untranslated",
                lambda item: _("no English text") if item.language == "tr" else _("no Turkish text"),
                published,
                True,
                page="beside",
            )
        )
    return made


def dead_links(user: User, now: datetime) -> list[Section]:
    """Of every noun with texts that `user` may mend."""
    nouns = {"article": Article, "event": Event, "official": Official}
    found = [
        attention.dead_links(model.objects.all(), user, now).order_by("-touched_at", "-pk")
        for name, model in nouns.items()
        if user.has_perm(f"news.change_{name}")
    ]
    return [Section("dead_links", _("Dead links"), found, "desk=dead_links", noun, touched, True)]


def failed_tasks(user: User) -> Section | None:
    """What the worker could not do; without a worker nothing is stored, and an error shows in the log."""
    if not user.has_perm("news.publish_article"):
        return None
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("-finished_at")
    found = failed.only("task_path", "finished_at")[:SHOWN]
    rows = [
        Row(task.task_path, "", "en", "", task.finished_at, said_back(task.finished_at))
        for task in found
        if task.finished_at
    ]
    return Section("failed", _("Tasks that failed"), [], "", state, rows=rows)


def at(item: Any) -> datetime | None:
    return item.at


def done(deed: Deed) -> str:
    return str(rules.DONE[deed.name])


def taking_back(deed: Deed) -> tuple[str, str]:
    return reverse("admin:undo", args=[deed.pk]), _("Take back")


def retrying(item: Article) -> tuple[str, str]:
    return reverse("admin:news_article_move", args=[item.pk, "retry"]), _("Try again")


def published(item: Any) -> datetime | None:
    return item.published_at


def by_whom(item: Article) -> str:
    return (item.author.get_full_name() or item.author.username) if item.author else ""


def state(item: Any) -> str:
    if isinstance(item, Article) and item.original_id:
        return _("working copy")
    return item.get_state_display() if isinstance(item, Article) else _("event")


def touched(item: Any) -> datetime | None:
    return item.touched_at


def noun(item: Any) -> str:
    return by_whom(item) if isinstance(item, Article) else str(item._meta.verbose_name)


def kind(item: Any) -> str:
    return item.get_kind_display() if isinstance(item, Article) else _("event")


def missing(image: Image) -> str:
    lacks = [
        (_("no Turkish text alternative"), image.alt_tr),
        (_("no English text alternative"), image.alt_en),
        (_("no credit"), image.credit),
    ]
    return ", ".join(words for words, value in lacks if not value)


def left(official: Any) -> str:
    if official.left_on is None:
        return _("no office yet")
    return _("in office until %s") % weekday_text(official.left_on)
