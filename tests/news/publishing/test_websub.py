"""A hub, a subscriber and the portal, each a real server."""

import re
import secrets
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

import feedparser
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from news.models import Article, HubPing, Kind, Mention, Place, State
from news.publishing import actions, tags, websub
from tests.news.make import article, articles, official

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)


class Server:
    """`get` and `post` answer with a status and a body; they run in the server's thread."""

    def __init__(self) -> None:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.reply(*outer.get(parse_qs(urlsplit(self.path).query)))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.reply(*outer.post(body, dict(self.headers)))

            def reply(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        serving = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        serving.start()

    def get(self, query: dict[str, list[str]]) -> tuple[int, bytes]:
        return 404, b""

    def post(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        return 404, b""

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Hub(Server):
    """Verifies subscribers, and hands on what it fetches when told (WebSub, sections 5 to 7)."""

    def __init__(self) -> None:
        self.subscriptions: dict[str, list[str]] = {}
        self.told: list[str] = []
        self.status = 204
        self.distributed = threading.Event()
        super().__init__()

    def post(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        if form["hub.mode"] == "subscribe":
            self.verify(form["hub.callback"], form["hub.topic"])
            return 202, b""
        self.told.append(form["hub.url"])
        if self.status == 204 and form["hub.url"] in self.subscriptions:
            # A hub fetches when it has answered; the publisher does not wait for it.
            threading.Thread(target=self.distribute, args=[form["hub.url"]]).start()
        return self.status, b""

    def verify(self, callback: str, topic: str) -> None:
        challenge = secrets.token_hex(8)
        query = {"hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": challenge}
        assert urlopen(f"{callback}?{urlencode(query)}").read().decode() == challenge
        self.subscriptions.setdefault(topic, []).append(callback)

    def distribute(self, topic: str) -> None:
        feed: HTTPResponse = urlopen(topic)
        content = feed.read()
        for callback in self.subscriptions[topic]:
            headers = {"Content-Type": feed.headers["Content-Type"], "Link": feed.headers["Link"]}
            urlopen(Request(callback, content, headers))
        self.distributed.set()


class Subscriber(Server):
    def __init__(self) -> None:
        self.received: list[feedparser.FeedParserDict] = []
        super().__init__()

    def get(self, query: dict[str, list[str]]) -> tuple[int, bytes]:
        return 200, query["hub.challenge"][0].encode()

    def post(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        self.received.append(feedparser.parse(body))
        return 204, b""


@pytest.fixture
def hub(settings) -> Iterator[Hub]:
    hub = Hub()
    settings.WEBSUB_HUB_URL = hub.url
    yield hub
    hub.close()


@pytest.fixture
def subscriber() -> Iterator[Subscriber]:
    subscriber = Subscriber()
    yield subscriber
    subscriber.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/tr/feed/", "/tr/feed/atom/"])
def test_a_subscriber_gets_a_story_the_moment_it_is_published(
    hub: Hub, subscriber: Subscriber, live_server, settings, path: str
):
    settings.SITE_URL = live_server.url
    editor = User.objects.create_superuser("editor")
    draft = article("Köprü açıldı", state=State.DRAFT, summary="Özet.")
    header = urlopen(live_server.url + path).headers["Link"]
    links = {rel: url for url, rel in re.findall(r'<([^>]+)>; rel="(\w+)"', header)}
    form = {"hub.mode": "subscribe", "hub.topic": links["self"], "hub.callback": subscriber.url}
    urlopen(Request(links["hub"], urlencode(form).encode()))

    actions.publish(draft, editor)

    assert hub.distributed.wait(10)
    (feed,) = subscriber.received
    assert [(entry.title, entry.id) for entry in feed.entries] == [("Köprü açıldı", draft.guid.urn)]


@pytest.mark.django_db
def test_feeds_name_their_hub_where_it_is_told_of_them(hub: Hub, client: Client):
    made = article(tags=["Ulaşım"], place=Place.objects.create(name_tr="Konak", name_en="Konak"))
    person = official()
    Mention.objects.create(article=made, official=person)
    topic = made.tags.get().pk
    assert f'<{hub.url}>; rel="hub"' in client.get("/tr/feed/")["Link"]
    for path in ("/tr/feed/", "/tr/feed/atom/"):
        links = feedparser.parse(client.get(path).content).feed.links
        assert hub.url in [link.href for link in links if link.rel == "hub"]
    assert client.get("/tr/feed.json").json()["hubs"] == [{"type": "WebSub", "url": hub.url}]
    for query in ("kind=story", f"topic={topic}", f"person={person.pk}", f"place={made.place_id}"):
        for form in ("feed/", "feed/atom/", "feed.json"):
            assert f'<{hub.url}>; rel="hub"' in client.get(f"/tr/{form}?{query}")["Link"]
    for query in ("q=tramvay", "year=2026", f"kind=story&topic={topic}"):
        assert "hub" not in client.get(f"/tr/feed/?{query}")["Link"]


def told(hub: Hub) -> list[str]:
    """The queries of the Turkish RSS feeds that the hub was told of since the last look; "" is the whole."""
    queries = [url.partition("/tr/feed/")[2] for url in hub.told if "/tr/feed/" in url and "atom" not in url]
    hub.told.clear()
    return sorted(queries)


@pytest.mark.django_db(transaction=True)
def test_a_publication_tells_of_the_feeds_it_stands_in_and_of_no_others(hub: Hub):
    editor = User.objects.create_superuser("editor")
    district = Place.objects.create(name_tr="Konak", name_en="Konak")
    hall = Place.objects.create(name_tr="Salon", name_en="Hall", within=district)
    article("Başka", tags=["Kültür"], kind=Kind.NOTICE)
    made = article("Köprü", state=State.DRAFT, tags=["Ulaşım"], place=hall)
    person = official()
    Mention.objects.create(article=made, official=person)
    topic = made.tags.get().pk
    websub.tell()
    hub.told.clear()

    actions.publish(made, editor)
    websub.tell()

    every = sorted(
        [
            "",
            "?kind=story",
            f"?topic={topic}",
            f"?person={person.pk}",
            f"?place={hall.pk}",
            f"?place={district.pk}",
        ]
    )
    assert len(hub.told) == 3 * len(every)
    assert told(hub) == every

    made.refresh_from_db()
    tags.retag(made, editor, remove=[made.tags.get()])
    websub.tell()
    assert told(hub) == [f"?topic={topic}"]

    made.refresh_from_db()
    actions.withdraw(made, editor, "Yanlış")
    websub.tell()
    assert told(hub) == [query for query in every if "topic" not in query]


@pytest.mark.django_db(transaction=True)
def test_an_editor_waits_for_a_dozen_feeds_at_the_most_and_the_timer_tells_of_the_rest(hub: Hub):
    editor = User.objects.create_superuser("editor")
    made = article("Köprü", state=State.DRAFT, tags=[f"Etiket {number}" for number in range(60)])
    websub.tell()
    hub.told.clear()

    actions.publish(made, editor)

    assert len(hub.told) == websub.MOST_AT_ONCE
    assert hub.told[0] == "http://testserver/tr/feed/"
    call_command("tick")
    assert len(hub.told) == 3 * (1 + websub.MOST_CHOICES)
    call_command("tick")
    assert len(hub.told) == 3 * (1 + websub.MOST_CHOICES)


@pytest.mark.django_db
def test_what_comes_due_by_itself_is_told_to_those_who_follow_its_topic(hub: Hub):
    topic = article("Eski", published_at=NOW - timedelta(days=1), tags=["Ulaşım"]).tags.get().pk
    websub.tell(NOW)
    article(
        "Yarın", published_at=NOW + timedelta(hours=1), expires_at=NOW + timedelta(hours=3), tags=["Ulaşım"]
    )
    websub.tell(NOW + timedelta(minutes=1))
    hub.told.clear()

    websub.tell(NOW + timedelta(hours=2))
    assert told(hub) == ["", "?kind=story", f"?topic={topic}"]
    websub.tell(NOW + timedelta(hours=4))
    assert told(hub) == ["", "?kind=story", f"?topic={topic}"]


@pytest.mark.django_db
def test_looking_at_a_quiet_site_costs_few_queries(hub: Hub, django_assert_max_num_queries):
    for made in articles(20, tags=["Ulaşım", "Kültür"]):
        websub.feeds_changed(made)
    websub.tell()
    with django_assert_max_num_queries(20):
        assert websub.tell() == 0


@pytest.mark.django_db
def test_without_a_hub_none_is_named_and_nobody_is_told(client: Client):
    article()

    assert websub.tell() == 0
    assert client.get("/tr/feed/")["Link"] == '<http://testserver/tr/feed/>; rel="self"'
    assert "hubs" not in client.get("/tr/feed.json").json()


@pytest.mark.django_db
def test_the_hub_is_told_of_each_change_once(hub: Hub):
    made = article(published_at=NOW - timedelta(hours=1))
    assert websub.tell(NOW) == 6
    assert sorted(hub.told) == sorted(
        f"http://testserver/{language}/{form}"
        for language in ("tr", "en")
        for form in ("feed/", "feed/atom/", "feed.json")
    )
    assert websub.tell(NOW) == 0

    made.body = "<p>Bir yazım hatası düzeldi.</p>"
    made.save()
    assert websub.tell(NOW) == 0

    made.changed_at = NOW
    made.save()
    assert websub.tell(NOW) == 3


@pytest.mark.django_db
def test_what_comes_due_or_expires_by_itself_is_told_by_the_timer(hub: Hub):
    article("Yarın", published_at=NOW + timedelta(hours=1), expires_at=NOW + timedelta(hours=3))
    websub.tell(NOW)
    assert websub.tell(NOW + timedelta(minutes=59)) == 0
    assert websub.tell(NOW + timedelta(hours=1)) == 6
    assert websub.tell(NOW + timedelta(hours=4)) == 6


@pytest.mark.django_db
def test_a_hub_that_fails_is_asked_again_ever_more_rarely_and_then_left(hub: Hub, caplog):
    article(published_at=NOW - timedelta(hours=1))
    hub.status = 500
    now = NOW
    for number, pause in enumerate(websub.PAUSES, 1):
        websub.tell(now)
        websub.tell(now + pause - timedelta(seconds=1))
        assert hub.told.count("http://testserver/tr/feed/") == number
        now += pause
    assert HubPing.objects.get(path="/tr/feed/").attempts == len(websub.PAUSES)
    websub.tell(now)
    assert "was not told of /tr/feed/" in caplog.text
    asked = hub.told.count("http://testserver/tr/feed/")
    assert asked == len(websub.PAUSES) + 1

    websub.tell(now + timedelta(days=3))
    assert hub.told.count("http://testserver/tr/feed/") == asked

    hub.status = 204
    Article.objects.update(changed_at=NOW)
    websub.tell(now + timedelta(days=4))
    assert hub.told.count("http://testserver/tr/feed/") == asked + 1
    assert HubPing.objects.get(path="/tr/feed/").error == ""


@pytest.mark.django_db
def test_two_processes_tell_the_hub_once(hub: Hub):
    article(published_at=NOW - timedelta(hours=1))
    websub.tell(NOW)
    Article.objects.update(changed_at=NOW)
    ping = HubPing.objects.get(path="/tr/feed/")

    assert websub.claim(ping, NOW)
    assert not websub.claim(ping, NOW)


@pytest.mark.django_db(transaction=True)
def test_a_hub_that_is_away_does_not_stop_the_publication(settings, caplog):
    settings.WEBSUB_HUB_URL = "http://127.0.0.1:1/"
    editor = User.objects.create_superuser("editor")

    made = actions.publish(article(state=State.DRAFT, summary="Özet."), editor)

    assert Article.objects.public().get() == made
    assert "could not be told" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_timer_does_its_other_work_though_one_job_fails(hub: Hub, monkeypatch):
    from news.management.commands import tick

    def broken() -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(tick, "JOBS", [broken, *tick.JOBS])
    article()

    with pytest.raises(RuntimeError, match="broken"):
        call_command("tick")

    assert len(hub.told) == 6
