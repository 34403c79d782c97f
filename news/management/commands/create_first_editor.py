import os
import secrets

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Creates the first account, unless there is one: what DJANGO_SUPERUSER_USERNAME, _PASSWORD and _EMAIL"
        " name, else for a demo an editor with a random password, printed this once."
    )

    def handle(self, *args, **options) -> None:
        if User.objects.exists():
            return
        username = os.environ.get("DJANGO_SUPERUSER_USERNAME") or "editor"
        password = os.environ.get("DJANGO_SUPERUSER_PASSWORD")
        email = os.environ.get("DJANGO_SUPERUSER_EMAIL") or ""
        if password:
            User.objects.create_superuser(username, email, password)
            self.stdout.write(f"Sign in as {username} with the password from DJANGO_SUPERUSER_PASSWORD.")
        elif settings.HTTPS:
            self.stdout.write("No account yet. Make one: python3 bootstrap.py manage createsuperuser")
        else:
            password = secrets.token_urlsafe(12)
            User.objects.create_superuser(username, email, password)
            self.stdout.write(f"Sign in as {username} with the password {password} (shown this once).")
