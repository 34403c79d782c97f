from datetime import timedelta

import pytest
from django.utils import timezone

from news import search
from news.models import Article, State
from tests.news import make

pytestmark = pytest.mark.django_db


def indexed(title: str, **values) -> Article:
    made = make.article(title, **values)
    search.index(made)
    return made


def ids(typed: str, language: str = "tr") -> list[int]:
    return [one.object_id for one in search.search(search.parse(typed), language).found]


@pytest.mark.parametrize("typed", ["ışık", "IŞIK", "isik", "Işık", "ISIK", "ışıkları", "i\u0307s\u0327ik"])
@pytest.mark.parametrize("title", ["Işıkları yandı", "IŞIKLARI YANDI", "isiklari yandi"])
def test_letters_with_and_without_turkish_marks_meet(typed, title):
    found = indexed(title)
    assert ids(typed) == [found.pk]


def test_a_word_finds_its_suffixed_forms():
    forms = [indexed(f"{word} kararı").pk for word in ("Belediye", "Belediyenin", "Belediyelerimizden")]
    indexed("Belde kararı")
    assert sorted(ids("belediye")) == forms
    assert ids("belediyelerimiz") == forms[-1:]
