"""Processor time of one page rendered by Django, no cached page in front; run in a process of its own."""

import json
import os
import sys
import time


def measure(paths: list[str], repeat: int = 60) -> dict[str, float]:
    """Milliseconds of processor time per request, the best of three blocks: the rest is other load."""
    from django.test import Client

    from cityportal.wsgi import django_application  # noqa: F401 - sets Django up

    client = Client(headers={"host": "localhost"})
    figures = {}
    for path in paths:
        for _warm in range(5):
            response = client.get(path)
            if response.status_code != 200:
                raise SystemExit(f"{path} answered {response.status_code}")
        blocks = []
        for _block in range(3):
            start = time.process_time()
            for _request in range(repeat):
                client.get(path)
            blocks.append((time.process_time() - start) / repeat * 1000)
        figures[path] = min(blocks)
    return figures


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cityportal.settings")
    json.dump(measure(sys.argv[1:]), sys.stdout)
