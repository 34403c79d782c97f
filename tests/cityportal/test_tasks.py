import threading

import pytest
from django_tasks import task

from cityportal import tasks

BACKENDS = {"default": {"BACKEND": "cityportal.tasks.BesideRequests"}}
released, done = threading.Event(), threading.Event()
ran: list[str] = []


@task()
def wait_for_release(name: str) -> None:
    released.wait(5)
    if name == "broken":
        raise ValueError(name)
    ran.append(f"{name} on {threading.current_thread().name}")
    done.set()


@pytest.fixture(autouse=True)
def own_backend(settings, monkeypatch):
    settings.TASKS = BACKENDS
    monkeypatch.setattr(tasks, "_serving", threading.Event())
    released.clear()
    done.clear()
    ran.clear()


def test_a_command_does_its_tasks_at_once():
    released.set()
    wait_for_release.enqueue("a")

    assert ran == [f"a on {threading.current_thread().name}"]


@pytest.mark.django_db
def test_a_request_does_not_wait_for_its_tasks_and_a_broken_one_stops_nothing():
    tasks.beside_requests()
    wait_for_release.enqueue("broken")
    wait_for_release.enqueue("b")
    assert ran == []

    released.set()
    assert done.wait(5)
    assert ran == ["b on tasks"]
