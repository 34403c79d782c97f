from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = b"<!doctype html><title>The same for everybody</title>" + b"<p>Nothing to see here.</p>" * 500


def constant(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY)


def take_over(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware that leads every request to these addresses, in a process that serves others too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__
        return get_response(request)

    return middleware


urlpatterns = [path("", constant)]
