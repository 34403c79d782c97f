from datetime import timedelta

import pytest
from django.utils import timezone

from news import search
from news.models import Article, State
from news.search.hits import did_you_mean
from news.search.spelling import distance, skeleton
from tests.news import make

pytestmark = pytest.mark.django_db


def article(title: str, **values) -> Article:
    made = make.article(title, **values)
    search.index(made)
    return made


def meant(typed: str, language: str = "tr") -> str:
    now = timezone.now()
    return did_you_mean(search.search(search.parse(typed), language, (), now), language, (), now)


@pytest.mark.parametrize(
    "slip", ["belediey", "beledye", "belediyye", "bekediye", "beledaye", "beladiya", "BELEDİEY", "ebelediye"]
)
def test_a_slip_is_told_from_the_words_of_the_archive(slip):
    article("Belediye duyurusu")
    assert meant(slip) == "belediye"


def test_the_word_is_offered_with_its_own_letters():
    article("IŞIKLANDIRMA ŞENLİĞİ")
    assert meant("isiklandrma") == "ışıklandırma"
    assert meant("şenliği ışıklandrma") == "şenliği ışıklandırma"


def test_a_phrase_stays_a_phrase():
    article("Belediye başkanı")
    assert meant('"belediye baskamı"') == '"belediye başkanı"'


def test_the_more_frequent_of_two_near_words_is_offered():
    for _number in range(3):
        article("Meydan")
    article("Seydan")
    assert meant("neydan") == "meydan"


def test_nothing_is_offered_where_nothing_is_near_or_all_is_well():
    article("Belediye")
    assert meant("belediye") == ""
    assert meant("zzzzzzzz") == ""
    assert meant("abc") == ""
    assert meant("x" * 60) == ""
    assert meant("12345678") == ""


def test_a_slip_that_stands_in_the_archive_is_still_told():
    for _number in range(60):
        article("Belediye")
    article("Beledyie")
    assert meant("beledyie") == "belediye"


@pytest.mark.parametrize(
    "values",
    [
        {"state": State.DRAFT},
        {"published_at": timezone.now() + timedelta(days=400)},
        {
            "expires_at": timezone.now() - timedelta(days=1),
            "published_at": timezone.now() - timedelta(days=2),
        },
        {"state": State.WITHDRAWN},
        {"language": "en"},
    ],
)
def test_no_word_is_offered_that_a_citizen_cannot_find(values):
    article("Büyüksürpriz", **values)
    assert meant("buyuksurpirz") == ""


def test_letters_to_change():
    assert distance("belediye", "belediye") == 0
    assert distance("beledyie", "belediye") == 1
    assert distance("beladiya", "belediye") == 2
    assert distance("", "abc") == 3
    assert skeleton("belediyye") == skeleton("beladiya") == "bldy"
