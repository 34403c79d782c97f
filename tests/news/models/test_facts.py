"""What tells two values apart, and what does not."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy, override

from news.models import Kind, Tag, facts_of, fingerprint
from tests.news.make import article

NOON = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<b>", mark_safe("<b>")),
        ("2026-11-26", date(2026, 11, 26)),
        (NOON.timestamp(), NOON),
        (date(2026, 11, 26), NOON),
        ("09:00:00", time(9)),
        ("1.5", Decimal("1.5")),
        (Decimal("1.50"), Decimal("1.5")),
        (str(UUID(int=1)), UUID(int=1)),
        (["a", "b"], ["b", "a"]),
        ({"a": 1}, {"b": 1}),
        (["ab"], ["a", "b"]),
        (Tag(name_tr="Çevre"), Tag(name_tr="Çevre", name_en="Environment")),
    ],
)
def test_what_shows_otherwise_is_told_otherwise(one: object, other: object):
    assert facts_of([one]) != facts_of([other])
    assert fingerprint([one]) != fingerprint([other])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Kind.STORY, "story"),
        ({Kind.STORY: 1}, {"story": 1}),
        (NOON, NOON.astimezone(ZoneInfo("Europe/Istanbul"))),
        ([1, "a"], (1, "a")),
        ("".join(["kör", "fez"]), "körfez"),
        (SafeString("a"), mark_safe("a")),
        (Tag(name_tr="Çevre"), Tag(name_tr="Çevre")),
    ],
)
def test_what_shows_the_same_is_told_the_same(one: object, other: object):
    assert facts_of(one) == facts_of(other)
    assert fingerprint(one) == fingerprint(other)


def test_lazy_words_are_told_in_the_language_of_the_page():
    words = gettext_lazy("News")
    with override("tr"):
        turkish = facts_of(words)
    with override("en"):
        assert (turkish, facts_of(words)) == ("Haberler", "News")


@pytest.mark.django_db
def test_a_row_is_told_by_its_columns_and_not_by_what_it_remembers():
    row = article("Haber")
    before = fingerprint(row)
    row._stored = {"state": "anything"}
    assert fingerprint(row) == before
    row.title = "Başka haber"
    assert fingerprint(row) != before


def test_what_only_speaks_for_itself_has_no_fingerprint():
    assert facts_of(object) == "builtins.object"
    with pytest.raises(TypeError, match="not known"):
        fingerprint([object()])
    with pytest.raises(TypeError, match="not known"):
        facts_of([{1, 2}])


def test_a_fingerprint_is_the_same_in_every_process():
    code = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()
from datetime import UTC, datetime
from news.models import Tag, fingerprint
at = datetime(2026, 11, 26, tzinfo=UTC)
print(fingerprint({"tags": [Tag(pk=1, name_tr="Çevre")], "at": at, "yes": True}))
"""
    told = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
