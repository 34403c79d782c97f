"""Rules of recurrence (RFC 5545 section 3.3.10), in words and as starts.

A rule repeats by days at most and is written out up to a moment, so that none can run for ever.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

PART = re.compile(r"([A-Z]+)=([A-Z0-9,+-]+)")
DAILY_OR_LESS = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
#: Without those that repeat within a day.
PARTS = {
    *("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"),
    *("BYDAY", "BYMONTHDAY", "BYMONTH", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"),
}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_TIMES, MOST_INTERVAL = 999, 99


class Pattern(TextChoices):
    ONCE = "once", gettext_lazy("does not repeat")
    DAILY = "daily", gettext_lazy("daily")
    WEEKLY = "weekly", gettext_lazy("weekly")
    MONTHLY = "monthly", gettext_lazy("monthly, same day (the 15th)")
    MONTHLY_WEEKDAY = (
        "monthly_weekday",
        gettext_lazy("monthly, same weekday (second Tuesday)"),
    )
    MONTHLY_LAST = "monthly_last", gettext_lazy("monthly, last weekday (last Tuesday)")
    YEARLY = "yearly", gettext_lazy("yearly")
    OTHER = "other", gettext_lazy("a rule of its own")


FREQUENCIES = {
    Pattern.DAILY: "DAILY",
    Pattern.WEEKLY: "WEEKLY",
    Pattern.MONTHLY: "MONTHLY",
    Pattern.MONTHLY_WEEKDAY: "MONTHLY",
    Pattern.MONTHLY_LAST: "MONTHLY",
    Pattern.YEARLY: "YEARLY",
}
ORDINALS = {
    1: pgettext_lazy("weekday of a month", "first"),
    2: pgettext_lazy("weekday of a month", "second"),
    3: pgettext_lazy("weekday of a month", "third"),
    4: pgettext_lazy("weekday of a month", "fourth"),
    5: pgettext_lazy("weekday of a month", "fifth"),
    -1: pgettext_lazy("weekday of a month", "last"),
}


@dataclass(frozen=True)
class Recurrence:
    """What a form asks for; the day that it begins on says the rest. `weekdays` count from Monday, 0."""

    pattern: Pattern = Pattern.ONCE
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    until: date | None = None
    times: int | None = None

    def rule(self, first: date) -> str:
        """As RFC 5545 writes it; an empty text for once."""
        if self.pattern in (Pattern.ONCE, Pattern.OTHER):
            return ""
        parts = [f"FREQ={FREQUENCIES[self.pattern]}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.pattern == Pattern.WEEKLY and self.weekdays:
            parts.append("BYDAY=" + ",".join(WEEKDAYS[number] for number in sorted(self.weekdays)))
        if self.pattern in (Pattern.MONTHLY_WEEKDAY, Pattern.MONTHLY_LAST):
            parts.append(f"BYDAY={self.ordinal(first)}{WEEKDAYS[first.weekday()]}")
        if self.until:
            parts.append(f"UNTIL={self.until:%Y%m%d}T235959")
        if self.times:
            parts.append(f"COUNT={self.times}")
        return ";".join(parts)

    def ordinal(self, first: date) -> int:
        return -1 if self.pattern == Pattern.MONTHLY_LAST else (first.day - 1) // 7 + 1

    def said(self, first: date) -> str:
        """As a sentence begins: every 2 weeks on Tuesday and Thursday, until 31 January 2027."""
        often = self.often()
        match self.pattern:
            case Pattern.ONCE:
                return _("once")
            case Pattern.WEEKLY:
                names = [weekday_name(number) for number in sorted(self.weekdays or [first.weekday()])]
                what = _("%(often)s on %(days)s") % {"often": often, "days": listed(names)}
            case Pattern.MONTHLY:
                what = _("%(often)s on day %(day)s of the month") % {"often": often, "day": first.day}
            case Pattern.MONTHLY_WEEKDAY | Pattern.MONTHLY_LAST:
                ordinal = ORDINALS[self.ordinal(first)]
                weekday = weekday_name(first.weekday())
                what = _("%(often)s on the %(ordinal)s %(weekday)s of the month") % {
                    "often": often, "ordinal": ordinal, "weekday": weekday,
                }  # fmt: skip
            case Pattern.YEARLY:
                what = _("%(often)s on %(day)s") % {"often": often, "day": format_date(first, "j F")}
            case _:
                what = often
        if self.until:
            return _("%(what)s, until %(day)s") % {"what": what, "day": format_date(self.until, "j F Y")}
        if self.times:
            return ngettext("%(what)s, %(n)s time", "%(what)s, %(n)s times", self.times) % {
                "what": what, "n": self.times,
            }  # fmt: skip
        return what

    def often(self) -> str:
        n = self.interval
        match self.pattern:
            case Pattern.DAILY:
                words = ngettext("every day", "every %(n)s days", n)
            case Pattern.WEEKLY:
                words = ngettext("every week", "every %(n)s weeks", n)
            case Pattern.YEARLY:
                words = ngettext("every year", "every %(n)s years", n)
            case _:
                words = ngettext("every month", "every %(n)s months", n)
        return words % {"n": n}


def read(rule: str, first: date) -> Recurrence:
    """What a rule says of an event that begins on `first`; `Pattern.OTHER` where a form has no words."""
    parts = dict(PART.findall(rule.removeprefix("RRULE:")))
    if not rule:
        return Recurrence()
    other = Recurrence(Pattern.OTHER)
    try:
        until = _until(parts["UNTIL"]).date() if "UNTIL" in parts else None
        interval, times = int(parts.get("INTERVAL", 1)), int(parts["COUNT"]) if "COUNT" in parts else None
    except ValueError:
        return other
    for pattern, frequency in FREQUENCIES.items():
        if parts.get("FREQ") != frequency:
            continue
        named = [day for day in parts.get("BYDAY", "").split(",") if day in WEEKDAYS]
        weekdays = tuple(WEEKDAYS.index(day) for day in named) if pattern == Pattern.WEEKLY else ()
        found = Recurrence(pattern, interval, weekdays, until, times)
        if dict(PART.findall(found.rule(first))) | {"UNTIL": ""} == parts | {"UNTIL": ""}:
            return found
    return other


def check(rule: str, first: datetime) -> None:
    """Raise `ValidationError` where a rule cannot be read, or asks for what no event does."""
    bare = rule.removeprefix("RRULE:")
    parts = dict(PART.findall(bare))
    unread = ValidationError(_("This rule cannot be read."))
    if ";".join(f"{name}={value}" for name, value in parts.items()) != bare or not parts.keys() <= PARTS:
        raise unread
    if parts.get("FREQ") not in DAILY_OR_LESS:
        raise ValidationError(_("An event repeats by days, weeks, months or years."))
    try:
        if (
            not 0 < int(parts.get("INTERVAL", 1)) <= MOST_INTERVAL
            or not 0 < int(parts.get("COUNT", 1)) <= MOST_TIMES
        ):
            raise unread
        next(_starts(parts, first, first), None)
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise unread from error


def starts(rule: str, first: datetime, until: datetime) -> Iterator[datetime]:
    """The starts that a checked rule gives up to `until`, as wall-clock times."""
    return _starts(dict(PART.findall(rule)), first, until)


def goes_on(rule: str, first: datetime, until: datetime) -> bool:
    """Whether the rule gives more after `until`."""
    parts = dict(PART.findall(rule))
    if "COUNT" in parts:
        return sum(1 for _start in starts(rule, first, until)) < int(parts["COUNT"])
    return "UNTIL" not in parts or _until(parts["UNTIL"]) > until


def _starts(parts: dict[str, str], first: datetime, until: datetime) -> Iterator[datetime]:
    count = int(parts["COUNT"]) if "COUNT" in parts else None
    if "UNTIL" in parts:
        until = min(until, _until(parts["UNTIL"]))
    # dateutil looks for the next start to the end of all time, unless it is told where to end.
    bounded = [f"{name}={value}" for name, value in parts.items() if name not in ("COUNT", "UNTIL")]
    rule = rrulestr(";".join([*bounded, f"UNTIL={until:%Y%m%dT%H%M%S}"]), dtstart=first, ignoretz=True)
    return islice(rule, count)


def _until(value: str) -> datetime:
    """A local time, whatever letter stands behind it; a day alone is meant to its end."""
    day, clock = date.fromisoformat(value[:8]), value[9:15]
    return datetime.combine(day, time.fromisoformat(clock) if clock else time(23, 59, 59))


def weekday_name(number: int) -> str:
    """As it stands within a sentence, which in Turkish is without a capital."""
    name = format_date(date(2024, 1, 1 + number), "l")
    return name.lower() if get_language() == "tr" else name


def listed(names: list[str]) -> str:
    """A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return _("%(several)s and %(last)s") % {"several": ", ".join(names[:-1]), "last": names[-1]}
