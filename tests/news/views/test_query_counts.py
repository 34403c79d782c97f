"""What a page costs the database: the same few questions with one row and with twenty."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Mention, Place, SiteProfile, SocialAccount
from tests.news.make import appointment, article, event, image, office, official, topic

pytestmark = pytest.mark.django_db

#: Profile, alerts, social accounts and menus.
FRAME = 4


def fill(number: int) -> None:
    """A city of that size: stories with pictures, places, topics and people; events; officials."""
    SiteProfile.objects.create(pk=1, name_tr="K", name_en="K", short_name_tr="K", short_name_en="K")
    SocialAccount.objects.create(network="x", url="https://x.com/k")
    drawn = image()
    council, mayor = office("Meclis Üyesi", shared=True), office("Belediye Başkanı")
    office("Boş makam")
    for count in range(1, number + 1):
        topic(f"Konu {count}")
        person = official(f"Kişi {count}", portrait=drawn)
        appointment(person, council)
        appointment(person, mayor, date(2000 + count, 1, 1), ends_on=date(2000 + count, 12, 31))
        place = Place.objects.create(name_tr=f"Yer {count}", name_en=f"Place {count}")
        row = article(
            f"Haber {count}",
            lead_image=drawn,
            lead_alt="x",
            place=place,
            tags=["Konu 1", f"Konu {count}"],
            published_at=timezone.now() - timedelta(hours=count),
        )
        article(f"Story {count}", language="en", translation_key=row.translation_key)
        happening = event(f"Olay {count}", place=place, tags=["Konu 1"])
        happening.participants.add(person)
        row.events.add(happening)
        for named in {1, count}:
            Mention.objects.create(article=row, official_id=person.pk - count + named)
        row.relist()


def slug_of(kind: str) -> Callable[[], str]:
    from news.models import Article, Event, Official, Tag

    rows = {
        "article": lambda: Article.objects.get(title="Haber 1"),
        "official": lambda: Official.objects.get(name="Kişi 1"),
        "event": lambda: Event.objects.get(title_tr="Olay 1"),
        "tag": lambda: Tag.objects.get(name_tr="Konu 1"),
    }
    return lambda: rows[kind]().get_absolute_url()


#: What a list asks that goes on on a second page: its size, without those to come and those that are over.
SIZE = 3

#: An address, its questions, and those that a second page brings.
PAGES: list[tuple[str | Callable[[], str], int, int]] = [
    # chosen lead, latest, events, officials, topics
    ("/tr/", FRAME + 5, 0),
    # rows, featured, years, and the three lists of the filter
    ("/tr/haberler/", FRAME + 6, SIZE),
    ("/tr/arsiv/2026/", FRAME + 2, SIZE),
    # article, neighbours with translations, people, tags, related, events
    (slug_of("article"), FRAME + 6, 0),
    # holders, empty offices with who held them, former
    ("/tr/yoneticiler/", FRAME + 4, 0),
    # person, terms with former titles, neighbours in office, news, events
    (slug_of("official"), FRAME + 6, 0),
    # running, dated, districts
    ("/tr/etkinlikler/", FRAME + 3, 0),
    # event, participants with their offices and former titles, programme, articles, tags, others of its kind
    (slug_of("event"), FRAME + 9, 0),
    # month, before, after
    ("/tr/takvim/2026/11/", FRAME + 3, 0),
    ("/tr/konular/", FRAME + 1, 0),
    # tag, its publicity in two languages, featured, news, events, people, files
    (slug_of("tag"), FRAME + 8, 1),
    ("/tr/akislar/", FRAME + 5, 0),
    ("/tr/erisilebilirlik/", FRAME, 0),
    ("/tr/duzeltmeler/", FRAME + 1, 0),
    ("/tr/yok/", FRAME, 0),
]


@pytest.mark.parametrize("number", [1, 20])
def test_questions_do_not_grow_with_the_rows(client: Client, number: int):
    fill(number)
    wanted = {
        address if isinstance(address, str) else address(): count + (more if number > 12 else 0)
        for address, count, more in PAGES
    }
    asked = {}
    for path in wanted:
        with CaptureQueriesContext(connection) as questions:
            client.get(path)
        asked[path] = len(questions)
    assert asked == wanted
