"""Answers for a load balancer or a watchdog.

They stand before everything else, for a probe comes by bare address and over plain HTTP: it must meet
neither the check of the Host nor the redirect to https, and it gets no cookie.
"""

import os

from django.core.files.storage import FileSystemStorage, default_storage
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from cityportal.middleware import GetResponse


def answer_probes(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponse:
        match request.path_info:
            case "/healthz":
                faults = database_faults()
            case "/readyz":
                faults = database_faults() or migration_faults() + media_faults()
            case _:
                return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return answer(faults)

    return middleware


def answer(faults: list[str]) -> HttpResponse:
    response = HttpResponse(
        f"{', '.join(faults) or 'ok'}\n",
        status=503 if faults else 200,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )
    if faults:
        response["Retry-After"] = "5"
    return response


def database_faults() -> list[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return ["the database does not answer"]
    return []


def migration_faults() -> list[str]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return ["migrations are pending"]
    return []


def media_faults() -> list[str]:
    """Only where the media are a folder; a bucket is not ours to probe at every knock."""
    if not isinstance(default_storage, FileSystemStorage):
        return []
    if os.access(default_storage.location, os.W_OK | os.X_OK):
        return []
    return ["the media folder cannot be written"]
