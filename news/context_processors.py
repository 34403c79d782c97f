"""The frame of every page: publisher, menus, alerts, weather. Read only when a template asks for it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import DateTimeField, QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news import weather
from news.models import Alert, Menu, MenuItem, SiteProfile, SocialAccount, facts_of, fingerprint, prepared
from news.page_cache import fragments
from news.weather import Weather

LOCALES = {"tr": "tr_TR", "en": "en_GB"}


@dataclass(frozen=True)
class Feed:
    title: str
    url: str
    type: str


class Chrome:
    """One object for the pages of a generation; what none of them shows costs nothing."""

    @classmethod
    def of(cls, request: HttpRequest) -> "Chrome":
        return fragments(request).keep((cls, get_language()), cls)

    def __init__(self) -> None:
        self.language = get_language() or "tr"
        self.locale = LOCALES.get(self.language, self.language)

    @cached_property
    def facts(self) -> tuple[Any, ...]:
        """All that it says follows from these."""
        rows = (self.site, self.alerts, self.social, self.items)
        return _one(self.language, self.today, self.weather, facts_of(rows))

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint(self.facts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Chrome) and (self.facts is other.facts or self.facts == other.facts)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(self.facts)

    @cached_property
    def site(self) -> SiteProfile:
        return SiteProfile.load()

    @cached_property
    def logo(self) -> str:
        return self.site.logo.rendition("body", 480).url if self.site.logo else static("img/logo.svg")

    @cached_property
    def icon(self) -> str:
        return static("img/icon.svg")

    @cached_property
    def feed_stylesheet(self) -> str:
        return static("css/feed.css")

    @cached_property
    def today(self) -> date:
        return timezone.localdate()

    @cached_property
    def weather(self) -> Weather | None:
        return weather.current(self.language) if self.site.latitude is not None else None

    @cached_property
    def alerts(self) -> list[Alert]:
        return list(_alerts(self.language, now=timezone.now()))

    @cached_property
    def social(self) -> list[SocialAccount]:
        return list(_accounts())

    @cached_property
    def items(self) -> dict[str, list[MenuItem]]:
        menus: dict[str, list[MenuItem]] = {menu: [] for menu in Menu.values}
        for item in _items(self.language):
            menus[item.menu].append(item)
        return menus

    @cached_property
    def menu(self) -> list[Any]:
        return self.items[Menu.MAIN] or [
            {"label": label, "url": reverse(f"news:{name}")}
            for label, name in [
                (_("Home"), "home"),
                (_("News"), "articles"),
                (_("Events"), "events"),
                (_("Officials"), "officials"),
                (_("Topics"), "topics"),
            ]
        ]

    @cached_property
    def menu_addresses(self) -> set[str]:
        return {item["url"] if isinstance(item, dict) else item.url for item in self.menu}

    @property
    def quick(self) -> list[MenuItem]:
        return self.items[Menu.QUICK][:12]

    @property
    def corporate(self) -> list[MenuItem]:
        return self.items[Menu.CORPORATE]

    @property
    def legal(self) -> list[MenuItem]:
        return self.items[Menu.LEGAL]

    @cached_property
    def home_url(self) -> str:
        return reverse("news:home")

    @cached_property
    def feeds_url(self) -> str:
        return reverse("news:feeds")

    @cached_property
    def feeds(self) -> list[Feed]:
        return [
            Feed(_("All news"), reverse("news:rss"), "application/rss+xml"),
            Feed(f"{_('All news')} (Atom)", reverse("news:atom"), "application/atom+xml"),
            Feed(f"{_('All news')} (JSON)", reverse("news:json_feed"), "application/feed+json"),
        ]

    @cached_property
    def accessibility_url(self) -> str:
        return reverse("news:accessibility")

    @cached_property
    def corrections_url(self) -> str:
        return reverse("news:corrections")

    @cached_property
    def site_map_url(self) -> str:
        return reverse("news:site_map")

    @cached_property
    def search_url(self) -> str:
        return reverse("news:search")


@lru_cache(maxsize=8)
def _one(*facts: Any) -> tuple[Any, ...]:
    """The same tuple for equal facts, so that the frames of two generations are compared by a glance."""
    return facts


@prepared(now=DateTimeField())
def _alerts(language: str, *, now: Any) -> QuerySet[Alert]:
    return Alert.objects.public(now).in_language(language)[:3]


@prepared()
def _accounts() -> QuerySet[SocialAccount]:
    return SocialAccount.objects.all()[:10]


@prepared()
def _items(language: str) -> QuerySet[MenuItem]:
    return MenuItem.objects.in_language(language)


def chrome(request: HttpRequest) -> dict[str, Chrome]:
    return {"chrome": Chrome.of(request)}
