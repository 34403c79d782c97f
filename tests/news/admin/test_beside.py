"""Both languages of an article on one screen."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation

from news.models import Article, Draft, State
from news.publishing import copies, history
from news.publishing.content import Content
from tests.news import make
from tests.news.newsroom import all_of, filled, person, signed_in, text_of

pytestmark = pytest.mark.django_db

TEXT = "<p>Park bugün törenle açıldı ve binlerce kişi geldi.</p>"
ENGLISH = "<p>The park was opened today and thousands of people came.</p>"


def beside(article: Article) -> str:
    return f"/admin/news/article/{article.pk}/beside/"


@pytest.fixture
def publisher():
    return person("Publisher", "elif")


@pytest.fixture
def client(publisher):
    return signed_in(publisher)


def pair(author: Any, **english: Any) -> tuple[Article, Article]:
    turkish = make.article("Yeni park açıldı", body=TEXT, state=State.DRAFT, author=author)
    values = {"body": ENGLISH, "state": State.DRAFT, "author": author, **english}
    other = make.article("A new park", language="en", translation_key=turkish.translation_key, **values)
    return turkish, other


def test_both_are_there_with_their_states_turkish_first(client, publisher):
    turkish, _english = pair(publisher, state=State.IN_REVIEW)
    page = client.get(beside(turkish))
    assert all_of(page, "//section[@class='beside-head']/h2") == ["Türkçe", "İngilizce"]
    states = all_of(page, "//section[@class='beside-head']/p[contains(@class, 'state')]")
    assert states == ["Durum: taslak.", "Durum: incelemede."]
    assert all_of(page, "//input[@type='text']/@name") == ["tr-title", "en-title"]


def test_one_save_keeps_what_was_typed_in_either(client, publisher):
    turkish, english = pair(publisher)
    typed = filled(client.get(beside(turkish)), **{"tr-title": "Park açıldı", "en-summary": "In short."})
    said = client.post(beside(turkish), typed, follow=True)
    assert "İki dil de kaydedildi." in text_of(said)
    turkish.refresh_from_db()
    english.refresh_from_db()
    assert (turkish.title, english.summary) == ("Park açıldı", "In short.")
    assert (turkish.version, english.version) == (2, 2)
    assert history.versions(turkish).count() == history.versions(english).count() == 1


def test_the_language_that_was_not_touched_gets_no_new_version(client, publisher):
    turkish, english = pair(publisher)
    client.post(beside(turkish), filled(client.get(beside(turkish)), **{"en-title": "The park"}))
    turkish.refresh_from_db()
    english.refresh_from_db()
    assert (turkish.version, english.version) == (1, 2)


def test_a_stale_side_is_refused_with_both_versions_and_nothing_is_lost(client, publisher):
    turkish, english = pair(publisher)
    typed = filled(client.get(beside(turkish)), **{"tr-title": "Benim başlığım", "en-title": "My title"})
    Article.objects.filter(pk=english.pk).update(title="Their title", version=2)
    said = client.post(beside(turkish), typed)
    both = all_of(said, "//section[contains(@class, 'conflict')]//td")
    assert "Their title" in both
    assert "My title" in both
    assert all_of(said, "//input[@name='tr-title' or @name='en-title']/@value") == [
        "Benim başlığım",
        "My title",
    ]
    turkish.refresh_from_db()
    assert turkish.title == "Yeni park açıldı"
    # Who has seen both saves again.
    client.post(beside(turkish), filled(said))
    turkish.refresh_from_db()
    english.refresh_from_db()
    assert (turkish.title, english.title) == ("Benim başlığım", "My title")


def test_english_never_goes_out_half(client, publisher):
    turkish, english = pair(publisher, summary="")
    page = client.get(beside(turkish))
    typed = filled(page, **{"tr-summary": "Kısaca.", "_move": "en:publish"})
    said = client.post(beside(turkish), typed)
    assert "Özet eksik" in text_of(said)
    assert all_of(said, "//textarea[@name='tr-summary']") == ["Kısaca."]
    english.refresh_from_db()
    turkish.refresh_from_db()
    assert english.state == State.DRAFT
    assert turkish.summary == "Özet."

    said = client.post(beside(turkish), typed | {"en-summary": "In short."}, follow=True)
    assert "yayında" in text_of(said)
    english.refresh_from_db()
    turkish.refresh_from_db()
    assert english.is_public()
    assert (turkish.state, turkish.summary) == (State.DRAFT, "Kısaca.")


def test_what_is_public_is_read_beside_its_translation_and_written_in_a_copy(client, publisher):
    live = make.article("Yeni park açıldı", body=TEXT, author=publisher)
    page = client.get(beside(live))
    assert "Bu dilde henüz metin yok." in text_of(page)
    said = client.post(f"/admin/news/article/{live.pk}/translate/", follow=True)
    english = Article.objects.get(language="en")
    assert said.request["PATH_INFO"] == beside(english)
    assert all_of(said, "//div[@class='beside-read' and @lang='tr']")[0] == "Yeni park açıldı"
    assert all_of(said, "//input[@type='text']/@name") == ["en-title"]
    typed = filled(said, **{"en-title": "A new park", "en-body": ENGLISH})
    client.post(beside(english), typed)
    english.refresh_from_db()
    # The address follows the words while nobody outside knows it.
    assert (english.title, english.slug) == ("A new park", "a-new-park")

    said = client.post(f"/admin/news/article/{live.pk}/copy/", {"beside": "1"}, follow=True)
    assert all_of(said, "//input[@type='text']/@name") == ["tr-title", "en-title"]
    client.post(beside(live), filled(said, **{"tr-title": "Park yenilendi"}))
    live.refresh_from_db()
    assert live.title == "Yeni park açıldı"
    assert live.working_copy.title == "Park yenilendi"


def test_a_working_copy_leads_to_its_other_language(client, publisher):
    live = make.article("Yeni park açıldı", body=TEXT, author=publisher)
    copy = copies.working_copy(live, publisher)
    form = client.get(f"/admin/news/article/{copy.pk}/change/")
    assert "Yan yana" not in text_of(form)

    made = copies.translate(copy, publisher)
    assert made.translation_key == live.translation_key
    assert copies.translate(copy, publisher) == made
    form = client.get(f"/admin/news/article/{copy.pk}/change/")
    assert "İngilizce: Yeni park açıldı (taslak)" in text_of(form)
    assert beside(copy) in all_of(form, "//a/@href")
    assert all_of(client.get(beside(copy)), "//input[@type='text']/@name") == ["tr-title", "en-title"]


def test_pictures_of_the_gallery_and_files_are_put_into_words_in_both(client, publisher):
    turkish, english = pair(publisher)
    shared, own, ornament = make.image(title="Meydan"), make.image(title="Liman"), make.image(title="Süs")
    kept = default_storage.save("files/program.pdf", ContentFile(b"%PDF-1.7 program"))
    for row in (turkish, english):
        row.gallery.create(image=shared, alt="Meydanda kalabalık", caption="Meydan")
        row.gallery.create(image=ornament, decorative=True)
        row.files.create(file=kept, title="Program")
    turkish.gallery.create(image=own, alt="Liman")
    page = client.get(beside(turkish))
    labels = all_of(page, "//div[contains(@class, 'field-alt')]//label")
    assert labels == [
        "Alternatif metin – Meydan (Türkçe)",
        "Alternatif metin – Meydan (İngilizce)",
        "Alternatif metin – Liman (Türkçe)",
    ]
    picture, file = english.gallery.get(image=shared), english.files.get()
    typed = {f"en-gallery-{picture.pk}-alt": "", f"en-files-{file.pk}-title": "Programme"}
    said = client.post(beside(turkish), filled(page, **typed))
    assert all_of(said, "//div[contains(@class, 'field-alt') and contains(@class, 'errors')]//label") == [
        "Alternatif metin – Meydan (İngilizce)"
    ]
    assert all_of(said, f"//input[@name='en-files-{file.pk}-title']/@value") == ["Programme"]
    typed = {f"en-gallery-{picture.pk}-alt": "A crowd in the square"}
    client.post(beside(turkish), filled(said, **typed))
    picture.refresh_from_db()
    file.refresh_from_db()
    turkish.refresh_from_db()
    english.refresh_from_db()
    assert (picture.alt, picture.caption, file.title) == ("A crowd in the square", "Meydan", "Programme")
    assert turkish.gallery.get(image=shared).alt == "Meydanda kalabalık"
    assert (turkish.version, english.version) == (1, 2)
    (version,) = history.versions(english)
    assert "A crowd in the square" in str(Content.of_revision(version.revision).rows["gallery"])


def test_a_picture_that_is_shown_twice_is_put_into_words_twice(client, publisher):
    rows, picture = pair(publisher), make.image(title="Meydan")
    for row, words in zip(rows, [("Sabah", "Akşam"), ("Morning", "Evening")], strict=True):
        for number, alt in enumerate(words):
            row.gallery.create(image=picture, alt=alt, position=number)
    page = client.get(beside(rows[0]))
    fields = all_of(page, "//div[contains(@class, 'field-alt')]//input/@value")
    assert fields == ["Sabah", "Morning", "Akşam", "Evening"]


def test_a_picture_added_meanwhile_keeps_its_words(client, publisher):
    turkish, _english = pair(publisher)
    typed = filled(client.get(beside(turkish)), **{"tr-title": "Park açıldı"})
    added = turkish.gallery.create(image=make.image(), alt="Yeni görsel")
    Article.objects.filter(pk=turkish.pk).update(version=2)
    said = client.post(beside(turkish), typed)
    assert all_of(said, f"//input[@name='tr-gallery-{added.pk}-alt']/@value") == ["Yeni görsel"]
    client.post(beside(turkish), filled(said))
    added.refresh_from_db()
    turkish.refresh_from_db()
    assert (turkish.title, added.alt) == ("Park açıldı", "Yeni görsel")


def test_an_author_changes_their_own_side_only(publisher):
    author = person("Author", "deniz")
    turkish, english = pair(publisher)
    Article.objects.filter(pk=english.pk).update(author=author)
    client = signed_in(author)
    page = client.get(beside(turkish))
    assert all_of(page, "//input[@type='text']/@name") == ["en-title"]
    client.post(beside(turkish), filled(page, **{"tr-title": "Ele geçirildi", "en-title": "Mine"}))
    turkish.refresh_from_db()
    english.refresh_from_db()
    assert (turkish.title, english.title) == ("Yeni park açıldı", "Mine")


def test_what_is_typed_is_kept_and_comes_back(client, publisher):
    turkish, _english = pair(publisher)
    typed = [
        ["tr-title", "Yazılmakta"],
        ["en-title", "Being written"],
        ["tr-version", "1"],
        ["en-version", "1"],
    ]
    answer = client.post(f"{beside(turkish)}beat/", {"values": typed}, content_type="application/json")
    assert answer.json()["saved"]
    draft = Draft.objects.get(user=publisher)
    page = client.get(beside(turkish))
    assert "kaydedilmemiş" in text_of(page)
    back = client.post(beside(turkish), {"_restore": draft.pk})
    assert all_of(back, "//input[@name='en-title']/@value") == ["Being written"]
    turkish.refresh_from_db()
    assert turkish.title == "Yeni park açıldı"


def test_who_writes_beside_is_seen_by_who_opens_one_of_the_two(client, publisher):
    turkish, english = pair(publisher)
    client.post(f"{beside(turkish)}beat/", {}, content_type="application/json")
    other = signed_in(person("Publisher", "mehmet"))
    for row in (turkish, english):
        form = other.get(f"/admin/news/article/{row.pk}/change/")
        assert "Şu anda burada: elif." in text_of(form)


def test_the_same_form_sent_twice_is_saved_once(client, publisher):
    turkish, _english = pair(publisher)
    typed = filled(client.get(beside(turkish)), **{"tr-title": "Bir kez"})
    for _time in range(2):
        assert client.post(beside(turkish), typed).status_code == 302
    turkish.refresh_from_db()
    assert turkish.version == 2


def test_the_desk_leads_who_misses_a_translation_there(client):
    live = make.article("Çevrilmemiş haber")
    assert f'href="{beside(live)}"' in client.get("/admin/").content.decode()


def test_it_speaks_english_too(client, publisher):
    turkish, _english = pair(publisher)
    with translation.override("en"):
        client.post("/admin/language/", {"language": "en", "next": "/admin/"})
        page = client.get(beside(turkish))
    assert all_of(page, "//section[@class='beside-head']/h2") == ["Turkish", "English"]
