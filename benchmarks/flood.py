"""A hundred thousand different query strings, wishes and cookies, and many hosts, at one page, and an honest
reader among them; run in a process of its own.
"""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks import archive, servers
from benchmarks.figure import Figure, Setting

PATH = "/tr/haberler/"


def figures(setting: Setting) -> list[Figure]:
    number = 5_000 if setting.quick else 100_000
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.flood", str(number)],
        env={**os.environ, **archive.environment(archive.small(setting))},
        cwd=servers.ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    found = json.loads(done.stdout)
    name = f"{number:,} odd requests of each kind"
    return [
        Figure(f"{name}: memory grown by", found["grown"] / 1e6, "MB", 16),
        Figure(f"{name}: honest readers served from memory", found["hits"] * 100, "%", 100, least=True),
        Figure(f"{name}: renderings", found["renderings"], "", 2),
    ]


def environ(**given: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": PATH,
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        **given,
    }


def measure(number: int) -> dict[str, float]:
    from cityportal.wsgi import django_application  # isort: skip - it sets Django up
    from cityportal.page_store import PageStore

    renderings = hits = asked = 0

    def counted(given: dict[str, Any], start: Any) -> Any:
        nonlocal renderings
        # Foreign hosts are refused by Django, which costs no page.
        renderings += given["HTTP_HOST"] == "localhost"
        return django_application(given, start)

    store = PageStore(counted)

    def ask(**given: str) -> str:
        said: list[dict[str, str]] = []
        for _chunk in store(environ(**given), lambda _status, headers, *_: said.append(dict(headers))):
            pass
        return said[0].get("Cache-Status", "")

    ask()
    ask()
    before = servers.memory(os.getpid())
    for count in range(number):
        ask(QUERY_STRING=f"utm_source={count}&q{count}=1")
        ask(HTTP_ACCEPT_ENCODING=f"br;q=0.{count}, gzip, x{count}")
        ask(HTTP_COOKIE=f"sessionid={count}", HTTP_ACCEPT_LANGUAGE=f"x-{count}")
        if count % 20 == 0:
            ask(HTTP_HOST=f"h{count}.example")
            ask(HTTP_HOST=f"localhost:{count % 65535}")
            asked += 1
            hits += ask() == "portal; hit"
    grown = servers.memory(os.getpid()) - before
    store.close()
    return {"grown": max(0, grown), "hits": hits / asked, "renderings": renderings}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cityportal.settings")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    json.dump(measure(int(sys.argv[1])), sys.stdout)
