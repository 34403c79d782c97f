"""What is to come out later: times that cannot be, changes that fail or come late, embargoes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from news.models import Article, State, TimelineEntry
from news.publishing import actions, copies, notices
from news.publishing.rules import Refused
from tests.news import make
from tests.news.newsroom import all_of, filled, person, signed_in, text_of

pytestmark = pytest.mark.django_db
#: A Monday, 11.00 in Istanbul.
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def draft(title: str = "Yeni park", **values) -> Article:
    return make.article(title, state=State.DRAFT, **values)


def planned(by, title: str = "Yeni hâli", at: datetime = MONDAY + DAY, **values) -> Article:
    """An approved change to a public article."""
    live = make.article("Bugünkü hâli", published_at=MONDAY - 30 * DAY, author=by)
    copy = copies.working_copy(live, by)
    for name, value in {"title": title, "merge_at": at, **values}.items():
        setattr(copy, name, value)
    copy.save()
    return actions.publish(copy, by)


@pytest.mark.parametrize("minutes", [1, 4])
def test_a_plan_of_less_than_five_minutes_is_refused_with_its_time(minutes):
    with pytest.raises(Refused, match="5 dakikadan az"):
        actions.publish(draft(), person("Publisher"), at=MONDAY + minutes * MINUTE)
    assert Article.objects.get().state == State.DRAFT


def test_five_minutes_ahead_is_enough_and_a_slow_click_is_no_mistake():
    publisher = person("Publisher")
    assert actions.publish(draft("Bir"), publisher, at=MONDAY + 5 * MINUTE).is_scheduled()
    assert actions.publish(draft("İki"), publisher, at=MONDAY - 3 * MINUTE).is_public()


def test_midnight_in_istanbul_is_a_time_of_its_own_day(client):
    publisher = person("Publisher")
    midnight = datetime(2026, 11, 23, 21, tzinfo=UTC)
    article = actions.publish(draft(), publisher, at=midnight)
    said = text_of(signed_in(publisher).get(f"/admin/news/article/{article.pk}/change/"))
    assert "24 Kasım 2026 Salı, 00.00" in said
    with time_machine.travel(midnight - MINUTE, tick=False):
        assert client.get(article.get_absolute_url()).status_code == 404
    with time_machine.travel(midnight, tick=False):
        assert client.get(article.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("typed", ["2016-03-27T03:30", "2015-11-08T03:30"])
def test_an_hour_that_the_clocks_skipped_or_had_twice_is_refused_and_the_text_kept(typed):
    client = signed_in(person("Publisher"))
    form = filled(client.get("/admin/news/article/add/"), title="Yeni park", published_at=typed)
    response = client.post("/admin/news/article/add/", form)
    assert response.status_code == 200
    assert all_of(response, "//*[contains(@class, 'field-published_at')]//ul[contains(@class, 'error')]")
    assert filled(response)["title"] == ["Yeni park"]
    assert not Article.objects.exists()


def change(article: Article) -> str:
    return f"/admin/news/article/{article.pk}/change/"


def test_another_time_for_what_is_scheduled_is_said_in_the_timeline():
    publisher = person("Publisher")
    client = signed_in(publisher)
    article = actions.publish(draft(), publisher, at=MONDAY + DAY)
    form = filled(client.get(change(article)), published_at="2026-11-25T09:00")
    assert client.post(change(article), form).status_code == 302
    article.refresh_from_db()
    assert article.published_at == article.first_published_at == datetime(2026, 11, 25, 6, tzinfo=UTC)
    entry = article.timeline.first()
    assert (entry.move, entry.reason) == ("reschedule", "25 Kasım 2026 Çarşamba, 09.00")


@pytest.mark.parametrize("typed", ["", "2026-11-20T09:00", "2026-11-23T11:02"])
def test_what_is_scheduled_is_not_moved_into_the_past_nor_to_no_time(typed):
    publisher = person("Publisher")
    client = signed_in(publisher)
    article = actions.publish(draft(), publisher, at=MONDAY + DAY)
    form = filled(client.get(change(article)), published_at=typed, title="Yazılan başlık")
    response = client.post(change(article), form)
    assert response.status_code == 200
    assert filled(response)["title"] == ["Yazılan başlık"]
    article.refresh_from_db()
    assert article.is_scheduled()
    assert article.published_at == MONDAY + DAY


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-11-22T10:00", "Daha ileri bir zaman seçin veya zamanlamayı geri alın."),
        ("2026-11-23T11:02", "Daha ileri bir zaman seçin veya zamanlamayı geri alın."),
        ("", "bekletmek için zamanlamayı geri alın"),
    ],
)
@pytest.mark.parametrize("noun", [make.article, make.event])
def test_a_refused_time_leaves_the_form_telling_of_what_is_stored(noun, typed, sentence):
    publisher = person("Publisher")
    client = signed_in(publisher)
    item = actions.publish(noun(state=State.DRAFT), publisher, at=MONDAY + DAY)
    address = f"/admin/news/{item._meta.model_name}/{item.pk}/change/"
    before = client.get(address)
    after = client.post(address, filled(before, published_at=typed))
    (box,) = all_of(after, "//p[contains(@class, 'state-')]")
    assert "Zamanlandı" in box
    for seen in (
        "//p[contains(@class, 'state-')]",
        "//ul[@class='object-tools']//a",
        "//button[@name='_move']/@value",
    ):
        assert all_of(after, seen) == all_of(before, seen)
    (refusal,) = all_of(
        after, "//*[contains(@class, 'field-published_at')]//ul[contains(@class, 'errorlist')]"
    )
    assert sentence in refusal
    assert "boşaltın" not in refusal


@pytest.mark.parametrize("typed", ["", "2026-11-20T09:00", "2026-11-25T09:00"])
def test_what_is_scheduled_is_taken_back_whatever_time_is_typed(typed):
    publisher = person("Publisher")
    client = signed_in(publisher)
    article = actions.publish(draft(), publisher, at=MONDAY + DAY)
    form = filled(client.get(change(article)), published_at=typed, title="Yazılan başlık")
    assert client.post(change(article), form | {"_move": "unschedule"}).status_code == 302
    article.refresh_from_db()
    assert (article.state, article.title) == (State.DRAFT, "Yazılan başlık")


def test_a_refused_story_that_is_not_scheduled_may_have_its_time_emptied():
    with pytest.raises(Refused, match="hemen yayımlamak için alanı boşaltın"):
        actions.publish(draft(), person("Publisher"), at=MONDAY - DAY)


def test_what_readers_see_keeps_a_time():
    with pytest.raises(Refused, match="okurlardan gizlemek için yayından kaldırın"):
        actions.reschedule(make.event(), person("Publisher"), at=None)


def test_what_readers_see_is_not_hidden_by_a_time_ahead():
    article = make.article()
    with pytest.raises(Refused, match="zaten görüyor"):
        actions.reschedule(article, person("Publisher"), at=MONDAY + DAY)


def test_a_change_that_the_worker_missed_is_late_on_the_desk_and_mailed_when_it_comes(
    clock, mailoutbox, django_capture_on_commit_callbacks
):
    publisher = person("Publisher", email="yayin@sehir.example")
    copy = planned(publisher, at=MONDAY + DAY)
    clock.move_to(MONDAY + DAY + 20 * MINUTE)
    client = signed_in(publisher)
    (late,) = all_of(client.get("/admin/"), "//section[@aria-labelledby='desk-late']")
    assert "Yeni hâli" in late
    assert "her dakika çalışan görev gecikti" in late
    with django_capture_on_commit_callbacks(execute=True):
        assert [article.title for article in actions.merge_due()] == ["Yeni hâli"]
    (letter,) = mailoutbox
    assert letter.to == ["yayin@sehir.example"]
    assert letter.subject == "Geç yayımlandı: Yeni hâli"
    assert "24 Kasım 2026 Salı, 11.00" in letter.body
    assert not Article.objects.filter(pk=copy.pk).exists()


def test_a_change_on_time_is_mailed_to_nobody(clock, mailoutbox, django_capture_on_commit_callbacks):
    planned(person("Publisher", email="yayin@sehir.example"))
    clock.move_to(MONDAY + DAY + MINUTE)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.merge_due()
    assert mailoutbox == []


def test_a_late_change_is_published_by_one_button_of_the_desk(clock):
    publisher = person("Publisher")
    planned(publisher)
    clock.move_to(MONDAY + DAY + 20 * MINUTE)
    client = signed_in(publisher)
    (address,) = all_of(client.get("/admin/"), "//section[@aria-labelledby='desk-late']//form/@action")
    assert client.post(address).status_code == 302
    live = Article.objects.get()
    assert live.title == "Yeni hâli"
    assert "retry" in set(live.timeline.values_list("move", flat=True))
    assert not all_of(client.get("/admin/"), "//section[@aria-labelledby='desk-late']")


def test_a_change_that_cannot_be_published_says_why_and_holds_up_no_other(
    clock, mailoutbox, django_capture_on_commit_callbacks
):
    author = person("Editor", email="yazar@sehir.example")
    publisher = person("Publisher", email="yayin@sehir.example")
    bad, good = planned(publisher, "Bozulan"), planned(publisher, "Sağlam")
    Article.objects.filter(pk=bad.pk).update(summary="", author=author)
    clock.move_to(MONDAY + DAY)
    with django_capture_on_commit_callbacks(execute=True):
        merged = actions.merge_due()
    assert [article.title for article in merged] == ["Sağlam"]
    assert not Article.objects.filter(pk=good.pk).exists()
    bad.refresh_from_db()
    assert "Özet eksik" in bad.merge_problem
    (letter,) = mailoutbox
    assert letter.to == ["yazar@sehir.example", "yayin@sehir.example"]
    assert "Özet eksik" in letter.body
    assert f"/admin/news/article/{bad.pk}/change/" in letter.body
    client = signed_in(publisher)
    (late,) = all_of(client.get("/admin/"), "//section[@aria-labelledby='desk-late']")
    assert "Özet eksik" in late
    assert "Özet eksik" in text_of(client.get(change(bad)))
    # It is tried again by people, not every minute.
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.merge_due() == []
    assert len(mailoutbox) == 1
    response = client.post(f"/admin/news/article/{bad.pk}/move/retry/")
    assert "Özet eksik" in text_of(response)
    Article.objects.filter(pk=bad.pk).update(summary="Özet.")
    client.post(f"/admin/news/article/{bad.pk}/move/retry/")
    assert not Article.objects.filter(pk=bad.pk).exists()


def test_a_change_does_not_bring_back_what_was_withdrawn_meanwhile(clock):
    publisher = person("Publisher")
    copy = planned(publisher)
    live = copy.original
    actions.withdraw(live, publisher, "Yanlış fotoğraf.")
    clock.move_to(MONDAY + DAY)
    assert actions.merge_due() == []
    live.refresh_from_db()
    copy.refresh_from_db()
    assert live.state == State.WITHDRAWN
    assert "yayından kaldırıldı" in copy.merge_problem
    with pytest.raises(Refused):
        actions.retry(copy, publisher)
    # By hand, as a new decision, it does.
    copy = actions.return_to_draft(copy, publisher)
    Article.objects.filter(pk=copy.pk).update(merge_at=None)
    copy.refresh_from_db()
    assert actions.publish(copy, publisher).is_public()


def test_a_mail_server_that_is_down_holds_up_nothing(clock, monkeypatch, django_capture_on_commit_callbacks):
    publisher = person("Publisher", email="yayin@sehir.example")
    planned(publisher)

    def refuse(*args):
        raise ConnectionRefusedError

    monkeypatch.setattr(notices, "send_mail", refuse)
    clock.move_to(MONDAY + DAY + 20 * MINUTE)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.merge_due()


def test_an_author_does_not_retry():
    author = person("Author")
    copy = planned(person("Publisher"))
    Article.objects.filter(pk=copy.pk).update(merge_at=MONDAY - MINUTE, author=author)
    copy.refresh_from_db()
    with pytest.raises(Refused):
        actions.retry(copy, author)


def test_the_first_change_of_an_imported_article_leaves_its_old_text_in_the_history():
    from news.publishing import history

    publisher = person("Publisher")
    live = make.article("Aktarılan")
    copy = copies.working_copy(live, publisher)
    Article.objects.filter(pk=copy.pk).update(title="Değişen")
    copy.refresh_from_db()
    actions.publish(copy, publisher)
    assert [version.field_dict["title"] for version in history.versions(live)] == ["Değişen", "Aktarılan"]


def test_nobody_publishes_before_the_embargo_ends_and_the_note_says_whose_it_is():
    publisher = person("Publisher")
    until = MONDAY + 2 * DAY
    article = draft(embargo_until=until, embargo_note="Bakanlık, imza töreni")
    for at in (None, until - MINUTE):
        with pytest.raises(Refused, match=r"25 Kasım 2026 Çarşamba, 11.00 \(Bakanlık, imza töreni\)"):
            actions.publish(article, publisher, at=at)
    said = text_of(signed_in(publisher).get(change(article)))
    assert "Ambargolu" in said
    assert "Bakanlık, imza töreni" in said
    assert actions.publish(article, publisher, at=until).is_scheduled()


def test_an_embargo_holds_for_urgent_publishing_for_changes_and_for_another_time():
    from tests.news.newsroom import four_eyes

    publisher = person("Publisher")
    until = MONDAY + 2 * DAY
    scheduled = actions.publish(draft(embargo_until=until), publisher, at=until)
    with pytest.raises(Refused, match="Ambargolu"):
        actions.reschedule(scheduled, publisher, at=until - DAY)
    live = make.article("Yayında")
    copy = copies.working_copy(live, publisher)
    Article.objects.filter(pk=copy.pk).update(embargo_until=until)
    copy.refresh_from_db()
    with pytest.raises(Refused, match="Ambargolu"):
        actions.publish(copy, publisher)
    four_eyes()
    with pytest.raises(Refused, match="Ambargolu"):
        actions.publish_urgently(draft("Acil", embargo_until=until), person("Publisher", "öteki"))


def test_the_minute_by_minute_task_does_all_of_it(clock, mailoutbox):
    planned(person("Publisher", email="yayin@sehir.example"))
    clock.move_to(MONDAY + DAY)
    call_command("tick")
    assert Client().get(Article.objects.get().get_absolute_url()).status_code == 200
    assert TimelineEntry.objects.filter(move="schedule").exists()
