"""Following the news by e-mail, as the person at the address lives it."""

import io
import re
import sys
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from news.models import Article, Frequency, Place, State, Subscription, Tag
from news.publishing import mailing
from news.publishing.mailing import last_moment

pytestmark = pytest.mark.django_db
MONDAY_NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY_NOON, tick=False) as travelling:
        yield travelling


def publish(title: str, **values) -> Article:
    now = timezone.now()
    values = {"language": "tr", "published_at": now, "first_published_at": now, **values}
    return Article.objects.create(title=title, state=State.PUBLISHED, **values)


def follow(client, language: str = "tr", **values: str) -> str:
    """Ask and confirm as a person does; the path of the link to leave."""
    form = {"email": "ayse@example.org", "frequency": "at_once", **values}
    client.post(f"/{language}/{'takip' if language == 'tr' else 'follow'}/", form)
    path = link(mail_text(), "confirm")
    client.post(path)
    return path.replace("confirm", "leave")


def mail_text() -> str:
    from django.core import mail

    return str(mail.outbox[-1].body)


def link(body: str, name: str) -> str:
    return re.search(rf"http://testserver(/\S*/{name}/\S+)", body)[1]


def test_nobody_is_written_to_before_confirming(client, mailoutbox) -> None:
    client.post("/tr/takip/", {"email": "ayse@example.org", "frequency": "at_once"})
    publish("Yeni vapur")
    assert mailing.send_due() == 0
    assert [letter.to for letter in mailoutbox] == [["ayse@example.org"]]
    assert "onay" in mailoutbox[0].subject.lower()


def test_a_program_that_opens_links_ahead_confirms_nothing(client, mailoutbox) -> None:
    client.post("/tr/takip/", {"email": "ayse@example.org", "frequency": "at_once"})
    client.get(link(mail_text(), "confirm"))
    assert not Subscription.objects.confirmed().exists()


def test_news_comes_once_and_says_how_to_leave(client, mailoutbox, clock) -> None:
    follow(client)
    clock.shift(timedelta(minutes=1))
    article = publish("Körfez vapurları hafta sonu ücretsiz", summary="Üç hatta.")
    assert (mailing.send_due(), mailing.send_due()) == (1, 0)
    letter = mailoutbox[-1]
    assert letter.subject == "Körfez vapurları hafta sonu ücretsiz"
    assert f"http://testserver{article.get_absolute_url()}" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link(letter.body, "leave") in letter.extra_headers["List-Unsubscribe"]


def test_a_minor_edit_a_republication_and_an_import_are_not_mailed(client, mailoutbox, clock) -> None:
    follow(client)
    clock.shift(timedelta(minutes=1))
    article = publish("Yeni vapur")
    mailing.send_due()
    sent = len(mailoutbox)
    clock.shift(timedelta(hours=1))
    article.title = "Yeni vapur seferde"
    article.published_at = timezone.now()
    article.save()
    old = timezone.now() - timedelta(days=400)
    publish("Eski siteden", published_at=old, first_published_at=old)
    assert mailing.send_due() == 0
    assert len(mailoutbox) == sent


def test_a_scheduled_story_is_mailed_when_its_time_has_come(client, mailoutbox, clock) -> None:
    follow(client)
    clock.shift(timedelta(minutes=1))
    at = timezone.now() + timedelta(hours=2)
    publish("Yarınki açılış", published_at=at, first_published_at=at)
    assert mailing.send_due() == 0
    clock.shift(timedelta(hours=2))
    assert mailing.send_due() == 1


@pytest.mark.parametrize(
    "hidden", [{"state": State.DRAFT}, {"expires_at": MONDAY_NOON + timedelta(minutes=30)}]
)
def test_what_readers_cannot_see_is_not_mailed(client, clock, hidden) -> None:
    follow(client)
    clock.shift(timedelta(minutes=1))
    Article.objects.filter(pk=publish("Gizli").pk).update(**hidden)
    clock.shift(timedelta(hours=1))
    assert mailing.send_due() == 0


def test_the_daily_letter_comes_in_the_evening_with_all_of_the_day(client, mailoutbox, clock) -> None:
    follow(client, frequency="daily")
    clock.shift(timedelta(minutes=1))
    publish("Sabahki")
    clock.shift(timedelta(minutes=1))
    publish("Öğlenki")
    assert mailing.send_due() == 0
    clock.move_to(datetime(2026, 11, 23, 15, 0, tzinfo=UTC))
    assert mailing.send_due() == 1
    assert mailoutbox[-1].subject == "Öğlenki ve 1 haber daha"
    assert mailoutbox[-1].body.index("Öğlenki") < mailoutbox[-1].body.index("Sabahki")


@pytest.mark.parametrize(
    ("frequency", "now", "moment"),
    [
        (Frequency.DAILY, "2026-11-23T14:59", "2026-11-22T15:00"),
        (Frequency.DAILY, "2026-11-23T15:00", "2026-11-23T15:00"),
        (Frequency.WEEKLY, "2026-11-23T04:59", "2026-11-16T05:00"),
        (Frequency.WEEKLY, "2026-11-23T05:00", "2026-11-23T05:00"),
        (Frequency.WEEKLY, "2026-11-29T20:00", "2026-11-23T05:00"),
    ],
)
def test_letters_go_out_at_istanbul_hours(frequency: Frequency, now: str, moment: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert last_moment(frequency, at) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_a_follower_of_a_topic_a_district_or_a_language_gets_that_alone(client, mailoutbox, clock) -> None:
    topic = Tag.objects.create(name_tr="Ulaşım", name_en="Transport", is_topic=True)
    konak = Place.objects.create(name_tr="Konak", name_en="Konak")
    square = Place.objects.create(name_tr="Saat Kulesi", name_en="Clock Tower", within=konak)
    publish("Başlangıç").tags.add(topic)
    follow(client, email="konu@example.org", tag=str(topic.pk))
    follow(client, email="ilce@example.org", place=str(konak.pk))
    follow(client, "en", email="english@example.org")
    mailoutbox.clear()
    clock.shift(timedelta(minutes=1))
    publish("Tramvay uzuyor").tags.add(topic)
    publish("Meydanda konser", place=square)
    publish("A new ferry", language="en")
    mailing.send_due()
    assert sorted((letter.to[0], letter.subject) for letter in mailoutbox) == [
        ("english@example.org", "A new ferry"),
        ("ilce@example.org", "Meydanda konser"),
        ("konu@example.org", "Tramvay uzuyor"),
    ]


def test_leaving_is_one_post_without_a_form_and_deletes_everything(client, clock) -> None:
    path = follow(client)
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.exists()
    assert client.get(path).status_code == 200
    clock.shift(timedelta(minutes=1))
    publish("Yeni vapur")
    assert mailing.send_due() == 0


def test_a_stranger_cannot_flood_an_address_nor_learn_of_it(client, mailoutbox) -> None:
    follow(client)
    mailoutbox.clear()
    answers = set()
    for number in range(1000):
        form = {"email": "ayse@example.org", "frequency": ["daily", "weekly"][number % 2]}
        answers.add(client.post("/en/follow/", form).url)
    answers.add(client.post("/en/follow/", {"email": "nobody@example.org", "frequency": "daily"}).url)
    assert answers == {"/en/follow/sent/"}
    assert len([letter for letter in mailoutbox if letter.to == ["ayse@example.org"]]) <= mailing.ASKING_LIMIT


def test_an_address_that_does_not_answer_is_forgotten(client, clock) -> None:
    client.post("/tr/takip/", {"email": "ayse@example.org", "frequency": "daily"})
    clock.shift(timedelta(days=3, minutes=1))
    mailing.send_due()
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "email", ["", "no at sign", "a@b", "x" * 300 + "@example.org", "a@example.org\nBcc: b@example.org"]
)
def test_a_wrong_address_is_said_and_stays_in_the_field(client, mailoutbox, email: str) -> None:
    answer = client.post("/en/follow/", {"email": email, "frequency": "weekly"})
    assert answer.status_code == 422
    assert '<option value="weekly" selected>' in answer.content.decode()
    assert not mailoutbox


def test_two_wishes_at_once_are_refused_in_words(client) -> None:
    topic = Tag.objects.create(name_tr="Ulaşım", is_topic=True)
    publish("Tramvay").tags.add(topic)
    konak = Place.objects.create(name_tr="Konak", name_en="Konak")
    form = {"email": "a@example.org", "frequency": "daily", "tag": topic.pk, "place": konak.pk}
    assert "birini seçin" in client.post("/tr/takip/", form).content.decode()


BOUNCE = """\
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; ayse@example.org
Action: failed
Status: {status}

--b--
"""


@pytest.mark.parametrize(("status", "stays"), [("5.1.1", False), ("4.2.2", True)])
def test_letters_that_come_back_for_good_end_the_subscription(
    client, monkeypatch, status: str, stays: bool
) -> None:
    follow(client)
    for _time in range(mailing.BOUNCE_LIMIT):
        letter = io.TextIOWrapper(io.BytesIO(BOUNCE.format(status=status).encode()))
        monkeypatch.setattr(sys, "stdin", letter)
        call_command("receive_bounce", stdout=io.StringIO())
    assert Subscription.objects.exists() is stays
