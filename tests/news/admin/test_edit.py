"""From a page of the site to its form."""

import pytest
from django.test import Client

from tests.news import make
from tests.news.newsroom import person, signed_in, text_of

pytestmark = pytest.mark.django_db


def led_from(page: str) -> str:
    return signed_in(person("Publisher")).get("/admin/edit/", {"page": page}).url


def test_the_page_of_a_thing_leads_to_its_form_whatever_its_words():
    story, event, official, topic = make.article(), make.event(), make.official(), make.topic()
    client = signed_in(person("Publisher"))
    for row in (story, event, official, topic):
        url = row.get_absolute_url()
        expected = f"/admin/news/{row._meta.model_name}/{row.pk}/change/"
        assert client.get("/admin/edit/", {"page": url}).url == expected
        assert client.get("/admin/edit/", {"page": url.rsplit("/", 2)[0] + "/eski-ad/"}).url == expected


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("/tr/haberler/", "/admin/news/article/"),
        ("/en/events/", "/admin/news/event/"),
        ("/tr/yoneticiler/", "/admin/news/official/"),
        ("/tr/", "/admin/"),
        ("//evil.example/tr/haberler/1/x/", "/admin/"),
        ("https://evil.example/", "/admin/"),
        ("", "/admin/"),
    ],
)
def test_a_list_leads_to_its_list_and_everything_else_to_the_desk(page, wanted):
    assert led_from(page) == wanted


def test_a_page_is_the_same_for_an_editor_as_for_everybody():
    story = make.article()
    editor = signed_in(person("Publisher"))
    ours, theirs = editor.get(story.get_absolute_url()), Client().get(story.get_absolute_url())
    assert ours.content == theirs.content
    assert "/admin/" not in theirs.content.decode()
    assert "düzenle" not in text_of(theirs)


def test_the_way_back_stands_in_the_form():
    story = make.article()
    form = signed_in(person("Publisher")).get(f"/admin/news/article/{story.pk}/change/")
    assert f'href="{story.get_absolute_url()}"' in form.content.decode()
