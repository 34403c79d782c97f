"""Following the news by e-mail, as the person at the address lives it."""

import io
import re
import socketserver
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from news.models import Article, Frequency, Mention, Place, State, Subscription, Tag
from news.publishing import mailing
from news.publishing.mailing import last_moment
from tests.news.make import appointment, office, official

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


@pytest.mark.parametrize(
    ("address", "language", "says"),
    [
        ("/en/follow/leave/abc/", "en", "If letters still come"),
        ("/tr/takip/leave/abc/", "tr", "İletiler gelmeye devam ediyorsa"),
        ("/en/follow/confirm/abc/", "en", "It has expired, or it is not whole"),
        ("/tr/takip/confirm/abc/", "tr", "süresi dolmuş ya da"),
    ],
)
def test_a_link_that_is_not_known_says_so_and_what_to_do(client, address, language, says) -> None:
    for ask in (client.get, client.post):
        answer = ask(address)
        page = answer.content.decode()
        assert answer.status_code == 404
        assert says in page
        assert f'<html lang="{language}"' in page
        assert 'class="button button--quiet" href="/' in page
        assert "deleted." not in page
        assert not answer.cookies
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "no-referrer"


def test_only_who_leaves_reads_that_the_address_is_deleted(client, mailoutbox) -> None:
    path = follow(client, "en")
    assert "is deleted" not in client.get(path).content.decode()
    left = client.post(path)
    assert left.status_code == 200
    assert "the address is deleted" in left.content.decode()
    assert not Subscription.objects.exists()
    again = client.post(path)
    assert again.status_code == 404
    assert "It was used already, or it is not whole" in again.content.decode()


def test_a_question_that_was_not_answered_in_time_can_be_asked_again(client, mailoutbox, clock) -> None:
    client.post("/en/follow/", {"email": "ayse@example.org", "frequency": "at_once"})
    path = link(mail_text(), "confirm")
    clock.shift(mailing.ASKING_LASTS + timedelta(minutes=1))
    mailing.send_due()
    page = client.get(path)
    assert page.status_code == 404
    assert 'href="/en/follow/"' in page.content.decode()
    assert "ayse" not in page.content.decode()


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
    assert client.get(path).status_code == 404
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


def test_other_letters_of_the_same_address_are_the_same_address(client, mailoutbox) -> None:
    for number in range(64):
        spelt = "".join(
            letter.upper() if number >> place & 1 else letter for place, letter in enumerate("ayse@x.org")
        )
        client.post("/en/follow/", {"email": spelt, "frequency": "daily"})
    assert len(mailoutbox) == 1
    assert Subscription.objects.get().email == "ayse@x.org"


def test_a_stranger_changes_nothing_that_was_confirmed(client, mailoutbox, clock) -> None:
    follow(client, frequency="weekly")
    clock.shift(timedelta(days=2))
    client.post("/tr/takip/", {"email": "ayse@example.org", "frequency": "at_once"})

    assert Subscription.objects.get().frequency == Frequency.WEEKLY
    assert "Tüm haberler · yayımlanır yayımlanmaz" in mail_text()
    client.get(link(mail_text(), "confirm"))
    assert Subscription.objects.get().frequency == Frequency.WEEKLY
    page = client.post(link(mail_text(), "confirm")).content.decode()
    assert "yayımlanır yayımlanmaz" in page
    assert Subscription.objects.get().frequency == Frequency.AT_ONCE


def test_letters_to_a_thousand_strangers_stop_within_the_hour(client, mailoutbox, monkeypatch, clock) -> None:
    monkeypatch.setattr(mailing, "HOURLY_LIMIT", 20)
    form = {"frequency": "daily"}
    answers = [
        client.post("/en/follow/", form | {"email": f"victim{number}@example.org"}) for number in range(50)
    ]
    assert len(mailoutbox) == 20
    assert answers[-1].status_code == 429
    assert "Too many are asking just now" in answers[-1].content.decode()
    assert 'value="victim49@example.org"' in answers[-1].content.decode()
    clock.shift(timedelta(minutes=61))
    assert client.post("/en/follow/", form | {"email": "a@example.org"}).status_code == 302


def test_the_cost_of_asking_again_is_small(client, django_assert_max_num_queries) -> None:
    follow(client)
    with django_assert_max_num_queries(8):
        client.post("/tr/takip/", {"email": "ayse@example.org", "frequency": "weekly"})


def test_a_follower_of_an_official_gets_what_names_the_person(client, mailoutbox, clock) -> None:
    mayor = official()
    appointment(mayor, office())
    follow(client, official=str(mayor.pk))
    clock.shift(timedelta(minutes=1))
    publish("Başka haber")
    Mention.objects.create(article=publish("Başkan açıkladı"), official=mayor)
    assert mailing.send_due() == 1
    assert mailoutbox[-1].subject == "Başkan açıkladı"


def test_the_weekly_letter_comes_on_monday_morning(client, mailoutbox, clock) -> None:
    follow(client, frequency="weekly")
    clock.shift(timedelta(days=1))
    publish("Salı haberi")
    clock.shift(timedelta(days=4))
    publish("Cumartesi haberi")
    assert mailing.send_due() == 0
    clock.move_to(datetime(2026, 11, 30, 5, 0, tzinfo=UTC))
    assert mailing.send_due() == 1
    assert "Salı haberi" in mailoutbox[-1].body


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks enough of RFC 5321 to take letters, or to refuse them at the recipient or after the text."""

    daemon_threads = allow_reuse_address = True

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.at_recipient: dict[str, str] = {}
        self.after_text: dict[str, str] = {}
        super().__init__(("127.0.0.1", 0), MailDialogue)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


class MailDialogue(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.say("220 ready")
        to = ""
        while line := self.rfile.readline().decode().strip():
            if line.upper().startswith("RCPT"):
                to = line[line.index("<") + 1 : line.index(">")]
                self.say(self.server.at_recipient.get(to, "250 fine"))
            elif line.upper() == "DATA":
                self.say("354 go on")
                while self.rfile.readline() != b".\r\n":
                    pass
                answer = self.server.after_text.get(to, "250 taken")
                if answer.startswith("250"):
                    self.server.taken.append(to)
                self.say(answer)
            else:
                self.say("221 bye" if line.upper() == "QUIT" else "250 fine")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    yield server
    server.shutdown()
    server.server_close()


def follower(email: str) -> Subscription:
    now = timezone.now()
    return Subscription.objects.create(
        email=email, language="tr", frequency=Frequency.AT_ONCE, confirmed_at=now - timedelta(minutes=5)
    )


def test_one_address_that_cannot_be_written_to_keeps_nobody_waiting(mail_server: MailServer, clock) -> None:
    for name in ("yok", "dolu", "red", "a@b..c", "son"):
        follower(name if "@" in name else f"{name}@example.org")
    mail_server.at_recipient = {
        "yok@example.org": "550 no such user",
        "dolu@example.org": "450 try again later",
    }
    mail_server.after_text = {"red@example.org": "554 not wanted"}
    publish("Yeni vapur")

    mailing.send_due()

    assert mail_server.taken[-1] == "son@example.org"
    bounces = dict(Subscription.objects.values_list("email", "bounces"))
    assert bounces["yok@example.org"] == bounces["red@example.org"] == 1
    assert bounces["dolu@example.org"] == 0
    mail_server.at_recipient = {}
    mail_server.taken.clear()
    clock.shift(timedelta(minutes=5))
    mailing.send_due()
    assert mail_server.taken == ["dolu@example.org"]


def test_a_mail_server_that_is_away_loses_no_letter(mail_server: MailServer, settings, clock) -> None:
    follower("ayse@example.org")
    publish("Yeni vapur")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1

    with pytest.raises(OSError, match="refused"):
        mailing.send_due()
    settings.EMAIL_PORT = port

    assert mailing.send_due() == 1
    assert mail_server.taken == ["ayse@example.org"]


def test_by_default_letters_are_written_to_the_console(client, settings, capsys) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    client.post("/tr/takip/", {"email": "ayse@example.org", "frequency": "daily"})
    written = capsys.readouterr().out
    assert "To: ayse@example.org" in written
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in written


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_twice_at_once_sends_one_letter(mailoutbox) -> None:
    from django.db import connection
    from django.test import Client

    statuses = []

    def press() -> None:
        form = {"email": "ayse@example.org", "frequency": "daily"}
        statuses.append(Client().post("/tr/takip/", form).status_code)
        connection.close()

    presses = [threading.Thread(target=press) for _number in range(6)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert statuses == [302] * 6
    assert len(mailoutbox) == 1


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
