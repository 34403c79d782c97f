"""Names of kinds as they stand alone on a page; the admin's are written to stand within a sentence."""

from django import template
from django.utils.translation import gettext_lazy as _

from news.models import EventKind, Kind, Severity

register = template.Library()

ARTICLE_KINDS = {
    Kind.STORY: _("News story"),
    Kind.PRESS_RELEASE: _("Press release"),
    Kind.STATEMENT: _("Statement"),
    Kind.NOTICE: _("Notice"),
}
ARTICLE_KINDS_MANY = {
    Kind.STORY: _("News stories"),
    Kind.PRESS_RELEASE: _("Press releases"),
    Kind.STATEMENT: _("Statements"),
    Kind.NOTICE: _("Notices"),
}
EVENT_KINDS = {
    EventKind.CULTURE: _("Culture and arts"),
    EventKind.MEETING: _("Meeting"),
    EventKind.FAIR: _("Fair"),
    EventKind.SPORT: _("Sport"),
    EventKind.COURSE: _("Course or workshop"),
    EventKind.CEREMONY: _("Ceremony"),
    EventKind.OTHER: _("Event"),
}
SEVERITIES = {
    Severity.INFO: _("Information"),
    Severity.WARNING: _("Warning"),
    Severity.EMERGENCY: _("Emergency"),
}


@register.filter
def article_kind(value: str) -> str:
    return str(ARTICLE_KINDS[Kind(value)])


@register.filter
def event_kind(value: str) -> str:
    return str(EVENT_KINDS[EventKind(value)])


@register.filter
def severity(value: str) -> str:
    return str(SEVERITIES[Severity(value)])
