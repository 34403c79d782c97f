"""Pages about the site itself."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.models import Article, Correction, EventKind, Place, Tag
from news.page_cache import public_page
from news.templatetags.labels import ARTICLE_KINDS_MANY, EVENT_KINDS
from news.views.page import Page, absolute, everywhere, respond


def _about(title: str, name: str, description: str = "") -> Page:
    return Page(
        title=title,
        description=description,
        addresses=everywhere(f"news:{name}"),
        trail=[(_("Home"), reverse("news:home"))],
    )


@require_safe
@public_page()
def feeds(request: HttpRequest) -> HttpResponse:
    page = _about(_("Feeds and calendars"), "feeds", _("Have the city's news and events come to you."))
    topics = Tag.objects.topics().public(get_language() or "tr").alphabetical()[:100]
    lists: list[tuple[str, dict[str, Any]]] = [
        (_("All news"), {}),
        *((str(label), {"kind": kind}) for kind, label in ARTICLE_KINDS_MANY.items()),
        *((str(topic), {"topic": topic.pk}) for topic in topics),
    ]
    times: list[tuple[str, dict[str, Any]]] = [
        (_("All events"), {}),
        *((str(label), {"kind": kind}) for kind, label in EVENT_KINDS.items() if kind != EventKind.OTHER),
        *((place.name, {"district": place.pk}) for place in Place.objects.districts().alphabetical()[:100]),
    ]
    context = {
        "feeds": [
            {
                "label": label,
                "rss": _with("rss", query),
                "atom": _with("atom", query),
                "json": _with("json_feed", query),
                "full": absolute(_with("rss", query)),
            }
            for label, query in lists
        ],
        "calendars": [
            {"label": label, "url": _with("calendar", query), "full": absolute(_with("calendar", query))}
            for label, query in times
        ],
    }
    return respond(request, "news/feeds.html", page, context)


def _with(name: str, query: dict[str, Any]) -> str:
    return reverse(f"news:{name}") + (f"?{urlencode(query)}" if query else "")


@require_safe
@public_page()
def accessibility(request: HttpRequest) -> HttpResponse:
    page = _about(_("Accessibility statement"), "accessibility")
    return respond(request, "news/accessibility.html", page)


@require_safe
@public_page()
def corrections(request: HttpRequest) -> HttpResponse:
    page = _about(_("Corrections"), "corrections", _("What we got wrong and put right."))
    public = Article.objects.public().in_language(get_language() or "tr").filter(pk=OuterRef("article"))
    rows = Correction.objects.filter(Exists(public)).select_related("article")[:100]
    return respond(request, "news/corrections.html", page, {"corrections": rows})
