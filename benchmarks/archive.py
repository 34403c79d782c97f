"""Data folders to measure with: the demo city and a number of stories."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks import servers
from benchmarks.figure import Setting

FEW = 1_000


def environment(data: Path) -> dict[str, str]:
    return {
        "DATA_DIR": str(data),
        "SITE_URL": "http://localhost",
        "ENV_FILE": os.devnull,
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "cityportal.settings",
    }


def manage(env: Mapping[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=servers.ROOT, env={**os.environ, **env}, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def fill(env: Mapping[str, str], articles: int) -> None:
    manage(env, "migrate", "-v0")
    manage(env, "createcachetable")
    manage(env, "load_demo")
    manage(env, "load_demo", "--articles", str(articles))


def made(data: Path, articles: int) -> Path:
    """Made once for a folder; one that was interrupted has to be removed."""
    if not (data / "portal.sqlite3").exists():
        data.mkdir(parents=True, exist_ok=True)
        (data / "secret_key").write_text("a-key-for-measuring-that-guards-nothing-0123456789-0123456789")
        fill(environment(data), articles)
    if not (servers.ROOT / "build" / "static" / "staticfiles.json").exists():
        manage(environment(data), "collectstatic", "--noinput", "-v0")
    return data


def small(setting: Setting) -> Path:
    return made(setting.folder / "small", FEW)


def large(setting: Setting) -> Path:
    return setting.large_folder or made(setting.folder / f"large-{setting.articles}", setting.articles)


@contextmanager
def on_postgres(setting: Setting) -> Iterator[dict[str, str]]:
    """The environment of the small archive in a database of its own."""
    import psycopg

    name = "bench_portal"
    parts = urlsplit(setting.postgres)
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f"drop database if exists {name} with (force)")
        server.execute(f"create database {name}")
        env = environment(small(setting)) | {"DATABASE_URL": parts._replace(path=f"/{name}").geturl()}
        try:
            fill(env, FEW)
            yield env
        finally:
            server.execute(f"drop database {name} with (force)")
