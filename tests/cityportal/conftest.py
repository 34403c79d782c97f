import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cityportal.servers import manage, own_database


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a portal of its own: on PostgreSQL and Redis where the tests run on them."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cityportal.settings",
        "ENV_FILE": os.devnull,
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": "a-key-for-a-test-that-guards-nothing-0123456789-0123456789",
        "SITE_URL": "http://localhost",
        "DEBUG": "true",
    }
    with own_database(env.get("DATABASE_URL", "")) as address:
        env["DATABASE_URL"] = address
        if not address:
            del env["DATABASE_URL"]
        manage(env, "migrate", "-v0")
        manage(env, "createcachetable")
        yield env
