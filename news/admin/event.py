from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models import Event, Occurrence
from news.publishing import copies
from news.publishing.event import local_starts, rebuild_occurrences
from news.publishing.rules import Refused

from .attached import DocumentRows, GalleryImageRows
from .noun import Rows, both
from .publishable import PublishableAdmin, PublishableForm
from .site import site

#: Further ones can be changed once they come nearer.
MOST_OCCURRENCES = 20
ZONED = ("starts_at", "ends_at")


class EventForm(PublishableForm):
    """Start and end are typed as clock time where the event takes place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ZONED:
            if (moment := getattr(self.instance, name)) and name not in self.initial:
                continue
            if moment:
                self.initial[name] = timezone.make_naive(moment, self.instance.zone)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        zone = data.get("time_zone")
        for name in ZONED:
            if zone and data.get(name):
                data[name] = self._there(name, timezone.make_naive(data[name]), ZoneInfo(zone))
        return data

    def _there(self, name: str, clock: datetime, zone: ZoneInfo) -> datetime:
        moment = clock.replace(tzinfo=zone)
        if moment.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) != clock:
            self.add_error(name, _("This hour does not exist there: the clocks skip it that night."))
        return moment

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            try:
                local_starts(self.instance)
            except ValidationError as error:
                self.add_error(None, error)


class OccurrenceRows(Rows):
    """The coming ones of a series; one of them can be moved or cancelled alone."""

    model = Occurrence
    fields = [("recurrence_id", "begins_at", "ends_at"), ("moved", "cancelled", *both("note"))]
    readonly_fields = ["recurrence_id"]
    max_num = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        coming = super().get_queryset(request).upcoming().order_by("begins_at")
        nearest = coming.filter(event_id=request.resolver_match.kwargs.get("object_id"))[:MOST_OCCURRENCES]
        return coming.filter(pk__in=[row.pk for row in nearest]).select_related("event")


@admin.register(Event, site=site)
class EventAdmin(PublishableAdmin):
    form = EventForm
    change_form_template = "admin/news/event/form.html"
    list_display = ["__str__", "state_said", "status", "starts_at", "starts_on", "place", "external"]
    list_select_related = ["place"]
    list_filter = ["state", "status", "kind", "attendance", "external"]
    search_fields = ("folded",)
    ordering = ["-last_ends_at", "-pk"]
    autocomplete_fields = ["place", "image", "participants", "part_of"]
    fieldsets = [
        (None, {"fields": [both("title"), "kind", both("summary")]}),
        (_("Description"), {"fields": both("description")}),
        (
            _("When"),
            {
                "fields": [
                    "timing",
                    "time_zone",
                    ("starts_at", "ends_at"),
                    ("starts_on", "ends_on"),
                    "recurrence",
                    ("extra_dates", "excluded_dates"),
                ]
            },
        ),
        (_("What became of it"), {"fields": ["status", both("status_reason"), "previous_start_date"]}),
        (_("Where"), {"fields": ["attendance", "place", ("join_url", "join_opens_minutes")]}),
        (
            _("Who"),
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
            _("For whom"),
            {
                "fields": [
                    ("free", "accessible", "for_children"),
                    both("price"),
                    both("audience"),
                    "tickets_url",
                ]
            },
        ),
        (_("Picture"), {"fields": ["image", both("image_alt"), "image_decorative"]}),
        (_("Tags"), {"fields": ["tags"]}),
        (_("Publication"), {"fields": [("published_at", "expires_at")]}),
        (_("Withdrawal"), {"fields": [both("withdrawn_reason")], "classes": ["collapse"]}),
    ]

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
