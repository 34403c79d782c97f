"""What the newsroom promises its editors, measured against a running server of its own.

    python -m benchmarks.newsroom [form] [kill] [typing] [editors]

form     the change form of a story of 5,000 words and 30 pictures: seconds until a browser has it whole
kill     the server dies in the middle of a publication, 50 times: articles that were torn
typing   the server dies while somebody types, 10 times: characters that do not come back
editors  two people save the same story at once, 50 times: texts that were lost

The data folder is new for each run and thrown away after it.
"""

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from http.cookiejar import CookieJar
from itertools import zip_longest
from pathlib import Path

from lxml import html
from playwright.sync_api import sync_playwright

from benchmarks import servers

ROUNDS = 50
PASSWORD = "kıyıdaki-feribot-35"
PREPARE = """
from io import BytesIO
import PIL.Image
from django.contrib.auth.models import User
from news.models import Article, Image
for name in ("ayse", "mehmet"):
    User.objects.create_superuser(name, password={password!r})
drawn = BytesIO()
PIL.Image.new("RGB", (1600, 900), "firebrick").save(drawn, "JPEG")
drawn.name, _ = "picture.jpg", drawn.seek(0)
first = Image.from_upload(drawn, title="Tramvay", alt_tr="Tramvay")
images = Image.objects.bulk_create([Image(title=f"Tramvay {{n}}", file=first.name) for n in range(30)])
text = "<p>" + "</p><p>".join(" ".join(["kelime"] * 50) for _ in range(100)) + "</p>"
story = Article.objects.create(language="tr", title="Uzun", summary="Özet.", body=text)
for image in images:
    story.gallery.create(image=image, alt="Tramvay")
print("story", story.pk)
"""
#: What must hold of every article, whatever moment the power went away.
TORN = """
from news.models import Article, State
from news.publishing import history
torn = 0
for article in Article.objects.exclude(title="Uzun"):
    entries = article.timeline.filter(move="publish").count()
    public = article.state == State.PUBLISHED
    whole = public == bool(article.published_at and article.first_published_at) == (entries == 1)
    whole = whole and (history.versions(article).exists() or not public)
    torn += not whole
print("articles", Article.objects.count() - 1, "torn", torn)
"""


def manage(data: Path, *arguments: str) -> str:
    env = {**os.environ, **environment(data)}
    command = [sys.executable, "manage.py", *arguments]
    run = subprocess.run(command, cwd=servers.ROOT, env=env, capture_output=True, text=True, check=True)
    return run.stdout


def environment(data: Path) -> dict[str, str]:
    return {"DATA_DIR": str(data), "SITE_URL": "http://localhost", "ENV_FILE": os.devnull}


@contextlib.contextmanager
def portal(data: Path, port: int) -> Iterator[subprocess.Popen]:
    running = subprocess.Popen(
        servers.granian("cityportal.wsgi:application", port),
        cwd=servers.ROOT,
        env={**os.environ, **environment(data), "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        servers.wait_for(f"http://localhost:{port}/healthz")
        yield running
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


class Editor:
    """A browser as far as these measures need one: cookies, and forms filled in."""

    def __init__(self, base: str, name: str) -> None:
        self.base = base
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        form = self.form("/account/login/", "//form")
        self.send("/account/login/", form | {"login": name, "password": PASSWORD})

    def get(self, path: str) -> str:
        return self.opener.open(self.base + path, timeout=60).read().decode()

    def form(self, path: str, where: str = "//form[contains(@id, '_form')]") -> dict[str, str]:
        form = html.fromstring(self.get(path)).xpath(where)[0]
        values = [(name, value.removeprefix("\n")) for name, value in form.form_values()]
        return {name: value for name, value in values if "__prefix__" not in name}

    def send(self, path: str, values: dict[str, str]) -> tuple[str, str]:
        """The address and the page that it led to."""
        data = urllib.parse.urlencode(values).encode()
        answer = self.opener.open(self.base + path, data, timeout=60)
        return answer.geturl(), answer.read().decode()


def prepared() -> tuple[Path, int]:
    data = Path(tempfile.mkdtemp(prefix="newsroom-"))
    (data / "secret_key").write_text("a-key-for-measuring-that-guards-nothing-0123456789-0123456789")
    manage(data, "migrate", "-v0")
    manage(data, "createcachetable")
    said = manage(data, "shell", "-v0", "-c", PREPARE.format(password=PASSWORD))
    return data, int(re.search(r"story (\d+)", said)[1])  # type: ignore[index]


def measure_form(data: Path, story: int) -> None:
    port = servers.free_port()
    with portal(data, port):
        editor = Editor(f"http://localhost:{port}", "ayse")
        address = f"/admin/news/article/{story}/change/"
        took = []
        for _turn in range(12):
            started = time.perf_counter()
            size = len(editor.get(address))
            took.append(time.perf_counter() - started)
        took.sort()
        print(
            f"form: 5,000 words, 30 pictures: {took[len(took) // 2]:.2f} s median,"
            f" {took[-1]:.2f} s slowest of {len(took)}, {size / 1000:.0f} kB"
        )


def measure_kill(data: Path, _story: int) -> None:
    """Each round publishes in one request; the kill falls at a random moment around it."""
    chance, port, said_done = random.Random(35), servers.free_port(), 0
    address, words = (
        "/admin/news/article/add/",
        {"summary": "Özet.", "body": "<p>Metin.</p>", "_move": "publish"},
    )
    with portal(data, port):
        editor = Editor(f"http://localhost:{port}", "ayse")
        for turn in range(2):
            form = editor.form(address) | words | {"title": f"Ölçü {turn}"}
            started = time.perf_counter()
            editor.send(address, form)
            takes = time.perf_counter() - started
    for turn in range(ROUNDS):
        with portal(data, port) as running, ThreadPoolExecutor(1) as pool:
            form = editor.form(address) | words | {"title": f"Haber {turn}"}
            sending = pool.submit(editor.send, address, form)
            time.sleep(chance.uniform(0, 1.2 * takes))
            os.killpg(running.pid, signal.SIGKILL)
            with contextlib.suppress(OSError, HTTPException):
                said_done += "/change/" in sending.result()[0]
    print(f"kill: {ROUNDS} publications cut short, {said_done} had been answered;", end=" ")
    print(manage(data, "shell", "-v0", "-c", TORN).strip())
    checked = manage(
        data,
        "shell",
        "-v0",
        "-c",
        "from django.db import connection as c; k = c.cursor(); k.execute('PRAGMA integrity_check');"
        "print(k.fetchone()[0])",
    )
    print(f"      integrity of the database: {checked.strip()}")


def measure_editors(data: Path, story: int) -> None:
    port = servers.free_port()
    lost = 0
    with portal(data, port), ThreadPoolExecutor(2) as pool:
        people = {name: Editor(f"http://localhost:{port}", name) for name in ("ayse", "mehmet")}
        address = f"/admin/news/article/{story}/change/"
        for turn in range(ROUNDS):
            typed = {name: f"{name} {turn}" for name in people}
            forms = {
                name: editor.form(address) | {"title": typed[name], "_continue": "1"}
                for name, editor in people.items()
            }
            answers = {name: pool.submit(people[name].send, address, forms[name]) for name in people}
            stored = people["ayse"].form(address)["title"]
            for name, answer in answers.items():
                shown = html.fromstring(answer.result()[1]).xpath("//*[@name='title']")[0]
                kept = shown.get("value") or (shown.text or "").strip()
                lost += stored != typed[name] and kept != typed[name]
            stored = people["ayse"].form(address)["title"]
            lost += stored not in typed.values()
    print(f"editors: the same story saved by two at once {ROUNDS} times, {lost} texts lost")


def measure_typing(data: Path, story: int) -> None:
    port, lost = servers.free_port(), []
    base = f"http://localhost:{port}"
    chance = random.Random(35)
    flags = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=chromium, args=flags).new_page()
        with portal(data, port):
            page.goto(f"{base}/account/login/")
            page.locator("[name=login]").fill("ayse")
            page.locator("[name=password]").fill(PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url("**/admin/")
        for turn in range(10):
            typed = f" Tur {turn}: " + "yazmaya devam ediyorum " * 4
            with portal(data, port) as running:
                page.goto(f"{base}/admin/news/article/{story}/change/")
                page.locator("[name=summary]").fill("")
                page.locator("[name=summary]").focus()
                at = chance.randrange(len(typed))
                page.keyboard.type(typed[:at], delay=40)
                os.killpg(running.pid, signal.SIGKILL)
                page.keyboard.type(typed[at:], delay=40)
            with portal(data, port):
                page.goto(f"{base}/admin/news/article/{story}/change/", wait_until="networkidle")
                if not page.locator(".unsaved button").count():
                    # The old page told the server while the new one was already on its way.
                    page.reload()
                page.locator(".unsaved button").first.click()
                page.wait_for_load_state()
                back = page.locator("[name=summary]").input_value()
            lost.append(sum(sent != kept for sent, kept in zip_longest(typed, back)))
    print(f"typing: the server killed 10 times, characters lost each time: {lost}")


MEASURES = {
    "form": measure_form,
    "kill": measure_kill,
    "typing": measure_typing,
    "editors": measure_editors,
}


def main(names: list[str]) -> None:
    print(f"load before: {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores")
    data, story = prepared()
    for name in names or list(MEASURES):
        MEASURES[name](data, story)


if __name__ == "__main__":
    main(sys.argv[1:])
