"""Nothing typed is lost: drafts, restoring, presence, ended sessions, lost rights."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article, Draft, Official, State
from tests.news import make
from tests.news.newsroom import all_of, filled, person, signed_in, text_of

pytestmark = pytest.mark.django_db
ADD = "/admin/news/article/add/"
BEAT = "/admin/news/article/beat/"


def change(article: Article) -> str:
    return reverse("admin:news_article_change", args=[article.pk])


def draft(author, **values) -> Article:
    return make.article(state=State.DRAFT, author=author, **values)


def pairs(form: dict) -> list[list[str]]:
    found = []
    for name, values in form.items():
        for value in values if isinstance(values, list) else [values]:
            if name != "csrfmiddlewaretoken":
                found.append([name, str(value)])
    return found


def type_into(client: Client, address: str, form: dict, version: int = 1) -> dict:
    body = json.dumps({"values": pairs(form), "version": version})
    return client.post(address, body, content_type="application/json").json()


def test_what_is_typed_is_kept_beside_the_record_and_offered_on_return():
    author = person("Author")
    article = draft(author, title="Eski")
    client = signed_in(author)
    official = Official.objects.create(name="Ayşe Işık", family_name="Işık")
    typed = {
        "title": "Yeni",
        "body": "<p>Uzun metin</p>",
        "mentions-TOTAL_FORMS": "1",
        "mentions-0-official": str(official.pk),
        "mentions-0-office_as_given": "Vali",
        "mentions-0-position": "0",
    }
    answer = type_into(client, f"{BEAT}?id={article.pk}", filled(client.get(change(article))) | typed)
    assert answer["saved"]
    article.refresh_from_db()
    assert article.title == "Eski"
    response = client.get(change(article))
    (restore,) = all_of(response, "//input[@name='_restore']/@value")
    restored = client.post(change(article), {"_restore": restore})
    form = filled(restored)
    assert form["title"] == ["Yeni"]
    assert form["body"] == ["<p>Uzun metin</p>"]
    assert form["mentions-0-office_as_given"] == ["Vali"]
    assert not article.mentions.exists()
    client.post(change(article), form)
    article.refresh_from_db()
    assert article.title == "Yeni"
    assert article.mentions.get().office_as_given == "Vali"
    assert not Draft.objects.exists()


def test_a_text_that_never_became_a_record_is_offered_on_the_next_empty_form():
    client = signed_in(person("Author"))
    form = filled(client.get(ADD), title="Yarım kalan")
    type_into(client, f"{BEAT}?form_key={form['form_key'][0]}", form)
    (restore,) = all_of(client.get(ADD), "//input[@name='_restore']/@value")
    again = filled(client.post(ADD, {"_restore": restore}))
    assert again["title"] == ["Yarım kalan"]
    client.post(ADD, again)
    assert Article.objects.get().title == "Yarım kalan"
    assert not Draft.objects.exists()


def test_nobody_gets_the_draft_of_somebody_else():
    first, second = person("Editor", "ayşe"), person("Editor", "mehmet")
    article = draft(first)
    type_into(signed_in(first), f"{BEAT}?id={article.pk}", {"title": "Gizli"})
    client = signed_in(second)
    assert not all_of(client.get(change(article)), "//input[@name='_restore']/@value")
    response = client.post(change(article), {"_restore": Draft.objects.get().pk})
    assert "Gizli" not in response.content.decode()


def test_a_draft_of_an_older_version_shows_both_when_it_comes_back():
    author, editor = person("Author"), person("Editor")
    article = draft(author, title="Eski")
    client = signed_in(author)
    form = filled(client.get(change(article)), title="Yazarınki")
    type_into(client, f"{BEAT}?id={article.pk}", form)
    other = signed_in(editor)
    other.post(change(article), filled(other.get(change(article)), title="Editörünki"))
    restored = client.post(change(article), {"_restore": Draft.objects.get().pk})
    assert all_of(restored, "//section[contains(@class, 'conflict')]//td") == ["Editörünki", "Yazarınki"]


def test_who_else_is_here_is_said_at_opening_and_with_every_sign_of_life():
    first, second = person("Editor", "ayşe"), person("Editor", "mehmet")
    article = draft(first)
    one, two = signed_in(first), signed_in(second)
    one.post(f"{BEAT}?id={article.pk}", "{}", content_type="application/json")
    assert "ayşe" in text_of(two.get(change(article)))
    answer = two.post(f"{BEAT}?id={article.pk}", "{}", content_type="application/json").json()
    assert answer["others"] == ["ayşe"]


def test_who_left_is_soon_forgotten(time_machine):
    first, second = person("Editor", "ayşe"), person("Editor", "mehmet")
    article = draft(first)
    one, two = signed_in(first), signed_in(second)
    one.post(f"{BEAT}?id={article.pk}", "{}", content_type="application/json")
    time_machine.move_to(timezone.now() + timedelta(minutes=1))
    answer = two.post(f"{BEAT}?id={article.pk}", "{}", content_type="application/json").json()
    assert answer["others"] == []


def test_a_newer_version_is_told_with_the_sign_of_life():
    editor = person("Editor")
    article = draft(editor)
    client = signed_in(editor)
    client.post(change(article), filled(client.get(change(article)), title="Başka"))
    answer = client.post(f"{BEAT}?id={article.pk}", "{}", content_type="application/json").json()
    assert answer["version"] == 2


def test_a_form_sent_after_the_session_ended_comes_back_whole():
    author = person("Author")
    article = draft(author)
    client = signed_in(author)
    form = filled(client.get(change(article)), title="Geç kaldı", body="<p>Uzun</p>")
    client.logout()
    response = client.post(change(article), form)
    assert response.status_code == 403
    assert all_of(response, "//textarea[@name='title']") == ["Geç kaldı"]
    client.force_login(author)
    again = {name: all_of(response, f"//textarea[@name='{name}']") for name in form}
    client.post(change(article), again)
    article.refresh_from_db()
    assert article.title == "Geç kaldı"


def test_a_form_with_an_old_token_comes_back_whole():
    author = person("Author")
    article = draft(author)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author)
    response = strict.post(change(article), {"title": "Eski jeton"})
    assert response.status_code == 403
    assert all_of(response, "//textarea[@name='title']") == ["Eski jeton"]


def test_a_right_that_was_taken_away_leaves_the_text_to_be_copied():
    author = person("Author")
    article = draft(author)
    client = signed_in(author)
    form = filled(client.get(change(article)), title="Hakkım yok artık")
    author.groups.clear()
    response = client.post(change(article), form)
    assert response.status_code == 403
    assert "Hakkım yok artık" in text_of(response)
    article.refresh_from_db()
    assert article.title != "Hakkım yok artık"


@pytest.mark.parametrize(
    "body", ["[", '{"values": 3}', '{"values": [["a"]]}', '{"values": [[1, 2]]}', "[]", "3"]
)
def test_junk_from_a_form_is_answered_and_not_kept(body):
    author = person("Author")
    article = draft(author)
    response = signed_in(author).post(f"{BEAT}?id={article.pk}", body, content_type="application/json")
    assert response.status_code in (200, 400)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("pk", ["0", "99999999999999999999", "x", "-1"])
def test_a_form_of_nothing_has_no_sign_of_life(pk):
    response = signed_in(person("Author")).post(f"{BEAT}?id={pk}", "{}", content_type="application/json")
    assert response.status_code == 403


def test_the_session_says_who_is_there_and_hands_out_a_token():
    author = person("Author")
    assert signed_in(author).get("/admin/session/").json()["user"] == "author"
    assert Client().get("/admin/session/").json()["user"] == ""
