"""Addresses of the public pages. Their words follow the active language, so `reverse()` does too."""

from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter
from django.utils.functional import lazy
from django.utils.translation import get_language

from news.views import (
    article,
    calendar,
    event,
    event_list,
    event_month,
    feed,
    home,
    information,
    legacy,
    official,
    preview,
    search,
    sitemap,
    style,
    subscription,
    tag,
)
from news.views.api import explained

WORDS = {
    "tr": {
        "news": "haberler",
        "archive": "arsiv",
        "officials": "yoneticiler",
        "events": "etkinlikler",
        "calendar": "takvim",
        "topics": "konular",
        "search": "arama",
        "feeds": "akislar",
        "accessibility": "erisilebilirlik",
        "criteria": "erisilebilirlik/olcutler",
        "corrections": "duzeltmeler",
        "site_map": "site-haritasi",
        "follow": "takip",
        "style": "stil",
    },
    "en": {
        "news": "news",
        "archive": "archive",
        "officials": "officials",
        "events": "events",
        "calendar": "calendar",
        "topics": "topics",
        "search": "search",
        "feeds": "feeds",
        "accessibility": "accessibility",
        "criteria": "accessibility/criteria",
        "corrections": "corrections",
        "site_map": "site-map",
        "follow": "follow",
        "style": "style",
    },
}


def _route(name: str, rest: str) -> str:
    return f"{WORDS.get(get_language() or 'tr', WORDS['en'])[name]}/{rest}"


_lazy_route = lazy(_route, str)


def word(name: str, rest: str = "") -> str:
    """A route that starts with the word for `name` in the language of the page."""
    return _lazy_route(name, rest)


class IdConverter:
    # Nineteen digits overflow the databases' integers, which is an error and not a missing page.
    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class YearConverter(IdConverter):
    regex = "(?:19|20)[0-9]{2}"


class MonthConverter(IdConverter):
    regex = "(?:0[1-9]|1[0-2])"

    def to_url(self, value: int) -> str:
        return f"{value:02}"


class AnySlugConverter(StringConverter):
    """Whatever stands where the slug should: the id decides, a wrong slug is put right by a redirect."""

    regex = "[^/]{1,300}"


register_converter(IdConverter, "id")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")
register_converter(AnySlugConverter, "any")

app_name = "news"
urlpatterns = [
    path("", home.home, name="home"),
    path(word("news"), article.articles, name="articles"),
    path(word("archive", "<year:year>/"), article.archive, name="archive_year"),
    path(word("archive", "<year:year>/<month:month>/"), article.archive, name="archive"),
    path(word("news", "<id:pk>/"), article.article),
    path(word("news", "<id:pk>/<any:slug>/"), article.article, name="article"),
    path(word("officials"), official.officials, name="officials"),
    path(word("officials", "<id:pk>/"), official.official),
    path(word("officials", "<id:pk>/<any:slug>/"), official.official, name="official"),
    path(word("events"), event_list.events, name="events"),
    path(word("calendar", "<year:year>/<month:month>/"), event_month.month, name="month"),
    path(word("events", "<id:pk>/"), event.event),
    path(word("events", "<id:pk>/<any:slug>/"), event.event, name="event"),
    path(word("topics"), tag.topics, name="topics"),
    path(word("topics", "<id:pk>/"), tag.tag),
    path(word("topics", "<id:pk>/<any:slug>/"), tag.tag, name="tag"),
    path("feed/", feed.rss_feed, name="rss"),
    path("feed/atom/", feed.atom_feed, name="atom"),
    path("feed.json", feed.json_feed, name="json_feed"),
    path("events.ics", calendar.events, name="calendar"),
    path(word("events", "<id:pk>/<any:slug>.ics"), calendar.event, name="event_calendar"),
    path(word("search"), search.search, name="search"),
    path(word("search", "opensearch.xml"), search.opensearch, name="opensearch"),
    path("api/", explained.explained, name="api"),
    path(word("feeds"), information.feeds, name="feeds"),
    path(word("follow"), subscription.follow, name="follow"),
    path(word("follow", "sent/"), subscription.follow_asked, name="follow_asked"),
    path(word("follow", "confirm/<slug:token>/"), subscription.confirm, name="confirm"),
    path(word("follow", "leave/<slug:token>/"), subscription.leave, name="leave"),
    path(word("accessibility"), information.accessibility, name="accessibility"),
    path(word("criteria"), information.criteria, name="criteria"),
    path(word("corrections"), information.corrections, name="corrections"),
    path(word("site_map"), information.site_map, name="site_map"),
    path(word("style"), style.style, name="style"),
]

#: Addresses without a language before them.
root_patterns = [
    path("robots.txt", sitemap.robots, name="robots"),
    path("preview/", preview.bar, name="preview"),
    path("preview/page/", preview.page, name="preview_page"),
    path("preview/<str:token>/", preview.enter, name="preview_enter"),
    path("favicon.ico", sitemap.favicon),
    path(".well-known/security.txt", sitemap.security, name="security"),
    path("sitemap.xml", sitemap.index, name="sitemap_index"),
    path("sitemaps/news.xml", sitemap.news, name="news_sitemap"),
    re_path(r"^sitemaps/(pages|topics)\.xml$", sitemap.sitemap, name="sitemap"),
    re_path(
        r"^sitemaps/(articles|events|officials)-([0-9]{1,9})\.xml$",
        sitemap.sitemap_range,
        name="sitemap_range",
    ),
    re_path(legacy.ADDRESS, legacy.old_article),
]
