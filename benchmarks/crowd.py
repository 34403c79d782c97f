"""Many readers, and what they see of a publication."""

import json
import re
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks import archive, servers
from benchmarks.figure import Figure, Setting

LIST = "/tr/haberler/"
#: Publishes a story in a process of its own, and says when its transaction was committed.
PUBLISH = """
import time
from django.contrib.auth import get_user_model
from django.utils import timezone
from news.models import Article, State
from news.publishing import actions
people = get_user_model().objects
editor = people.filter(is_superuser=True).first() or people.create_superuser("bench")
article = Article(language="tr", title="{title}", summary="Özet.", body="<p>Metin.</p>", byline="Basın")
article.state = State.IN_REVIEW
article.save()
actions.publish(article, editor)
print("committed", time.time())
"""


@contextmanager
def portal(env: dict[str, str]) -> Iterator[str]:
    port = servers.free_port()
    address = f"http://localhost:{port}"
    command = servers.granian("cityportal.wsgi:application", port)
    with servers.process(command, f"{address}/healthz", env | {"PORT": str(port)}):
        yield address


def environment(setting: Setting, data: Path) -> dict[str, str]:
    return archive.environment(data) | {"REDIS_URL": setting.redis}


def publish(data: Path, title: str) -> float:
    """The time of the commit."""
    said = archive.manage(archive.environment(data), "shell", "-v0", "-c", PUBLISH.format(title=title))
    return float(said.split()[-1])


def stampede(setting: Setting, readers: int = 500) -> list[Figure]:
    data = archive.small(setting)
    with portal(environment(setting, data)) as address:
        servers.get(address + LIST)
        gate = threading.Barrier(readers + 1)

        def read(_number: int) -> str:
            gate.wait()
            try:
                with urllib.request.urlopen(address + LIST, timeout=60) as answer:
                    answer.read()
                    return answer.headers["Cache-Status"]
            except OSError as error:
                return f"error {error}"

        with ThreadPoolExecutor(readers) as crowd:
            waiting = [crowd.submit(read, number) for number in range(readers)]
            try:
                publish(data, f"Kalabalık {time.time():.0f}")
                time.sleep(0.5)
                gate.wait()
            except BaseException:
                # Else the crowd would wait at the gate for good.
                gate.abort()
                raise
            said = [one.result() for one in waiting]
    return [
        Figure(f"{readers} readers at a stale page: renderings", sum("stored" in how for how in said), "", 1),
        Figure(f"{readers} readers at a stale page: errors", sum("error" in how for how in said), "", 0),
    ]


def visible(setting: Setting) -> list[Figure]:
    """Two servers, and a third process that publishes; what the two show is read all the time."""
    data = archive.small(setting)
    number = 3 if setting.quick else 10
    late, old = [], 0
    with ExitStack() as running:
        env = environment(setting, data)
        sites = [running.enter_context(portal(env)) for _server in range(2)]
        for site in sites:
            servers.get(site + LIST)
        for count in range(number):
            title = f"Görünürlük {time.time():.0f}-{count}"
            seen: dict[str, float] = {}
            over = threading.Event()

            def watch(site: str, title: str = title, seen: dict = seen, over: threading.Event = over) -> None:
                nonlocal old
                while not over.is_set():
                    shown = title in servers.get(site + LIST).decode()
                    if shown:
                        seen.setdefault(site, time.time())
                    elif site in seen:
                        old += 1
                    time.sleep(0.005)

            watchers = [threading.Thread(target=watch, args=(site,), daemon=True) for site in sites]
            for watcher in watchers:
                watcher.start()
            committed = publish(data, title)
            time.sleep(1.5)
            over.set()
            for watcher in watchers:
                watcher.join()
            late += [seen.get(site, committed + 99) - committed for site in sites]
    return [
        Figure("from commit to visible on another server, at worst", max(late), "s", 1.0),
        Figure("old pages after the new one was seen", old, "", 0),
    ]


def keep_alive(setting: Setting, connections: int = 1000) -> list[Figure]:
    """Connections that stay while an editor publishes every five seconds. A page is wrong that lacks what was
    published more than a second before it was asked for."""
    data, seconds = archive.small(setting), 15 if setting.quick else 60
    over, wrong, published = threading.Event(), 0, [(0.0, "")]
    with portal(environment(setting, data)) as address:
        servers.get(address + LIST)

        def edit() -> None:
            while not over.wait(5):
                title = f"Kalıcı {time.time():.0f}"
                published.append((publish(data, title), title))

        def look() -> None:
            nonlocal wrong
            while not over.wait(0.05):
                asked_at = time.time()
                page = servers.get(address + LIST).decode()
                due = [title for at, title in published if at < asked_at - 1]
                wrong += due[-1] not in page

        people = [threading.Thread(target=each, daemon=True) for each in (edit, look)]
        for person in people:
            person.start()
        rate, errors = load(address + LIST, seconds, connections)
        over.set()
        for person in people:
            person.join()
    name = f"{connections:,} connections for {seconds} s, {len(published) - 1} publications"
    return [
        Figure(f"{name}: pages", rate, "pages/s"),
        Figure(f"{name}: errors", errors, "", 0),
        Figure(f"{name}: wrong pages", wrong, "", 0),
    ]


def load(url: str, seconds: int, connections: int) -> tuple[float, int]:
    said = servers.wrk_says(url, seconds, connections)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    broken = re.search(r"Socket errors: (.*)", said)
    counts = json.loads("[" + ",".join(re.findall(r"\d+", broken[1])) + "]") if broken else []
    return servers.rate(said), sum(counts) + (int(refused[1]) if refused else 0)
