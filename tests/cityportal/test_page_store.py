"""The bytes in front of Django: every way in which a kept page could be wrong."""

import gzip
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import brotli
import pytest
import time_machine
from django.db import connection
from django.db.utils import OperationalError
from django.utils import timezone

from cityportal.kept_page import Entry, Memory
from cityportal.page_key import normalised
from cityportal.page_store import PageStore
from cityportal.wsgi import django_application
from news import page_cache
from news.models import Alert, Article, State

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Answer:
    status: str
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        coding = self.headers.get("Content-Encoding")
        body = brotli.decompress(self.body) if coding == "br" else self.body
        return (gzip.decompress(body) if coding == "gzip" else body).decode()

    @property
    def way(self) -> str:
        return self.headers.get("Cache-Status", "")


class Site:
    """A server process: what a reader's request goes through."""

    def __init__(self, application=django_application) -> None:
        self.renderings = 0
        self.application = application
        self.store = PageStore(self.count)

    def count(self, environ, start_response):
        self.renderings += 1
        return self.application(environ, start_response)

    def get(
        self,
        path: str,
        query: str = "",
        method: str = "GET",
        host: str = "testserver",
        scheme: str = "http",
        **headers: str,
    ) -> Answer:
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "HTTP_HOST": host,
            "wsgi.url_scheme": scheme,
            "wsgi.input": __import__("io").BytesIO(),
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        said = []
        body = b"".join(
            self.store(environ, lambda status, headers, exc_info=None: said.append((status, headers)))
        )
        return Answer(said[0][0], dict(said[0][1]), body)


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.store.close()


def publish(title: str = "Körfez temizleniyor", **values) -> Article:
    moment = timezone.now() - timedelta(hours=1)
    values = {"state": State.PUBLISHED, "published_at": moment, "first_published_at": moment, **values}
    article = Article.objects.create(language="tr", title=title, **values)
    page_cache.changed()
    return article


def test_the_second_reader_gets_the_same_bytes_without_a_rendering(site: Site) -> None:
    path = publish().get_absolute_url()
    first, second = site.get(path), site.get(path)
    assert "Körfez temizleniyor" in first.text
    assert (second.body, second.way) == (first.body, "portal; hit")
    assert site.renderings == 1


@pytest.mark.parametrize(
    ("wish", "coding"), [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", None)]
)
def test_a_reader_gets_the_coding_asked_for(site: Site, wish: str, coding: str | None) -> None:
    path = publish().get_absolute_url()
    answer = site.get(path, accept_encoding=wish)
    assert answer.headers.get("Content-Encoding") == coding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(answer.body)
    assert "Körfez temizleniyor" in answer.text


def test_a_reader_who_has_the_page_is_told_so(site: Site) -> None:
    path = publish().get_absolute_url()
    etag = site.get(path).headers["ETag"]
    again = site.get(path, if_none_match=etag)
    assert (again.status, again.body) == ("304 Not Modified", b"")
    assert site.get(path, if_none_match='"another"').status == "200 OK"
    assert site.get(path, if_modified_since="nonsense").status == "200 OK"


@pytest.mark.parametrize(
    "path", ["/tr/feed/", "/tr/feed/atom/", "/tr/feed.json", "/tr/events.ics", "/en/feed/", "/en/events.ics"]
)
def test_a_feed_reader_who_has_it_costs_a_glance(
    site: Site, path: str, django_assert_max_num_queries
) -> None:
    publish()
    first = site.get(path)
    site.get(path)
    with django_assert_max_num_queries(1):
        by_tag = site.get(path, if_none_match=first.headers["ETag"])
        by_date = site.get(path, if_modified_since=first.headers["Last-Modified"])
    assert (by_tag.status, by_tag.body) == (by_date.status, by_date.body) == ("304 Not Modified", b"")
    assert site.get(path, if_modified_since="dün akşam").status == "200 OK"
    assert site.renderings == 1


def test_head_says_the_length_and_sends_nothing(site: Site) -> None:
    path = publish().get_absolute_url()
    for _time in range(2):
        answer = site.get(path, method="HEAD")
        assert answer.body == b""
        assert int(answer.headers["Content-Length"]) > 1000


def test_what_is_published_is_there_at_the_next_request(site: Site) -> None:
    assert "Yeni vapur" not in site.get("/tr/haberler/").text
    publish("Yeni vapur")
    assert "Yeni vapur" in site.get("/tr/haberler/").text


def test_what_is_withdrawn_is_gone_at_the_next_request(site: Site) -> None:
    article = publish()
    path = article.get_absolute_url()
    assert site.get(path).status == "200 OK"
    Article.objects.filter(pk=article.pk).update(state=State.WITHDRAWN, withdrawn_at=timezone.now())
    page_cache.changed()
    assert site.get(path).status.startswith("410")


@pytest.mark.parametrize("path", ["", "/tr/feed/", "/tr/events.ics"])
def test_a_publication_that_leaves_a_page_as_it_was_leaves_its_bytes(site: Site, path: str) -> None:
    path = path or publish().get_absolute_url()
    before = site.get(path, accept_encoding="br")
    page_cache.changed()
    found, again = site.get(path, accept_encoding="br"), site.get(path, accept_encoding="br")
    assert (found.status, found.body) == ("200 OK", before.body)
    assert found.way == "portal; fwd=stale; fwd-status=304; stored"
    assert (again.body, again.way) == (before.body, "portal; hit")


def test_another_process_that_published_is_noticed(site: Site) -> None:
    other = Site()
    assert "Yeni vapur" not in site.get("/tr/haberler/").text
    page_cache.listeners.remove(site.store.freshness._announced)
    publish("Yeni vapur")
    page_cache.listeners.append(site.store.freshness._announced)
    site.store.freshness.look()
    assert "Yeni vapur" in site.get("/tr/haberler/").text
    other.store.close()


def test_a_scheduled_story_appears_on_time_without_anybody_doing_anything(site: Site) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False) as clock:
        publish("Yarın açıklanacak", published_at=timezone.now() + timedelta(minutes=10))
        first = site.get("/tr/haberler/")
        assert "Yarın açıklanacak" not in first.text
        clock.shift(timedelta(minutes=9, seconds=50))
        near = site.get("/tr/haberler/")
        assert "max-age=10," in near.headers["Cache-Control"]
        clock.shift(timedelta(seconds=10))
        assert "Yarın açıklanacak" in site.get("/tr/haberler/").text


def test_what_begins_while_a_page_is_rendered_is_not_missed(site: Site) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False) as clock:
        publish("Yarın açıklanacak", published_at=timezone.now() + timedelta(seconds=5))
        give = site.application

        def slow(environ, start_response):
            chunks = list(give(environ, start_response))
            clock.shift(timedelta(seconds=10))
            return chunks

        site.application = slow
        assert "Yarın açıklanacak" not in site.get("/tr/haberler/").text
        site.application = give
        assert "Yarın açıklanacak" in site.get("/tr/haberler/").text


def test_an_expired_story_and_an_alert_that_ended_are_gone_on_time(site: Site) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False) as clock:
        now = timezone.now()
        publish("Bugünlük duyuru", expires_at=now + timedelta(minutes=5))
        Alert.objects.create(text_tr="Fırtına bekleniyor", starts_at=now, ends_at=now + timedelta(minutes=3))
        page_cache.changed()
        page = site.get("/tr/haberler/").text
        assert "Bugünlük duyuru" in page
        assert "Fırtına bekleniyor" in page
        clock.shift(timedelta(minutes=3))
        page = site.get("/tr/haberler/").text
        assert "Bugünlük duyuru" in page
        assert "Fırtına bekleniyor" not in page
        clock.shift(timedelta(minutes=2))
        assert "Bugünlük duyuru" not in site.get("/tr/haberler/").text


def test_a_clock_that_steps_back_makes_pages_stale_and_not_immortal(site: Site) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False) as clock:
        publish()
        site.get("/tr/haberler/")
        clock.shift(timedelta(hours=-2))
        assert site.get("/tr/haberler/").way == "portal; fwd=miss; stored"


def test_languages_have_pages_of_their_own(site: Site) -> None:
    assert 'lang="tr"' in site.get("/tr/", accept_language="en").text
    assert 'lang="en"' in site.get("/en/", accept_language="tr").text


def test_another_host_is_refused_and_leaves_nothing_behind(site: Site) -> None:
    assert site.get("/tr/", host="evil.example").status.startswith("400")
    honest = site.get("/tr/")
    assert "evil.example" not in honest.text
    assert site.get("/tr/", host="evil.example").status.startswith("400")


@pytest.mark.parametrize(
    "host", ["localhost", "TESTSERVER", "testserver.", "testserver:81", "testserver:65535"]
)
def test_every_name_of_ours_leads_to_the_same_page(site: Site, host: str) -> None:
    first = site.get("/tr/")
    assert (site.get("/tr/", host=host).body, site.renderings) == (first.body, 1)


def test_what_a_proxy_is_said_to_have_said_makes_no_further_page(site: Site) -> None:
    for number in range(20):
        site.get("/tr/", x_forwarded_proto=f"https{number}", x_forwarded_host="evil.example")
    assert len(site.store.plain.entries) == site.renderings == 1


def test_cookies_and_wishes_of_a_reader_reach_neither_page_nor_store(site: Site) -> None:
    site.get("/tr/", cookie="sessionid=abc; django_language=en", accept_language="de", user_agent="<script>")
    assert site.get("/tr/").way == "portal; hit"
    assert site.renderings == 1


def test_an_editor_page_is_never_stored(site: Site) -> None:
    for _time in range(2):
        site.get("/admin/login/")
    assert not [key for key in site.store.plain.entries if key[1].startswith("/admin")]
    assert site.renderings == 2


def test_a_draft_is_never_stored(site: Site) -> None:
    article = publish(state=State.DRAFT, published_at=None, first_published_at=None)
    assert site.get(article.get_absolute_url()).status.startswith("404")
    assert not site.store.plain.entries


def test_unknown_query_values_are_no_pages_of_their_own(site: Site) -> None:
    for number in range(50):
        answer = site.get("/tr/", f"utm_source={number}&fbclid=x{number}")
    assert answer.status == "200 OK"
    assert "utm_source" not in answer.text
    assert site.renderings == 1


def test_a_flood_of_query_values_leaves_the_pages_of_honest_readers(site: Site, monkeypatch) -> None:
    monkeypatch.setattr(site.store.queried, "budget", 200_000)
    path = publish().get_absolute_url()
    site.get(path)
    for number in range(60):
        site.get("/tr/haberler/", f"kind=story&topic={number}")
    assert site.store.queried.size <= 200_000
    assert site.get(path).way == "portal; hit"


def test_five_hundred_readers_of_a_fresh_page_cost_one_rendering(site: Site) -> None:
    path = publish().get_absolute_url()
    answers: list[Answer] = []
    readers = [threading.Thread(target=lambda: answers.append(site.get(path))) for _reader in range(500)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert {answer.status for answer in answers} == {"200 OK"}
    assert len({answer.body for answer in answers}) == 1
    assert site.renderings == 1


def test_a_new_process_starts_with_the_pages_that_others_rendered(site: Site) -> None:
    path = publish().get_absolute_url()
    first = site.get(path)
    key, entry = next(iter(site.store.plain.entries.items()))
    site.store.shared.put(key, entry)
    other = Site()
    answer = other.get(path)
    assert (answer.body, answer.way) == (first.body, "portal; hit; detail=shared")
    assert other.renderings == 0
    other.store.close()


def test_readers_get_the_last_known_page_while_the_database_is_away(site: Site, monkeypatch) -> None:
    path = publish().get_absolute_url()
    known = site.get(path)

    def away(*args, **kwargs):
        raise OperationalError("the server closed the connection")

    page_cache.announce(site.store.freshness.generation + 1)
    with connection.execute_wrapper(away):
        lost = site.get(path)
        unknown = site.get("/tr/etkinlikler/")
    assert (lost.body, lost.way) == (known.body, "portal; hit; fwd=stale; detail=outage")
    assert unknown.status.startswith("503")
    assert unknown.headers["Retry-After"]


def ready(site: Site, path: str) -> Answer:
    """The third answer: the first is rendered, the second found in memory, and then it lies ready."""
    site.get(path, accept_encoding="br")
    site.get(path, accept_encoding="br")
    assert site.store._ready
    return site.get(path, accept_encoding="br")


def test_an_answer_that_lies_ready_is_for_those_who_say_the_same(site: Site, monkeypatch) -> None:
    path = publish().get_absolute_url()
    plain = ready(site, path)
    assert (plain.way, plain.headers["Content-Encoding"]) == ("portal; hit", "br")
    assert site.get(path, accept_encoding="gzip").headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in site.get(path).headers
    assert site.get(path, method="HEAD", accept_encoding="br").body == b""
    assert site.get(path, method="POST", accept_encoding="br").status.startswith("405")
    known = site.get(path, accept_encoding="br", if_none_match=plain.headers["ETag"])
    assert (known.status, known.body) == ("304 Not Modified", b"")
    assert site.get(path, accept_encoding="br", host="evil.example").status.startswith("400")
    assert site.get(path + "x", accept_encoding="br").status.startswith("404")
    ready(site, "/tr/haberler/")
    assert "Körfez" not in site.get("/tr/haberler/", "kind=notice", accept_encoding="br").text


def only_on_a_secure_line(environ, start_response):
    """As Django where it redirects to https, which its settings would have to say at start."""
    if environ.get("HTTP_X_FORWARDED_PROTO") == "https":
        start_response("200 OK", [("Content-Type", "text/html"), ("Cache-Control", "public")])
        return [b"<p>On a secure line</p>" * 20]
    start_response("301 Moved Permanently", [("Location", "https://testserver/tr/")])
    return [b""]


def test_an_answer_that_lies_ready_is_for_one_kind_of_line(monkeypatch) -> None:
    said = ("HTTP_X_FORWARDED_PROTO", "https")
    monkeypatch.setattr("cityportal.page_key.PROXY_SAYS", said)
    monkeypatch.setattr("cityportal.page_store.PROXY_SAYS", said)
    monkeypatch.setattr("cityportal.page_store.PROXY_HEADER", said[0])
    site = Site(only_on_a_secure_line)
    for _turn in range(3):
        secure = site.get("/tr/", accept_encoding="br", x_forwarded_proto="https")
        assert "On a secure line" in secure.text
        assert site.get("/tr/", accept_encoding="br", x_forwarded_proto="http").status.startswith("301")
        assert site.get("/tr/", accept_encoding="br").status.startswith("301")
    assert site.store._ready["/tr/"].proxy == "https"
    # Without a proxy, the line itself says what it is.
    monkeypatch.setattr("cityportal.page_key.PROXY_SAYS", None)
    monkeypatch.setattr("cityportal.page_store.PROXY_HEADER", "")
    for _turn in range(3):
        assert site.get("/tr/", accept_encoding="br", scheme="https").status == "200 OK"
        assert site.get("/tr/", accept_encoding="br", scheme="http").status.startswith("301")
    site.store.close()


def test_an_answer_that_lies_ready_ends_with_its_page(site: Site) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False) as clock:
        article = publish(expires_at=timezone.now() + timedelta(minutes=5))
        path = article.get_absolute_url()
        lifetime = ready(site, path).headers["Cache-Control"]
        clock.shift(timedelta(minutes=4, seconds=50))
        assert "max-age=10," in site.get(path, accept_encoding="br").headers["Cache-Control"] != lifetime
        clock.shift(timedelta(seconds=10))
        assert site.get(path, accept_encoding="br").status.startswith("410")
        clock.shift(timedelta(hours=-1))
        assert site.get(path, accept_encoding="br").way != "portal; hit"

        ready(site, "/tr/haberler/")
        publish("Yeni haber")
        assert "Yeni haber" in site.get("/tr/haberler/", accept_encoding="br").text


def test_answers_that_lie_ready_hold_no_more_memory_than_their_pages(site: Site) -> None:
    ready(site, "/tr/")
    for number in range(50):
        site.get("/tr/", accept_encoding=f"br, x{number}")
        site.get("/tr/", accept_encoding="br, " + "x" * 1000)
    assert len(site.store._ready) == 1
    assert len(site.store._ready["/tr/"].wish or "") < 100
    site.get("/tr/haberler/")
    assert not site.store._ready


def test_pages_live_where_it_cannot_be_told_what_changes_next(site: Site, monkeypatch) -> None:
    def next_boundary() -> datetime:
        raise OverflowError("date value out of range")

    monkeypatch.setattr(page_cache, "next_boundary", next_boundary)
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False) as clock:
        publish()
        assert "Körfez temizleniyor" in site.get("/tr/haberler/").text
        assert site.get("/tr/haberler/").way == "portal; hit"
        clock.shift(timedelta(seconds=61))
        assert site.get("/tr/haberler/").status == "200 OK"
        assert site.renderings == 2


def test_memory_stays_within_its_budget_and_keeps_what_is_read() -> None:
    memory = Memory(budget=10_000)
    entry = lambda: Entry(1, 0.0, 1e12, None, "", {}, 1_000)  # noqa: E731
    memory.put((False, "/read", ""), entry())
    for number in range(100):
        memory.entries[False, "/read", ""].used = True
        memory.put((False, f"/{number}", ""), entry())
    assert memory.size <= 10_000
    assert (False, "/read", "") in memory.entries


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("kind=story&utm=1", "kind=story"),
        ("kind=story&kind=notice", "kind=notice"),
        ("b=2&a=1", ""),
        ("topic=5&kind=story", "kind=story&topic=5"),
        ("kind=" + "x" * 200, None),
        ("&".join(f"a{number}=1" for number in range(200)), None),
        ("kind=%ff%00", "kind=%EF%BF%BD%00"),
    ],
)
def test_a_query_is_reduced_to_what_the_page_reads(query: str, kept: str | None) -> None:
    assert normalised(query, frozenset({"kind", "topic"})) == kept
