"""The browser's own date and time inputs: one labelled field each, with the picker people know."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Arithmetic with time zones fails at the ends of the calendar, and a year that far away is a slip.
YEARS = range(1900, 2200)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value)
        if moment and moment.year not in YEARS:
            raise ValidationError(
                _("The year must be from %(first)d to %(last)d.")
                % {"first": YEARS.start, "last": YEARS.stop - 1},
                code="invalid",
            )
        return moment
