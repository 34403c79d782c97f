import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cityportal.settings")
django_application = get_wsgi_application()

from cityportal.page_store import PageStore  # noqa: E402 - its models load only now

application = PageStore(django_application)
