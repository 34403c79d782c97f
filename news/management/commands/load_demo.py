import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from news.demo import archive, loader, pictures

# Without a terminal, a line each time so many batches are done.
EVERY = 25


class Command(BaseCommand):
    help = (
        "Loads the demo: stories, officials, events and pictures made for it, in two"
        " languages. Run again, it makes only what is missing and changes nothing."
    )

    # For a caller in Python: another way to draw, such as plain colours.
    stealth_options = ("draw",)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there is content already"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="count what would be made, and make nothing"
        )
        parser.add_argument(
            "--articles", type=int, metavar="N", help="also make an archive of N stories for measuring"
        )
        parser.add_argument(
            "--workers", type=int, default=0, help="processes that draw (default: one a core)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not loader.is_empty():
            return
        tallies = loader.load(
            dry_run=options["dry_run"],
            watch=self.watch,
            draw=options.get("draw", pictures.draw),
            workers=options["workers"],
        )
        for name, tally in tallies.items():
            verb = "would be made" if options["dry_run"] else "made"
            self.stdout.write(f"{name}: {tally.made} {verb}, {tally.there} there already")
        if options["articles"]:
            self.extend_archive(options["articles"], options["dry_run"])

    def extend_archive(self, total: int, dry_run: bool) -> None:
        there = archive.count()
        if dry_run:
            self.stdout.write(f"archive: {max(0, total - there)} would be made, {there} there already")
            return
        with tqdm(
            desc="archive",
            total=total,
            initial=min(there, total),
            unit="",
            file=sys.stderr,
            disable=not sys.stderr.isatty(),
        ) as bar:
            for number, added in enumerate(archive.extend(total), 1):
                bar.update(added)
                if bar.disable and number % EVERY == 0:
                    self.stdout.write(f"archive: {there + number * archive.AT_ONCE} of {total}")
        made = archive.count() - there
        self.stdout.write(f"archive: {made} made, {there} there already")
        if made:
            self.stdout.write("Search does not know the archive yet: run rebuild_search.")

    def watch(self, name: str, items: Iterable[Any], total: int) -> Iterable[Any]:
        if name == "pictures" and total:
            self.stdout.write(f"Drawing {total} pictures, which takes up to a minute.")
            self.stdout.flush()
        if not sys.stderr.isatty():
            return items
        return tqdm(items, desc=name, total=total, leave=False, file=sys.stderr)
