from calendar import Calendar
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.context_processors import Chrome
from news.models import Document, Event, EventKind, GalleryImage, Occurrence, Official, Place, Tag
from news.page_cache import public_page
from news.publishing import body_links
from news.templatetags.dates import SHORT_WEEKDAYS, month_text, weekday_text
from news.templatetags.labels import EVENT_KINDS
from news.views import schema, share
from news.views.page import Page, address, everywhere, pictures_within, respond, share_picture

A_PAGE = 30
#: What is asked about days; one of them stands for all.
DAYS = ("when", "day", "since", "until")
SHOWN_IN_A_DAY = 3
MOST_IN_A_MONTH = 600


class EventFilterForm(forms.Form):
    WHEN = {
        "today": gettext_lazy("Today"),
        "weekend": gettext_lazy("This weekend"),
        "week": gettext_lazy("Next 7 days"),
        "month": gettext_lazy("This month"),
    }
    when = forms.ChoiceField(choices=[("", ""), *WHEN.items()], required=False)
    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    since = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    until = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    start = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    kind = forms.ChoiceField(choices=[("", ""), *EventKind.choices], required=False)
    district = forms.IntegerField(min_value=1, max_value=10**18 - 1, required=False)
    free = forms.BooleanField(required=False)
    accessible = forms.BooleanField(required=False)
    children = forms.BooleanField(required=False)

    def days(self, today: date) -> tuple[date | None, date | None]:
        """First and last day asked for; None where that side is open."""
        if day := self.cleaned_data["day"]:
            return day, day
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        if since and until:
            return min(since, until), max(since, until)
        if since or until:
            return since or today, until
        match self.cleaned_data["when"]:
            case "today":
                return today, today
            case "weekend":
                saturday = today + timedelta(days=max(0, 5 - today.weekday()))
                return max(today, saturday), today + timedelta(days=6 - today.weekday())
            case "week":
                return today, today + timedelta(days=6)
            case "month":
                return today, date(today.year + today.month // 12, today.month % 12 + 1, 1) - timedelta(
                    days=1
                )
        return None, None

    def narrowed(self, occurrences: QuerySet) -> QuerySet:
        given = self.cleaned_data
        if given["kind"]:
            occurrences = occurrences.filter(event__kind=given["kind"])
        if given["district"]:
            here = Q(event__place=given["district"]) | Q(event__place__within=given["district"])
            occurrences = occurrences.filter(here)
        for name, column in (("free", "free"), ("accessible", "accessible"), ("children", "for_children")):
            if given[name]:
                occurrences = occurrences.filter(**{f"event__{column}": True})
        return occurrences

    @property
    def named_time(self) -> str | None:
        """Which of the named times was asked for; None for days of the reader's own."""
        own = any(self.cleaned_data[name] for name in ("day", "since", "until"))
        return None if own else self.cleaned_data["when"]

    @property
    def query(self) -> dict[str, str]:
        given = {name: value for name, value in self.cleaned_data.items() if value and name != "start"}
        return {name: "1" if value is True else str(value) for name, value in given.items()}


def listed(language: str, now: datetime) -> QuerySet:
    return Occurrence.objects.of_public_events(language, now).select_related("event__place").chronological()


def upcoming(language: str, now: datetime, number: int, narrow: Q | None = None) -> list[Occurrence]:
    """The next times of that many different events."""
    coming = listed(language, now).filter(narrow or Q(), begins_at__gt=now, cancelled=False)
    events: dict[int, Occurrence] = {}
    for occurrence in coming[: number * 4]:
        events.setdefault(occurrence.event_id, occurrence)
    return list(events.values())[:number]


@require_safe
@public_page("when", "day", "since", "until", "start", "kind", "district", "free", "accessible", "children")
def events(request: HttpRequest) -> HttpResponse:
    language = get_language() or "tr"
    now = timezone.now()
    today = timezone.localdate(now)
    form = EventFilterForm(request.GET)
    if not form.is_valid():
        raise Http404("no such filter")
    first, last = form.days(today)
    occurrences = form.narrowed(listed(language, now))
    if first and last:
        occurrences = occurrences.touching(first, last)
    elif first:
        occurrences = occurrences.filter(last_day__gte=first)
    if not first or (first >= today and form.cleaned_data["day"] is None):
        occurrences = occurrences.upcoming(now)
    floor = first or today
    running: list[Occurrence] = []
    if start := form.cleaned_data["start"]:
        dated = occurrences.filter(first_day__gte=max(start, floor))
    else:
        running = list(occurrences.filter(first_day__lt=floor)[:A_PAGE])
        dated = occurrences.filter(first_day__gte=floor)
    rows = list(dated[: A_PAGE + 1])
    later = ""
    if len(rows) > A_PAGE:
        next_day = rows[-1].first_day
        if next_day == rows[0].first_day:
            rows = list(dated.filter(first_day=next_day)[:MOST_IN_A_MONTH])
            next_day += timedelta(days=1)
        rows = [row for row in rows if row.first_day < next_day]
        later = "?" + urlencode({**form.query, "start": next_day.isoformat()})
    chosen = bool(form.query)
    title = _("Events")
    if form.cleaned_data["day"]:
        title = _("Events on %(day)s") % {"day": weekday_text(form.cleaned_data["day"])}
    page = Page(
        title=title,
        description=_("What is on in the city, by day."),
        addresses=everywhere("news:events"),
        section=reverse("news:events"),
        trail=[(_("Home"), reverse("news:home"))],
        index=not chosen and not start,
    )
    context = {
        "form": form,
        "given": form.cleaned_data,
        "chosen": chosen,
        "running": running,
        "days": [(day, list(group)) for day, group in groupby(rows, key=lambda row: row.first_day)],
        "later_url": later,
        "whens": [
            {
                "label": label,
                "url": _with(form, when=key),
                "current": "true" if form.named_time == key else "",
            }
            for key, label in {"": _("All"), **form.WHEN}.items()
        ],
        "kinds": EVENT_KINDS.items(),
        "districts": Place.objects.districts().alphabetical()[:100],
        "calendar_url": _calendar(form),
        "month_url": reverse("news:month", args=[today.year, today.month]),
        "today": today,
        "tomorrow": today + timedelta(days=1),
    }
    return respond(request, "news/events.html", page, context)


def _calendar(form: EventFilterForm) -> str:
    """The subscription to this choice; days pass, so it knows none."""
    query = {key: value for key, value in form.query.items() if key not in DAYS}
    return reverse("news:calendar") + (f"?{urlencode(query)}" if query else "")


def _with(form: EventFilterForm, **change: str) -> str:
    query = {
        key: value
        for key, value in {**form.query, **change}.items()
        if value and (key not in DAYS or key in change)
    }
    return reverse("news:events") + (f"?{urlencode(query)}" if query else "")


@require_safe
@public_page()
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    language = get_language() or "tr"
    now = timezone.now()
    today = timezone.localdate(now)
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    last = after - timedelta(days=1)
    found = list(listed(language, now).touching(first, last)[:MOST_IN_A_MONTH])
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
    public = Occurrence.objects.of_public_events(language, now)
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
        "before": before if public.filter(first_day__lt=first).exists() else None,
        "after": after if public.filter(last_day__gte=after).exists() else None,
        "this_month": today.replace(day=1) if (today.year, today.month) != (year, month) else None,
    }
    return respond(request, "news/month.html", page, context)


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


@require_safe
@public_page()
def event(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    language = get_language() or "tr"
    now = timezone.now()
    beside = {
        f"has_{name}": Exists(model._default_manager.filter(event=OuterRef("pk")))
        for name, model in {"gallery": GalleryImage, "files": Document}.items()
    }
    rows = Event.objects.public(now).select_related("place__within", "image", "part_of")
    found = rows.annotate(**beside).filter(pk=pk).first()
    if found is None:
        return _gone(request, pk, language)
    addresses = {
        code: found.get_absolute_url(code) for code in ("tr", "en") if getattr(found, f"title_{code}")
    }
    if language not in addresses:
        return _not_translated(request, found, addresses)
    if request.path != addresses[language]:
        return HttpResponsePermanentRedirect(addresses[language])
    chrome = Chrome.of(request)
    page = Page(
        title=found.title,
        description=found.summary,
        addresses=addresses,
        elsewhere={
            code: address("news:event", found.pk, str(found.pk), language=code) for code in ("tr", "en")
        },
        section=reverse("news:events"),
        trail=[(_("Home"), reverse("news:home")), (_("Events"), reverse("news:events"))],
        kind="article",
    )
    if found.image:
        page.picture = share_picture(found.image, found.image_alt)
    page.schema = [
        schema.event(found, page.canonical, schema.publisher(chrome.site, chrome.logo)),
    ]
    occurrences = list(found.occurrences.upcoming(now).chronological()[:12])
    context = {
        "chrome": chrome,
        "event": found,
        "calendar_url": addresses[language].removesuffix("/") + ".ics",
        "description": body_links.resolved(found.description, language),
        "images": pictures_within(found.description, found),
        "is_over": found.is_over(now),
        "join_link": found.join_link(now),
        "tickets_link": found.tickets_link(now),
        "occurrences": occurrences if found.recurrence or found.extra_dates else [],
        "participants": _with_offices(found),
        "gallery": found.galleryimages.select_related("image") if found.has_gallery else [],
        "files": found.documents.in_language(language) if found.has_files else [],
        "programme": found.programme.public(now)
        .in_language(language)
        .select_related("place")
        .soonest_first(),
        "part_of": found.part_of
        if found.part_of and found.part_of.is_public(now) and found.part_of.title
        else None,
        "others": upcoming(language, now, 3, _like(found)),
        "articles": found.articles.public(now).in_language(language).for_cards().newest_first()[:6],
        "tags": Tag.objects.filter(eventtags__content_object=found).in_language(language).alphabetical(),
        "share": share.ways(found.title, page.canonical),
    }
    return respond(request, "news/event.html", page, context)


def _with_offices(found: Event) -> list[tuple[Official, str]]:
    """Those who take part, each with the office held on that day."""
    people = found.participants.select_related("portrait").prefetch_related(
        "appointments__office__former_titles"
    )
    held = [(person, person.appointment_on(found.first_day)) for person in people]
    return [(person, post.office.title_on(found.first_day) if post else "") for person, post in held]


def _like(found: Event) -> Q:
    """Of the same kind, and not of the same programme, which the page names already."""
    others = Q(event__kind=found.kind) & ~Q(event=found) & ~Q(event__part_of=found)
    return others & ~Q(event=found.part_of_id) if found.part_of_id else others


def _gone(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """As with articles: what was once public and was withdrawn says so, anything else was never there."""
    found = Event.objects.withdrawn().in_language(language).filter(pk=pk).first()
    if found is None:
        raise Http404("no such event")
    reasons = {code: getattr(found, f"withdrawn_reason_{code}") for code in (language, "tr", "en")}
    code, reason = next(((code, reason) for code, reason in reasons.items() if reason), (language, ""))
    context = {
        "gone": found,
        "reason": reason,
        "reason_language": code,
        "list_url": reverse("news:events"),
        "list_label": _("All events"),
    }
    page = Page(title=_("This page was withdrawn"), addresses={}, index=False)
    return respond(request, "410.html", page, context, status=410)


def _not_translated(request: HttpRequest, found: Event, addresses: dict[str, str]) -> HttpResponse:
    language, url = next(iter(addresses.items()))
    page = Page(
        title=_("Not available in English") if get_language() == "en" else _("Not available in Turkish"),
        addresses={},
        elsewhere=addresses,
        section=reverse("news:events"),
        trail=[(_("Home"), reverse("news:home")), (_("Events"), reverse("news:events"))],
        index=False,
    )
    context = {
        "title": getattr(found, f"title_{language}"),
        "language": language,
        "url": url,
        "list_url": reverse("news:events"),
        "list_label": _("All events"),
    }
    return respond(request, "news/not_translated.html", page, context)
