import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]

# Nothing on the site asks a browser for any of these; a page that came to do so by injection gets nothing.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


def set_permissions_policy(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def refuse_null_bytes(get_response: GetResponse) -> GetResponse:
    """PostgreSQL takes no null byte in any text: met here it is the sender's fault, met there it is ours."""

    def middleware(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "%00" in query or "\0" in query:
            raise BadRequest("The address contains a null byte.")
        return get_response(request)

    return middleware


def keep_media_free_of_language(get_response: GetResponse) -> GetResponse:
    """A picture speaks no language: a shared cache need not keep it once for each that readers ask for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path_info.startswith(settings.MEDIA_URL) and response.status_code != 404:
            response.headers.pop("Vary", None)
            response.headers.pop("Content-Language", None)
        return response

    return middleware


def answer_without_database(get_response: GetResponse) -> GetResponse:
    """503 and a page that needs no database, where the database or the cache beside it is away; the page
    store then knows to give its last known page instead."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, (OperationalError, InterfaceError, ConnectionError)):
            return None
        logger.error("the database or the cache is away: %s", exception)
        body = loader.render_to_string("503.html")
        return HttpResponse(body, status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
