"""Pages for what went wrong. 500 and 503 are static files: they must not need what has just failed."""

from urllib.parse import quote

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import Resolver404, is_valid_path
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page

from news.page_cache import ASK
from news.views.page import Page, respond


@gzip_page
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Outside /tr/ and /en/ the page speaks the language of the site, whatever the last request spoke."""
    if isinstance(exception, Resolver404) and (lower := _in_small_letters(request.path_info)):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(
            f"{lower}?{query}" if query else lower, headers={"Cache-Control": ASK}
        )
    with translation.override(translation.get_language_from_path(request.path) or "tr"):
        page = Page(
            title=_("Page not found"),
            description=_("There is no page at this address."),
            addresses={},
            index=False,
        )
        response = respond(request, "404.html", page, status=404)
        response.headers.setdefault("Cache-Control", ASK)
        return response


def _in_small_letters(path: str) -> str:
    """The page that was meant, if there is one: the old site told no case apart, and phones like capitals."""
    lower = path.lower()
    if lower == path:
        return ""
    with translation.override(translation.get_language_from_path(lower) or "tr"):
        return next((quote(meant) for meant in (lower, f"{lower}/") if is_valid_path(meant)), "")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)
