"""Tasks where no worker is set up: on one thread beside the requests of a server, at once in a command.

Renditions, letters and pings take seconds that an editor should not wait for. What a restart interrupts is
found again by `tick`, as with a worker.
"""

import queue
import threading

from django.db import close_old_connections
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

_waiting: queue.SimpleQueue[tuple["BesideRequests", TaskResult]] = queue.SimpleQueue()
_serving = threading.Event()
_starting = threading.Lock()
_thread: threading.Thread | None = None


def beside_requests() -> None:
    """Called by a server process: from now on its requests do not wait for tasks."""
    _serving.set()


class BesideRequests(ImmediateBackend):
    def _execute_task(self, task_result: TaskResult) -> None:
        if not _serving.is_set():
            super()._execute_task(task_result)
            return
        _waiting.put((self, task_result))
        _start()

    def run(self, task_result: TaskResult) -> None:
        """A task that fails is logged by django-tasks; the next ones run all the same."""
        close_old_connections()
        super()._execute_task(task_result)
        close_old_connections()


def _start() -> None:
    global _thread
    with _starting:
        if _thread is None:
            # A daemon: a server that is told to stop does not finish twenty photos first.
            _thread = threading.Thread(target=_work, name="tasks", daemon=True)
            _thread.start()


def _work() -> None:
    while True:
        backend, task_result = _waiting.get()
        backend.run(task_result)
