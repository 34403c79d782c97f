"""Pages about the site itself."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.models import Article, Correction, Tag
from news.page_cache import public_page
from news.views.page import Page, everywhere, respond


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
    return respond(request, "news/feeds.html", page, {"topics": topics})


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


@require_safe
@public_page()
def style(request: HttpRequest) -> HttpResponse:
    page = _about(_("Design of this site"), "style")
    page.index = False
    return respond(request, "news/style.html", page)
