"""Telling a hub that feeds changed, so that it hands them on at once (https://www.w3.org/TR/websub/).

What the hub was told of is stored as a mark of the feed's content. So nothing is lost when a process dies, a
time of publication that comes by itself is found like any other change, and a save that changes no feed tells
nobody.
"""

import hashlib
import logging
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from news.models import Article, HubPing
from news.outgoing import OutgoingError, ask

logger = logging.getLogger(__name__)

FORMS = ("rss", "atom", "json_feed")
#: As many of the newest as every feed holds at least.
NEWEST = 50
PATIENCE, MOST_BYTES = 3.0, 64 * 1024
#: How long one process has a feed to itself.
LEASE = timedelta(minutes=1)
#: When to try again after a fault; after the last one the change is given up, and the next one starts anew.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720)]


def feeds_changed() -> None:
    """Tell the hub, where there is one, once the surrounding transaction commits."""
    if settings.WEBSUB_HUB_URL:
        from news.publishing.tasks import tell_hub

        transaction.on_commit(tell_hub.enqueue)


def tell(now: datetime | None = None) -> int:
    """Tell the hub of every feed that is not as it was last told; the number of those it took."""
    if not settings.WEBSUB_HUB_URL:
        return 0
    now = now or timezone.now()
    told = 0
    for language, _name in settings.LANGUAGES:
        mark = mark_of(language, now)
        with override(language):
            paths = [reverse(f"news:{form}") for form in FORMS]
        for path in paths:
            ping, _made = HubPing.objects.get_or_create(path=path, defaults={"next_attempt_at": now})
            if ping.told == mark or ping.next_attempt_at > now or not claim(ping, now):
                continue
            try:
                send(path)
            except OutgoingError as error:
                put_off(ping, mark, error, now)
                # The others would meet the same silence; they are due at the next tick.
                return told
            HubPing.objects.filter(pk=ping.pk).update(told=mark, attempts=0, next_attempt_at=now, error="")
            told += 1
    return told


def mark_of(language: str, now: datetime) -> str:
    """Changes with what the feed says: what came, what left, what was significantly changed."""
    listed = Article.objects.public(now).in_language(language).newest_first()
    rows = list(listed.values_list("pk", "published_at", "changed_at")[:NEWEST])
    return hashlib.blake2b(repr(rows).encode(), digest_size=16).hexdigest()


def claim(ping: HubPing, now: datetime) -> bool:
    """Whether this process may send: another one that read the same row is told no."""
    mine = HubPing.objects.filter(pk=ping.pk, next_attempt_at=ping.next_attempt_at, told=ping.told)
    return bool(mine.update(next_attempt_at=now + LEASE))


def send(path: str) -> None:
    form = urlencode({"hub.mode": "publish", "hub.url": settings.SITE_URL + path})
    status, _body = ask(settings.WEBSUB_HUB_URL, patience=PATIENCE, most_bytes=MOST_BYTES, form=form)
    if not 200 <= status < 300:
        raise OutgoingError(f"the hub answered {status}")


def put_off(ping: HubPing, mark: str, error: OutgoingError, now: datetime) -> None:
    row = HubPing.objects.filter(pk=ping.pk)
    if ping.attempts < len(PAUSES):
        logger.warning("The hub could not be told of %s: %s", ping.path, error)
        later = now + PAUSES[ping.attempts]
        row.update(attempts=ping.attempts + 1, next_attempt_at=later, error=str(error))
    else:
        logger.error("The hub was not told of %s after %s attempts: %s", ping.path, ping.attempts + 1, error)
        row.update(told=mark, attempts=0, next_attempt_at=now, error=str(error))
