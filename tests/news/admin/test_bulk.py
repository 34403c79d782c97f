"""One step for many rows: what the page says beforehand, what is done, what is refused, what is undone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from zeal import zeal_ignore

from news.models import Article, Deed, Event, State, Tag
from news.publishing import copies
from tests.news import make
from tests.news.newsroom import all_of, four_eyes, page, person, signed_in, text_of

pytestmark = pytest.mark.django_db
ARTICLES, EVENTS, TAGS = (f"/admin/news/{noun}/" for noun in ("article", "event", "tag"))
POSSIBLE = "//section[@aria-labelledby='bulk-possible']/ul/li"
IMPOSSIBLE = "//section[@aria-labelledby='bulk-impossible']/ul/li"


def draft(title: str, **values: Any) -> Article:
    return make.article(title, state=State.DRAFT, **values)


def ask(client: Client, name: str, *rows: Any, address: str = ARTICLES) -> Any:
    sent = {"action": name, "index": "0", "_selected_action": [row.pk for row in rows]}
    return client.post(address, sent)


def confirm(client: Client, asked: Any, address: str = ARTICLES, **typed: Any) -> Any:
    """Press the button of the page, as a browser would."""
    (form,) = [form for form in page(asked).forms if form.xpath(".//button[@name='confirmed']")]
    sent: dict[str, Any] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    # A transaction for each row: that they are read one by one is meant.
    with zeal_ignore():
        return client.post(address, sent | typed | {"confirmed": "1"}, follow=True)


def take_back(client: Client, response: Any) -> Any:
    (address,) = all_of(response, "//ul[@class='messagelist']//form[@class='undo']/@action")
    with zeal_ignore():
        return client.post(address, follow=True)


def states(*rows: Any) -> list[str]:
    return [type(row).objects.get(pk=row.pk).state for row in rows]


def test_publishing_says_what_happens_to_each_and_what_cannot_be_done_and_why():
    client = signed_in(person("Publisher"))
    ready, later = draft("Hazır"), draft("Yarın", published_at=timezone.now() + timedelta(days=1))
    bare, past = (
        draft("Özetsiz", summary=""),
        draft("Geçmiş", published_at=timezone.now() - timedelta(days=1)),
    )
    public = make.article("Yayında")
    asked = ask(client, "publish", ready, later, bare, past, public)
    possible, impossible = all_of(asked, POSSIBLE), all_of(asked, IMPOSSIBLE)
    assert len(possible) == 2
    assert any("Hazır Okurlar hemen görür." in line for line in possible)
    assert any("Yarın Okurlar şu zamandan itibaren görür" in line for line in possible)
    assert any("Özet eksik" in line for line in impossible)
    assert any("geçti" in line for line in impossible)
    assert any("Durumu “yayımlandı” iken" in line for line in impossible)
    response = confirm(client, asked)
    assert states(ready, later, bare, past) == ["published", "published", "draft", "draft"]
    assert Article.objects.get(pk=ready.pk).is_public()
    assert Article.objects.get(pk=later.pk).is_scheduled()
    assert "Yayımla: 2 kayıt için yapıldı." in text_of(response)


def test_publishing_many_is_taken_back_with_one_button():
    client = signed_in(person("Publisher"))
    rows = [draft(f"Haber {number}", tags=["Ulaşım"]) for number in range(3)]
    response = take_back(client, confirm(client, ask(client, "publish", *rows)))
    assert states(*rows) == ["draft"] * 3
    assert not Article.objects.exclude(first_published_at=None).exists()
    assert not rows[0].article_tags.exclude(listed_at=None).exists()
    assert "geri çağrılamaz" in text_of(response)
    assert Client().get(rows[0].get_absolute_url()).status_code == 404
    assert rows[0].timeline.first().move == "undo"


def test_rows_that_were_not_offered_are_refused_all_the_same():
    four_eyes()
    publisher = person("Publisher")
    client = signed_in(publisher)
    asked = ask(client, "publish", draft("Kendi taslağım"))
    assert "Önce ikinci bir kişi" in all_of(asked, IMPOSSIBLE)[0]
    assert not page(asked).xpath("//button[@name='confirmed']")
    forged = {"action": "publish", "_selected_action": [Article.objects.get().pk], "confirmed": "1"}
    response = client.post(ARTICLES, forged, follow=True)
    assert Article.objects.get().state == State.DRAFT
    assert "Yapılmadı: “Kendi taslağım”." in text_of(response)
    assert not Deed.objects.exists()


def test_who_may_not_publish_is_not_offered_it_and_a_forged_action_does_nothing():
    author = person("Author")
    client = signed_in(author)
    row = draft("Taslak", author=author)
    assert all_of(client.get(ARTICLES), "//select[@name='action']/option/@value") == ["", "retag", "assign"]
    client.post(ARTICLES, {"action": "publish", "_selected_action": [row.pk], "confirmed": "1"})
    assert states(row) == ["draft"]


def test_withdrawing_wants_a_reason_and_shows_it_at_every_address():
    client = signed_in(person("Publisher"))
    rows = [*make.articles(2), draft("Taslak")]
    asked = ask(client, "withdraw", *rows)
    assert len(all_of(asked, POSSIBLE)) == 2
    assert len(all_of(asked, IMPOSSIBLE)) == 1
    again = confirm(client, asked, reason=" ")
    assert states(*rows) == ["published", "published", "draft"]
    response = confirm(client, again, reason="Yanlış ilçeye ait fotoğraflar.")
    assert states(*rows) == ["withdrawn", "withdrawn", "draft"]
    for row in rows[:2]:
        assert "Yanlış ilçeye ait" in Client().get(row.get_absolute_url()).content.decode()
    take_back(client, response)
    assert states(*rows) == ["published", "published", "draft"]
    for row in rows[:2]:
        assert Client().get(row.get_absolute_url()).status_code == 200
        row.refresh_from_db()
        assert row.withdrawn_reason == ""


def test_what_somebody_changed_in_the_meantime_is_not_taken_back():
    client = signed_in(person("Publisher"))
    kept, touched = draft("Kalan"), draft("Değişen")
    response = confirm(client, ask(client, "publish", kept, touched))
    Article.objects.filter(pk=touched.pk).update(version=9)
    said = text_of(take_back(client, response))
    assert states(kept, touched) == ["draft", "published"]
    assert "“Değişen”: O zamandan beri değiştirildi" in said


def test_a_deed_is_taken_back_once_by_who_did_it_and_within_ten_minutes():
    client = signed_in(person("Publisher"))
    row = draft("Haber")
    response = confirm(client, ask(client, "publish", row))
    (address,) = all_of(response, "//form[@class='undo']/@action")
    assert client.get(address).status_code == 405
    assert signed_in(person("Publisher", "başkası")).post(address).status_code == 404
    Deed.objects.update(at=timezone.now() - timedelta(minutes=10))
    assert "On dakika geçti" in text_of(client.post(address, follow=True))
    assert states(row) == ["published"]
    Deed.objects.update(at=timezone.now())
    client.post(address)
    assert states(row) == ["draft"]
    assert "zaten geri alındı" in text_of(client.post(address, follow=True))


def test_tags_are_added_and_removed_on_public_stories_without_moving_updated():
    client = signed_in(person("Publisher"))
    row, other = make.article("Vapur", tags=["Ulaşm"]), draft("Deniz", tags=["Çevre"])
    copy = copies.working_copy(row, person("Editor"))
    asked = ask(client, "retag", row, other)
    assert sorted(all_of(asked, "//fieldset//label")) == ["Ulaşm", "Çevre"]
    wrong = Tag.objects.get(name_tr="Ulaşm")
    response = confirm(client, asked, add="Ulaşım, körfez", remove=[wrong.pk])
    for tagged in (row, copy):
        assert sorted(tagged.tags.names()) == ["Ulaşım", "körfez"]
    assert sorted(other.tags.names()) == ["Ulaşım", "körfez", "Çevre"]
    row.refresh_from_db()
    assert row.changed_at is None
    assert set(row.article_tags.values_list("listed_at", flat=True)) == {row.published_at}
    assert row.timeline.first().reason == "+ Ulaşım, + körfez, − Ulaşm"
    take_back(client, response)
    assert row.tags.names() == ["Ulaşm"]
    assert other.tags.names() == ["Çevre"]


def test_retagging_without_a_tag_asks_for_one():
    client = signed_in(person("Publisher"))
    again = confirm(client, ask(client, "retag", draft("Haber")))
    assert "Eklenecek bir etiket yazın" in text_of(again)


def test_an_assigned_draft_stands_on_the_desk_of_who_got_it_and_can_be_written():
    editor, author = person("Editor"), person("Author", first_name="Ayşe", last_name="Işık")
    client = signed_in(editor)
    row, public = draft("Festival", author=editor), make.article("Yayında")
    asked = ask(client, "assign", row, public)
    assert "Üzerinde çalışılacak bir şey yok" in all_of(asked, IMPOSSIBLE)[0]
    response = confirm(client, asked, to=author.pk)
    assert (
        "Festival" in all_of(signed_in(author).get("/admin/"), "//section[@aria-labelledby='desk-mine']")[0]
    )
    assert all_of(signed_in(author).get(f"{ARTICLES}{row.pk}/change/"), "//*[@name='title']/@name")
    assert row.timeline.first().reason == "Ayşe Işık"
    take_back(client, response)
    row.refresh_from_db()
    assert row.assigned_to is None


def test_nobody_is_given_work_that_they_cannot_do():
    client = signed_in(person("Editor"))
    visitor = person("Author", "eski", is_active=False)
    row = draft("Festival")
    asked = ask(client, "assign", row)
    assert str(visitor.pk) not in all_of(asked, "//select[@name='to']/option/@value")
    confirm(client, asked, to=visitor.pk)
    row.refresh_from_db()
    assert row.assigned_to is None


def test_an_author_assigns_their_own_and_not_those_of_others():
    author = person("Author")
    asked = ask(signed_in(author), "assign", draft("Benim", author=author), draft("Onun"))
    assert "Benim" in all_of(asked, POSSIBLE)[0]
    assert "Onun" in all_of(asked, IMPOSSIBLE)[0]


def test_events_are_published_withdrawn_and_tagged_in_the_same_way():
    client = signed_in(person("Publisher"))
    rows = [
        make.event(f"Konser {number}", state=State.DRAFT, published_at=None, first_published_at=None)
        for number in range(2)
    ]
    response = confirm(client, ask(client, "publish", *rows, address=EVENTS), EVENTS)
    assert states(*rows) == ["published"] * 2
    take_back(client, response)
    assert states(*rows) == ["draft"] * 2
    confirm(client, ask(client, "retag", *rows, address=EVENTS), EVENTS, add="Müzik")
    assert Event.objects.get(pk=rows[0].pk).tags.names() == ["Müzik"]


def test_too_many_rows_are_refused_in_words(monkeypatch):
    from news.admin import bulk

    monkeypatch.setattr(bulk, "MOST", 2)
    client = signed_in(person("Publisher"))
    response = client.post(
        ARTICLES,
        {"action": "publish", "index": "0", "_selected_action": [row.pk for row in make.articles(3)]},
        follow=True,
    )
    assert "en çok 2 kayıt" in text_of(response)


@pytest.mark.parametrize("number", [1, 20])
def test_a_page_of_effects_asks_a_bounded_number_for_each_row(number, django_assert_max_num_queries):
    client = signed_in(person("Publisher"))
    rows = [draft(f"Haber {count}", tags=["Ulaşım"]) for count in range(number)]
    client.get(ARTICLES)
    with django_assert_max_num_queries(15 + 6 * number):
        ask(client, "publish", *rows)


def test_merged_tags_are_one_for_stories_events_addresses_and_whoever_types_the_old_label(
    django_capture_on_commit_callbacks,
):
    client = signed_in(person("Publisher"))
    both = make.article("İkisi birden", tags=["Ulaşım", "Trafik"])
    one = make.article("Biri", tags=["Trafik"])
    event = make.event("Etkinlik", tags=["Trafik"])
    Tag.objects.filter(name_tr="Trafik").update(is_topic=True, name_en="Traffic", fold_en="traffic")
    stays, goes = Tag.objects.get(name_tr="Ulaşım"), Tag.objects.get(name_tr="Trafik")
    old = goes.get_absolute_url("tr")
    asked = ask(client, "merge", stays, goes, address=TAGS)
    assert "Trafik 2 haber, 1 etkinlik" in all_of(asked, "//section[@aria-labelledby='merge-lines']//li")
    response = confirm(client, asked, TAGS, into=stays.pk)
    assert both.tags.names() == one.tags.names() == event.tags.names() == ["Ulaşım"]
    moved = Client().get(old)
    assert (moved.status_code, moved.url) == (301, stays.get_absolute_url("tr"))
    assert "Biri" in Client().get(moved.url).content.decode()
    fresh = draft("Yeni")
    fresh.tags.add("trafik", "TRAFFIC")
    assert fresh.tags.names() == ["Ulaşım"]
    take_back(client, response)
    goes.refresh_from_db()
    assert goes.merged_into is None
    assert goes.is_topic
    assert sorted(both.tags.names()) == ["Trafik", "Ulaşım"]
    assert one.tags.names() == event.tags.names() == ["Trafik"]
    assert Client().get(old).status_code == 200


def test_merging_wants_one_that_stays_and_two_at_least():
    client = signed_in(person("Publisher"))
    one, two = make.topic("Bir"), make.topic("İki")
    assert "Bu alan zorunludur." in text_of(
        confirm(client, ask(client, "merge", one, two, address=TAGS), TAGS)
    )
    response = client.post(TAGS, {"action": "merge", "index": "0", "_selected_action": [one.pk]}, follow=True)
    assert "2 ile 20 arasında" in text_of(response)
    forged = {"action": "merge", "_selected_action": [one.pk, two.pk], "confirmed": "1", "into": "9999"}
    client.post(TAGS, forged)
    assert not Tag.objects.exclude(merged_into=None).exists()


def test_an_author_merges_no_tags():
    one, two = make.topic("Bir"), make.topic("İki")
    forged = {"action": "merge", "_selected_action": [one.pk, two.pk], "confirmed": "1", "into": one.pk}
    signed_in(person("Author")).post(TAGS, forged)
    assert not Tag.objects.exclude(merged_into=None).exists()
