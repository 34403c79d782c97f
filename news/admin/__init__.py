"""The newsroom: Django's admin. `site` is what the addresses lead to; each noun registers itself with it."""

from . import account, account_event, article, event, image, menu, official, place, site_profile, tag
from .site import site

__all__ = [
    "account",
    "account_event",
    "article",
    "event",
    "image",
    "menu",
    "official",
    "place",
    "site",
    "site_profile",
    "tag",
]
