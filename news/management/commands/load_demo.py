import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from news.demo import loader


class Command(BaseCommand):
    help = (
        "Loads the demo: stories, officials, events and pictures of a made-up municipality, in two"
        " languages. Run again, it makes only what is missing and changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there is content already"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="count what would be made, and make nothing"
        )
        parser.add_argument(
            "--workers", type=int, default=0, help="processes that draw (default: one a core)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not loader.is_empty():
            return
        tallies = loader.load(dry_run=options["dry_run"], watch=self.watch, workers=options["workers"])
        for name, tally in tallies.items():
            verb = "would be made" if options["dry_run"] else "made"
            self.stdout.write(f"{name}: {tally.made} {verb}, {tally.there} there already")

    def watch(self, name: str, items: Iterable[Any], total: int) -> Iterable[Any]:
        if not sys.stderr.isatty():
            return items
        return tqdm(items, desc=name, total=total, leave=False, file=sys.stderr)
