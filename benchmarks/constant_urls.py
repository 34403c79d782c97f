from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = b"<!doctype html><title>The same for everybody</title>" + b"<p>Nothing to see here.</p>" * 500


def constant(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY)


urlpatterns = [path("", constant)]
