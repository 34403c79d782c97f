"""What cannot be taken is answered in words, in the language of the reader, and what was typed stays."""

import json
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article, Event, MenuItem, State
from tests.news import make
from tests.news.newsroom import all_of, filled, person, signed_in, text_of

pytestmark = pytest.mark.django_db
ADD = "/admin/news/article/add/"
ADD_EVENT = "/admin/news/event/add/"
PNG = "data:image/png;base64,iVBORw0KGgo="


def change(item) -> str:
    return reverse(f"admin:news_{item._meta.model_name}_change", args=[item.pk])


def story(**values) -> dict:
    return {"title": "Yeni park", "summary": "Özet.", "body": "<p>Uzun metin</p>", **values}


def in_english(client: Client) -> Client:
    client.post("/admin/language/", {"language": "en"})
    return client


def test_pictures_pasted_as_data_are_left_out_and_that_is_said():
    client = signed_in(person("Author"))
    body = (
        f'<p>Önce</p><p><img src="{PNG}" alt="a"></p><p><img src="https://x.example/a.png"></p><p>Sonra</p>'
    )
    response = client.post(ADD, filled(client.get(ADD), **story(body=body)), follow=True)
    assert Article.objects.get().body == "<p>Önce</p>\n<p>Sonra</p>"
    assert all_of(response, "//li[@class='warning']") == [
        "2 görsel metne alınmadı. Önce kitaplığa yükleyin, sonra metne ekleyin."
    ]


def test_links_that_lead_nowhere_lose_their_address_and_that_is_said():
    client = in_english(signed_in(person("Author")))
    body = '<p><a href="javascript:alert(1)">Bir</a> <a href="/tr/haberler/">iki</a></p>'
    response = client.post(ADD, filled(client.get(ADD), **story(body=body)), follow=True)
    assert Article.objects.get().body == '<p>Bir <a href="/tr/haberler/">iki</a></p>'
    assert all_of(response, "//li[@class='warning']") == [
        "1 link lost its address, which cannot be opened. The words are still there."
    ]


def test_what_is_pasted_comes_back_clean_with_what_it_goes_without():
    client = signed_in(person("Author"))
    html = f'<p class="MsoNormal" style="color: red">Önce<img src="{PNG}"></p><p><b>Sonra</b></p>'
    assert client.post("/admin/pasted/", {"html": html}).json() == {
        "html": "<p>Önce</p>\n<p><strong>Sonra</strong></p>",
        "told": ["1 görsel metne alınmadı. Önce kitaplığa yükleyin, sonra metne ekleyin."],
    }
    assert client.get("/admin/pasted/").status_code == 405
    assert Client().post("/admin/pasted/", {"html": html}).status_code == 403


def test_a_text_that_was_taken_as_it_is_gets_no_warning():
    client = signed_in(person("Author"))
    image = make.image()
    link, picture = '<a href="https://x.example/">Bağlantı</a>', f'<img src="{image.body_url}" alt="a">'
    body = f"<h2>Ara başlık</h2><p>{link}</p><p>{picture}</p>"
    response = client.post(ADD, filled(client.get(ADD), **story(body=body)), follow=True)
    assert Article.objects.exists()
    assert not all_of(response, "//li[@class='warning']")


def test_headings_that_skip_a_level_are_put_in_order():
    client = signed_in(person("Author"))
    body = "<h1>Bir</h1><p>Metin</p><h4>İki</h4><p>Metin</p>"
    client.post(ADD, filled(client.get(ADD), **story(body=body)))
    assert Article.objects.get().body == "<h2>Bir</h2>\n<p>Metin</p>\n<h3>İki</h3>\n<p>Metin</p>"


@pytest.mark.parametrize(("language", "words"), [("tr", "mevcut olmayabilir"), ("en", "may not exist")])
def test_an_hour_that_the_clocks_skipped_is_refused_beside_its_field(language, words):
    client = signed_in(person("Publisher"))
    client.post("/admin/language/", {"language": language})
    typed = story(published_at="2016-03-27T03:30")
    response = client.post(ADD, filled(client.get(ADD), **typed))
    assert response.status_code == 200
    errors = all_of(
        response, "//div[contains(@class, 'field-published_at')]//ul[contains(@class, 'errorlist')]"
    )
    assert errors
    assert words in errors[0]
    assert filled(response)["published_at"] == ["2016-03-27T03:30"]
    assert filled(response)["body"] == ["<p>Uzun metin</p>"]


def test_an_hour_skipped_where_the_event_is_is_refused_too():
    client = signed_in(person("Publisher"))
    typed = {"title_tr": "Panel", "time_zone": "Europe/Berlin", "starts_at": "2027-03-28T02:30"}
    response = client.post(ADD_EVENT, filled(client.get(ADD_EVENT), **typed))
    assert response.status_code == 200
    assert "o gece saatler ileri alınıyor" in text_of(response)
    assert filled(response)["title_tr"] == ["Panel"]


@pytest.mark.parametrize("field", ["published_at", "expires_at"])
@pytest.mark.parametrize(
    "value", ["2027-02-30T10:00", "2027-13-01T10:00", "yarın", "0000-00-00T00:00", "9" * 40]
)
def test_a_date_that_does_not_exist_is_refused_beside_its_field(field, value):
    client = signed_in(person("Publisher"))
    response = client.post(ADD, filled(client.get(ADD), **story(**{field: value})))
    assert response.status_code == 200
    assert all_of(response, f"//div[contains(@class, 'field-{field}')]//ul[contains(@class, 'errorlist')]")
    assert filled(response)["title"] == ["Yeni park"]
    assert not Article.objects.exists()


@pytest.mark.parametrize("value", ["0001-01-01T00:00", "0206-11-25T10:00", "9999-12-31T23:59"])
def test_a_year_far_from_ours_is_a_slip(value):
    client = signed_in(person("Publisher"))
    response = client.post(ADD, filled(client.get(ADD), **story(published_at=value)) | {"_move": "publish"})
    assert response.status_code == 200
    assert "Yıl 1900 ile 2199 arasında olmalı." in text_of(response)
    assert filled(response)["published_at"] == [value]


def test_an_expiry_before_the_start_is_refused_and_named():
    client = signed_in(person("Author"))
    typed = story(published_at="2031-03-18T10:00", expires_at="2031-03-17T10:00")
    response = client.post(ADD, filled(client.get(ADD), **typed))
    assert response.status_code == 200
    assert "Bitiş zamanı yayın zamanından önce." in text_of(response)
    assert filled(response)["expires_at"] == ["2031-03-17T10:00"]


def test_an_expiry_that_has_passed_is_refused_when_it_is_published():
    client = signed_in(person("Publisher"))
    typed = story(expires_at="2020-03-17T10:00") | {"_move": "publish"}
    response = client.post(ADD, filled(client.get(ADD), **typed))
    assert response.status_code == 200
    assert not Article.objects.exists()
    assert filled(response)["body"] == ["<p>Uzun metin</p>"]


@pytest.mark.parametrize("noun", ["article", "event"])
def test_a_schedule_that_is_moved_into_the_past_by_saving_is_refused(noun):
    ahead = timezone.now() + timedelta(days=2)
    planned = {"published_at": ahead, "first_published_at": ahead}
    item = make.article(**planned) if noun == "article" else make.event(**planned)
    client = signed_in(person("Publisher"))
    response = client.post(change(item), filled(client.get(change(item)), published_at="2020-01-01T10:00"))
    assert response.status_code == 200
    assert "1 Ocak 2020 Çarşamba, 10.00 geçti." in text_of(response)
    item.refresh_from_db()
    assert item.published_at == ahead


def test_a_schedule_that_is_moved_by_saving_is_kept_whole(time_machine):
    ahead = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    article = make.article(published_at=ahead, first_published_at=ahead)
    client = signed_in(person("Publisher"))
    sooner = timezone.localtime(ahead - timedelta(days=1))
    client.post(
        change(article), filled(client.get(change(article)), published_at=sooner.strftime("%Y-%m-%dT%H:%M"))
    )
    article.refresh_from_db()
    assert article.published_at == sooner
    assert article.first_published_at == sooner


def test_a_planned_time_holds_on_every_way_to_publish():
    ahead = timezone.now() + timedelta(days=2)
    article = make.article(state=State.IN_REVIEW, published_at=ahead)
    client = signed_in(person("Publisher"))
    client.post(reverse("admin:news_article_move", args=[article.pk, "publish"]), {"reason": ""})
    article.refresh_from_db()
    assert article.is_scheduled()


@pytest.mark.parametrize("noun", ["alert", "event", "menuitem", "tag"])
def test_what_has_words_in_no_language_is_refused(noun):
    client = signed_in(person("Administrator"))
    address = f"/admin/news/{noun}/add/"
    times = {"starts_at": "2031-03-18T10:00"} if noun == "event" else {}
    response = client.post(address, filled(client.get(address), **times))
    assert response.status_code == 200
    assert "Dillerden en az birinde yazın." in text_of(response)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "haberler", "https://"])
@pytest.mark.parametrize("noun", ["alert", "menuitem"])
def test_an_address_that_leads_nowhere_is_refused_beside_its_field(noun, address):
    client = signed_in(person("Administrator"))
    form = f"/admin/news/{noun}/add/"
    words = {"alert": "text_tr", "menuitem": "label_tr"}[noun]
    response = client.post(form, filled(client.get(form), **{words: "Körfez", "url_tr": address}))
    assert all_of(response, "//*[@id='id_url_tr_error']") == [
        "/tr/haberler/ gibi bir yol ya da https:// ile başlayan bir adres yazın."
    ]
    assert (filled(response)[words], filled(response)["url_tr"]) == (["Körfez"], [address])


def test_an_address_of_a_menu_that_lacks_its_beginning_is_mended():
    client = signed_in(person("Administrator"))
    form = "/admin/news/menuitem/add/"
    client.post(form, filled(client.get(form), label_tr="Körfez", url_tr="www.izmir.example/körfez"))
    assert MenuItem.objects.get().url_tr == "https://www.izmir.example/körfez"


def test_an_event_that_ends_before_it_begins_is_refused():
    client = signed_in(person("Publisher"))
    typed = {"title_tr": "Panel", "starts_at": "2031-03-18T10:00", "ends_at": "2031-03-18T09:00"}
    response = client.post(ADD_EVENT, filled(client.get(ADD_EVENT), **typed))
    assert response.status_code == 200
    assert filled(response)["title_tr"] == ["Panel"]
    assert all_of(response, "//ul[contains(@class, 'errorlist')]")
    assert not Event.objects.exists()


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=OFTEN", "her salı", "FREQ=DAILY;INTERVAL=0"])
def test_a_recurrence_that_is_none_is_refused(rule):
    client = signed_in(person("Publisher"))
    typed = {"title_tr": "Panel", "starts_at": "2031-03-18T10:00", "pattern": "other", "rule": rule}
    response = client.post(ADD_EVENT, filled(client.get(ADD_EVENT), **typed))
    assert response.status_code == 200
    assert filled(response)["rule"] == [rule]
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_three_times_together_makes_one_article():
    author = person("Publisher")
    clients = [signed_in(author) for _number in range(3)]
    for turn in range(5):
        form = filled(clients[0].get(ADD), **story(title=f"Haber {turn}")) | {"_move": "publish"}
        start = Barrier(3)
        answers = []

        def send(client, form=form, start=start, answers=answers):
            start.wait()
            try:
                answers.append(client.post(ADD, form))
            finally:
                connection.close()

        threads = [Thread(target=send, args=[client]) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        article = Article.objects.get(title=f"Haber {turn}")
        assert [(answer.status_code, answer["Location"]) for answer in answers] == [
            (302, change(article))
        ] * 3


@pytest.mark.parametrize("noun", ["article", "event", "official", "tag", "image", "siteprofile"])
def test_a_form_with_an_old_token_comes_back_in_the_language_of_its_reader(noun):
    user = person("Administrator")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    strict.cookies["django_language"] = "en"
    response = strict.post(f"/admin/news/{noun}/add/", {"title": "Typed", "body": "<p>Long</p>"})
    assert response.status_code == 403
    assert all_of(response, "//textarea[@name='body']") == ["<p>Long</p>"]
    assert "Your text is safe" in text_of(response)


@pytest.mark.parametrize("noun", ["official", "tag"])
def test_a_right_taken_from_an_open_form_of_any_noun_leaves_the_text(noun):
    editor = person("Editor")
    client = signed_in(editor)
    form = filled(client.get(f"/admin/news/{noun}/add/"))
    name = "name" if noun == "official" else "name_tr"
    editor.groups.clear()
    response = client.post(f"/admin/news/{noun}/add/", form | {name: "Yazdığım"})
    assert response.status_code == 403
    assert "Yazdığım" in text_of(response)


def test_a_former_employee_gets_nothing_back_from_the_server():
    author = person("Author")
    article = make.article(state=State.DRAFT, author=author)
    client = signed_in(author)
    form = filled(client.get(change(article)), title="Yazdığım")
    author.is_active = False
    author.save()
    response = client.post(change(article), form)
    assert response.status_code == 403
    beat = json.dumps({"values": [["title", "Yazdığım"]], "version": 1})
    answer = client.post(f"/admin/news/article/beat/?id={article.pk}", beat, content_type="application/json")
    assert answer.status_code in (302, 403)
    article.refresh_from_db()
    assert article.title != "Yazdığım"


def test_more_than_the_server_takes_is_answered_in_words():
    client = signed_in(person("Author"))
    form = filled(client.get(ADD), **story(body="<p>" + "a" * 13_000_000 + "</p>"))
    response = client.post(ADD, form)
    assert response.status_code == 413
    assert "Geri düğmesiyle forma dönün" in text_of(response)


def test_what_is_scheduled_cannot_be_saved_unfit_for_its_hour():
    ahead = timezone.now() + timedelta(days=2)
    article = make.article(published_at=ahead, first_published_at=ahead)
    client = signed_in(person("Publisher"))
    response = client.post(change(article), filled(client.get(change(article)), summary=""))
    assert response.status_code == 200
    article.refresh_from_db()
    assert article.summary == "Özet."


def test_somebody_no_longer_of_the_newsroom_gets_the_text_back():
    author = person("Author")
    client = signed_in(author)
    form = filled(client.get(ADD), **story())
    author.is_staff = False
    author.save()
    response = client.post(ADD, form)
    assert response.status_code == 403
    assert "Uzun metin" in text_of(response)
