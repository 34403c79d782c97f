"""Several servers, a bucket, a worker: each as it runs, nothing imitated."""

import os
import shutil
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


def test_two_servers_see_what_either_publishes_within_a_second(portal: dict[str, str]) -> None:
    first, second = free_port(), free_port()
    lists = [f"http://localhost:{port}/tr/haberler/" for port in (first, second)]
    with (
        running(granian(first), portal, f"http://localhost:{first}/healthz"),
        running(granian(second), portal, f"http://localhost:{second}/healthz"),
    ):
        for page in lists:
            assert "İki sunucu" not in read(page)
        manage(portal, "shell", "-c", PUBLISH.format(title="İki sunucu bir haber"))
        time.sleep(1)
        for page in lists:
            assert "İki sunucu bir haber" in read(page)


def test_a_killed_server_comes_back_with_the_pages_it_knew(portal: dict[str, str]) -> None:
    port = free_port()
    page = f"http://localhost:{port}/tr/haberler/"
    with running(granian(port), portal, f"http://localhost:{port}/healthz"):
        read(page)
        read(page)
        time.sleep(0.5)
    with running(granian(port), portal, f"http://localhost:{port}/healthz"):
        answer = urllib.request.urlopen(page, timeout=10)
        assert answer.headers["Cache-Status"] == "portal; hit; detail=shared"


PICTURE = """
import io
from PIL import Image as Pillow
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from news.models import Image
data = io.BytesIO()
Pillow.effect_noise((1600, 1067), 60).convert("RGB").save(data, "JPEG")
image = Image.from_upload(ContentFile(data.getvalue(), "vapur.jpg"), title="Vapur")
image.refresh_from_db()
print(type(default_storage._wrapped).__name__, image.url)
"""


USE = """
from news import page_cache
from news.models import Image, SiteProfile
profile = SiteProfile.load()
profile.logo = Image.objects.get()
profile.save()
page_cache.changed()
"""


def test_pictures_live_in_a_bucket_and_stay_behind_the_gate(portal: dict[str, str], tmp_path: Path) -> None:
    rclone = Path(sys.executable).with_name("rclone")
    bucket = tmp_path / "buckets" / "media"
    bucket.mkdir(parents=True)
    address = f"127.0.0.1:{free_port()}"
    serve = [str(rclone), "serve", "s3", "--addr", address, "--auth-key", "KEY,SECRET", str(bucket.parent)]
    env = {
        **portal,
        "AWS_STORAGE_BUCKET_NAME": "media",
        "AWS_S3_ENDPOINT_URL": f"http://{address}",
        "AWS_ACCESS_KEY_ID": "KEY",
        "AWS_SECRET_ACCESS_KEY": "SECRET",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    with running(serve, env, f"http://{address}"):
        backend, url = manage(env, "shell", "-v0", "-c", PICTURE).split()[-2:]
        assert backend == "GatedS3Storage"
        assert url.startswith("/media/")
        stored = [path.suffix for path in bucket.rglob("*") if path.is_file()]
        assert {".jpg", ".avif", ".webp"} <= set(stored)
        port = free_port()
        with running(granian(port), env, f"http://localhost:{port}/healthz"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                read(f"http://localhost:{port}{url}")
            manage(env, "shell", "-v0", "-c", USE)
            picture = urllib.request.urlopen(f"http://localhost:{port}{url}", timeout=10)
            assert picture.headers["Content-Type"] == "image/jpeg"
            assert picture.read()[:3] == b"\xff\xd8\xff"
    shutil.rmtree(bucket)
