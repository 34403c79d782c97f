import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cityportal.settings")
django_application = get_wsgi_application()

from cityportal import weather_keeper  # noqa: E402 - models load only now
from cityportal.page_store import PageStore  # noqa: E402
from cityportal.tasks import beside_requests  # noqa: E402

application = PageStore(weather_keeper.beside(django_application))
beside_requests()
