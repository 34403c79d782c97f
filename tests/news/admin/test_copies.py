"""Changing what is live, from the article's own page."""

import pytest
from django.urls import reverse

from news.models import Article, State
from tests.news import make
from tests.news.newsroom import filled, person, signed_in, text_of

pytestmark = pytest.mark.django_db


def change(article: Article) -> str:
    return reverse("admin:news_article_change", args=[article.pk])


def test_an_editor_changes_a_live_article_in_a_copy_and_a_publisher_lets_it_out():
    live = make.article("İlk başlık", body="<p>İlk</p>")
    editor, publisher = signed_in(person("Editor")), signed_in(person("Publisher"))
    response = editor.post(reverse("admin:news_article_copy", args=[live.pk]), follow=True)
    assert "çalışma kopyası" in text_of(response) or "working copy" in text_of(response)
    copy = Article.objects.get(original=live)
    editor.post(change(copy), filled(response, title="Yeni başlık") | {"_move": "submit"})
    live.refresh_from_db()
    assert live.title == "İlk başlık"
    publisher.post(change(copy), filled(publisher.get(change(copy))) | {"_move": "publish"})
    live.refresh_from_db()
    assert live.title == "Yeni başlık"
    assert not Article.objects.working_copies().exists()


def test_a_note_in_the_copy_tells_readers_and_a_copy_without_one_does_not():
    live = make.article()
    client = signed_in(person("Publisher"))
    client.post(reverse("admin:news_article_copy", args=[live.pk]))
    copy = Article.objects.get(original=live)
    row = {"change_notes-TOTAL_FORMS": "1", "change_notes-0-note": "Saat değişti."}
    client.post(change(copy), filled(client.get(change(copy)), **row) | {"_move": "publish"})
    live.refresh_from_db()
    assert live.change_notes.get().note == "Saat değişti."
    assert live.changed_at is not None


def test_the_change_can_be_planned():
    live = make.article("İlk")
    client = signed_in(person("Publisher"))
    client.post(reverse("admin:news_article_copy", args=[live.pk]))
    copy = Article.objects.get(original=live)
    form = filled(client.get(change(copy)), title="Yarın", merge_at="2031-03-18T09:30")
    response = client.post(change(copy), form | {"_move": "publish"}, follow=True)
    assert "18 Mart 2031 Salı, 09.30" in text_of(response)
    copy.refresh_from_db()
    assert copy.merge_approved


def test_a_translation_is_a_draft_of_its_own_and_the_original_leads_to_it():
    article = make.article("Yeni park")
    client = signed_in(person("Author"))
    client.post(reverse("admin:news_article_translate", args=[article.pk]))
    made = Article.objects.get(language="en")
    assert made.state == State.DRAFT
    assert change(made) in client.get(change(article)).content.decode()


def test_a_working_copy_can_be_thrown_away():
    live = make.article("İlk")
    editor = person("Editor")
    client = signed_in(editor)
    client.post(reverse("admin:news_article_copy", args=[live.pk]))
    copy = Article.objects.get(original=live)
    client.post(reverse("admin:news_article_delete", args=[copy.pk]), {"post": "yes"})
    assert list(Article.objects.all()) == [live]


@pytest.mark.parametrize("name", ["copy", "duplicate", "translate"])
def test_nothing_is_made_by_following_a_link(name):
    article = make.article()
    client = signed_in(person("Publisher"))
    assert client.get(reverse(f"admin:news_article_{name}", args=[article.pk])).status_code == 405
    assert Article.objects.count() == 1
