"""What one server process needs: time to start, and memory."""

import statistics
import time

from benchmarks import archive, servers
from benchmarks.figure import Figure, Setting

PAGES = 2000


def start_up(setting: Setting) -> list[Figure]:
    data = archive.small(setting)
    taken = []
    for _start in range(1 if setting.quick else 5):
        port = servers.free_port()
        command = servers.granian("cityportal.wsgi:application", port)
        env = archive.environment(data) | {"PORT": str(port)}
        began = time.monotonic()
        with servers.process(command, f"http://localhost:{port}/tr/", env):
            taken.append(time.monotonic() - began)
    return [Figure("start to the first page, files warm", statistics.median(taken), "s", 2.0)]


def memory(setting: Setting) -> list[Figure]:
    data = archive.small(setting)
    ask = (
        "from news.models import Article; [print(row.get_absolute_url()) for row in "
        f"Article.objects.public().newest_first().only('slug', 'language', 'kind')[:{PAGES}]]"
    )
    paths = archive.manage(archive.environment(data), "shell", "-v0", "-c", ask).split()
    # Filled up with the months of the archive, and with days of the calendar.
    years = range(2016, 2027)
    paths += [f"/tr/arsiv/{year}/{month:02}/" for year in years for month in range(1, 13)]
    paths += [f"/tr/etkinlikler/?day=2026-{1 + day // 28:02}-{1 + day % 28:02}" for day in range(336)]
    paths += [f"/tr/haberler/?year={year}&month={month}" for year in years for month in range(1, 13)]
    paths += [f"/en/calendar/{year}/{month:02}/" for year in years for month in range(1, 13)]
    port = servers.free_port()
    command = servers.granian("cityportal.wsgi:application", port)
    env = archive.environment(data) | {"PORT": str(port)}
    with servers.process(command, f"http://localhost:{port}/healthz", env) as running:
        servers.get(f"http://localhost:{port}/tr/")
        before = servers.memory(running.pid)
        for path in paths[:PAGES]:
            servers.get(f"http://localhost:{port}{path}", "br")
        after = servers.memory(running.pid)
    return [
        Figure("memory of a server with one page", before / 1e6, "MB"),
        Figure(f"memory of a server with {len(paths[:PAGES]):,} pages", after / 1e6, "MB", 200),
    ]
