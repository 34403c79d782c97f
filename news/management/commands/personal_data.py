import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from news.publishing import personal_data


class Command(BaseCommand):
    help = "Prints all that is kept under an e-mail address, as JSON; or deletes its subscriptions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--erase", action="store_true", help="delete the subscriptions of the address")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["erase"]:
            number = personal_data.erase(options["email"])
            self.stdout.write(f"Subscriptions deleted: {number}.")
            return
        found = personal_data.of(options["email"])
        self.stdout.write(json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
