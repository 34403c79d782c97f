"""A walk over every public address and feed, for the marks of what citizens may not see yet, or any more."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone

from news import search
from news.models import Article, Event, Image, Mention, State
from tests.news import make
from tests.news.pictures import drawn

pytestmark = pytest.mark.django_db

MARK = "mühürlü"
DOORS = (
    "/",
    "/tr/",
    "/en/",
    "/tr/feed/",
    "/tr/feed/atom/",
    "/tr/feed.json",
    "/tr/events.ics",
    "/en/feed/",
    "/en/events.ics",
    "/sitemap.xml",
    "/sitemaps/news.xml",
    "/robots.txt",
    "/api/articles",
    "/api/events",
    "/api/officials",
    "/api/tags",
    f"/tr/arama/?q={MARK}",
    f"/en/search/?q={MARK}",
)
#: Addresses in attributes, elements, JSON and calendars alike.
ADDRESS = re.compile(r"(?:https?://testserver)?(/(?:tr|en|api|media|sitemap|static)[^\s\"'<>\\),]*)")
MOST = 600


def hidden() -> dict[str, dict]:
    now = timezone.now()
    before, ahead = now - timedelta(days=2), now + timedelta(days=2)
    return {
        "draft": {"state": State.DRAFT, "published_at": None, "first_published_at": None},
        "review": {"state": State.IN_REVIEW, "published_at": None, "first_published_at": None},
        "scheduled": {"state": State.PUBLISHED, "published_at": ahead, "first_published_at": ahead},
        "expired": {
            "state": State.PUBLISHED,
            "published_at": before,
            "first_published_at": before,
            "expires_at": now - timedelta(hours=1),
        },
    }


def picture(title: str) -> Image:
    image = Image.from_upload(BytesIO(drawn.photo()), title=title, alt_tr=f"{title} {MARK}")
    image.make_renditions()
    return image


@pytest.fixture
def secrets() -> list[str]:
    """Public things beside hidden ones of every kind; addresses of the hidden ones and their pictures."""
    addresses = []
    open_person = make.official("Nermin Çağlar")
    make.topic("Ulaşım")
    shown = make.article("Tramvay açıldı", tags=["Ulaşım"])
    Mention.objects.create(article=shown, official=open_person)
    make.event("Körfez Şenliği", tags=["Ulaşım"])
    for name, values in hidden().items():
        image = picture(f"{MARK} {name}")
        tags = ["Ulaşım", f"{MARK} etiket {name}"]
        article = make.article(f"{MARK} haber {name}", tags=tags, lead_image=image, **values)
        guest = make.official(f"{MARK} konuk {name}", listed=False)
        for person in (guest, open_person):
            Mention.objects.create(article=article, official=person)
        poster = picture(f"{MARK} afiş {name}")
        event = make.event(f"{MARK} etkinlik {name}", tags=tags, image=poster, **values)
        shown.events.add(event)
        article.relist()
        search.index(article)
        search.index(event)
        addresses += [article.get_absolute_url()]
        addresses += [event.get_absolute_url("tr"), guest.get_absolute_url("tr")]
        for stored in (image, poster):
            addresses += [stored.url, *(stored.rendition(use).url for use in ("lead", "card", "share"))]
    search.index(shown)
    text = {"title": f"{MARK} kopya", "body": f"<p>{MARK}</p>"}
    copy = Article.objects.create(original=shown, state=State.DRAFT, **text)
    return [*addresses, f"/tr/haberler/{copy.pk}/"]


def walk(client: Client) -> dict[str, str]:
    """Every address that can be reached from the doors, with what it answers."""
    found: dict[str, str] = {}
    waiting = list(DOORS)
    while waiting and len(found) < MOST:
        address = waiting.pop()
        if address in found or address.startswith("/static/"):
            continue
        answer = client.get(address)
        assert answer.status_code < 500, address
        body = b"".join(answer) if answer.streaming else answer.content
        text = body.decode() if "image" not in answer.get("Content-Type", "") else ""
        found[address] = text + answer.get("Location", "")
        waiting += [unescape(link).split("#")[0] for link in ADDRESS.findall(found[address])]
    return found


def test_no_public_address_tells_of_what_is_hidden(client: Client, secrets: list[str]) -> None:
    seen = walk(client)
    assert len(seen) > 60
    assert any("Tramvay açıldı" in text for text in seen.values())
    asked = {address for address in seen if f"q={MARK}" in unquote(address)}
    assert [address for address, text in seen.items() if MARK in text and address not in asked] == []
    # A search repeats the words that were asked for, and shows nothing that carries them.
    for address in asked:
        assert not re.search(f"{MARK}</mark>|{MARK} (haber|etkinlik|konuk|afiş)", seen[address])


def test_what_is_hidden_answers_as_if_it_had_never_been(client: Client, secrets: list[str]) -> None:
    ended = [story.get_absolute_url() for story in Article.objects.expired()]
    ended += [event.get_absolute_url("tr") for event in Event.objects.expired()]
    # A reader saw those once, and is told so where they were.
    said = dict.fromkeys(secrets, 404) | dict.fromkeys(ended, 410)
    assert {address: client.get(address).status_code for address in secrets} == said
    assert len(ended) == 2


def test_the_walk_would_find_a_leak(client: Client, secrets: list[str]) -> None:
    now = timezone.now()
    Article.objects.filter(title=f"{MARK} haber draft").update(state=State.PUBLISHED, published_at=now)
    Event.objects.filter(title_tr=f"{MARK} etkinlik draft").update(state=State.PUBLISHED, published_at=now)
    assert sum(MARK in text for text in walk(client).values()) > 10
