"""Each test starts bootstrap.py as a person does, in a copy of the project: the real .venv stays as it is."""

import ast
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path
from urllib.error import URLError

import pytest

import bootstrap

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-all.lock", "requirements-dev.lock", "requirements-build.lock")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A project that needs no package and whose manage.py says what it is given."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    shutil.copy(ROOT / "bootstrap.py", folder)
    for lock in LOCKS:
        (folder / lock).write_text(f"# {lock}: nothing\n")
    (folder / "manage.py").write_text("import sys; print('manage.py', *sys.argv[1:])\n")
    return folder


def start(checkout: Path, *arguments: str, python: str = sys.executable, **environment: str):
    """Its own clean environment: no package index, no variable of the person who runs the tests."""
    return subprocess.run(
        [python, "bootstrap.py", *arguments],
        cwd=checkout,
        env={"PATH": os.environ["PATH"], "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull} | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def assert_one_sentence(result: subprocess.CompletedProcess, *words: str) -> None:
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    for word in words:
        assert word in result.stderr


def test_an_old_python_is_told_which_one_is_needed(checkout: Path):
    ast.parse((ROOT / "bootstrap.py").read_text(), feature_version=(3, 6))
    pretend = (
        "import sys, runpy; sys.version_info = (3, 9, 2); runpy.run_path('bootstrap.py', run_name='__main__')"
    )

    result = subprocess.run([sys.executable, "-c", pretend], cwd=checkout, capture_output=True, text=True)

    assert_one_sentence(result, "Python 3.11 or newer is needed, and this is 3.9.")


def test_debian_without_venv_is_told_the_package(checkout: Path, tmp_path: Path):
    (tmp_path / "ensurepip.py").write_text("raise ModuleNotFoundError('ensurepip is disabled in Debian')\n")

    result = start(checkout, "manage", "check", PYTHONPATH=str(tmp_path))

    assert_one_sentence(result, "install the package python3-venv")


def test_a_taken_port_is_named(checkout: Path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        result = start(checkout, "run", PORT=port)

    assert_one_sentence(result, f"Port {port} on 127.0.0.1 cannot be used (address already in use)")
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("port", ["abc", "99999", "0", "-1"])
def test_a_port_that_is_none_is_refused(checkout: Path, port: str):
    assert_one_sentence(start(checkout, "run", PORT=port), f"from 1 to 65535, and it is “{port}”")


def test_a_data_folder_that_cannot_be_written_is_named(checkout: Path, tmp_path: Path):
    if os.geteuid() == 0:  # who may write everywhere but into the kernel
        folder = Path("/sys/kernel/portal")
    else:
        (locked := tmp_path / "locked").mkdir(mode=0o500)
        folder = locked / "data"

    result = start(checkout, "run", PORT=free_port(), DATA_DIR=str(folder))

    assert_one_sentence(result, f"The data folder {folder} cannot be written", "DATA_DIR")


def test_a_data_folder_that_is_a_file_is_named(checkout: Path):
    (checkout / "data").touch()

    assert_one_sentence(start(checkout, "run", PORT=free_port()), "cannot be written (file exists)")


def test_a_database_that_cannot_be_written_is_told(checkout: Path):
    (checkout / "data" / "portal.sqlite3").mkdir(parents=True)

    assert_one_sentence(start(checkout, "run", PORT=free_port()), "cannot be written (is a directory)")


def test_a_site_on_https_needs_a_key_of_its_own(checkout: Path):
    result = start(checkout, "run", PORT=free_port(), SITE_URL="https://news.example.org")

    assert_one_sentence(result, "SECRET_KEY is not set.")
    assert not (checkout / "data" / "secret_key").exists()


def test_a_local_demo_gets_a_key_that_only_its_owner_reads(checkout: Path):
    start(checkout, "manage", "check")

    key = checkout / "data" / "secret_key"
    assert len(key.read_text()) >= 50
    assert key.stat().st_mode & 0o077 == 0
    before = key.read_text()
    start(checkout, "manage", "check")
    assert key.read_text() == before


def test_an_unknown_command_is_answered_with_the_known_ones(checkout: Path):
    assert_one_sentence(start(checkout, "serve"), "run", "test", "manage")
    assert_one_sentence(start(checkout), "run", "test", "manage")


def test_without_a_network_the_packages_are_said_to_be_missing(checkout: Path):
    (checkout / "requirements.lock").write_text("no-such-package==1.0 --hash=sha256:" + "0" * 64 + "\n")

    result = start(checkout, "manage", "check")

    assert_one_sentence(result, "The packages could not be installed; is there a network?", "install.log")
    assert "no-such-package" in (checkout / "build" / "install.log").read_text()


def test_a_package_that_is_not_the_locked_one_is_refused(checkout: Path, tmp_path: Path):
    wheel = tmp_path / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny.py", "")
        archive.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        archive.writestr(
            "tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr("tiny-1.0.dist-info/RECORD", "")
    (checkout / "requirements.lock").write_text("tiny==1.0 --hash=sha256:" + "0" * 64 + "\n")

    result = start(checkout, "manage", "check", PIP_FIND_LINKS=str(tmp_path))

    assert_one_sentence(result, "could not be installed")
    assert "DO NOT MATCH THE HASHES" in (checkout / "build" / "install.log").read_text()


def test_packages_are_installed_once_and_again_after_an_interruption(checkout: Path):
    first = start(checkout, "manage", "check", "--deploy")
    assert first.stdout.splitlines() == [
        "Installing the packages of requirements.lock into .venv ...",
        "manage.py check --deploy",
    ]
    (footprint := checkout / ".venv" / "footprint").touch()

    assert start(checkout, "manage", "check").stdout == "manage.py check\n"

    (checkout / "requirements.lock").write_text("# another state of the lock\n")
    assert "Installing" in start(checkout, "manage", "check").stdout
    assert footprint.exists()

    (checkout / ".venv" / "installed").unlink()  # as an interruption leaves it
    assert "Installing" in start(checkout, "manage", "check").stdout
    assert not footprint.exists()


def test_bigger_parts_bring_their_packages(checkout: Path):
    with_redis = start(checkout, "manage", "check", REDIS_URL="redis://127.0.0.1:6379/0")
    with_postgres = start(checkout, "manage", "check", DATABASE_URL="postgres://localhost/portal")
    with_neither = start(checkout, "manage", "check")

    assert "requirements-all.lock" in with_redis.stdout
    assert with_postgres.stdout == with_neither.stdout == "manage.py check\n"

    (checkout / "requirements.lock").write_text("# another state of the lock\n")
    (checkout / "requirements-all.lock").write_text("# another state of the lock\n")
    assert "Installing" in start(checkout, "manage", "check").stdout
    assert start(checkout, "manage", "check", REDIS_URL="redis://x").stdout == "manage.py check\n"


def test_a_dot_env_file_is_read_but_the_environment_wins(checkout: Path):
    (checkout / ".env").write_text('# a comment\nexport PORT="abc"\nSITE_URL=https://news.example.org\n')

    assert_one_sentence(start(checkout, "run"), "it is “abc”.")
    assert_one_sentence(start(checkout, "run", PORT=free_port()), "SECRET_KEY is not set.")


def test_the_locks_hold_the_same_versions_and_no_address():
    pins = [locked(lock) for lock in LOCKS[:3]]

    assert pins[0] <= pins[1] <= pins[2]
    assert pins[0]
    for lock in LOCKS:
        assert "://" not in (ROOT / lock).read_text()


def locked(lock: str) -> set[str]:
    return {line.split()[0] for line in (ROOT / lock).read_text().splitlines() if "==" in line.split(" ")[0]}


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return str(listener.getsockname()[1])


@pytest.mark.skipif(
    not bootstrap.is_installed(LOCKS[0]), reason="bootstrap.py has not installed the packages"
)
def test_a_site_comes_up_serves_and_ends(tmp_path: Path):
    """In production dress, which brings no demo content: the rest is what everyone's first start does."""
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "PORT": port,
        "DATA_DIR": str(tmp_path / "data"),
        "SITE_URL": "https://news.example.org",
        "SECRET_KEY": "a key of the tests, long enough to satisfy the deployment checks: 0123456789",
        "TRUSTED_PROXY_COUNT": "1",
        "DJANGO_SUPERUSER_USERNAME": "ayse",
        "DJANGO_SUPERUSER_PASSWORD": "kale-burnu-27",
    }
    first, second = serve(port, environment), serve(port, environment)

    assert "Sign in as ayse with the password from DJANGO_SUPERUSER_PASSWORD." in first
    assert "kale-burnu-27" not in first
    assert "Sign in" not in second
    assert "The site: https://news.example.org/" in second


def serve(port: str, environment: dict[str, str]) -> str:
    """What it printed until it answered and was stopped."""
    with subprocess.Popen(
        [sys.executable, "bootstrap.py", "run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as server:
        try:
            assert wait_until_ready(port, server) == "ok\n"
            if hasattr(os, "SCHED_BATCH"):
                assert policies_of_child(server.pid) == {os.SCHED_BATCH}
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            printed, _ = server.communicate(timeout=30)
    return printed


def policies_of_child(pid: int) -> set[int]:
    (worker,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {os.sched_getscheduler(int(thread.name)) for thread in Path(f"/proc/{worker}/task").iterdir()}


def wait_until_ready(port: str, server: subprocess.Popen) -> str:
    given_up = time.monotonic() + 180
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                return answer.read().decode()
        except URLError:  # nobody listens yet
            assert server.poll() is None, "the server ended by itself"
            assert time.monotonic() < given_up
            time.sleep(0.1)
