import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from news.models import Image


class Command(BaseCommand):
    help = "Makes the sizes that readers are served of pictures, where they are missing or out of date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be done.")
        parser.add_argument("--all", action="store_true", help="Make all of them anew.")

    def handle(self, *args: Any, **options: Any) -> None:
        images = Image.objects.all() if options["all"] else Image.objects.without_renditions()
        if options["dry_run"]:
            self.stdout.write(f"{images.count()} of {Image.objects.count()} pictures would be made.")
            return
        failed = []
        for image in tqdm(list(images.order_by("-pk")), unit="", disable=None, file=sys.stderr):
            try:
                image.make_renditions()
            except OSError as error:
                failed.append(f"{image.pk} {image}: {error}")
        for line in failed:
            self.stderr.write(self.style.ERROR(line))
        if failed:
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS("Every picture has its renditions."))
