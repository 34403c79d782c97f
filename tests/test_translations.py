import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

ROOT = Path(__file__).parent.parent
CATALOGUES = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/*.po"))
GAP = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

every_catalogue = pytest.mark.parametrize(
    "path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}"
)


def texts(path: Path) -> set[tuple[str | None, str]]:
    return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path)) if not entry.obsolete}


@every_catalogue
def test_every_text_is_translated_and_none_is_a_guess(path: Path):
    catalogue = polib.pofile(str(path))

    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


@every_catalogue
def test_a_translation_has_the_same_gaps_to_fill(path: Path):
    different = [
        entry.msgid
        for entry in polib.pofile(str(path)).translated_entries()
        for translation in entry.msgstr_plural.values() or [entry.msgstr]
        if not set(GAP.findall(translation)) <= set(GAP.findall(entry.msgid + entry.msgid_plural))
        or (not entry.msgid_plural and set(GAP.findall(translation)) != set(GAP.findall(entry.msgid)))
    ]

    assert different == []


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="no xgettext here: install gettext")
@every_catalogue
def test_the_catalogue_holds_the_texts_of_the_code_and_no_others(path: Path, tmp_path: Path):
    for name in ("cityportal", "news", "templates", "static", "manage.py"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    extract = [
        sys.executable,
        "manage.py",
        "makemessages",
        f"--locale={path.parts[-3]}",
        f"--domain={path.stem}",
        f"--extension={'js' if path.stem == 'djangojs' else 'html,txt,py,xml'}",
    ]
    environment = {"SECRET_KEY": "extracts texts and nothing else", "PATH": "/usr/bin:/bin"}
    subprocess.run(extract, cwd=tmp_path, env=environment, check=True, capture_output=True)

    assert texts(tmp_path / path.relative_to(ROOT)) ^ texts(path) == set()
