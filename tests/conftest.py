import os
import uuid
from collections import Counter
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from news.management.commands.compile_translations import compile_translations

hypothesis_settings.register_profile("quick", deadline=None, max_examples=50)
# Continuous integration looks at the same examples every time: a red run is then about the change.
hypothesis_settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "quick")


def pytest_configure(config) -> None:
    """Once, and not in each of the parallel workers."""
    if not hasattr(config, "workerinput"):
        for catalogue in compile_translations():
            # In a fresh clone Django has looked for them by now, and found none.
            translation_file_changed(None, catalogue.with_suffix(".mo"))


@pytest.fixture(autouse=True)
def own_cache_and_media(settings, tmp_path: Path) -> None:
    """Nothing that one test stores is there for the next; a prefix and not a flush, for a Redis in use."""
    prefix = uuid.uuid4().hex
    settings.CACHES = {
        alias: cache | {"KEY_PREFIX": f"{prefix}{alias}"} for alias, cache in settings.CACHES.items()
    }
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def site_language(settings):
    """A request leaves its language behind in the thread."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """After a test that commits, Django empties the tables of the models and no others; and it empties those
    that migrations have filled."""
    try:
        return (yield)
    finally:
        marker = item.get_closest_marker("django_db")
        # After the last test the database itself is gone.
        if nextitem and marker and (marker.kwargs.get("transaction") or "live_server" in item.fixturenames):
            refill(item.config.stash[blocking_manager_key])


def refill(blocker: DjangoDbBlocker) -> None:
    from django.contrib.auth.models import Group, Permission

    from news.models import AccountEvent
    from news.publishing import rights
    from news.search.indexing import LIVE, engine

    with blocker.unblock():
        engine().drop(LIVE)
        engine().create(LIVE)
        engine().settle(LIVE)
        rights.grant(Group, Permission)
        AccountEvent.objects.all().delete()


def pytest_terminal_summary(terminalreporter) -> None:
    """One plain line per reason, however many tests were skipped for it."""
    reasons = Counter(report.longrepr[2] for report in terminalreporter.stats.get("skipped", []))
    for reason, number in reasons.items():
        terminalreporter.write_line(f"{number} tests skipped: {reason.removeprefix('Skipped: ')}")
