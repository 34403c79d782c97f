"""The filters of the list of events. Their state lives in the address."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import EventKind, Place
from news.templatetags.dates import day_text, days_text
from news.templatetags.labels import EVENT_KINDS
from news.views.asked import ID, checked
from news.views.page import absolute

#: What is asked about days; one of them stands for all.
DAYS = ("when", "day", "since", "until")


class EventFilter:
    """What was asked for, checked: `given`."""

    WHEN = {
        "today": gettext_lazy("Today"),
        "weekend": gettext_lazy("This weekend"),
        "week": gettext_lazy("Next 7 days"),
        "month": gettext_lazy("This month"),
    }
    FIELDS: dict[str, forms.Field] = {
        "when": forms.ChoiceField(choices=list(WHEN.items())),
        **{name: forms.DateField(input_formats=["%Y-%m-%d"]) for name in ("day", "since", "until", "start")},
        "kind": forms.ChoiceField(choices=EventKind.choices),
        "district": forms.IntegerField(**ID),
        **{name: forms.BooleanField(required=False) for name in ("free", "accessible", "children")},
    }

    NOTHING: dict[str, Any] = {
        "when": "", "day": None, "since": None, "until": None, "start": None, "kind": "", "district": None,
        "free": False, "accessible": False, "children": False,
    }  # fmt: skip

    def __init__(self, asked: QueryDict) -> None:
        self.given = self.NOTHING | checked(self.FIELDS, asked)

    def days(self, today: date) -> tuple[date | None, date | None]:
        """First and last day asked for; None where that side is open."""
        if day := self.given["day"]:
            return day, day
        since, until = self.given["since"], self.given["until"]
        if since and until:
            return min(since, until), max(since, until)
        if since or until:
            return since or today, until
        match self.given["when"]:
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
        return tuple(name for name in names if self.given[name])

    @property
    def named_time(self) -> str | None:
        """Which of the named times was asked for; None for days of the reader's own."""
        own = any(self.given[name] for name in ("day", "since", "until"))
        return None if own else self.given["when"]

    @property
    def query(self) -> dict[str, str]:
        given = {name: value for name, value in self.given.items() if value and name != "start"}
        return {name: "1" if value is True else str(value) for name, value in given.items()}


def chosen(asked: EventFilter, places: list[Place]) -> list[tuple[str, str]]:
    """What was asked for, in words, each with the address of the list without it."""
    given = asked.given
    labels = {
        DAYS: _days_said(asked),
        ("kind",): given["kind"] and EVENT_KINDS[given["kind"]],
        ("district",): next((place.name for place in places if place.pk == given["district"]), ""),
        ("free",): given["free"] and _("Free of charge"),
        ("accessible",): given["accessible"] and _("Accessible by wheelchair"),
        ("children",): given["children"] and _("For children"),
    }
    return [(str(label), _address(asked, without=names)) for names, label in labels.items() if label]


def _days_said(asked: EventFilter) -> str:
    given = asked.given
    since, until = given["since"], given["until"]
    if given["day"]:
        return day_text(given["day"])
    if since and until:
        return days_text(min(since, until), max(since, until))
    if since:
        return _("from %(day)s on") % {"day": day_text(since)}
    if until:
        return _("until %(day)s") % {"day": day_text(until)}
    return str(asked.WHEN.get(given["when"], ""))


def calendar_address(asked: EventFilter) -> str:
    """The subscription to this choice; days pass, so it knows none."""
    query = _without(asked, DAYS)
    return reverse("news:calendar") + (f"?{urlencode(query)}" if query else "")


def subscription(path: str) -> str:
    """The address that opens the reader's calendar program instead of a download."""
    return "webcal://" + absolute(path).partition("://")[2]


def address_when(asked: EventFilter, when: str) -> str:
    """The same choice at another of the named times."""
    return _address(asked, DAYS, when)


def _address(asked: EventFilter, without: tuple[str, ...], when: str = "") -> str:
    query = _without(asked, without) | ({"when": when} if when else {})
    return reverse("news:events") + (f"?{urlencode(query)}" if query else "")


def _without(asked: EventFilter, names: tuple[str, ...]) -> dict[str, str]:
    return {key: value for key, value in asked.query.items() if key not in names}
