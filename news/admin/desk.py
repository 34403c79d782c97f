"""The desk: what waits for somebody, on the front page of the admin.

One query finds the first rows of every section, and one for each model fetches them: the number of queries
follows neither the sections nor the rows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from news.models import Article, Deed, Event, Image, Official, State
from news.publishing import rules, undo
from news.publishing.when import said_back
from news.templatetags.dates import weekday_text

from . import attention

#: Rows of a section; what more there is stands behind its link.
SHOWN = 8


@dataclass
class Row:
    title: str
    url: str
    language: str = ""
    note: str = ""
    moment: datetime | None = None
    said: str = ""
    today: bool = False
    #: Where a button of the row posts to, and what it says.
    post_url: str = ""
    button: str = ""


@dataclass
class Section:
    name: str
    title: str
    #: Ordered, at most one for each model.
    found: list[QuerySet]
    all_url: str
    note: Callable[[Any], str]
    #: The time that is said back, by which rows of several models are put in order, too.
    moment: Callable[[Any], datetime | None] = lambda item: None
    newest_first: bool = False
    #: Address and words of a row's button.
    button: Callable[[Any], tuple[str, str]] = lambda item: ("", "")
    #: Which of an item's pages it leads to.
    page: str = "change"
    #: Said when there is nothing; without it the section is left out.
    empty: str = ""
    rows: list[Row] = field(default_factory=list)


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
                listed("image", "missing=any"),
                missing,
            )
        )
    if user.has_perm("news.change_official"):
        made.append(
            Section(
                "officials",
                _("Officials without a current office"),
                [attention.without_office(Official.objects.all(), now)],
                listed("official", "office=none"),
                left,
            )
        )
    return made


def articles(user: User, now: datetime) -> list[Section]:
    rows = Article.objects.all()
    events = Event.objects.all() if user.has_perm("news.view_event") else None

    def chosen(name: str, *order: Any) -> QuerySet:
        return attention.CHOICES[name][1](rows, user, now).order_by(*order)

    # An index by the time of saving must not tempt the database to read the archive along it.
    saved = Coalesce("touched_at", "created_at")
    made = []
    if user.has_perm("news.publish_article"):
        made.append(
            Section(
                "waiting",
                _("Waiting for me"),
                [chosen("waiting", saved, "pk")],
                listed("article", "desk=waiting"),
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
                listed("article", "desk=second_look"),
                by_whom,
                published,
                True,
            )
        )
    coming = [attention.scheduled(rows, user, now).order_by("published_at", "pk")]
    drafts = [chosen("mine", saved.desc(), "-pk")]
    if events is not None:
        coming.append(events.scheduled(now).order_by("published_at", "pk"))
        own = events.filter(state=State.DRAFT, author=user)
        drafts.append(own.order_by(saved.desc(), "-pk"))
    late = chosen("late", "merge_at", "pk")
    planned = chosen("planned", "merge_at", "pk")
    may_publish = user.has_perm("news.publish_article")
    made += [
        Section(
            "late",
            _("Late or failed changes"),
            [late],
            listed("article", "desk=late"),
            lambda item: item.merge_problem or _("Its time has passed; the minute-by-minute task is behind."),
            lambda item: item.merge_at,
            button=retrying if may_publish else lambda item: ("", ""),
        ),
        Section(
            "mine",
            _("My drafts"),
            drafts,
            listed("article", "desk=mine"),
            state,
            touched,
            True,
            empty=_("You have no drafts."),
        ),
        Section(
            "scheduled",
            _("Scheduled"),
            coming,
            listed("article", "state=scheduled"),
            kind,
            published,
            empty=_("Nothing is scheduled."),
        ),
        Section(
            "planned",
            _("Scheduled changes"),
            [planned],
            listed("article", "desk=planned"),
            by_whom,
            lambda item: item.merge_at,
        ),
        Section(
            "today",
            _("Published today"),
            [chosen("today", "-published_at", "-pk")],
            listed("article", "desk=today"),
            by_whom,
            published,
            True,
            empty=_("Nothing has been published today."),
        ),
        Section(
            "expiring",
            _("Expiring within 7 days"),
            [chosen("expiring", "expires_at", "pk")],
            listed("article", "desk=expiring"),
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
                listed("article", "desk=untranslated"),
                lambda item: _("no English text") if item.language == "tr" else _("no Turkish text"),
                published,
                True,
                page="beside",
            )
        )
    return made


def dead_links(user: User, now: datetime) -> list[Section]:
    """Of every noun with texts that `user` may mend; the first of them is the one that can be seen whole."""
    nouns: list[tuple[str, Any, str]] = [
        ("article", Article, "desk=dead_links"),
        ("event", Event, "links=dead"),
        ("official", Official, "links=dead"),
    ]
    nouns = [row for row in nouns if user.has_perm(f"news.change_{row[0]}")]
    if not nouns:
        return []
    found = [
        attention.dead_links(model.objects.all(), user, now).order_by("-touched_at", "-pk")
        for _name, model, _query in nouns
    ]
    name, _model, query = nouns[0]
    return [Section("dead_links", _("Dead links"), found, listed(name, query), noun, touched, True)]


def fill(made: list[Section], now: datetime) -> None:
    """Give every section its first rows."""
    found = [rows for section in made for rows in section.found]
    ids = first_ids(found)
    items: dict[type, dict[int, Any]] = {
        model: wanted(model).in_bulk(
            {pk for rows, own in zip(found, ids, strict=True) if rows.model is model for pk in own}
        )
        for model in dict.fromkeys(rows.model for rows, own in zip(found, ids, strict=True) if own)
    }
    of_each = iter(zip(found, ids, strict=True))
    for section in made:
        own: list[Any] = []
        for _queryset in section.found:
            rows, pks = next(of_each)
            own += [items[rows.model][pk] for pk in pks]
        if len(section.found) > 1:
            own.sort(key=lambda item: section.moment(item) or now, reverse=section.newest_first)
        section.rows = [row(section, item, now) for item in own[:SHOWN]]


def first_ids(found: list[QuerySet]) -> list[list[int]]:
    """The keys of the first rows of every queryset, in its order, by one query.

    Django does not limit the parts of a union on SQLite, which takes them when each stands in brackets.
    They are numbered, since a union promises no order.
    """
    ids: list[list[int]] = [[] for _queryset in found]
    parts: list[str] = []
    values: list[Any] = []
    for number, rows in enumerate(found):
        part, own = rows.values("pk")[:SHOWN].query.sql_with_params()
        parts.append(
            f"SELECT {number}, ROW_NUMBER() OVER (), part.* FROM ({part}) AS part"  # noqa: S608 - Django's
        )
        values += own
    if not parts:
        return ids
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for number, _place, pk in sorted(cursor.fetchall()):
            ids[number].append(pk)
    return ids


def wanted(model: type) -> QuerySet:
    """What a row of the desk says of an article, event, picture or official."""
    if model is Article:
        return Article.objects.select_related("author").only(
            "title",
            "language",
            "state",
            "kind",
            "published_at",
            "expires_at",
            "touched_at",
            "merge_at",
            "merge_approved",
            "merge_problem",
            "original",
            "author__first_name",
            "author__last_name",
            "author__username",
        )
    if model is Event:
        return Event.objects.only("title_tr", "title_en", "state", "published_at", "touched_at")
    if model is Deed:
        return Deed.objects.only("name", "label", "at")
    if model is Image:
        return Image.objects.only("title", "alt_tr", "alt_en", "credit")
    return Official.objects.only("name", "touched_at").annotate(left_on=Max("appointments__ends_on"))


def row(section: Section, item: Any, now: datetime) -> Row:
    name = item._meta.model_name
    moment = section.moment(item)
    day = attention.midnight(now).date()
    post_url, button = section.button(item)
    return Row(
        item.label if isinstance(item, Deed) else str(item),
        "" if isinstance(item, Deed) else reverse(f"admin:news_{name}_{section.page}", args=[item.pk]),
        item.language if isinstance(item, Article) else "",
        section.note(item),
        moment,
        said_back(moment) if moment else "",
        bool(moment) and attention.midnight(moment).date() == day,
        post_url,
        button,
    )


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


def listed(model: str, query: str) -> str:
    return f"{reverse(f'admin:news_{model}_changelist')}?{query}"


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
