"""Which rows wait for somebody: what the desk shows the first of, and what the lists show all of."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.models import ISTANBUL, Article, Event, Image, Official, State, TimelineEntry, shown_links

SOON = timedelta(days=7)
#: Whose translation or description is missed. Older ones are found in the lists, and are not today's work.
RECENT = timedelta(days=30)

#: Without a language no index leads to a time of publication.
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def midnight(now: datetime) -> datetime:
    """The start of the day in Istanbul."""
    return datetime.combine(timezone.localtime(now, ISTANBUL).date(), time.min, ISTANBUL)


def waiting(rows: QuerySet, user: User, now: datetime) -> QuerySet:
    """In review, and `user` is one who may let it out; see `rules.alone`."""
    rows = rows.filter(state=State.IN_REVIEW, merge_approved=False)
    if user.has_perm("news.publish_alone_article"):
        return rows
    sent = TimelineEntry.objects.filter(article=OuterRef("pk"), move="submit").order_by("-at", "-pk")
    sender = Coalesce(Subquery(sent.values("by")[:1]), Value(0), output_field=IntegerField())
    return rows.alias(sender=sender).exclude(sender=user.pk)


def late(rows: QuerySet, user: User, now: datetime) -> QuerySet:
    """Approved changes whose time has passed: `tick` did not come by, or could not merge them."""
    return _changes(rows).filter(merge_at__lte=now)


def planned(rows: QuerySet, user: User, now: datetime) -> QuerySet:
    return _changes(rows).filter(merge_at__gt=now)


def _changes(rows: QuerySet) -> QuerySet:
    # The state is there for its index; only few are ever in review.
    return rows.filter(state=State.IN_REVIEW, merge_approved=True)


def scheduled(rows: QuerySet, user: User, now: datetime) -> QuerySet:
    return rows.filter(state=State.PUBLISHED, language__in=LANGUAGES, published_at__gt=now)


def mine(rows: QuerySet, user: User, now: datetime) -> QuerySet:
    """Begun by `user`, or given to them."""
    own = Q(author=user) | Q(assigned_to=user)
    return rows.filter(own, state__in=[State.DRAFT, State.IN_REVIEW], merge_approved=False)


def today(rows: QuerySet, user: User, now: datetime) -> QuerySet:
    since = midnight(now)
    return rows.filter(
        state=State.PUBLISHED, language__in=LANGUAGES, published_at__gte=since, published_at__lte=now
    )


def expiring(rows: QuerySet, user: User, now: datetime) -> QuerySet:
    return rows.filter(state=State.PUBLISHED, expires_at__gt=now, expires_at__lte=now + SOON)


def untranslated(rows: QuerySet, user: User, now: datetime) -> QuerySet:
    """Public of late, and not in the other language."""
    others = Article.objects.filter(
        translation_key=OuterRef("translation_key"), state=State.PUBLISHED
    ).exclude(language=OuterRef("language"))
    recent = rows.filter(
        state=State.PUBLISHED, language__in=LANGUAGES, published_at__gt=now - RECENT, published_at__lte=now
    )
    return recent.filter(~Exists(others))


def second_look(rows: QuerySet, user: User, now: datetime) -> QuerySet:
    """Published urgently, and not looked over since; only the timeline has an index for it."""
    urgent = TimelineEntry.objects.filter(move="publish_urgently", article__isnull=False)
    return rows.filter(pk__in=urgent.values("article"), needs_second_look=True)


def dead_links(rows: QuerySet, user: User, now: datetime) -> QuerySet:
    """Articles, events or officials with a link that does not answer; those that `user` can mend."""
    name = rows.model._meta.model_name
    dead = shown_links(f"{name}s", now).filter(linkcheck__works=False)
    rows = rows.filter(pk__in=dead.values(name))
    if rows.model is not Article or user.has_perm("news.change_others_article"):
        return rows
    return rows.filter(Q(author=user) | Q(assigned_to=user))


def own_events(rows: QuerySet, user: User, now: datetime) -> QuerySet:
    return rows.filter(state=State.DRAFT, author=user)


def scheduled_events(rows: QuerySet, user: User, now: datetime) -> QuerySet:
    return rows.scheduled(now)


def without_office(rows: QuerySet[Official], user: User, now: datetime) -> QuerySet[Official]:
    """Listed, and in no office today; those who never held one come first, then who left last."""
    in_office = Official.objects.in_office(timezone.localtime(now, ISTANBUL).date())
    left_on = Max("appointments__ends_on")
    rows = rows.filter(listed=True).exclude(pk__in=in_office.values("pk")).alias(left_on=left_on)
    return rows.order_by(F("left_on").desc(nulls_first=True), "pk")


def undescribed(rows: QuerySet[Image]) -> QuerySet[Image]:
    return rows.filter(Q(alt_tr="") | Q(alt_en="") | Q(credit=""))


Choose = Callable[[QuerySet, User, datetime], QuerySet]
#: As the lists offer them, under the names by which the desk leads there.
CHOICES: dict[type, dict[str, tuple[Any, Choose]]] = {
    Article: {
        "waiting": (_("waiting for me"), waiting),
        "late": (_("late or failed changes"), late),
        "planned": (_("scheduled changes"), planned),
        "mine": (_("my drafts"), mine),
        "scheduled": (pgettext_lazy("publication", "scheduled"), scheduled),
        "today": (_("published today"), today),
        "expiring": (_("expiring within 7 days"), expiring),
        "untranslated": (_("missing translation"), untranslated),
        "second_look": (_("published without review"), second_look),
        "dead_links": (_("dead links"), dead_links),
    },
    Event: {
        "mine": (_("my drafts"), own_events),
        "scheduled": (pgettext_lazy("publication", "scheduled"), scheduled_events),
        "dead_links": (_("dead links"), dead_links),
    },
    Official: {
        "without_office": (_("without a current office"), without_office),
        "dead_links": (_("dead links"), dead_links),
    },
}


class DeskFilter(admin.SimpleListFilter):
    title = _("desk")
    parameter_name = "desk"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, words) for name, (words, _choose) in CHOICES[model_admin.model].items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if (chosen := CHOICES[queryset.model].get(self.value() or "")) is None:
            return queryset
        return chosen[1](queryset, request.user, timezone.now())
