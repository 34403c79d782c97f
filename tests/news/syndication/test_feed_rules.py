"""The demo city in every form of feed and calendar, before strict readers."""

from urllib.parse import urlencode

import feedparser
import icalendar
import pytest
from django.core.management import call_command
from django.test import Client

from news.models import Event, Mention, Tag
from tests.news.demo.plain import plain_picture
from tests.news.make import article, image
from tests.news.syndication import feed_rules

FORMS = {"feed/": feed_rules.rss, "feed/atom/": feed_rules.atom, "feed.json": feed_rules.json_feed}
HUB = "https://hub.example.org/"


@pytest.fixture
def demo(db, settings) -> None:
    settings.SITE_URL = "https://sehir.example.org"
    settings.WEBSUB_HUB_URL = HUB
    call_command("load_demo", draw=plain_picture, workers=1, verbosity=0)


def strict(client: Client, path: str, check) -> bytes:
    """The content at `path`, found without a fault, the same twice, and not sent to who has it."""
    first, second = client.get(path), client.get(path)
    assert (first.status_code, second.content) == (200, first.content), path
    assert check(first.content, f"https://sehir.example.org{path}") == [], path
    if not path.partition("?")[0].endswith(".json"):
        parsed = feedparser.parse(first.content, response_headers={"content-type": first["Content-Type"]})
        assert not parsed.bozo, (path, parsed.get("bozo_exception"))
    known = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (known.status_code, known.content) == (304, b""), path
    return first.content


def test_every_feed_and_calendar_of_the_demo_is_valid_and_stable(demo, client: Client):
    for language in ("tr", "en"):
        topic = Tag.objects.topics().public(language).first()
        mention = Mention.objects.filter(language=language, listed_at__isnull=False).first()
        queries = [
            {}, {"kind": "story"}, {"kind": "notice"}, {"topic": topic.pk}, {"person": mention.official_id},
            {"year": 2026}, {"kind": "story", "topic": topic.pk}, {"q": "kent & <açık>"}, {"q": "city"},
        ]  # fmt: skip
        for query in queries:
            for form, check in FORMS.items():
                path = f"/{language}/{form}" + (f"?{urlencode(query)}" if query else "")
                content = strict(client, path, check)
                if not query:
                    assert content.count(b"<item>") + content.count(b"<entry>") + content.count(b'"id"') > 15
        for path in (f"/{language}/events.ics", f"/{language}/events.ics?kind=culture"):
            round_trip(client, path)
        for event in Event.objects.public().in_language(language):
            round_trip(client, event.get_absolute_url(language).removesuffix("/") + ".ics")


def round_trip(client: Client, path: str) -> None:
    first, second = client.get(path), client.get(path)
    assert (first.status_code, second.content) == (200, first.content), path
    calendar = icalendar.Calendar.from_ical(first.content)
    assert calendar.to_ical() == first.content
    assert not any(part.errors for part in calendar.walk())
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("form", FORMS)
def test_odd_stories_make_valid_feeds(client: Client, db, settings, form: str):
    settings.SITE_URL = "https://sehir.example.org"
    picture = image(credit="Ayşe & <Işık>")
    article("Boş", summary="", body="")
    article("A & B < C", tags=["R&D", "ışık"], byline="Basın <b>Bürosu", summary="1 < 2 & 3 > 2")
    article("Resimli", lead_image=picture, lead_alt='"Tırnak" & <açı>', lead_caption="x < y")
    article(
        "Bağlantılar",
        body='<p><a href="/tr/haberler/1/a/">a</a> <a href="#not">b</a> <a href="mailto:a@b.org">c</a></p>',
    )
    strict(client, f"/tr/{form}", FORMS[form])


RSS = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>A</title>
<link>https://a.example/</link><description>B</description><language>tr</language>
<lastBuildDate>Wed, 25 Nov 2026 10:00:00 +0300</lastBuildDate>
<atom:link rel="self" href="https://a.example/feed" type="application/rss+xml"/>
<item><title>C</title><link>https://a.example/1</link><description>D</description>
<guid isPermaLink="false">urn:uuid:1234</guid><pubDate>Wed, 25 Nov 2026 10:00:00 +0300</pubDate></item>
</channel></rss>"""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("<title>A</title>", ""),
        ("<title>A</title>", "<title>A</title><title>A</title>"),
        ("<title>C</title>", "<title>&lt;b&gt;C&lt;/b&gt;</title>"),
        ("https://a.example/1", "/1"),
        ("Wed, 25 Nov 2026 10:00:00 +0300</pubDate>", "Tue, 25 Nov 2026 10:00:00 +0300</pubDate>"),
        ("Wed, 25 Nov 2026 10:00:00 +0300</last", "2026-11-25T10:00:00+03:00</last"),
        ('isPermaLink="false"', ""),
        ("<description>D", "<description>&lt;script&gt;"),
        ("<description>D", '<description>&lt;a href="/x"&gt;'),
        ("https://a.example/feed", "https://a.example/other"),
        ("</item>", "</item><generator>x</generator>"),
        ("</item>", "</item><item><guid>urn:uuid:1234</guid></item>"),
    ],
)
def test_the_rules_find_what_is_wrong(right: str, wrong: str):
    assert feed_rules.rss(RSS.encode(), "https://a.example/feed") == []
    assert right in RSS
    assert feed_rules.rss(RSS.replace(right, wrong, 1).encode(), "https://a.example/feed")
