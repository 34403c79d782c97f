"""Servers to measure side by side, each on the first core; the load comes from the second."""

import contextlib
import gzip
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVER_CORE, LOAD_CORE = "0", "1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str, seconds: float = 30) -> float:
    """Seconds until `url` answers anything at all."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        try:
            urllib.request.urlopen(url, timeout=1).read()
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.005)
            continue
        break
    else:
        raise SystemExit(f"{url} did not answer within {seconds} seconds")
    return time.monotonic() - start


@contextlib.contextmanager
def process(command: list[str], url: str, env: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen]:
    running = subprocess.Popen(
        ["taskset", "-c", SERVER_CORE, *command],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(url)
        yield running
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(10)


def granian(target: str, port: int) -> list[str]:
    """The command `make run` serves with, for another application."""
    command = [
        *("chrt", "--batch", "0"),
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    return [*command, "--workers", "1", "--blocking-threads", "4", "--no-ws", target]


@contextlib.contextmanager
def nginx(bodies: Mapping[str, bytes]) -> Iterator[str]:
    """nginx giving the same bytes as files compressed beforehand; yields its address."""
    port = free_port()
    folder = Path(tempfile.mkdtemp(prefix="bench-nginx-"))
    for name, body in bodies.items():
        (folder / name).write_bytes(body)
        (folder / f"{name}.gz").write_bytes(gzip.compress(body, 6, mtime=0))
    folder.chmod(0o755)
    (folder / "nginx.conf").write_text(
        f"""
        daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log crit;
        events {{ worker_connections 4096; }}
        http {{
            access_log off; sendfile on; keepalive_requests 1000000000;
            gzip_static on; open_file_cache max=100;
            types {{ text/html html; }}
            server {{ listen 127.0.0.1:{port}; root {folder}; }}
        }}"""
    )
    try:
        address = f"http://127.0.0.1:{port}"
        with process(
            ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)], f"{address}/{next(iter(bodies))}"
        ):
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wrk_says(url: str, seconds: int, connections: int, coding: str = "br, gzip") -> str:
    command = ["taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s"]
    return subprocess.run(
        [*command, "-H", f"Accept-Encoding: {coding}", url], capture_output=True, text=True, check=True
    ).stdout


def rate(said: str) -> float:
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if not found:
        raise SystemExit(f"wrk said nothing of use: {said}")
    return float(found[1])


def wrk(url: str, seconds: int = 4, connections: int = 16) -> float:
    """Requests per second; an answer that is not a success ends the run, for it would flatter the figure."""
    said = wrk_says(url, seconds, connections)
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"{url}: {said}")
    return rate(said)


def get(url: str, coding: str = "identity") -> bytes:
    return answer(url, coding)[1]


def answer(url: str, coding: str = "identity") -> tuple[list[tuple[str, str]], bytes]:
    """Headers, without those that the server itself adds, and body."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": coding})
    with urllib.request.urlopen(request, timeout=30) as found:
        headers = [
            pair for pair in found.headers.items() if pair[0].lower() not in ("date", "server", "connection")
        ]
        return headers, found.read()


def memory(pid: int) -> int:
    """Bytes of a process and its children; what they share is counted once (`Pss`, proc_pid_smaps)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return (int(found[1]) * 1024 if found else 0) + sum(memory(int(child)) for child in children)
