"""The form of the longest story that a press office writes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from news.models import Article, Image, State
from tests.news import make
from tests.news.newsroom import all_of, person, signed_in

pytestmark = pytest.mark.django_db


def story(pictures: int, **values) -> Article:
    made = make.article(state=State.DRAFT, body="<p>" + "metin " * 5000 + "</p>", tags=["Ulaşım"], **values)
    first = make.image()
    images = [Image(title=f"Tramvay {number}", file=first.name) for number in range(pictures)]
    for number, image in enumerate(Image.objects.bulk_create(images)):
        made.gallery.create(image=image, alt=f"Tramvay {number}")
        made.mentions.create(official=make.official(f"Kişi {made.pk} {number}"))
        made.events.add(make.event(f"Olay {number}"))
    return made


def queries(client, article: Article) -> int:
    address = reverse("admin:news_article_change", args=[article.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert len(
        all_of(response, "//input[starts-with(@name, 'gallery-') and contains(@name, '-alt')]")
    ) - 1 == (article.gallery.count())
    return len(asked)


def test_thirty_pictures_cost_as_many_questions_as_one():
    publisher = person("Publisher")
    client = signed_in(publisher)
    short, long = story(1, author=publisher), story(30, author=publisher)
    assert queries(client, short) == queries(client, long) <= 40
