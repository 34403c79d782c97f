"""What should be looked at before an event goes out: what blocks, and what is advice.

The facts asked for are those that Italy's model for municipal sites calls obligatory: description, place,
price, contact and for whom; the day and the hour are held by constraints.
"""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from news.models import WHILE_ON, Attendance, Event
from news.publishing.check import LONG_TITLE, Finding, dead_links, doubtful_links
from news.text import plain


def findings(event: Event) -> list[Finding]:
    """Everything about an event as it is stored, what blocks first."""
    return [*blocking(event), *_facts(event), *_words(event), *_dead_links(event)]


def blocking(event: Event) -> list[Finding]:
    if not event.image_id or event.image_decorative:
        return []
    return [
        Finding(
            True,
            f"image_alt_{code}",
            _("Describe the picture in %(language)s, or mark it as decorative.") % {"language": name},
        )
        for code, name in _languages(event)
        if not getattr(event, f"image_alt_{code}")
    ]


def _facts(event: Event) -> Iterator[Finding]:
    if event.attendance != Attendance.ONLINE and not event.place_id:
        yield Finding(False, "place", _("The place is missing."))
    if event.attendance != Attendance.ON_SITE and not event.join_url:
        yield Finding(False, "join_url", _("The link to take part online is missing."))
    if not event.contact:
        yield Finding(False, "contact", _("Nobody is named to ask."))
    if event.image_id and event.image and not event.image.credit:
        yield Finding(False, "image", _("The picture has no credit."))
    if event.pk and not event.tags.exists():
        yield Finding(False, "tags", _("There is no topic."))


def _words(event: Event) -> Iterator[Finding]:
    for code, name in _languages(event):
        asked = {
            "summary": _("The summary is missing in %(language)s; lists and shared links show it."),
            "description": _("The description is missing in %(language)s."),
            "audience": _("Who it is for is not said in %(language)s."),
        }
        if not event.free:
            asked["price"] = _("It is not free, and the price is missing in %(language)s.")
        for field, sentence in asked.items():
            if not plain(getattr(event, f"{field}_{code}")):
                yield Finding(False, f"{field}_{code}", sentence % {"language": name})
        if len(getattr(event, f"title_{code}")) > LONG_TITLE:
            yield Finding(False, f"title_{code}", _("The title is longer than %d characters.") % LONG_TITLE)
        for sentence in doubtful_links(getattr(event, f"description_{code}")):
            yield Finding(False, f"description_{code}", sentence)


def _dead_links(event: Event) -> Iterator[Finding]:
    is_on = event.is_on()
    yield from (one for one in dead_links(event) if is_on or one.field not in WHILE_ON)


def _languages(event: Event) -> list[tuple[str, str]]:
    """Those that readers find it in, by their names in the language of the editor."""
    names = {"tr": _("Turkish"), "en": _("English")}
    return [(code, names[code]) for code, _own in settings.LANGUAGES if getattr(event, f"title_{code}")]
