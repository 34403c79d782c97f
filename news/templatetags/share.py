"""Ways to pass a page on: plain links, so no script of anybody else's sees the reader."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@dataclass(frozen=True)
class Way:
    label: str
    url: str
    icon: str


@register.simple_tag
def ways(title: str, url: str) -> list[Way]:
    """Title and address are encoded once; Turkish letters arrive as they are."""
    return [
        Way(
            "WhatsApp", "https://wa.me/?" + urlencode({"text": f"{title} {url}"}, quote_via=quote), "whatsapp"
        ),
        Way("X", "https://x.com/intent/post?" + urlencode({"text": title, "url": url}, quote_via=quote), "x"),
        Way("Facebook", "https://www.facebook.com/sharer/sharer.php?" + urlencode({"u": url}), "facebook"),
        Way(
            "Telegram",
            "https://t.me/share/url?" + urlencode({"url": url, "text": title}, quote_via=quote),
            "telegram",
        ),
        Way(_("E-mail"), "mailto:?" + urlencode({"subject": title, "body": url}, quote_via=quote), "mail"),
    ]
