"""What the portal is compared with: the same answer from a bare WSGI function, headers and all, and the same
body from a Django view.
"""

import json
import os
from pathlib import Path

BODY = Path(os.environ["BENCH_BODY"]).read_bytes()
HEADERS = [tuple(pair) for pair in json.loads(os.environ["BENCH_HEADERS"])]


def bare(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]


def view(request):
    from django.http import HttpResponse

    return HttpResponse(BODY)


def django_view():
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.urls import path

    default = (
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    )
    settings.configure(
        SECRET_KEY="bench",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=type("Urls", (), {"urlpatterns": [path("", view)]}),
        MIDDLEWARE=default,
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    )
    return get_wsgi_application()


application = django_view() if os.environ.get("BENCH_DJANGO") else bare
