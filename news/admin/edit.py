"""From a page to its form. The page itself is the same bytes for everybody and knows nothing of editors:
their browser remembers that it has been in the newsroom, and js/site.js puts the way back there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from news.models import named_by, path_of, view_at

#: Names of pages that are no single thing, and what in the admin makes them.
LISTS = {
    "articles": "news_article_changelist",
    "archive": "news_article_changelist",
    "archive_year": "news_article_changelist",
    "events": "news_event_changelist",
    "month": "news_event_changelist",
    "officials": "news_official_changelist",
    "topics": "news_tag_changelist",
}


def view(request: HttpRequest) -> HttpResponse:
    url = request.GET.get("page", "")
    noun, pk = named_by(url)
    if noun:
        return HttpResponseRedirect(reverse(f"admin:news_{noun}_change", args=[pk]))
    match = view_at(path_of(url)) if url.startswith("/") else None
    if name := LISTS.get(match.url_name or "") if match else None:
        return HttpResponseRedirect(reverse(f"admin:{name}"))
    messages.info(request, _("This page is put together from others; choose what you want to change."))
    return HttpResponseRedirect(reverse("admin:index"))
