import gettext
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

CATALOGUE = r"""
msgid ""
msgstr ""
"Language: tr\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

msgid "Next story"
msgstr "Sonraki haber"

msgctxt "month"
msgid "May"
msgstr "Mayıs"

msgid "%(n)s story"
msgid_plural "%(n)s stories"
msgstr[0] "%(n)s haber"
msgstr[1] "%(n)s haber var"

#, fuzzy
msgid "Officials"
msgstr "Görevli"
"""


@pytest.fixture
def source(settings, tmp_path: Path) -> Path:
    settings.LOCALE_PATHS = [tmp_path]
    path = tmp_path / "tr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE)
    return path


def compile_translations() -> str:
    call_command("compile_translations", stdout=(printed := StringIO()))
    return printed.getvalue()


def test_texts_contexts_and_plurals_are_read_by_gettext_and_guesses_are_not(source: Path):
    compile_translations()

    with source.with_suffix(".mo").open("rb") as file:
        turkish = gettext.GNUTranslations(file)
    assert turkish.gettext("Next story") == "Sonraki haber"
    assert turkish.pgettext("month", "May") == "Mayıs"
    assert turkish.ngettext("%(n)s story", "%(n)s stories", 3) == "%(n)s haber var"
    assert turkish.gettext("Officials") == "Officials"


def test_only_what_changed_is_compiled(source: Path):
    assert str(source) in compile_translations()
    assert compile_translations() == ""

    later = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (later, later))
    assert str(source) in compile_translations()
