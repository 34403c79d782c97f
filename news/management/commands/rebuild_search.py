import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from news.search import rebuild


class Command(BaseCommand):
    help = (
        "Makes the search index anew beside the present one, which is searched until the new one is complete."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be done.")
        parser.add_argument(
            "--anew",
            action="store_true",
            help="Begin at the beginning, even if an interrupted run can go on.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = {model: rows.count() for model, rows in rebuild.counted().items()}
        if options["dry_run"]:
            known = rebuild.indexed()
            for model, number in wanted.items():
                self.stdout.write(f"{model}: {number} to be indexed, {known[model]} in the index now")
            if rebuild.under_way():
                self.stdout.write("An interrupted run would go on where it stopped.")
            return
        rebuild.begin(anew=options["anew"])
        done = rebuild.done()
        with tqdm(total=sum(wanted.values()), initial=done, unit="", disable=None, file=sys.stderr) as bar:
            for step in rebuild.fill():
                bar.update(step)
                done += step
        self.stdout.write("Putting the new index in the place of the old one.")
        rebuild.finish()
        self.stdout.write(self.style.SUCCESS(f"{done} articles, events, officials and topics can be found."))
