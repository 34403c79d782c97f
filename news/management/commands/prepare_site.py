from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from news.demo import loader


class Command(BaseCommand):
    help = "Brings translations and database up to date; fills an empty demo site and names its editor."
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        call_command("compile_translations", stdout=self.stdout)
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {' '.join(str(error).split())}") from error
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        # A site with an https address is somebody's own: it starts empty, with the account its owner names.
        if not settings.HTTPS and loader.is_empty():
            self.stdout.write("Drawing and writing the demo city, which takes a minute or two ...")
            self.stdout.flush()
            call_command("load_demo", stdout=StringIO())
        call_command("create_first_editor", stdout=self.stdout)
        self.stdout.write(f"The site: {settings.SITE_URL}/")
        self.stdout.write(f"Its desk: {settings.SITE_URL}/admin/")
