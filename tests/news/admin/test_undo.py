"""Taking back single deeds: publishing, withdrawing, changing what is public, deleting."""

from typing import Any

import pytest
from django.test import Client

from news.models import Article, Event, Mention, State
from news.publishing import copies
from tests.news import make
from tests.news.newsroom import all_of, filled, person, signed_in, text_of

pytestmark = pytest.mark.django_db


def change(row: Any) -> str:
    return f"/admin/news/{row._meta.model_name}/{row.pk}/change/"


def take_back(client: Client, response: Any) -> Any:
    (address,) = all_of(response, "//form[@class='undo']/@action")
    return client.post(address, follow=True)


def press(client: Client, row: Any, name: str, **typed: Any) -> Any:
    form = filled(client.get(change(row)), **typed) | {"_move": name}
    return client.post(change(row), form, follow=True)


def test_publishing_is_taken_back_and_what_was_typed_stays():
    publisher = person("Publisher")
    client = signed_in(publisher)
    row = make.article(state=State.DRAFT, author=publisher)
    response = press(client, row, "publish", title="Yeni başlık")
    assert Client().get(row.get_absolute_url(), follow=True).status_code == 200
    assert "on dakika" in text_of(response)
    said = text_of(take_back(client, response))
    row.refresh_from_db()
    assert (row.state, row.title, row.first_published_at) == (State.DRAFT, "Yeni başlık", None)
    assert Client().get(row.get_absolute_url()).status_code == 404
    assert "geri çağrılamaz" in said


def test_a_withdrawal_is_taken_back_with_its_reason():
    client = signed_in(person("Publisher"))
    row = make.article()
    address = f"/admin/news/article/{row.pk}/move/withdraw/"
    response = client.post(address, {"reason": "Yanlış."}, follow=True)
    assert "Yanlış." in Client().get(row.get_absolute_url()).content.decode()
    take_back(client, response)
    row.refresh_from_db()
    assert row.is_public()
    assert row.withdrawn_reason == ""
    assert "Yanlış." not in Client().get(row.get_absolute_url()).content.decode()


def test_a_change_to_what_is_public_is_taken_back_into_a_working_copy():
    publisher = person("Publisher")
    client = signed_in(publisher)
    live = make.article("Eski başlık", tags=["Ulaşım"])
    live.gallery.create(image=make.image(), alt="Vapur")
    copy = copies.working_copy(live, publisher)
    copy.gallery.all().delete()
    response = press(client, copy, "publish", title="Yeni başlık", tags="Çevre")
    live.refresh_from_db()
    assert live.title == "Yeni başlık"
    assert "Yeni başlık" in Client().get(live.get_absolute_url()).content.decode()
    take_back(client, response)
    live.refresh_from_db()
    assert (live.title, live.tags.names(), live.changed_at) == ("Eski başlık", ["Ulaşım"], None)
    assert live.gallery.get().alt == "Vapur"
    again = Article.objects.get(original=live)
    assert (again.title, again.tags.names(), again.state) == ("Yeni başlık", ["Çevre"], State.DRAFT)


def test_a_deleted_draft_comes_back_as_a_draft_with_pictures_tags_and_people():
    publisher = person("Publisher")
    client = signed_in(publisher)
    picture = make.image()
    row = make.article(
        "Silinen",
        state=State.IN_REVIEW,
        tags=["Ulaşım"],
        lead_image=picture,
        lead_alt="Vapur",
        body=f'<p>Metin</p><p><img src="{picture.rendition("lead").url}" alt="Vapur"></p>',
    )
    official, event = make.official(), make.event()
    Mention.objects.create(article=row, official=official, office_as_given="Vali")
    row.gallery.create(image=picture, alt="Vapur")
    row.events.add(event)
    within = row.body_images.count()
    response = client.post(f"/admin/news/article/{row.pk}/delete/", {"post": "yes"}, follow=True)
    assert not Article.objects.exists()
    take_back(client, response)
    back = Article.objects.get()
    assert (back.pk, back.guid, back.title) == (row.pk, row.guid, "Silinen")
    # Who had sent it for review is forgotten: it goes the way of a draft again.
    assert back.state == State.DRAFT
    assert back.tags.names() == ["Ulaşım"]
    assert back.mentions.get().office_as_given == "Vali"
    assert back.gallery.get().alt == "Vapur"
    assert back.lead_image == picture
    assert back.events.get() == event
    assert back.body_images.count() == within


def test_a_deleted_event_comes_back_with_its_days():
    client = signed_in(person("Publisher"))
    row = make.event(state=State.DRAFT, published_at=None, first_published_at=None, tags=["Müzik"])
    days = row.occurrences.count()
    response = client.post(f"/admin/news/event/{row.pk}/delete/", {"post": "yes"}, follow=True)
    assert not Event.objects.exists()
    take_back(client, response)
    back = Event.objects.get()
    assert back.occurrences.count() == days == 1
    assert back.tags.names() == ["Müzik"]


def test_a_right_that_was_taken_away_since_is_asked_for_again():
    publisher = person("Publisher")
    client = signed_in(publisher)
    row = make.article(state=State.DRAFT, author=publisher)
    response = press(client, row, "publish")
    publisher.groups.clear()
    publisher.groups.add(person("Author").groups.get())
    take_back(client, response)
    row.refresh_from_db()
    assert row.is_public()
