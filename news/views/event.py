from calendar import Calendar
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import (
    BigAutoField,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
)
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.context_processors import Chrome
from news.models import (
    Article,
    Document,
    Event,
    EventKind,
    GalleryImage,
    Occurrence,
    Official,
    Tag,
    prepared,
)
from news.page_cache import public_page
from news.publishing import body_links
from news.templatetags.dates import SHORT_WEEKDAYS, month_text, weekday_text
from news.templatetags.labels import EVENT_KINDS
from news.views import schema
from news.views.page import Page, address, everywhere, pictures_within, respond, say_gone, share_picture
from news.views.place import districts

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

    @property
    def shape(self) -> tuple[str, ...]:
        """Which filters are set, whatever to."""
        names = ("kind", "district", "free", "accessible", "children")
        return tuple(name for name in names if self.cleaned_data[name])

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


def narrowed(occurrences: QuerySet, shape: tuple[str, ...], given: Mapping[str, Any]) -> QuerySet:
    """`shape` says which filters are set, and `given` to what, as values or slots."""
    if "kind" in shape:
        occurrences = occurrences.filter(event__kind=given["kind"])
    if "district" in shape:
        here = Q(event__place=given["district"]) | Q(event__place__within=given["district"])
        occurrences = occurrences.filter(here)
    for name, column in (("free", "free"), ("accessible", "accessible"), ("children", "for_children")):
        if name in shape:
            occurrences = occurrences.filter(**{f"event__{column}": True})
    return occurrences


def upcoming(language: str, now: datetime, number: int) -> list[Occurrence]:
    """The next times of that many different events."""
    return _each_once(_coming(language, number * 4, now=now), number)


def others_like(found: Event, language: str, now: datetime, number: int) -> list[Occurrence]:
    """Those of the same kind, and not of the same programme, which the page of `found` names already."""
    given = {"now": now, "kind": found.kind, "event": found.pk, "programme": found.part_of_id}
    return _each_once(_like(language, number * 4, found.part_of_id is not None, **given), number)


def _each_once(coming: Iterable[Occurrence], number: int) -> list[Occurrence]:
    events: dict[int, Occurrence] = {}
    for occurrence in coming:
        events.setdefault(occurrence.event_id, occurrence)
    return list(events.values())[:number]


@prepared(now=DateTimeField())
def _coming(language: str, most: int, *, now: Any) -> QuerySet[Occurrence]:
    return listed(language, now).filter(begins_at__gt=now, cancelled=False)[:most]


@prepared(now=DateTimeField(), kind=CharField(), event=BigAutoField(), programme=BigAutoField())
def _like(
    language: str, most: int, in_programme: bool, *, now: Any, kind: Any, event: Any, programme: Any
) -> QuerySet[Occurrence]:
    others = Q(event__kind=kind) & ~Q(event=event) & ~Q(event__part_of=event)
    if in_programme:
        others &= ~Q(event=programme)
    return listed(language, now).filter(others, begins_at__gt=now, cancelled=False)[:most]


@prepared(
    now=DateTimeField(), kind=CharField(), district=BigAutoField(), first=DateField(), last=DateField(),
    start=DateField(), before=DateField(),
)  # fmt: skip
def _rows(
    language: str, shape: tuple[str, ...], bounds: tuple[str, ...], most: int, **given: Any
) -> QuerySet[Occurrence]:
    """`bounds` says which of the times are set."""
    rows = listed(language, given["now"])
    rows = narrowed(rows, shape, given)
    if "last" in bounds:
        rows = rows.touching(given["first"], given["last"])
    elif "first" in bounds:
        rows = rows.filter(last_day__gte=given["first"])
    if "ahead" in bounds:
        rows = rows.upcoming(given["now"])
    if "start" in bounds:
        rows = rows.filter(first_day__gte=given["start"])
    if "before" in bounds:
        rows = rows.filter(first_day__lt=given["before"])
    return rows[:most]


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
    floor = first or today
    given = {"now": now, "first": first, "last": last, "kind": form.cleaned_data["kind"]}
    given |= {"district": form.cleaned_data["district"], "start": floor, "before": floor}
    bounds: tuple[str, ...] = ()
    if first:
        bounds = ("first", "last") if last else ("first",)
    if not first or (first >= today and form.cleaned_data["day"] is None):
        bounds += ("ahead",)
    running: list[Occurrence] = []
    if start := form.cleaned_data["start"]:
        given["start"] = max(start, floor)
    else:
        running = list(_rows(language, form.shape, (*bounds, "before"), A_PAGE, **given))
    rows = list(_rows(language, form.shape, (*bounds, "start"), A_PAGE + 1, **given))
    later = ""
    if len(rows) > A_PAGE:
        next_day = rows[-1].first_day
        if next_day == rows[0].first_day:
            given |= {"start": next_day, "before": next_day + timedelta(days=1)}
            rows = list(_rows(language, form.shape, (*bounds, "start", "before"), MOST_IN_A_MONTH, **given))
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
        "districts": list(districts()),
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
    found = list(_rows(language, (), ("first", "last"), MOST_IN_A_MONTH, now=now, first=first, last=last))
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


@require_safe
@public_page()
def event(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    language = get_language() or "tr"
    now = timezone.now()
    found = next(iter(_event(pk=pk, now=now)), None)
    if found is None:
        return _gone(request, pk, language, now)
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
    join_link = found.join_link(now)
    page.schema = [
        schema.event(found, page.canonical, schema.publisher(chrome.site, chrome.logo), join_link),
    ]
    context = {
        "chrome": chrome,
        "event": found,
        "calendar_url": addresses[language].removesuffix("/") + ".ics",
        "description": body_links.resolved(found.description, language),
        "images": pictures_within(found.description, found),
        "is_over": found.is_over(now),
        "join_link": join_link,
        "tickets_link": found.tickets_link(now),
        "occurrences": list(_next_times(pk=pk, now=now)) if found.recurrence or found.extra_dates else [],
        "participants": _with_offices(found),
        "gallery": found.galleryimages.select_related("image") if found.has_gallery else [],
        "files": found.documents.in_language(language) if found.has_files else [],
        "programme": list(_programme(language, pk=pk, now=now)),
        "part_of": found.part_of
        if found.part_of and found.part_of.is_public(now) and found.part_of.title
        else None,
        "others": others_like(found, language, now, 3),
        "articles": list(_articles(language, pk=pk, now=now)),
        "tags": list(_tags(language, pk=pk)),
    }
    return respond(request, "news/event.html", page, context)


def _with_offices(found: Event) -> list[tuple[Official, str]]:
    """Those who take part, each with the office held on that day."""
    people = found.participants.select_related("portrait").prefetch_related(
        "appointments__office__former_titles"
    )
    held = [(person, person.appointment_on(found.first_day)) for person in people]
    return [(person, post.office.title_on(found.first_day) if post else "") for person, post in held]


@prepared(pk=BigAutoField(), now=DateTimeField())
def _event(*, pk: Any, now: Any) -> QuerySet[Event]:
    beside = {
        f"has_{name}": Exists(model._default_manager.filter(event=OuterRef("pk")))
        for name, model in {"gallery": GalleryImage, "files": Document}.items()
    }
    rows = Event.objects.public(now).filter(pk=pk).order_by()
    return rows.select_related("place__within", "image", "part_of").annotate(**beside)


@prepared(pk=BigAutoField(), now=DateTimeField())
def _next_times(*, pk: Any, now: Any) -> QuerySet[Occurrence]:
    return Occurrence.objects.filter(event=pk).upcoming(now).chronological()[:12]


@prepared(pk=BigAutoField(), now=DateTimeField())
def _programme(language: str, *, pk: Any, now: Any) -> QuerySet[Event]:
    parts = Event.objects.public(now).in_language(language).filter(part_of=pk)
    return parts.select_related("place").soonest_first()


@prepared(pk=BigAutoField(), now=DateTimeField())
def _articles(language: str, *, pk: Any, now: Any) -> QuerySet[Article]:
    about = Article.objects.public(now).in_language(language).filter(events=pk)
    return about.for_cards().newest_first()[:6]


@prepared(pk=BigAutoField())
def _tags(language: str, *, pk: Any) -> QuerySet[Tag]:
    return Tag.objects.filter(eventtags__content_object=pk).in_language(language).alphabetical()


def _gone(request: HttpRequest, pk: int, language: str, now: datetime) -> HttpResponse:
    """As with articles: what was once public says that it was, anything else was never there."""
    found = Event.objects.gone(now).in_language(language).filter(pk=pk).first()
    if found is None:
        raise Http404("no such event")
    reasons = {code: getattr(found, f"withdrawn_reason_{code}") for code in (language, "tr", "en")}
    code, reason = next(((code, reason) for code, reason in reasons.items() if reason), (language, ""))
    context = {
        "reason": reason,
        "reason_language": code,
        "list_url": reverse("news:events"),
        "list_label": _("All events"),
    }
    return say_gone(request, found, context)


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
