"""What somebody with a preview link sees: a bar that says what this is, and the page in a frame below it."""

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from news.models import PreviewLink
from news.publishing import preview


@csrf_exempt
@require_safe
@never_cache
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The token goes into a cookie at once, so that no log and no next page learns it."""
    link = preview.opened(token)
    if link is None:
        raise Http404("no such preview")
    response = HttpResponseRedirect("/preview/")
    for name, path in preview.COOKIES.items():
        response.set_cookie(
            name,
            token,
            expires=link.expires_at,
            path=path,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return private(response)


@csrf_exempt
@require_safe
@never_cache
@csp_update({"frame-src": ["'self'"]})
def bar(request: HttpRequest) -> HttpResponse:
    link = _link(request)
    if link.article.is_public() and not link.article.original_id:
        return HttpResponseRedirect(link.article.get_absolute_url())
    preview.note_visit(link, request.META.get("REMOTE_ADDR", ""))
    with override(link.article.language):
        return private(render(request, "news/preview.html", {"link": link, "article": link.article}))


@csrf_exempt
@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    link = _link(request)
    return preview.shown(lambda: link.article, request)


def _link(request: HttpRequest) -> PreviewLink:
    link = preview.opened(request.COOKIES.get("preview", ""))
    if link is None:
        raise Http404("no such preview")
    return link


def private(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
