"""The page for people about the read API, written from its own description."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.page_cache import public_page
from news.views.api import schema
from news.views.page import Page, absolute, everywhere, respond


@require_safe
@public_page()
def explained(request: HttpRequest) -> HttpResponse:
    described = schema()
    page = Page(
        title=_("Open data"),
        description=_("News, events, officials and tags of the city for programs, as JSON."),
        addresses=everywhere("news:api"),
        trail=[(_("Home"), reverse("news:home"))],
    )
    context = {
        "paths": [_endpoint(path, methods["get"]) for path, methods in described["paths"].items()],
        "description_url": absolute("/api/openapi.json"),
        "example_url": absolute("/api/articles?limit=5"),
    }
    return respond(request, "news/api.html", page, context)


def _endpoint(path: str, operation: dict[str, Any]) -> dict[str, Any]:
    return {
        "path": path,
        "about": operation["description"],
        "values": [
            {
                "name": value["name"],
                "about": value.get("description", ""),
                "choices": _choices(value["schema"]),
            }
            for value in operation.get("parameters", [])
        ],
    }


def _choices(shape: dict[str, Any]) -> list[str]:
    shapes = shape.get("anyOf", [shape])
    return next((list(one["enum"]) for one in shapes if "enum" in one), [])
