"""The read API: public data as JSON at `/api/`, described by `/api/openapi.json`, which django-ninja makes of
the code.

Nothing here decides what is public: every row comes through `public()`.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, include, path
from ninja import NinjaAPI
from ninja.errors import ValidationError

from . import article, event, official, tag
from .asking import answered

api = NinjaAPI(
    title="City portal",
    version="1",
    description=(
        "Articles, events, officials and tags of the portal, as its readers see them: nothing that is not"
        " public, and no way to write. Lists are cut by a cursor; follow `next` until it is null. Answers"
        " carry an entity tag: send it back as `If-None-Match`, and an unchanged answer costs a 304."
    ),
    docs_url=None,
    urls_namespace="api",
    servers=[{"url": settings.SITE_URL}],
)
for router in (article.router, event.router, official.router, tag.router):
    api.add_router("", router)


@api.exception_handler(ValidationError)
def refuse(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which value is wrong and why, without what was sent."""
    sentences = [f"{problem['loc'][-1]}: {problem['msg']}." for problem in error.errors]
    return api.create_response(request, {"detail": " ".join(sentences)}, status=400)


def schema() -> dict[str, Any]:
    """The OpenAPI description; the page for people is written from it."""
    return api.get_openapi_schema()


def _patterns() -> list[Any]:
    patterns, app, namespace = api.urls
    public = [
        URLPattern(found.pattern, answered(found.callback), name=found.name)
        for found in patterns
        if isinstance(found, URLPattern)
    ]
    return [path("api/", include((public, app), namespace))]


patterns = _patterns()
