"""Seeing the form as a page before it is saved."""

import pytest
from django.urls import reverse

from news.models import Article, Official, State
from tests.news import make
from tests.news.newsroom import filled, person, signed_in

pytestmark = pytest.mark.django_db
TYPED = "/admin/news/article/preview/"


def test_the_preview_shows_what_is_typed_and_saves_none_of_it():
    author = person("Author")
    article = make.article("Eski", state=State.DRAFT, author=author)
    official = Official.objects.create(name="Can Er", family_name="Er")
    client = signed_in(author)
    form = filled(
        client.get(reverse("admin:news_article_change", args=[article.pk])),
        title="Yeni başlık",
        body="<p>Henüz kaydedilmedi</p>",
        **{
            "mentions-TOTAL_FORMS": "1",
            "mentions-0-official": official.pk,
            "mentions-0-office_as_given": "Konuk",
            "mentions-0-position": "0",
        },
    )
    response = client.post(f"{TYPED}?id={article.pk}", form)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Yeni başlık" in page
    assert "Henüz kaydedilmedi" in page
    assert "Can Er" in page
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    article.refresh_from_db()
    assert (article.title, article.version, article.state) == ("Eski", 1, State.DRAFT)
    assert not article.mentions.exists()


def test_an_article_that_is_no_record_yet_can_be_seen_too():
    client = signed_in(person("Author"))
    form = filled(client.get("/admin/news/article/add/"), title="Yepyeni", body="<p>Metin</p>")
    assert "Yepyeni" in client.post(TYPED, form).content.decode()
    assert not Article.objects.exists()


def test_a_form_that_cannot_be_saved_says_why_there_is_no_preview():
    client = signed_in(person("Author"))
    response = client.post(TYPED, filled(client.get("/admin/news/article/add/"), title=""))
    assert response.status_code == 422
    assert "Başlık" in response.content.decode()


def test_nobody_previews_the_draft_of_somebody_else_into_being():
    article = make.article(state=State.DRAFT, author=person("Author", "yazar"))
    client = signed_in(person("Author", "başkası"))
    assert client.post(f"{TYPED}?id={article.pk}", {"title": "x"}).status_code == 403
    assert client.get(f"{TYPED}?id={article.pk}").status_code == 405
