"""The planning calendar: what is to come out, to change, to take place and to expire, day by day."""

from calendar import Calendar
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news.models import ISTANBUL, Article, Occurrence, State
from news.templatetags.dates import SHORT_WEEKDAYS, clock, day_text, month_text, weekday_text

from .attention import LANGUAGES

#: Of one kind in one month; no newsroom plans more, and an import cannot fill the page.
MOST = 300
#: Entries of a day that stand open; the others unfold.
OPEN = 6


class MonthForm(forms.Form):
    month = forms.DateField(input_formats=["%Y-%m"], required=False)

    def clean_month(self) -> date | None:
        month = self.cleaned_data["month"]
        if month and not 1990 <= month.year <= 2100:
            raise forms.ValidationError(_("This month does not exist here."))
        return month


@dataclass
class Entry:
    name: str
    kind: str
    title: str
    url: str
    language: str
    moment: datetime
    time: str = ""
    note: str = ""


@dataclass
class Day:
    date: date
    said: str
    is_today: bool
    entries: list[Entry] = field(default_factory=list)

    def open(self) -> list[Entry]:
        return self.entries[:OPEN]

    def folded(self) -> list[Entry]:
        return self.entries[OPEN:]


def view(request: HttpRequest, shared: dict[str, Any]) -> HttpResponse:
    user: Any = request.user
    if not user.has_perm("news.view_article"):
        raise PermissionDenied
    now = timezone.now()
    today = timezone.localtime(now, ISTANBUL).date()
    form = MonthForm(request.GET)
    asked = form.cleaned_data["month"] if form.is_valid() else None
    first = (asked or today).replace(day=1)
    after = next_month(first)
    found = entries(user, first, after, now)
    by_day: dict[date, list[Entry]] = {}
    for entry in sorted(found, key=lambda entry: (entry.moment, entry.title)):
        by_day.setdefault(timezone.localtime(entry.moment, ISTANBUL).date(), []).append(entry)
    weeks = [
        [
            Day(day, weekday_text(day), day == today, by_day.get(day, []))
            if day.month == first.month
            else None
            for day in week
        ]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    short = SHORT_WEEKDAYS.get(get_language() or "tr", SHORT_WEEKDAYS["en"])
    context = {
        **shared,
        "title": _("Planning calendar"),
        "month": month_text(first),
        "weeks": weeks,
        "weekdays": [(short[number], name) for number, name in WEEKDAYS.items()],
        "previous": link(first - timedelta(days=1)),
        "previous_month": month_text(first - timedelta(days=1)),
        "next": link(after),
        "next_month": month_text(after),
        "this_month": "" if first == today.replace(day=1) else reverse("admin:plan"),
        "unknown": not form.is_valid(),
        "nothing": not found,
    }
    return TemplateResponse(request, "admin/plan.html", context)


def entries(user: User, first: date, after: date, now: datetime) -> list[Entry]:
    start, end = (datetime.combine(day, time.min, ISTANBUL) for day in (first, after))
    rows = Article.objects.only("title", "language", "state", "published_at", "expires_at", "merge_at")
    public = rows.filter(state=State.PUBLISHED)
    coming = public.filter(
        language__in=LANGUAGES, published_at__gte=max(start, now), published_at__lt=end
    ).order_by("published_at")
    changes = rows.filter(
        state=State.IN_REVIEW, merge_approved=True, merge_at__gte=start, merge_at__lt=end
    ).order_by("merge_at")
    expiries = public.filter(expires_at__gte=start, expires_at__lt=end).order_by("expires_at")
    made = [
        *[of_article("article", _("publication"), item, item.published_at) for item in coming[:MOST]],
        *[of_article("change", _("change"), item, item.merge_at) for item in changes[:MOST]],
        *[of_article("expiry", _("expiry"), item, item.expires_at) for item in expiries[:MOST]],
    ]
    if user.has_perm("news.view_event"):
        made += [of_occurrence(item, first) for item in occurrences(first, after)[:MOST]]
    return made


def occurrences(first: date, after: date) -> QuerySet[Occurrence]:
    """Of what is planned and of what is public, since a draft is a plan, too."""
    known = Q(event__state__in=[State.DRAFT, State.PUBLISHED])
    return (
        Occurrence.objects.touching(first, after - timedelta(days=1))
        .filter(known)
        .select_related("event")
        .defer("event__description_tr", "event__description_en")
        .chronological()
    )


def of_article(name: str, kind: str, item: Article, moment: Any) -> Entry:
    url = reverse("admin:news_article_change", args=[item.pk])
    return Entry(name, kind, item.title, url, item.language, moment, local_clock(moment))


def of_occurrence(item: Occurrence, first: date) -> Entry:
    """On its first day, or on the first of the month where it began before."""
    event = item.event
    begins = item.first_day >= first
    timed = begins and event.starts_at is not None
    day = max(item.first_day, first)
    moment = item.begins_at if timed else datetime.combine(day, time.min, ISTANBUL)
    notes = [_("cancelled")] if item.cancelled or event.status == "cancelled" else []
    if event.state == State.DRAFT:
        notes.append(_("draft"))
    if item.last_day > item.first_day:
        notes.append(_("until %s") % day_text(item.last_day))
    return Entry(
        "event",
        _("event"),
        str(event),
        reverse("admin:news_event_change", args=[event.pk]),
        "",
        moment,
        local_clock(moment) if timed else "",
        ", ".join(notes),
    )


def local_clock(moment: datetime) -> str:
    return clock(timezone.localtime(moment, ISTANBUL))


def next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def link(day: date) -> str:
    return f"{reverse('admin:plan')}?month={day:%Y-%m}"
