"""What has to be looked after once a minute, by cron or a systemd timer."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.core.management.base import BaseCommand

from news.publishing import (
    actions,
    event,
    history,
    links,
    mailing,
    personal_data,
    picture,
    weather,
    websub,
)

#: What changes the pages comes before those who tell of it.
JOBS: list[Callable[[], Any]] = [
    actions.merge_due,
    event.write_out_series,
    weather.refresh,
    mailing.send_due,
    websub.tell,
    picture.make_missing,
    links.check_due,
    history.empty_bin,
    personal_data.forget_old,
]


class Command(BaseCommand):
    help = "Looks after due changes, weather, letters and hub. Run it once a minute; more often does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        # The stack runs every job, also after one that failed, and then lets the error rise.
        with ExitStack() as jobs:
            for job in reversed(JOBS):
                jobs.callback(job)
