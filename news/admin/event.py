from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import Event, Status, Timing, validate_time_zone
from news.publishing import check_event, copies
from news.publishing.event import check_left_out, local_starts, rebuild_occurrences
from news.publishing.recurrence import MOST_INTERVAL, MOST_TIMES, Pattern, Recurrence, read
from news.publishing.rules import Refused
from news.publishing.when import day_said, said_back
from news.templatetags.when import when_text

from .attached import DocumentRows, GalleryImageRows
from .attention import DeskFilter
from .noun import NEAR, WIDGETS, Rows, both
from .occurrence import OccurrenceRows
from .publishable import PublishableAdmin, PublishableForm
from .site import site
from .widgets import DayField, DaysField, there

ZONED, DAYS = ("starts_at", "ends_at"), ("starts_on", "ends_on")
REPEATS = [pattern for pattern in Pattern if pattern not in (Pattern.ONCE, Pattern.OTHER)]
#: Which choices of another field a field is for; with the rest js/admin/fields.js hides it.
APPLIES: dict[str, tuple[str, list[str]]] = {
    **dict.fromkeys(ZONED, ("timing", [Timing.TIMED])),
    **dict.fromkeys(DAYS, ("timing", [Timing.ALL_DAY, Timing.TIME_UNKNOWN])),
    **dict.fromkeys(("interval", "until", "times"), ("pattern", REPEATS)),
    "weekdays": ("pattern", [Pattern.WEEKLY]),
    "rule": ("pattern", [Pattern.OTHER]),
}
#: Of a series, so many of the coming times stand below its rule.
SHOWN = 5


class EventForm(PublishableForm):
    """Start and end are typed as clock time where the event takes place, and how it repeats in words."""

    pattern = forms.ChoiceField(label=gettext_lazy("How it repeats"), choices=Pattern, initial=Pattern.ONCE)
    interval = forms.IntegerField(
        label=gettext_lazy("Every how many"),
        help_text=gettext_lazy("Days, weeks, months or years: 2 is every other one."),
        min_value=1,
        max_value=MOST_INTERVAL,
        initial=1,
        required=False,
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On these weekdays"),
        help_text=gettext_lazy("Only if it repeats weekly. None ticked: the weekday of the start."),
        choices=WEEKDAYS.items,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    until = DayField(
        label=gettext_lazy("Repeats until"),
        help_text=gettext_lazy("Included. Empty: it goes on."),
        required=False,
    )
    times = forms.IntegerField(
        label=gettext_lazy("Or so many times"), min_value=1, max_value=MOST_TIMES, required=False
    )
    rule = forms.CharField(
        label=gettext_lazy("Rule"),
        help_text=gettext_lazy("As RFC 5545 writes it, such as FREQ=YEARLY;BYMONTH=5;BYDAY=3SU."),
        max_length=250,
        required=False,
    )
    extra_dates = DaysField(
        label=gettext_lazy("Also on"),
        help_text=gettext_lazy(
            "A day a line, such as 24.11.2026, or with a time of its own: 24.11.2026 18.30."
        ),
        times=True,
        required=False,
    )
    excluded_dates = DaysField(
        label=gettext_lazy("Not on"),
        help_text=gettext_lazy("A day a line, such as 24.11.2026."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (by, choices) in APPLIES.items():
            if name in self.fields:
                self.fields[name].widget.attrs |= {"data-by": by, "data-for": " ".join(choices)}
        for name in ZONED:
            if (moment := getattr(self.instance, name)) and name not in self.initial:
                continue
            if moment:
                self.initial[name] = timezone.make_naive(moment, self.instance.zone)
        if self.instance.pk:
            found = read(self.instance.recurrence, self.instance.first_day)
            values: dict[str, Any] = {
                "pattern": found.pattern,
                "interval": found.interval,
                "weekdays": list(found.weekdays),
                "until": found.until,
                "times": found.times,
                "rule": self.instance.recurrence if found.pattern == Pattern.OTHER else "",
            }
            self.initial.update(values)
            self.stored.update(values)

    def clean_time_zone(self) -> str:
        """Asked here and not only of the model: the times that are typed are read in it first."""
        validate_time_zone(self.cleaned_data["time_zone"])
        return self.cleaned_data["time_zone"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        zone = data.get("time_zone")
        for name in ZONED:
            if zone and data.get(name):
                data[name] = there(self, name, data[name], ZoneInfo(zone))
        self._clean_span(data)
        first = data["starts_at"].date() if data.get("starts_at") else data.get("starts_on")
        if first and not self.errors:
            self.instance.recurrence = self._rule(data, first)
        return data

    def _clean_span(self, data: dict[str, Any]) -> None:
        """The times or the days, as the timing asks; what stands in the two other fields is left aside."""
        timed = data.get("timing") == Timing.TIMED
        (start, end), others = (ZONED, DAYS) if timed else (DAYS, ZONED)
        if "timing" not in self.errors and start not in self.errors and not data.get(start):
            self.add_error(
                start, _("Give a time for a timed event, or days for one without times, not both.")
            )
        if "timing" in self.errors or start in self.errors:
            # The event keeps the start it has: what the form says beside its fields is reckoned from it.
            for name in (*ZONED, *DAYS):
                data.pop(name, None)
            return
        for name in others:
            self.errors.pop(name, None)
            data[name] = None
        if data.get(end) and (data[end] <= data[start] if timed else data[end] < data[start]):
            self.add_error(end, _("The event ends before it starts."))

    def _rule(self, data: dict[str, Any], first: date) -> str:
        pattern, weekdays = Pattern(data["pattern"]), tuple(data["weekdays"])
        until, times, rule = data["until"], data["times"], data["rule"].strip().upper()
        if weekdays and pattern not in (Pattern.WEEKLY, Pattern.ONCE):
            self.add_error(
                "weekdays", _("Only what repeats weekly has weekdays: untick them, or choose weekly.")
            )
        if pattern == Pattern.OTHER:
            for name in ("until", "times"):
                if data.get(name):
                    self.add_error(name, _("The rule itself says how long it goes on: empty this."))
            if not rule:
                self.add_error("rule", _("Write the rule, or choose another way to repeat."))
            return rule
        if pattern == Pattern.ONCE and (weekdays or until or times):
            self.add_error("pattern", _("Choose how it repeats, or empty what stands below."))
        if pattern == Pattern.WEEKLY and weekdays and first.weekday() not in weekdays:
            words = _("It begins on a %(day)s: tick that day too, or change the start.")
            self.add_error("weekdays", words % {"day": WEEKDAYS[first.weekday()]})
        if until and times:
            self.add_error("times", _("Give a last day or a number of times, not both."))
        if until and until < first:
            self.add_error("until", _("The last day comes before the first."))
        return Recurrence(pattern, data["interval"] or 1, weekdays, until, times).rule(first)

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            try:
                local_starts(self.instance)
                check_left_out(self.instance)
            except ValidationError as error:
                own = self.cleaned_data["pattern"] == Pattern.OTHER and not hasattr(error, "error_dict")
                self.add_error("rule" if own else None, error)


@admin.register(Event, site=site)
class EventAdmin(PublishableAdmin):
    form = EventForm
    formfield_overrides = WIDGETS | NEAR
    change_form_template = "admin/news/event/form.html"
    list_display = ["__str__", "state_said", "became", "takes_place", "place", "whose"]
    list_select_related = ["place"]
    list_filter = [DeskFilter, "state", "status", "kind", "attendance", "external"]
    search_fields = ("folded",)
    date_hierarchy = "occurrences__first_day"
    ordering = ["-last_ends_at", "-pk"]
    readonly_fields = ["in_words"]
    autocomplete_fields = ["place", "image", "participants", "part_of"]
    fieldsets = [
        (None, {"fields": [both("title"), "kind", both("summary")]}),
        (gettext_lazy("Description"), {"fields": both("description")}),
        (
            gettext_lazy("When"),
            {
                "fields": [
                    "timing",
                    "time_zone",
                    ("starts_at", "ends_at"),
                    ("starts_on", "ends_on"),
                ]
            },
        ),
        (
            gettext_lazy("Does it repeat?"),
            {
                "fields": [
                    ("pattern", "interval"),
                    "weekdays",
                    ("until", "times"),
                    ("extra_dates", "excluded_dates"),
                    "in_words",
                ]
            },
        ),
        (gettext_lazy("A rule of its own"), {"fields": ["rule"], "classes": ["collapse"]}),
        (
            gettext_lazy("What became of it"),
            {"fields": ["status", both("status_reason"), "previous_start_date"]},
        ),
        (gettext_lazy("Where"), {"fields": ["attendance", "place", ("join_url", "join_opens_minutes")]}),
        (
            gettext_lazy("Who"),
            {
                "fields": [
                    "external",
                    both("organiser"),
                    "organiser_url",
                    both("patron"),
                    both("sponsors"),
                    "participants",
                    "part_of",
                    "contact",
                ]
            },
        ),
        (
            gettext_lazy("For whom"),
            {
                "fields": [
                    ("free", "accessible", "for_children"),
                    both("price"),
                    both("audience"),
                    "tickets_url",
                ]
            },
        ),
        (gettext_lazy("Picture"), {"fields": ["image", both("image_alt"), "image_decorative"]}),
        (gettext_lazy("Tags"), {"fields": ["tags"]}),
        (gettext_lazy("Publication"), {"fields": [("published_at", "expires_at")]}),
        (gettext_lazy("Withdrawal"), {"fields": [both("withdrawn_reason")], "classes": ["collapse"]}),
    ]

    @admin.display(description=gettext_lazy("status"), ordering="status", empty_value="")
    def became(self, event: Event) -> str:
        """What a reader of the list would not expect."""
        return "" if event.status == Status.SCHEDULED else event.get_status_display()

    @admin.display(description=gettext_lazy("when"), ordering="last_ends_at")
    def takes_place(self, event: Event) -> str:
        return when_text(event)

    @admin.display(description=gettext_lazy("organiser"), empty_value="")
    def whose(self, event: Event) -> str:
        return event.organiser if event.external else ""

    @admin.display(description=gettext_lazy("in words"))
    def in_words(self, event: Event) -> str | SafeString:
        """What is stored of the series, and what comes of it."""
        if not event.pk or not (event.recurrence or event.extra_dates):
            return _("It does not repeat. What is chosen here shows in words once it is saved.")
        found = read(event.recurrence, event.first_day)
        rule = event.recurrence if found.pattern == Pattern.OTHER else found.said(event.first_day)
        coming = event.occurrences.upcoming().filter(cancelled=False).order_by("begins_at")[:SHOWN]
        if event.timing == Timing.TIMED:
            days = [said_back(row.begins_at, event.zone) for row in coming]
        else:
            days = [day_said(row.first_day) for row in coming]
        listed = format_html_join("", "<li>{}</li>", ((day,) for day in days))
        if not days:
            return format_html("{}. {}", rule[:1].upper() + rule[1:], _("No time of it is to come."))
        return format_html("{}. {}<ul>{}</ul>", rule[:1].upper() + rule[1:], _("The next ones:"), listed)

    def about(self, request: HttpRequest, typed: Event, stored: Event) -> dict[str, Any]:
        may_write = self.has_change_permission(request, stored)
        return {"findings": check_event.findings(typed)} if may_write else {}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.duplicate_view)
        return [path("<int:pk>/duplicate/", view, name="news_event_duplicate"), *super().get_urls()]

    def duplicate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        event = get_object_or_404(Event, pk=pk)
        if not self.has_view_permission(request, event):
            raise PermissionDenied
        try:
            made = copies.duplicate_event(event, request.user)
        except Refused as refused:
            self.message_user(request, refused.reason, messages.ERROR)
            made = event
        return HttpResponseRedirect(reverse("admin:news_event_change", args=[made.pk]))

    def get_inlines(self, request: HttpRequest, obj: Event | None) -> list[type[Rows]]:
        repeats = obj is not None and bool(obj.recurrence or obj.extra_dates)
        return [*([OccurrenceRows] if repeats else []), GalleryImageRows, DocumentRows]

    def save_model(self, request: HttpRequest, obj: Event, form: Any, change: bool) -> None:
        if "status" in form.changed_data:
            obj.status_changed_at = timezone.now()
        if change and obj.first_published_at:
            # Calendars that hold the event take a new revision for what it says (RFC 5545, SEQUENCE).
            obj.sequence += 1
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        rebuild_occurrences(form.instance)
