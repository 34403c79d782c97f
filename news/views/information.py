"""Pages about the site itself."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.context_processors import Chrome
from news.models import Article, Body, Correction, EventKind, Place, Tag
from news.page_cache import public_page
from news.templatetags.labels import ARTICLE_KINDS_MANY, EVENT_KINDS
from news.templatetags.page import href
from news.views.event_filter import subscription
from news.views.feed import FeedBuilder, addresses, with_query
from news.views.page import Page, absolute, everywhere, respond
from news.views.period import years_with_news


def _about(title: str, name: str, description: str = "") -> Page:
    return Page(
        title=title,
        description=description,
        addresses=everywhere(f"news:{name}"),
        trail=[(_("Home"), reverse("news:home"))],
    )


@require_safe
@public_page("kind", "about", "q")
def feeds(request: HttpRequest) -> HttpResponse:
    built = FeedBuilder(request.GET, get_language() or "tr")
    page = _about(_("Feeds and calendars"), "feeds", _("Have the city's news and events come to you."))
    topics = Tag.objects.topics().public(get_language() or "tr").alphabetical()[:100]
    districts = list(Place.objects.districts().alphabetical()[:100])
    lists: list[tuple[str, dict[str, Any]]] = [
        (_("All news"), {}),
        *((str(label), {"kind": kind}) for kind, label in ARTICLE_KINDS_MANY.items()),
        *((str(topic), {"topic": topic.pk}) for topic in topics),
        *((place.name, {"place": place.pk}) for place in districts),
    ]
    times: list[tuple[str, dict[str, Any]]] = [
        (_("All events"), {}),
        *((str(label), {"kind": kind}) for kind, label in EVENT_KINDS.items() if kind != EventKind.OTHER),
        *((place.name, {"district": place.pk}) for place in districts),
    ]
    page.index = not built.query
    context = {
        "built": built,
        "feeds": [{"label": label, **addresses(query)} for label, query in lists],
        "calendars": [
            {"label": label, "url": url, "webcal": subscription(url), "full": absolute(url)}
            for label, query in times
            for url in [with_query("news:calendar", query)]
        ],
    }
    return respond(request, "news/feeds.html", page, context)


@require_safe
@public_page()
def accessibility(request: HttpRequest) -> HttpResponse:
    page = _about(_("Accessibility statement"), "accessibility")
    open_ones = [row for row in _assessment() if row["result"] == "partly"]
    names = [f"{row['number']} {row['name'][get_language() or 'tr']}" for row in open_ones]
    return respond(request, "news/accessibility.html", page, {"partly": names})


RESULTS = {
    "met": gettext_lazy("Met"),
    "partly": gettext_lazy("Partly met"),
    "none": gettext_lazy("Nothing of the kind"),
}


@cache
def _assessment() -> list[dict[str, Any]]:
    """The self-assessment, criterion by criterion."""
    return tomllib.loads((Path(__file__).parent.parent / "wcag.toml").read_text())["criterion"]


@require_safe
@public_page()
def criteria(request: HttpRequest) -> HttpResponse:
    language = get_language() or "tr"
    page = _about(
        _("Accessibility, criterion by criterion"),
        "criteria",
        _("How this site stands to each criterion of WCAG 2.2, levels A and AA."),
    )
    page.trail.append((_("Accessibility statement"), reverse("news:accessibility")))
    rows = [
        {
            "number": criterion["number"],
            "level": criterion["level"],
            "name": criterion["name"][language],
            "result": RESULTS[criterion["result"]],
            "met": criterion["result"] != "partly",
            "how": criterion["how"][language],
        }
        for criterion in _assessment()
    ]
    return respond(request, "news/criteria.html", page, {"criteria": rows})


@require_safe
@public_page()
def corrections(request: HttpRequest) -> HttpResponse:
    page = _about(_("Corrections"), "corrections", _("What we got wrong and put right."))
    public = Article.objects.public().in_language(get_language() or "tr").filter(pk=OuterRef("article"))
    rows = Correction.objects.filter(Exists(public)).select_related("article")[:100]
    return respond(request, "news/corrections.html", page, {"corrections": rows})


@require_safe
@public_page()
def site_map(request: HttpRequest) -> HttpResponse:
    """Every list of the site, for those who rather look than search."""
    language = get_language() or "tr"
    chrome = Chrome.of(request)
    page = _about(_("Site map"), "site_map", _("All that can be found here, part by part."))
    news = reverse("news:articles")
    events = reverse("news:events")
    today = timezone.localdate()
    topics = Tag.objects.topics().public(language).alphabetical()[:100]
    bodies = Body.objects.filter(offices__abolished_on__isnull=True, offices__isnull=False).distinct()
    parts: list[tuple[str, list[tuple[str, str]]]] = [
        (
            _("News"),
            [
                (_("All news"), news),
                *((str(label), f"{news}?kind={kind}") for kind, label in ARTICLE_KINDS_MANY.items()),
            ],
        ),
        (
            _("Archive"),
            [(str(year), reverse("news:archive_year", args=[year])) for year in years_with_news(language)],
        ),
        (
            _("Events"),
            [
                (_("All events"), events),
                (_("Calendar of this month"), reverse("news:month", args=[today.year, today.month])),
                *((str(label), f"{events}?kind={kind}") for kind, label in EVENT_KINDS.items()),
            ],
        ),
        (
            _("Officials"),
            [
                (_("All officials"), reverse("news:officials")),
                *((body.name, f"{reverse('news:officials')}#body-{body.pk}") for body in bodies),
            ],
        ),
        (
            _("Topics"),
            [
                (_("All topics"), reverse("news:topics")),
                *((str(topic), topic.get_absolute_url()) for topic in topics),
            ],
        ),
        (
            _("Follow the news"),
            [
                (_("Feeds and calendars"), reverse("news:feeds")),
                (_("By e-mail"), reverse("news:follow")),
                (_("Open data"), reverse("news:api")),
            ],
        ),
        (
            _("About this site"),
            [
                (_("Accessibility statement"), reverse("news:accessibility")),
                (_("Accessibility, criterion by criterion"), reverse("news:criteria")),
                (_("Corrections"), reverse("news:corrections")),
                (_("Design of this site"), reverse("news:style")),
                *((item.label, href(item.url)) for item in [*chrome.corporate, *chrome.legal]),
            ],
        ),
    ]
    return respond(request, "news/site_map.html", page, {"parts": parts})
