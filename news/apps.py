from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers them
        from .publishing import account_log  # noqa: F401 - listens
