"""Hostile strings at every address, in every part of it and in every form: an answer each time, and no error.

The strings are chosen by a fixed seed, so that a red run can be run again.
"""

import random
import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode, urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override
from zeal import zeal_ignore

from news.models import Subscription
from tests.news.newsroom import person, signed_in
from tests.news.views import city

pytestmark = pytest.mark.django_db

SEED = 20261125
#: After the "Big List of Naughty Strings", the CVEs of Django and what each kind of field might choke on.
NAUGHTY = [
    "",
    " ",
    "0",
    "-1",
    "1",
    "9" * 19,
    "9" * 400,
    "1e309",
    "0x1F",
    "NaN",
    "-Infinity",
    "1/0",
    "²",
    "٣",
    "null",
    "True",
    "[]",
    "{}",
    '{"a":1}',
    "../../../../etc/passwd",
    "..\\..\\windows",
    "//evil.example/",
    "https://evil.example",
    "javascript:alert(1)",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% debug %}",
    "%s%n%d",
    "%00",
    "%",
    "%ff%fe",
    "' OR 1=1 --",
    '"; DROP TABLE news_article; --',
    "\\",
    "a AND (b OR c*) NEAR/3 d:e ^f",
    '"unbalanced',
    "*",
    "İIıi",
    "ﷺ" * 50,
    "Z̸̧̛a̶l̷g̵o̵" * 20,
    "\u202etxt.exe",
    "\ufeff\u200b\u2060",
    "\ufffe\uffff",
    "🏳️‍🌈🇹🇷",
    "\x01\x0b\x1b[31m",
    "a\r\nSet-Cookie: x=1",
    "\t\n",
    "a" * 5000,
    "2026-02-30",
    "9999-12-31T23:59:59+23:59",
    "0001-01-01",
    "ffffffffffffff.1",
    "00000000-0000-0000-0000-000000000000",
    "a@b.example",
    "a@b.example\nBcc: c@d.example",
    "con.txt;filename=x",
]
#: What only the bytes of an address can hold: half letters, surrogates, a null byte.
BYTES = ["%00", "%ff%fe", "%C3%28", "%ED%A0%80", "%F5%80%80%80", "%2e%2e%2f", "%c0%ae", "%0d%0aX:1"]
#: The names that some view, form or filter reads, and some that none does.
NAMES = [
    "q", "kind", "topic", "person", "place", "year", "month", "before", "after", "cursor", "next", "tag",
    "official", "district", "party", "when", "day", "start", "free", "accessible", "children", "language",
    "email", "frequency", "limit", "p", "o", "e", "all", "term", "use", "missing", "desk", "state__exact",
    "token", "CKEditorFuncNum", "from", "to", "id", "_popup", "_to_field", "title", "page", "format", "[]",
]  # fmt: skip
CAPTURE = re.compile(r"<(?:\w+:)?(\w+)>")


def routes(patterns: list, before: str = "") -> Iterator[str]:
    for found in patterns:
        if isinstance(found, URLResolver):
            yield from routes(found.url_patterns, before + str(found.pattern))
        elif isinstance(found, URLPattern):
            yield before + str(found.pattern)


def addresses() -> list[str]:
    """Every route of the portal in both languages, with `<name>` where something is captured."""
    found: dict[str, None] = {}
    for language in ("tr", "en"):
        with override(language):
            for route in routes(get_resolver().url_patterns):
                # Regular expressions: their groups become captures, and their marks go.
                plain = re.sub(r"\(\?P<(\w+)>[^)]*\)|\((?!\?)[^)]*\)", "<part>", route)
                found[re.sub(r"[\^$\\]|\(\?:[^)]*\)|\[[^]]*\]\*?|\?$", "", plain)] = None
    return list(found)


def hostile(rng: random.Random, route: str) -> Iterator[str]:
    """The route with each capture filled in: once with what could be right, then with what never is."""
    for fill in ("1", "2026", rng.choice(NAUGHTY), rng.choice(NAUGHTY)):
        yield "/" + CAPTURE.sub(lambda match, fill=fill: quote(fill, safe=""), route)
        if "<" not in route:
            return
    yield "/" + CAPTURE.sub(lambda match: rng.choice(BYTES), route)


def query(rng: random.Random) -> str:
    pairs = [(rng.choice(NAMES), rng.choice(NAUGHTY)) for _number in range(rng.randint(1, 4))]
    return urlencode(pairs) + rng.choice(["", "&", ";a=b", "&=", "&q=%ED%A0%80", "&kind=%C3%28"])


def typed(rng: random.Random) -> dict[str, list[str]]:
    return {name: [rng.choice(NAUGHTY)] for name in rng.sample(NAMES, 12)}


def no_error(client: Client, method: str, address: str, **sent: object) -> None:
    answer = getattr(client, method)(address, **sent)
    body = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code < 500, f"{method} {address} {sent}: {answer.status_code}"
    assert b"Traceback" not in body
    led_to = urlsplit(answer.get("Location", "").replace("\\", "/"))
    assert (led_to.scheme, led_to.netloc) in {("", ""), ("http", "testserver")}, (
        f"{method} {address}: {led_to}"
    )
    # A line break of the sender's would begin a header of the sender's.
    assert not any("\n" in value or "\r" in value for value in answer.headers.values())


def test_no_address_fails_whatever_stands_in_it_or_after_it(client: Client) -> None:
    city.build()
    rng = random.Random(SEED)
    everywhere = addresses()
    assert len(everywhere) > 150
    for route in everywhere:
        for address in hostile(rng, route):
            no_error(client, "get", f"{address}?{query(rng)}")


def test_no_page_that_readers_see_fails_whatever_is_asked_of_it(client: Client) -> None:
    rng = random.Random(SEED)
    for address in city.build().values():
        for _number in range(4):
            no_error(client, "get", f"{address.partition('?')[0]}?{query(rng)}")


def test_no_page_of_the_newsroom_fails_whatever_is_asked_of_it() -> None:
    city.build()
    client = signed_in(person("Administrator", is_superuser=True))
    rng = random.Random(SEED)
    pages = [route for route in addresses() if route.startswith("admin") and "logout" not in route]
    # Before something is deleted all that goes with it is named, a row at a time.
    with zeal_ignore():
        for route in pages:
            for address in hostile(rng, route):
                no_error(client, "get", f"{address}?{query(rng)}")


def test_no_form_that_anybody_can_send_fails_whatever_is_typed(client: Client) -> None:
    city.build()
    letter = Subscription.objects.create(email="a@b.example", language="tr")
    rng = random.Random(SEED)
    open_to_all = ["/tr/takip/", "/en/follow/", f"/tr/takip/confirm/{letter.token}/", "/account/language/"]
    open_to_all += [f"/{route}" for route in addresses() if route.startswith("account") and "<" not in route]
    for address in open_to_all:
        for _number in range(3):
            no_error(client, "post", f"{address}?{query(rng)}", data=typed(rng))
            for body, kind in (
                (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
                (b"email=%00&q=%ED%A0%80", "application/x-www-form-urlencoded"),
                (
                    b"--x\r\nContent-Disposition: form-data; name=\xff\r\n\r\n",
                    "multipart/form-data; boundary=x",
                ),
                (b'{"a": [', "application/json"),
            ):
                no_error(client, "post", address, data=body, content_type=kind)
