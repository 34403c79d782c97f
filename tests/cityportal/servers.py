"""Portals as they run: in processes of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PUBLISH = """
from django.contrib.auth.models import User
from django.utils import timezone
from news import page_cache
from news.models import Article, State
from news.publishing import actions
editor = User.objects.filter(username="editor").first() or User.objects.create_superuser("editor")
article = Article(language="tr", title="{title}", summary="Özet.", body="<p>Metin.</p>", byline="Basın")
article.state = State.IN_REVIEW
article.save()
actions.publish(article, editor)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command: list[str], env: dict[str, str], url: str) -> Iterator[None]:
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        for _try in range(300):
            try:
                urllib.request.urlopen(url, timeout=2)
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail(f"{url} did not answer")
        yield
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(15)


def read(url: str) -> str:
    return urllib.request.urlopen(url, timeout=10).read().decode()


@contextmanager
def own_database(address: str) -> Iterator[str]:
    """A new database beside the one at `address`; nothing where that is no server's."""
    if not address.startswith("postgres"):
        yield ""
        return
    import psycopg

    name = f"beyond_one_machine_{os.getpid()}"
    base = address.rsplit("/", 1)[0]
    with psycopg.connect(f"{base}/postgres", autocommit=True) as server:
        server.execute(f"create database {name}")
        try:
            yield f"{base}/{name}"
        finally:
            server.execute(f"drop database {name} with (force)")


def manage(env: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def granian(port: int) -> list[str]:
    start = [sys.executable, "-m", "granian", "cityportal.wsgi:application", "--interface", "wsgi", "--no-ws"]
    return [*start, "--port", str(port), "--workers", "1", "--blocking-threads", "2"]
