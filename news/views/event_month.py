"""The calendar of a month."""

from calendar import Calendar
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, DateTimeField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.models import Occurrence, prepared
from news.page_cache import public_page
from news.templatetags.dates import SHORT_WEEKDAYS, month_text
from news.views.event_filter import subscription
from news.views.event_list import MOST, narrowed_rows
from news.views.page import Page, everywhere, respond

SHOWN_IN_A_DAY = 3


@require_safe
@public_page()
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    language = get_language() or "tr"
    now = timezone.now()
    today = timezone.localdate(now)
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    last = after - timedelta(days=1)
    found = list(narrowed_rows(language, (), ("first", "last"), MOST, now=now, first=first, last=last))
    of_day: dict[date, list[Occurrence]] = {}
    for occurrence in found:
        day = max(first, occurrence.first_day)
        while day <= min(last, occurrence.last_day):
            of_day.setdefault(day, []).append(occurrence)
            day += timedelta(days=1)
    weeks = [
        [cell(day, of_day.get(day, []), today) if day.month == month else None for day in week]
        for week in Calendar().monthdatescalendar(year, month)
    ]
    before = first - timedelta(days=1)
    page = Page(
        title=_("Events in %(month)s") % {"month": month_text(first)},
        description=_("What is on in the city, by day."),
        addresses=everywhere("news:month", year, month),
        section=reverse("news:events"),
        trail=[(_("Home"), reverse("news:home")), (_("Events"), reverse("news:events"))],
        index=bool(found),
    )
    short = SHORT_WEEKDAYS.get(language, SHORT_WEEKDAYS["en"])
    context = {
        "first": first,
        "weeks": weeks,
        "heads": [(short[number], name) for number, name in WEEKDAYS.items()],
        "count": len(found),
        # Links lead only to where something is, so that no crawler walks to the year 2099.
        "before": before if list(_beyond(language, "first_day__lt", now=now, day=first)) else None,
        "after": after if list(_beyond(language, "last_day__gte", now=now, day=after)) else None,
        "calendar_url": reverse("news:calendar"),
        "subscription_url": subscription(reverse("news:calendar")),
        "this_month": today.replace(day=1) if (today.year, today.month) != (year, month) else None,
    }
    return respond(request, "news/month.html", page, context)


@prepared(now=DateTimeField(), day=DateField())
def _beyond(language: str, side: str, *, now: Any, day: Any) -> QuerySet[Occurrence, int]:
    """The id of one that lies there, if any does."""
    public = Occurrence.objects.of_public_events(language, now).filter(**{side: day})
    return public.order_by().values_list("pk", flat=True)[:1]


def cell(day: date, occurrences: list[Occurrence], today: date) -> dict[str, Any]:
    """What begins on the day comes before what goes on."""
    occurrences = sorted(occurrences, key=lambda occurrence: occurrence.first_day < day)
    shown = occurrences if len(occurrences) <= SHOWN_IN_A_DAY else occurrences[: SHOWN_IN_A_DAY - 1]
    return {
        "day": day,
        "shown": shown,
        "more": len(occurrences) - len(shown),
        "more_url": f"{reverse('news:events')}?day={day.isoformat()}",
        "is_today": day == today,
    }
