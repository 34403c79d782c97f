import pytest

from news.models import Preference, State
from tests.news import make
from tests.news.newsroom import all_of, person, signed_in, text_of

pytestmark = pytest.mark.django_db

PAGE = "/admin/shortcuts/"


def test_shortcuts_are_listed_and_switched_off_without_any_script():
    elif_, other = person("Author", "elif"), person("Author", "deniz")
    client = signed_in(elif_)
    assert "Alanların dışında: bu liste" in text_of(client.get(PAGE))
    assert all_of(client.get(PAGE), "//input[@name='on']/@checked")

    said = client.post(PAGE, {}, follow=True)
    assert "Klavye kısayolları kapalı." in text_of(said)
    assert not all_of(client.get(PAGE), "//input[@name='on']/@checked")
    assert all_of(signed_in(other).get(PAGE), "//input[@name='on']/@checked")

    client.post(PAGE, {"on": "on"})
    assert Preference.objects.get().shortcuts


def test_the_main_step_is_the_one_its_person_came_for():
    author, publisher = person("Author", "elif"), person("Publisher", "deniz")
    story = make.article(state=State.DRAFT, author=author)
    form = f"/admin/news/article/{story.pk}/change/"
    main = "//button[@data-main]"
    assert all_of(signed_in(author).get(form), main) == ["İncelemeye gönder"]
    assert all_of(signed_in(publisher).get(form), main) == ["Yayımla"]
    assert all_of(signed_in(publisher).get(form), f"{main}/@data-asks") == [""]
