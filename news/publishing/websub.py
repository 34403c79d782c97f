"""Telling a hub that feeds changed, so that it hands them on at once (https://www.w3.org/TR/websub/).

What the hub was told of is stored as a mark of the feed's content, and which feeds to look at is noted in the
transaction that changed an article. So nothing is lost when a process dies, a
time of publication that comes by itself is found like any other change, and a save that changes no feed tells
nobody.
"""

import hashlib
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from news.models import Article, Event, HubPing, State, Tag, naming, tagged
from news.outgoing import OutgoingError, ask

logger = logging.getLogger(__name__)

FORMS = ("rss", "atom", "json_feed")
#: The choices whose feeds name the hub: one at a time, so that a publication touches a handful of topics. A
#: feed of several choices or of words says nothing of a hub and is asked for as ever.
CHOICES = ("kind", "topic", "person", "place")
#: As many of the newest as every feed holds at least.
NEWEST = 50
#: Feeds that one article touches, articles that come due at once, and what is told while an editor waits: the
#: whole feeds before those of a choice, and the rest by the timer.
MOST_CHOICES, MOST_DUE, MOST_AT_ONCE = 40, 100, 12
PATIENCE, MOST_BYTES = 3.0, 64 * 1024
#: How long one process has a feed to itself.
LEASE = timedelta(minutes=1)
#: When to try again after a fault; after the last one the change is given up, and the next one starts anew.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720)]

#: The query values of a feed.
Choice = dict[str, str]


def names_hub(query: Choice) -> bool:
    """Whether the hub is told of the feed of this choice."""
    return not query or (len(query) == 1 and set(query) <= set(CHOICES))


def feeds_changed(*things: Article | Event | Tag) -> None:
    """Note the feeds in which `things` stand, and tell the hub, where there is one, once the surrounding
    transaction commits. What takes an article out of a feed calls this before and after."""
    if not settings.WEBSUB_HUB_URL:
        return
    from news.publishing.tasks import tell_hub

    for thing in things:
        if isinstance(thing, Article):
            touch(thing.language, choices_of(thing))
        elif isinstance(thing, Tag):
            for language, _name in settings.LANGUAGES:
                touch(language, [{"topic": str(thing.pk)}])
    transaction.on_commit(tell_hub.enqueue)


def choices_of(article: Article) -> list[Choice]:
    place = article.place
    places = [place.pk, place.within_id] if place else []
    found = [
        {"kind": article.kind},
        *({"topic": str(pk)} for pk in article.article_tags.values_list("tag", flat=True)),
        *({"person": str(pk)} for pk in article.mentions.values_list("official", flat=True)),
        *({"place": str(pk)} for pk in places if pk),
    ]
    return found[:MOST_CHOICES]


def touch(language: str, choices: Iterable[Choice], now: datetime | None = None) -> None:
    """Have these feeds looked at: whether they changed shows when they are."""
    paths = [path for choice in choices for path in paths_of(language, choice)]
    rows = [HubPing(path=path, next_attempt_at=now or timezone.now()) for path in paths]
    HubPing.objects.bulk_create(rows, ignore_conflicts=True)
    HubPing.objects.filter(path__in=paths).update(touched=F("touched") + 1)


def paths_of(language: str, choice: Choice) -> list[str]:
    query = f"?{urlencode(choice)}" if choice else ""
    with override(language):
        return [reverse(f"news:{form}") + query for form in FORMS]


def tell(now: datetime | None = None, most: int | None = None) -> int:
    """Tell the hub of the feeds that are not as it was last told, of `most` at once; how many it took."""
    if not settings.WEBSUB_HUB_URL:
        return 0
    now = now or timezone.now()
    for language, _name in settings.LANGUAGES:
        touch_what_came_due(language, now)
    touched = HubPing.objects.filter(touched__gt=F("seen"), next_attempt_at__lte=now)
    told, marks, unchanged = 0, {}, []
    for ping in sorted(touched, key=lambda one: ("?" in one.path, one.pk)):
        language, choice = ping.path[1:3], dict(parse_qsl(urlsplit(ping.path).query))
        key = (language, *choice.items())
        if key not in marks:
            marks[key] = mark_of(language, choice, now)
        if told == most:
            break
        if ping.told == marks[key]:
            # Up to the touch that was read: one that came since is looked at by the next run.
            ping.seen = ping.touched
            unchanged.append(ping)
            continue
        if not claim(ping, now):
            continue
        try:
            send(ping.path)
        except OutgoingError as error:
            put_off(ping, marks[key], error, now)
            # The others would meet the same silence; they are due at the next tick.
            break
        done(ping, marks[key], now)
        told += 1
    HubPing.objects.bulk_update(unchanged, ["seen"])
    return told


def touch_what_came_due(language: str, now: datetime) -> None:
    """The whole feeds always, and those of what came or went by itself since they were last looked at."""
    touch(language, [{}], now)
    whole = HubPing.objects.get(path=paths_of(language, {})[0])
    since = whole.looked_at or now
    published = Article.objects.filter(state=State.PUBLISHED)
    came = (
        published.in_language(language).filter(published_at__gt=since, published_at__lte=now).newest_first()
    )
    gone = published.filter(expires_at__gt=since, expires_at__lte=now).order_by("-expires_at")
    for article in (*came.select_related("place")[:MOST_DUE], *gone.select_related("place")[:MOST_DUE]):
        touch(article.language, choices_of(article), now)
    HubPing.objects.filter(pk=whole.pk).update(looked_at=now)


def mark_of(language: str, choice: Choice, now: datetime) -> str:
    """Changes with what the feed says: what came, what left, what was significantly changed."""
    public, order = Article.objects.public(now).in_language(language), ("-published_at", "-pk")
    value: Any
    for name, value in choice.items():
        match name:
            case "kind":
                public = public.filter(kind=value)
            case "place":
                public = public.filter(Q(place=value) | Q(place__within=value))
            case "topic":
                public = public.filter(tagged(value, language, now))
                order = ("-article_tags__listed_at", "-article_tags__content_object_id")
            case "person":
                public = public.filter(naming(value, language, now))
                order = ("-mentions__listed_at", "-mentions__article_id")
    rows = list(public.order_by(*order).values_list("pk", "published_at", "changed_at")[:NEWEST])
    return hashlib.blake2b(repr(rows).encode(), digest_size=16).hexdigest()


def done(ping: HubPing, mark: str, now: datetime) -> None:
    HubPing.objects.filter(pk=ping.pk).update(
        told=mark, seen=ping.touched, attempts=0, next_attempt_at=now, error=""
    )


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
        row.update(told=mark, seen=ping.touched, attempts=0, next_attempt_at=now, error=str(error))
