"""The coming times of a series in the event's form: one of them moved or called off alone."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import Event, Occurrence, Timing
from news.publishing.event import days_of, midnight_after

from .noun import NEAR, WIDGETS, Rows, both
from .widgets import there

#: Further ones can be changed once they come nearer.
MOST_OCCURRENCES = 20


class OccurrenceForm(forms.ModelForm):
    """Times are typed as the clock shows them where the event takes place; they tell whether it was moved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("begins_at", "ends_at"):
                moment = getattr(self.instance, name)
                self.initial[name] = timezone.make_naive(moment, self.instance.event.zone)

    def has_changed(self) -> bool:
        """A row whose time fell out of the series while the form was open has nothing to be changed."""
        return bool(self.instance.pk) and super().has_changed()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        event, row = self.instance.event, self.instance
        if event.timing == Timing.TIMED:
            self._clean_times(data, event)
        elif data.get("first_day") and data.get("last_day"):
            if data["last_day"] < data["first_day"]:
                self.add_error("last_day", _("The event ends before it starts."))
                return data
            row.begins_at = datetime.combine(data["first_day"], datetime.min.time(), event.zone)
            row.ends_at = midnight_after(data["last_day"], event)
            days = data["last_day"] - data["first_day"]
            row.moved = row.begins_at != row.recurrence_id or days != event.last_day - event.first_day
        return data

    def _clean_times(self, data: dict[str, Any], event: Event) -> None:
        row = self.instance
        for name in ("begins_at", "ends_at"):
            if data.get(name):
                data[name] = there(self, name, data[name], event.zone)
        if not data.get("begins_at"):
            return
        if not event.ends_at:
            row.ends_at = midnight_after(data["begins_at"].date(), event)
        elif data.get("ends_at") is None or data["ends_at"] <= data["begins_at"]:
            self.add_error("ends_at", _("The event ends before it starts."))
            return
        else:
            row.ends_at = data["ends_at"]
        row.first_day, row.last_day = days_of(event, data["begins_at"], row.ends_at)
        usual = event.finishes_at - event.begins_at
        row.moved = data["begins_at"] != row.recurrence_id or bool(
            event.ends_at and row.ends_at - data["begins_at"] != usual
        )


class OccurrenceRows(Rows):
    model = Occurrence
    form = OccurrenceForm
    formfield_overrides = WIDGETS | NEAR
    verbose_name_plural = gettext_lazy("coming times: change or call off a single one")
    max_num = 0
    can_delete = False

    #: Settled when the rows are made: should another timing then be typed into the event, they stay as sent.
    span: tuple[str, ...] = ()

    def get_fields(self, request: HttpRequest, obj: Event | None = None) -> list[Any]:
        if not self.span and (obj is None or obj.timing != Timing.TIMED):
            self.span = ("first_day", "last_day")
        elif not self.span:
            self.span = ("begins_at", "ends_at") if obj and obj.ends_at else ("begins_at",)
        return [(*self.span, "cancelled"), both("note")]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("event").order_by("begins_at")
        if request.method == "POST":
            # What was near when the form was opened may be further off or over by now.
            return rows
        event = request.resolver_match.kwargs.get("object_id")
        nearest = rows.filter(event_id=event).upcoming()[:MOST_OCCURRENCES]
        return rows.filter(pk__in=[row.pk for row in nearest])
