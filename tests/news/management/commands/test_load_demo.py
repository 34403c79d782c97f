from io import StringIO

import pytest
from django.core.management import call_command

from news.demo import loader
from news.models import Article, Event, Image, Official, Place, Tag
from tests.news import make
from tests.news.demo.plain import plain_picture

pytestmark = pytest.mark.django_db


def load_demo(*arguments: str) -> str:
    call_command("load_demo", "--workers=1", *arguments, draw=plain_picture, stdout=(printed := StringIO()))
    return printed.getvalue()


def test_a_dry_run_says_what_it_would_make_and_makes_nothing():
    printed = load_demo("--dry-run", "--articles=50")

    assert "articles: 71 would be made, 0 there already" in printed
    assert "pictures: 44 would be made, 0 there already" in printed
    assert "archive: 50 would be made, 0 there already" in printed
    for model in (Article, Event, Official, Image, Place, Tag):
        assert not model.objects.exists()


def test_it_says_what_it_made_and_that_search_is_to_be_rebuilt():
    printed = load_demo("--articles=50")

    assert "articles: 71 made, 0 there already" in printed
    assert "archive: 50 made, 0 there already" in printed
    assert "rebuild_search" in printed
    assert Article.objects.count() == 121


def test_a_load_that_was_cut_short_is_finished_at_the_next_start():
    def stop_at_the_articles(name, items, total):
        if name == "articles":
            raise KeyboardInterrupt
        return items

    with pytest.raises(KeyboardInterrupt):
        loader.load(watch=stop_at_the_articles, draw=plain_picture, workers=1)
    load_demo("--if-empty")

    assert Article.objects.count() == 71


def test_for_an_empty_site_only_it_leaves_a_used_one_alone():
    make.article("Bizim haberimiz")

    assert load_demo("--if-empty") == ""
    assert Article.objects.get().title == "Bizim haberimiz"
