"""Cached pages against files, a bare server and a constant Django view, in alternating rounds of one run."""

import os
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks import servers


def measure(
    pages: dict[str, str], data_dir: Path, rounds: int = 3, seconds: int = 3
) -> dict[str, dict[str, float]]:
    """Median requests per second for each page and each way of giving it.

    `pages` maps a name to its path; the compared servers give the portal's own compressed bytes.
    """
    figures: dict[str, dict[str, list[float]]] = {name: {} for name in pages}
    with ExitStack() as running:
        port = servers.free_port()
        address = f"http://127.0.0.1:{port}"
        portal = servers.granian("cityportal.wsgi:application", port)
        env = {"DATA_DIR": str(data_dir), "SITE_URL": address, "PORT": str(port)}
        running.enter_context(servers.process(portal, f"{address}/healthz", env))
        bodies = {f"{name}.html": servers.get(address + path) for name, path in pages.items()}
        files = running.enter_context(servers.nginx(bodies))
        ways: dict[str, dict[str, str]] = {name: {} for name in pages}
        for name, path in pages.items():
            ways[name]["portal"] = address + path
            ways[name]["nginx gzip_static"] = f"{files}/{name}.html"
            body = Path(tempfile.mkstemp(prefix="bench-body-")[1])
            body.write_bytes(servers.get(address + path, "br"))
            running.callback(os.unlink, body)
            for way, extra in (("bare granian", {}), ("constant Django view", {"BENCH_DJANGO": "1"})):
                other = servers.free_port()
                url = f"http://127.0.0.1:{other}/"
                command = servers.granian("benchmarks.constant:application", other)
                running.enter_context(servers.process(command, url, {"BENCH_BODY": str(body), **extra}))
                ways[name][way] = url
        for _round in range(rounds):
            for name in pages:
                for way, url in ways[name].items():
                    figures[name].setdefault(way, []).append(servers.wrk(url, seconds))
    return {
        name: {way: statistics.median(found) for way, found in ways.items()} for name, ways in figures.items()
    }
