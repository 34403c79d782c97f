"""Keeping the weather on the pages up to date."""

from django.core.cache import cache

from news import page_cache, weather
from news.models import SiteProfile

SHOWN = "weather-shown"


def refresh() -> None:
    """Bring the weather up to date where the city has coordinates, and make the pages say so."""
    site = SiteProfile.load()
    if site.latitude is None or site.longitude is None:
        weather.forget()
    else:
        weather.refresh(site.latitude, site.longitude)
    now_shown = weather.current("tr")
    if now_shown != cache.get(SHOWN):
        cache.set(SHOWN, now_shown, None)
        page_cache.changed()
