"""The stored text made ready to be read."""

from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from news import richtext

register = template.Library()

HOST = urlsplit(settings.SITE_URL).hostname or ""
CONTENTS_FROM_HEADINGS = 3
CONTENTS_FROM_MINUTES = 3


@register.filter
def prose(html: str) -> SafeString:
    return richtext.render(html, host=HOST, media_url=settings.MEDIA_URL)


@register.simple_tag
def contents(html: str, minutes: int) -> list[richtext.Heading]:
    """The main headings of a long text; a short one needs no list of what is on the same screen."""
    if minutes <= CONTENTS_FROM_MINUTES:
        return []
    found = [heading for heading in richtext.headings(html) if heading.level == 2]
    return found if len(found) >= CONTENTS_FROM_HEADINGS else []
