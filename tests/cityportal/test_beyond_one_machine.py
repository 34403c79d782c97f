"""Several servers, a bucket, a worker: each as it runs, nothing imitated."""

import shutil
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.cityportal.servers import PUBLISH, free_port, granian, manage, read, running


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
