"""What readers and editors meet while a part of the portal fails.

Everything here is as it runs: a server, its database, its Redis, and a line between them that breaks.
"""

import shutil
import socket
import sqlite3
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cityportal import freshness
from tests.cityportal.faulty_line import FAULTS, FaultyLine, line_to
from tests.cityportal.servers import PUBLISH, free_port, granian, manage, running

KNOWN = "/tr/haberler/"
#: Seconds in which an answer has to come, whatever is broken.
PATIENCE = 20


class Reader:
    """`say` gives the status, the way the page came, and the text."""

    def __init__(self, port: int) -> None:
        self.port, self.base = port, f"http://localhost:{port}"
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def say(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str, str]:
        body = urllib.parse.urlencode(data).encode() if data else None
        try:
            answer = self.browser.open(self.base + path, body, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, answer.headers["Cache-Status"] or "", answer.read().decode()

    def sign_in(self) -> tuple[int, str]:
        page = self.say("/account/login/")[2]
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        given = {"csrfmiddlewaretoken": token, "login": "editor", "password": "kelebek-lamba-47"}
        status, _way, text = self.say("/account/login/", given)
        return status, text


@contextmanager
def serving(env: dict[str, str], *wrapper: str) -> Iterator[Reader]:
    port = free_port()
    with running([*wrapper, *granian(port)], env, f"http://localhost:{port}/healthz"):
        yield Reader(port)


EDITOR = """
from django.contrib.auth.models import User
User.objects.create_superuser("editor", "editor@example.org", "kelebek-lamba-47")
"""


@pytest.fixture
def city(portal: dict[str, str]) -> dict[str, str]:
    manage(portal, "shell", "-v0", "-c", EDITOR + PUBLISH.format(title="Körfez temizleniyor"))
    return portal


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[int]:
    """The port of a Redis of its own, which refuses what does not fit into a little more than nothing."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if not program:
        pytest.skip("needs a Redis or Valkey program on this machine")
    port = free_port()
    command = [program, "--port", str(port), "--save", "", "--maxmemory-policy", "noeviction"]
    server = subprocess.Popen([*command, "--dir", str(tmp_path)], stdout=subprocess.DEVNULL)
    try:
        for _try in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        server.kill()
        server.wait()


def test_readers_notice_nothing_of_a_redis_that_fails_and_editors_get_a_sentence(
    city: dict[str, str], redis: int
) -> None:
    with line_to("127.0.0.1", redis) as line:
        env = city | {"REDIS_URL": f"redis://127.0.0.1:{line.port}/0"}
        with serving(env) as reader:
            assert "Körfez temizleniyor" in reader.say(KNOWN)[2]
            for number, fault in enumerate(FAULTS):
                line.become(fault)
                assert reader.say(KNOWN)[0] == 200
                # Never seen before: it has to be rendered, with nobody to share it with.
                status, way, _text = reader.say(f"/tr/takvim/2026/{number + 1:02}/")
                assert (status, way) == (200, "portal; fwd=miss; stored")
                status, text = reader.sign_in()
                assert status == 503
                assert "Birkaç dakika sonra yeniden deneyin" in text
                line.become("")
            # A full Redis stores nothing, and says so.
            subprocess.run(["redis-cli", "-p", str(redis), "config", "set", "maxmemory", "1"], check=True)
            assert reader.say("/tr/takvim/2026/10/")[:2] == (200, "portal; fwd=miss; stored")
            subprocess.run(["redis-cli", "-p", str(redis), "config", "set", "maxmemory", "0"], check=True)
            assert reader.sign_in()[0] == 200


def test_readers_keep_what_is_known_while_postgresql_fails(city: dict[str, str]) -> None:
    address = urlsplit(city.get("DATABASE_URL", ""))
    if not address.scheme.startswith("postgres"):
        pytest.skip("needs a PostgreSQL in DATABASE_URL")
    with line_to(address.hostname or "127.0.0.1", address.port or 5432) as line:
        through = address._replace(netloc=f"{address.username}@127.0.0.1:{line.port}").geturl()
        with serving(city | {"DATABASE_URL": through}) as reader:
            known = reader.say(KNOWN)[2]
            for fault in FAULTS:
                line.become(fault)
                assert_outage(reader, known)
                line.become("")
                wait_for_recovery(reader)
            assert reader.sign_in()[0] == 200


def assert_outage(reader: Reader, known: str) -> None:
    for _reader in range(3):
        status, _way, text = reader.say(KNOWN)
        assert (status, text) == (200, known)
    time.sleep(freshness.GIVEN_UP)
    status, _way, text = reader.say("/tr/takvim/2026/03/")
    assert status == 503
    assert "Birkaç dakika sonra yeniden deneyin" in text


def wait_for_recovery(reader: Reader) -> None:
    for _try in range(60):
        if reader.say("/healthz")[0] == 200:
            return
        time.sleep(0.5)
    pytest.fail("the portal did not find its database again")


def test_a_locked_sqlite_holds_up_no_reader_and_an_editor_only_for_a_while(city: dict[str, str]) -> None:
    if city.get("DATABASE_URL"):
        pytest.skip("needs SQLite, so no DATABASE_URL")
    with serving(city) as reader:
        reader.say(KNOWN)
        lock = sqlite3.connect(Path(city["DATA_DIR"]) / "portal.sqlite3", isolation_level=None)
        lock.execute("begin immediate")
        released = threading.Timer(3, lambda: None)
        released.start()
        for month in range(1, 9):
            assert reader.say(KNOWN)[0] == 200
            assert reader.say(f"/tr/takvim/2026/{month:02}/")[0] == 200
        editor = Reader(reader.port)
        said: list[tuple[int, str]] = []
        signing = threading.Thread(target=lambda: said.append(editor.sign_in()))
        signing.start()
        released.join()
        lock.rollback()
        signing.join()
        assert said[0][0] == 200
        assert "Haber merkezi" in said[0][1]


def test_a_full_disk_leaves_readers_their_pages_and_tells_the_editor(city: dict[str, str]) -> None:
    if city.get("DATABASE_URL") or not shutil.which("prlimit"):
        pytest.skip("needs SQLite and the program prlimit")
    # No file may grow beyond this: what the database appends fails as on a disk that is full.
    with serving(city, "prlimit", f"--fsize={64 * 1024}") as reader:
        for month in range(1, 13):
            assert reader.say(f"/tr/takvim/2026/{month:02}/")[0] == 200
            assert "Körfez temizleniyor" in reader.say(KNOWN)[2]
        # With the throttle's counter not written, it counts as used up: both say to come back.
        said = [Reader(reader.port).sign_in() for _try in range(3)]
        assert {status for status, _text in said} <= {200, 429, 503}
        assert said[-1][0] != 200
        assert "Birkaç dakika" in said[-1][1]
        assert reader.say(KNOWN)[0] == 200
    assert "ok" in manage(city, "shell", "-v0", "-c", CHECK)


CHECK = """
from django.db import connection
with connection.cursor() as cursor:
    print(*cursor.execute("pragma integrity_check").fetchone())
"""


def test_the_line_of_these_tests_breaks_as_it_says() -> None:
    with socket.create_server(("127.0.0.1", 0)) as service:
        threading.Thread(target=echo, args=(service,), daemon=True).start()
        line = FaultyLine(*service.getsockname())
        assert asked(line.port) == b"hello"
        line.become("garble")
        assert asked(line.port) == bytes(byte ^ 0x5A for byte in b"hello")
        line.become("hang")
        with pytest.raises(TimeoutError):
            asked(line.port)
        line.become("refuse")
        with pytest.raises(ConnectionRefusedError):
            asked(line.port)
        line.become("")
        assert asked(line.port) == b"hello"
        line.close()


def echo(service) -> None:
    while True:
        near, _address = service.accept()
        threading.Thread(target=lambda end=near: end.sendall(end.recv(100)), daemon=True).start()


def asked(port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=0.5) as line:
        line.sendall(b"hello")
        return line.recv(100)
