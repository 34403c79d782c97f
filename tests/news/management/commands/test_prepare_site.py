import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[4]


def prepare_site() -> str:
    call_command("prepare_site", stdout=(printed := StringIO()))
    return printed.getvalue()


@pytest.mark.django_db
def test_the_addresses_are_printed_and_the_media_folder_is_there(settings):
    settings.HTTPS = True

    printed = prepare_site()

    assert "The site: http://testserver/" in printed
    assert "Its desk: http://testserver/admin/" in printed
    assert Path(settings.MEDIA_ROOT).is_dir()


def test_a_database_that_cannot_be_opened_is_said_in_a_sentence(tmp_path: Path):
    (tmp_path / "portal.sqlite3").mkdir()
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "SECRET_KEY": "guards nothing"}
    environment["DATA_DIR"] = str(tmp_path)

    result = subprocess.run(
        [sys.executable, "manage.py", "prepare_site"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert result.returncode == 1
    assert result.stderr == "CommandError: The database cannot be used: unable to open database file\n"
