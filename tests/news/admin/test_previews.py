"""Seeing the form as a page before it is saved."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from news.models import Article, Event, Official, State
from tests.news import make
from tests.news.newsroom import all_of, filled, person, signed_in, text_of

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


def test_an_event_is_seen_in_either_language_with_its_times_and_nothing_is_saved():
    event = make.event(title_en="Bay festival", recurrence="FREQ=WEEKLY;COUNT=3", state=State.DRAFT)
    moments = list(event.occurrences.values_list("begins_at", "cancelled"))
    client = signed_in(person("Publisher"))
    page = client.get(reverse("admin:news_event_change", args=[event.pk]))
    form = filled(page, title_tr="Deniz Şenliği", title_en="Sea festival", times="5")
    form["occurrences-0-cancelled"] = "on"
    form["occurrences-0-note_tr"] = "Fırtına uyarısı"
    seen = {}
    for address, label in zip(
        all_of(page, "//button[@data-preview]/@formaction"),
        all_of(page, "//button[@data-preview]"),
        strict=True,
    ):
        response = client.post(address, form)
        assert response.status_code == 200
        assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
        seen[label] = text_of(response)
    turkish, english = seen["Ön izlemeyi göster (Türkçe)"], seen["Ön izlemeyi göster (İngilizce)"]
    assert "Deniz Şenliği" in turkish
    assert "Fırtına uyarısı" in turkish
    assert "Sea festival" in english
    assert "Deniz Şenliği" not in english
    event.refresh_from_db()
    assert (event.title_tr, event.version, event.state) == ("Körfez Şenliği", 1, State.DRAFT)
    assert list(event.occurrences.values_list("begins_at", "cancelled")) == moments


def test_an_event_that_is_no_record_yet_can_be_seen_too():
    client = signed_in(person("Publisher"))
    page = client.get("/admin/news/event/add/")
    form = filled(page, title_tr="Yepyeni şenlik")
    address = all_of(page, "//button[@data-preview]/@formaction")[0]
    assert "Saatli etkinliğe saat" in text_of(client.post(address, form))
    form["starts_at"] = "2031-06-01T20:00"
    assert "Yepyeni şenlik" in text_of(client.post(address, form))
    assert not Event.objects.exists()


def test_a_file_chosen_in_the_form_is_seen_and_not_kept(settings):
    article = make.article(state=State.DRAFT)
    client = signed_in(person("Publisher"))
    page = client.get(reverse("admin:news_article_change", args=[article.pk]))
    form = filled(page, **{"files-TOTAL_FORMS": "1", "files-0-title": "Program", "files-0-position": "0"})
    form["files-0-file"] = SimpleUploadedFile("program.pdf", b"%PDF-1.7 program")
    assert "Program" in text_of(client.post(f"{TYPED}?id={article.pk}", form))
    assert not article.files.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.pdf"))


def test_a_file_that_is_taken_out_again_takes_no_other_of_its_name_along():
    article = make.article(state=State.DRAFT)
    other = default_storage.save("program.pdf", ContentFile(b"%PDF-1.7 another"))
    client = signed_in(person("Publisher"))
    page = client.get(reverse("admin:news_article_change", args=[article.pk]))
    form = filled(page, **{"files-TOTAL_FORMS": "1", "files-0-title": "Program", "files-0-position": "0"})
    form |= {"files-0-file": SimpleUploadedFile(other, b"%PDF-1.7 program"), "files-0-DELETE": "on"}
    assert client.post(f"{TYPED}?id={article.pk}", form).status_code == 200
    assert default_storage.exists(other)


def test_without_script_the_preview_opens_a_page_of_its_own():
    page = signed_in(person("Author")).get("/admin/news/article/add/")
    assert all_of(page, "//button[@data-preview]/@formtarget") == ["_blank"]


def test_nobody_previews_the_draft_of_somebody_else_into_being():
    article = make.article(state=State.DRAFT, author=person("Author", "yazar"))
    client = signed_in(person("Author", "başkası"))
    assert client.post(f"{TYPED}?id={article.pk}", {"title": "x"}).status_code == 403
    assert client.get(f"{TYPED}?id={article.pk}").status_code == 405
