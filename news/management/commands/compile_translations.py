import os
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compiles the translations that are newer than what was made of them, without GNU gettext."
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        for catalogue in compile_translations():
            self.stdout.write(f"Compiled {catalogue}")


def compile_translations() -> list[Path]:
    compiled = []
    for folder in settings.LOCALE_PATHS:
        for source in Path(folder).glob("*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            # Renamed into place, for a server that reads while another process compiles.
            unfinished = target.with_suffix(f".{os.getpid()}.mo")
            polib.pofile(str(source)).save_as_mofile(str(unfinished))
            unfinished.replace(target)
            compiled.append(source)
    return compiled
