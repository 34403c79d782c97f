"""Writing a story in the admin: what is refused, what is kept, who may do what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from news.models import Article, Mention, Official, State
from tests.news import make
from tests.news.newsroom import all_of, filled, four_eyes, person, signed_in, text_of

pytestmark = pytest.mark.django_db
ADD = "/admin/news/article/add/"


def change(article: Article) -> str:
    return reverse("admin:news_article_change", args=[article.pk])


def draft(author, **values) -> Article:
    return make.article(state=State.DRAFT, author=author, **values)


def test_an_author_writes_a_draft_and_sends_it_for_review():
    author = person("Author")
    client = signed_in(author)
    form = filled(
        client.get(ADD),
        title="Işık Şenliği başlıyor",
        summary="Özet.",
        body="<p>Metin</p>",
        tags="Kültür Sanat, İzmir",
    )
    response = client.post(ADD, form | {"_move": "submit"}, follow=True)
    article = Article.objects.get()
    assert article.state == State.IN_REVIEW
    assert article.author == author
    assert article.slug == "isik-senligi-basliyor"
    assert sorted(article.tags.names()) == ["Kültür Sanat", "İzmir"]
    assert response.status_code == 200


def test_a_publisher_publishes_with_one_button():
    client = signed_in(person("Publisher"))
    form = filled(client.get(ADD), title="Yeni park açıldı", summary="Özet.", body="<p>Metin</p>")
    client.post(ADD, form | {"_move": "publish"})
    assert Article.objects.get().is_public()


def test_a_time_ahead_schedules_and_the_weekday_is_said_back():
    client = signed_in(person("Publisher"))
    form = filled(
        client.get(ADD),
        title="Yeni park",
        summary="Özet.",
        body="<p>Metin</p>",
        published_at="2031-03-18T09:30",
    )
    response = client.post(ADD, form | {"_move": "publish"}, follow=True)
    assert "18 Mart 2031 Salı, 09.30" in text_of(response)
    assert Article.objects.get().is_scheduled()


def test_a_refused_move_saves_nothing_and_keeps_everything_that_was_typed():
    client = signed_in(person("Publisher"))
    official = Official.objects.create(name="Ayşe Işık", family_name="Işık")
    form = filled(
        client.get(ADD),
        title="Yeni park",
        summary="Özet.",
        body="<p>Uzun uzun yazılmış metin</p>",
        published_at="2020-01-01T10:00",
        tags="Ulaşım",
        **{
            "mentions-TOTAL_FORMS": "1",
            "mentions-0-official": official.pk,
            "mentions-0-office_as_given": "Konuk bakan",
            "mentions-0-position": "0",
        },
    )
    response = client.post(ADD, form | {"_move": "publish"})
    assert response.status_code == 200
    assert not Article.objects.exists()
    typed = filled(response)
    assert typed["body"] == ["<p>Uzun uzun yazılmış metin</p>"]
    assert typed["title"] == ["Yeni park"]
    assert typed["tags"] == ["Ulaşım"]
    assert typed["mentions-0-office_as_given"] == ["Konuk bakan"]
    assert "1 Ocak 2020 Çarşamba, 10.00" in text_of(response)


def test_a_save_over_a_newer_version_is_refused_and_shows_both():
    ayse, mehmet = person("Editor", "ayşe"), person("Editor", "mehmet")
    article = draft(ayse, title="Eski başlık")
    first, second = signed_in(ayse), signed_in(mehmet)
    of_first, of_second = filled(first.get(change(article))), filled(second.get(change(article)))
    first.post(change(article), of_first | {"title": "Ayşe'nin başlığı"})
    response = second.post(change(article), of_second | {"title": "Mehmet'in başlığı"})
    article.refresh_from_db()
    assert article.title == "Ayşe'nin başlığı"
    assert all_of(response, "//section[contains(@class, 'conflict')]//td") == [
        "Ayşe'nin başlığı",
        "Mehmet'in başlığı",
    ]
    second.post(change(article), filled(response))
    article.refresh_from_db()
    assert article.title == "Mehmet'in başlığı"
    assert article.version == 3


def test_a_row_that_somebody_deleted_in_the_meantime_comes_back_with_what_was_typed():
    ayse, mehmet = person("Editor", "ayşe"), person("Editor", "mehmet")
    article = draft(ayse)
    official = Official.objects.create(name="Ayşe Işık", family_name="Işık")
    other = Official.objects.create(name="Can Er", family_name="Er")
    Mention.objects.create(article=article, official=official, position=1)
    Mention.objects.create(article=article, official=other, position=2)
    client = signed_in(mehmet)
    form = filled(client.get(change(article)))
    article.mentions.filter(official=official).delete()
    response = client.post(change(article), form | {"mentions-0-office_as_given": "Vali", "title": "Başka"})
    assert response.status_code == 302, text_of(response)
    assert set(article.mentions.values_list("official__name", "office_as_given")) == {
        ("Ayşe Işık", "Vali"),
        ("Can Er", ""),
    }


def test_the_same_form_sent_twice_makes_one_article():
    client = signed_in(person("Publisher"))
    form = filled(client.get(ADD), title="Yeni park", summary="Özet.", body="<p>Metin</p>") | {
        "_move": "publish"
    }
    first, second = client.post(ADD, form), client.post(ADD, form)
    assert Article.objects.count() == 1
    assert first.url == second.url
    # Of two clicks a browser shows the answer to the second alone.
    assert "İki kez gönderildi, bir kez kaydedildi." in text_of(client.get(second.url))


def test_a_text_of_two_megabytes_gets_an_answer_and_stays_in_the_form():
    client = signed_in(person("Author"))
    body = "<p>" + "metin " * 350_000 + "</p>"
    response = client.post(ADD, filled(client.get(ADD), title="Uzun", body=body))
    assert response.status_code == 200
    assert filled(response)["body"] == [body]


def test_authors_change_their_own_drafts_and_read_those_of_others():
    author, other = person("Author", "yazar"), person("Author", "başkası")
    mine, theirs = draft(author), draft(other)
    client = signed_in(author)
    assert filled(client.get(change(mine)))["title"]
    response = client.get(change(theirs))
    assert response.status_code == 200
    assert not all_of(response, "//*[@name='title']/@name")
    assert client.post(change(theirs), {"title": "Benim"}).status_code == 403


def test_a_public_article_is_not_changed_where_it_stands():
    publisher = person("Publisher")
    article = make.article()
    client = signed_in(publisher)
    assert not all_of(client.get(change(article)), "//*[@name='title']/@name")
    assert client.post(change(article), {"title": "Hemen"}).status_code == 403


def test_a_withdrawal_asks_for_the_reason_on_a_page_of_its_own():
    article = make.article()
    client = signed_in(person("Publisher"))
    address = reverse("admin:news_article_move", args=[article.pk, "withdraw"])
    assert address in client.get(change(article)).content.decode()
    assert "Readers" in text_of(client.get(address)) or "Okur" in text_of(client.get(address))
    assert client.post(address, {"reason": ""}).status_code == 200
    client.post(address, {"reason": "Fotoğraf başka bir günden."})
    article.refresh_from_db()
    assert article.state == State.WITHDRAWN
    assert article.withdrawn_reason == "Fotoğraf başka bir günden."


def test_the_buttons_follow_the_rights():
    four_eyes()
    publisher = person("Publisher")
    article = draft(publisher)
    response = signed_in(publisher).get(change(article))
    buttons = set(all_of(response, "//*[@name='_move']/@value"))
    assert buttons == {"submit", "publish_urgently"}


@pytest.mark.parametrize("field", ["state", "author", "guid", "first_published_at", "needs_second_look"])
def test_a_forged_field_changes_nothing(field):
    author = person("Author")
    article = draft(author)
    client = signed_in(author)
    before = getattr(article, field)
    client.post(change(article), filled(client.get(change(article))) | {field: "published"})
    article.refresh_from_db()
    assert getattr(article, field) == before


def test_what_readers_saw_is_not_deleted():
    editor = person("Publisher")
    client = signed_in(editor)
    assert client.post(f"/admin/news/article/{make.article().pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(f"/admin/news/article/{draft(editor).pk}/delete/", {"post": "yes"})
    assert Article.objects.count() == 1


def test_search_finds_every_spelling_and_wants_every_word():
    editor = person("Editor")
    draft(editor, title="Işık Şenliği Kordon'da")
    draft(editor, title="Işıksız bir gece")
    client = signed_in(editor)
    for words in ("IŞIK senli", "isik ŞENLİĞİ", "kordon ışık"):
        response = client.get("/admin/news/article/", {"q": words})
        assert all_of(response, "//th[@class='field-title']") == ["Işık Şenliği Kordon'da"], words


def test_a_list_never_counts_the_archive(monkeypatch):
    from news.admin import noun

    monkeypatch.setattr(noun, "MOST_ROWS", 3)
    editor = person("Editor")
    make.articles(6)
    response = signed_in(editor).get("/admin/news/article/")
    assert response.context["cl"].result_count == 3


def test_times_are_shown_and_taken_in_istanbul():
    publisher = person("Publisher")
    moment = timezone.now().replace(second=0, microsecond=0) + timedelta(days=2)
    article = draft(publisher, published_at=moment)
    form = filled(signed_in(publisher).get(change(article)))
    assert form["published_at"] == [timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")]


class TestTheAddressFollowsTheTitle:
    """While nobody outside knows it, and nobody has typed one."""

    def saved(self, story: Article, **typed: str) -> str:
        client = signed_in(person("Publisher"))
        form = f"/admin/news/article/{story.pk}/change/"
        client.post(form, filled(client.get(form), **typed))
        story.refresh_from_db()
        return story.slug

    def test_of_a_draft_and_of_a_duplicate(self):
        story = make.article("İlk başlık", state=State.DRAFT)
        assert self.saved(story, title="İkinci başlık") == "ikinci-baslik"

    def test_not_where_somebody_typed_it(self):
        story = make.article("İlk başlık", state=State.DRAFT, slug="elle-yazildi")
        assert self.saved(story, title="İkinci başlık") == "elle-yazildi"

    def test_not_where_readers_have_it(self):
        ahead = timezone.now() + timedelta(days=300)
        before = timezone.now() - timedelta(days=9)
        story = make.article("İlk başlık", published_at=ahead, first_published_at=before)
        assert self.saved(story, title="İkinci başlık") == "ilk-baslik"
