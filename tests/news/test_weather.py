"""The weather, asked of a real server that answers in every way a server can."""

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from news import weather

# Values that the servers share are kept in the database where there is no Redis.
pytestmark = pytest.mark.django_db

IZMIR = Decimal("38.41900"), Decimal("27.12800")
NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)
Answer = Callable[[BaseHTTPRequestHandler], None]


class Service:
    """`answer` writes the whole response; `asked` holds the paths that were asked for."""

    def __init__(self) -> None:
        self.answer: Answer = good()
        self.asked: list[str] = []
        self.ended = threading.Event()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.asked.append(self.path)
                service.answer(self)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1/forecast"


@pytest.fixture
def service(monkeypatch) -> Iterator[Service]:
    service = Service()
    thread = threading.Thread(target=service.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    monkeypatch.setattr(weather, "SERVICE", service.url)
    monkeypatch.setattr(weather, "PATIENCE", 0.5)
    yield service
    service.ended.set()
    service.server.shutdown()
    service.server.server_close()
    thread.join()


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def measured(temperature: object = 16.6, code: object = 2, at: datetime = NOW, **more: object) -> bytes:
    current = {"time": int(at.timestamp()), "temperature_2m": temperature, "weather_code": code, **more}
    return json.dumps({"latitude": 38.4, "current": current}).encode()


def good(**values: object) -> Answer:
    return lambda handler: send(handler, measured(**values))


def refresh(now: datetime = NOW) -> bool:
    return weather.refresh(*IZMIR, now=now)


def test_nothing_is_known_before_somebody_asked(service: Service):
    assert weather.current("tr", NOW) is None
    assert service.asked == []


def test_the_weather_is_told_in_words_of_each_language_with_its_time_and_source(service: Service):
    assert refresh()

    turkish, english = weather.current("tr", NOW), weather.current("en", NOW)
    assert (turkish.temperature, turkish.words) == (17, "parçalı bulutlu")
    assert (english.temperature, english.words) == (17, "partly cloudy")
    assert (turkish.measured_at, turkish.source) == (NOW, "Open-Meteo")
    assert "latitude=38.41900&longitude=27.12800" in service.asked[0]


def test_every_code_has_words_in_turkish_and_an_icon_of_ours(service: Service):
    for code in weather.CODES:
        weather.forget()
        service.answer = good(code=code)
        refresh()
        turkish, english = weather.current("tr", NOW), weather.current("en", NOW)
        assert turkish.words != english.words, code
        assert turkish.icon in ("sun", "cloud", "rain")


def test_what_is_fresh_is_not_asked_for_again(service: Service):
    refresh()
    refresh(NOW + timedelta(minutes=29))
    assert len(service.asked) == 1

    service.answer = good(temperature=20, at=NOW + timedelta(minutes=31))
    assert refresh(NOW + timedelta(minutes=31))

    assert weather.current("tr", NOW + timedelta(minutes=31)).temperature == 20


def test_another_place_is_asked_for_at_once_and_never_shows_the_weather_of_the_first(service: Service):
    refresh()
    service.answer = lambda handler: send(handler, b"", status=500)

    weather.refresh(Decimal("41.00000"), Decimal("29.00000"), now=NOW)

    assert len(service.asked) == 2
    assert weather.current("tr", NOW) is None


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, each well within any timeout of a socket."""
    try:
        for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + b" " * 9999:
            handler.wfile.write(bytes([byte]))
            time.sleep(0.05)
    except OSError:
        pass


def drip_body(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
    drip(handler)


def cut(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + measured()[:40])


def endless(handler: BaseHTTPRequestHandler) -> None:
    """200 MB without a length."""
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(200):
            handler.wfile.write(b" " * 1024 * 1024)
    except OSError:
        pass


def hang(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(2)


def elsewhere(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"", status=302, Location="http://127.0.0.1:1/v1/forecast")


BOMB = gzip.compress(b" " * 20_000_000)
FAULTS: dict[str, Answer] = {
    "hangs": hang,
    "drips from the first byte": drip,
    "drips its body": drip_body,
    "is cut off": cut,
    "says nothing": lambda handler: None,
    "is no HTTP": lambda handler: handler.wfile.write(b"\x16\x03\x01 hello"),
    "is endless": endless,
    "is huge": lambda handler: send(handler, measured() + b" " * 70_000),
    "is a bomb": lambda handler: send(handler, BOMB, Content_Encoding="gzip"),
    "leads elsewhere": elsewhere,
    "fails": lambda handler: send(handler, measured(), status=500),
    "is not JSON": lambda handler: send(handler, b"<html>"),
    "is not UTF-8": lambda handler: send(handler, b"\xff\xfe{}"),
    "is another JSON": lambda handler: send(handler, b"[1, 2]"),
    "is too deep": lambda handler: send(handler, b"[" * 60_000),
    "has a number without end": lambda handler: send(handler, b'{"current": ' + b"9" * 60_000 + b"}"),
    "has no code": lambda handler: send(handler, b'{"current": {"time": 1, "temperature_2m": 3}}'),
    "has an unknown code": good(code=42),
    "has words for a temperature": good(temperature="warm"),
    "has a list for a code": good(code=[2]),
    "has no number for a temperature": good(temperature=float("nan")),
    "is hotter than anywhere": good(temperature=451),
    "is of yesterday": good(at=NOW - timedelta(days=1)),
    "is of tomorrow": good(at=NOW + timedelta(days=1)),
    "is of the year 30000": good(at=NOW, time=10**12),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_leaves_the_last_good_weather_and_takes_no_longer_than_allowed(
    service: Service, fault: str, caplog
):
    refresh()
    service.answer = FAULTS[fault]
    later = NOW + timedelta(minutes=40)
    began = time.monotonic()

    assert not refresh(later)

    # Without a deadline the slow ones would go on for longer than this.
    assert time.monotonic() - began < 5
    assert weather.current("tr", later).temperature == 17
    assert "The weather could not be had" in caplog.text


def test_after_a_fault_the_service_is_left_alone_for_a_while(service: Service):
    service.answer = FAULTS["fails"]

    refresh()
    refresh(NOW + timedelta(minutes=1))

    assert len(service.asked) == 1


def test_a_place_that_nobody_listens_at_is_a_fault_like_others(service: Service, monkeypatch):
    monkeypatch.setattr(weather, "SERVICE", "http://127.0.0.1:1/")

    assert not refresh()


def test_what_is_three_hours_old_is_not_shown(service: Service):
    refresh()

    assert weather.current("tr", NOW + timedelta(hours=3)) is not None
    assert weather.current("tr", NOW + timedelta(hours=3, seconds=1)) is None
