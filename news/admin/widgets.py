"""The browser's own date and time inputs, one labelled field each, and what is typed in them."""

import re
from datetime import UTC, date, datetime
from datetime import time as Time  # noqa: N812 - a time of day beside the word that was typed
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
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


def must_be_near(day: date) -> None:
    if day.year not in YEARS:
        raise ValidationError(
            _("The year must be from %(first)d to %(last)d.")
            % {"first": YEARS.start, "last": YEARS.stop - 1},
            code="invalid",
        )


class MomentField(forms.DateTimeField):
    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value)
        if moment:
            must_be_near(moment)
        return moment


class DayField(forms.DateField):
    """A day that something takes place on; days of long ago, such as an office's, have the plain field."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day:
            must_be_near(day)
        return day


def there(form: forms.BaseForm, name: str, moment: datetime, zone: ZoneInfo) -> datetime:
    """The clock time that was typed, as a moment in `zone`; an error at the field where no clock shows it."""
    clock = timezone.make_naive(moment)
    found = clock.replace(tzinfo=zone)
    if found.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != clock:
        form.add_error(name, _("This hour does not exist there: the clocks skip it that night."))
    return found


class DaysField(forms.CharField):
    """A day a line, as people write it; kept as ISO 8601. With `times`, each may have a time of day."""

    widget = forms.Textarea(attrs={"rows": 3})
    DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./](\d{1,2})[./](\d{4})")
    TIME = re.compile(r"(\d{1,2})[.:](\d{2})")

    def __init__(self, *, times: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.times = times

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(self._said, value.splitlines())) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return "\n".join(self._kept(line) for line in lines if line)

    def _said(self, line: str) -> str:
        try:
            moment = datetime.fromisoformat(line)
        except ValueError:
            return line
        return f"{moment:%d.%m.%Y %H.%M}" if "T" in line else f"{moment:%d.%m.%Y}"

    def _kept(self, line: str) -> str:
        day, _space, clock = line.replace("T", " ").partition(" ")
        found, time = self.DAY.fullmatch(day), self.TIME.match(clock.strip())
        try:
            if not found or (clock and not (time and self.times)):
                raise ValueError(line)
            year, month, number = map(int, found.groups()[:3] if found[1] else found.groups()[:2:-1])
            day_meant = date(year, month, number)
            at = f"T{Time(int(time[1]), int(time[2])):%H:%M}" if time else ""
        except ValueError as error:
            example = "24.11.2026 18.30" if self.times else "24.11.2026"
            said = _("“%(line)s” is not a day such as %(example)s.") % {"line": line, "example": example}
            raise ValidationError(said) from error
        must_be_near(day_meant)
        return f"{day_meant.isoformat()}{at}"
