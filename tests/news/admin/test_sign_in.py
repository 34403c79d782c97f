"""Only who belongs to the newsroom gets in, nobody learns who does, and everything of it is written down."""

import re
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Group, User
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.models import AccountEvent, AccountEventKind, State
from tests.news import make
from tests.news.newsroom import PASSWORD, code_of, page, person, signed_in, text_of

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/login/"
DESK = "/admin/"


def give(client: Client, name: str, password: str = PASSWORD, **more):
    return client.post(SIGN_IN + more.pop("query", ""), {"login": name, "password": password}, **more)


def is_in(client: Client) -> bool:
    return client.get(DESK).status_code == 200


def confirm(client: Client) -> None:
    """Before anything about the account changes, the password once more."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})


def log() -> list[tuple[str, str, str]]:
    rows = AccountEvent.objects.order_by("pk").values_list("kind", "name", "details")
    return [row for row in rows if row[0] != AccountEventKind.RIGHTS]


def test_the_admin_leads_to_the_one_page_for_signing_in(client):
    response = client.get("/admin/news/article/", follow=True)
    assert response.redirect_chain[-1][0] == f"{SIGN_IN}?next=%2Fadmin%2Fnews%2Farticle%2F"
    assert page(response).xpath("//html/@lang") == ["tr"]
    assert page(response).xpath("count(//main//h1)") == 1
    assert "no-store" in response["Cache-Control"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "data:" not in response["Content-Security-Policy"]
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 302


@pytest.mark.parametrize("name", ["ayse", "AYSE", " ayse ", "ayse@izmir.example", "Ayse@Izmir.example"])
def test_name_or_mail_with_the_password_open_the_newsroom(client, name):
    person(name="ayse", email="ayse@izmir.example")
    response = give(client, name, query="?next=/admin/news/article/")
    assert response["Location"] == "/admin/news/article/"
    assert is_in(client)


def test_a_session_lasts_a_working_day(client):
    person(name="ayse")
    give(client, "ayse")
    assert client.session.get_expiry_age() == 12 * 60 * 60
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"


def test_of_a_thousand_wrong_tries_at_most_ten_are_let_through():
    person(name="ayse", email="ayse@izmir.example")
    for number in range(1000):
        # From everywhere, under every spelling, and with the port that an attacker likes.
        Client().post(
            SIGN_IN,
            {"login": ("ayse", "AYSE", "ayse@izmir.example")[number % 3], "password": f"guess-{number}"},
            REMOTE_ADDR=f"198.51.{number % 100}.{number % 250}",
            headers={"host": f"testserver:{1000 + number}"},
        )
    assert AccountEvent.objects.filter(kind=AccountEventKind.FAILED).count() <= 10
    late = give(Client(), "ayse", REMOTE_ADDR="203.0.113.9")
    assert "Çok fazla deneme" in text_of(late)


def test_one_address_cannot_try_one_password_on_everybody():
    for number in range(40):
        give(Client(), f"name-{number}", "İzmir2026", REMOTE_ADDR="198.51.100.7")
    assert AccountEvent.objects.filter(kind=AccountEventKind.FAILED).count() <= 10


def test_an_account_that_exists_a_closed_one_and_none_at_all_get_the_same_answer():
    person(name="ayse", email="ayse@izmir.example")
    person(name="gone", email="gone@izmir.example", is_active=False)
    person(name="closed", is_active=False)

    def answer(name: str, password: str = "wrong") -> str:
        response = give(Client(), name, password, REMOTE_ADDR=f"203.0.113.{len(name) + len(password)}")
        assert response.status_code == 200
        said = re.sub(r'value="[A-Za-z0-9]{64}"', "", response.content.decode())
        return said.replace(name, "NAME")

    nobody = answer("nobody")
    assert "parola birbirine ait değil" in nobody
    assert answer("ayse") == answer("gone") == answer("closed", PASSWORD) == nobody
    assert answer("ayse@izmir.example") == answer("nobody@izmir.example")


@pytest.mark.parametrize("name", ["ayse", "gone", "ayse@izmir.example", "none@izmir.example", "nobody"])
def test_every_wrong_try_costs_the_same_work(name, monkeypatch):
    person(name="ayse", email="ayse@izmir.example")
    person(name="gone", is_active=False)
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: (hashed.append(1), encode(*args))[1])
    give(Client(), name, "wrong")
    assert len(hashed) == 1


def test_nobody_can_sign_up(client):
    assert "kapalı" in text_of(client.get("/account/signup/"))
    answer = client.post(
        "/account/signup/",
        {"username": "eve", "email": "e@x.example", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert "kapalı" in text_of(answer)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
        "http:///evil.example",
        "\thttps://evil.example",
    ],
)
def test_no_address_elsewhere_is_followed(target):
    person(name="ayse")
    for door in (SIGN_IN, "/admin/login/", "/account/logout/", "/account/password/change/"):
        client = signed_in(User.objects.get()) if "log" in door[9:] and door != SIGN_IN else Client()
        response = client.post(
            f"{door}?next={quote(target)}", {"login": "ayse", "password": PASSWORD, "next": target}
        )
        location = response.get("Location", "/")
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\"))


def test_who_leaves_is_out_at_once():
    user = person(name="ayse")
    client = Client()
    give(client, "ayse")
    assert is_in(client)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not is_in(client)
    assert not is_in(client)


def test_a_new_password_ends_the_other_sessions(client):
    person(name="ayse")
    elsewhere = Client()
    give(elsewhere, "ayse")
    give(client, "ayse")
    assert client.get("/admin/password_change/")["Location"] == "/account/password/change/"
    new = "sahilde-yürüyüş-35"
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_in(client)
    assert not is_in(elsewhere)
    assert log()[-1] == ("password", "ayse", "")


def test_signing_out_leads_back_to_the_door(client):
    person(name="ayse")
    give(client, "ayse")
    assert client.post("/admin/logout/")["Location"] == SIGN_IN
    assert not is_in(client)


def add_app(client: Client) -> str:
    """As a person does: password once more, scan, type the code."""
    confirm(client)
    client.get("/account/security/app/activate/")
    secret = client.session["mfa.totp.secret"]
    client.post("/account/security/app/activate/", {"code": code_of(secret)})
    return secret


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("group", ["Publisher", "Administrator"])
def test_who_may_publish_sets_up_a_second_factor_before_anything_else(settings, group):
    settings.SECOND_FACTOR_REQUIRED = True
    person(group, name="ayse")
    client = Client()
    give(client, "ayse")
    for address in (DESK, "/admin/news/article/", "/admin/news/article/add/", "/admin/jsi18n/"):
        response = client.get(address, follow=True)
        assert response.redirect_chain[-1][0] == "/account/security/"
    assert "Yayınlama yetkiniz var" in text_of(response)
    add_app(client)
    assert is_in(client)


@pytest.mark.django_db(transaction=True)
def test_a_session_that_began_before_the_second_factor_ends_and_changes_nothing_of_it(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = person(name="ayse")
    thief, owner = Client(), Client()
    for client in (thief, owner):
        give(client, "ayse")
    confirm(thief)
    add_app(owner)
    assert is_in(owner)

    thief.post("/account/security/app/deactivate/")
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    assert "_auth_user_id" not in thief.session
    assert thief.get(DESK, follow=True).redirect_chain[-1][0].startswith(SIGN_IN)
    give(thief, "ayse")
    assert not is_in(thief)


def test_a_session_that_passed_nothing_leads_to_the_door_and_there_through_both_factors(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = person(name="ayse")
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    client = signed_in(user)
    article = make.article(state=State.DRAFT, author=user)
    move = f"/admin/news/article/{article.pk}/move/publish/"
    assert "Oturumunuz kapandı" in text_of(client.post(move, {"reason": ""}))
    assert client.get(DESK, follow=True).redirect_chain[-1][0].startswith(SIGN_IN)
    article.refresh_from_db()
    assert article.state == State.DRAFT
    give(client, "ayse")
    client.post("/account/security/authenticate/", {"code": code_of(secret)})
    assert is_in(client)
    client.post(move, {"reason": ""})
    article.refresh_from_db()
    assert article.is_public()


def test_recovery_codes_alone_are_no_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = person(name="ayse")
    RecoveryCodes.activate(user)
    assert not is_in(signed_in(user))


def test_who_cannot_publish_needs_none(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert is_in(signed_in(person("Author")))


def test_a_superuser_needs_one(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert not is_in(signed_in(User.objects.create_superuser("root")))


def test_on_a_local_demo_it_is_offered_and_not_asked_for(settings):
    assert settings.SECOND_FACTOR_REQUIRED is False
    client = signed_in(person(name="ayse"))
    assert '<a href="/account/security/">' in client.get(DESK).content.decode()


def test_with_an_app_the_password_alone_opens_nothing(client):
    user = person(name="ayse")
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    assert give(client, "ayse")["Location"] == "/account/security/authenticate/"
    assert not is_in(client)
    client.post("/account/security/authenticate/", {"code": "000000"})
    assert not is_in(client)
    client.post("/account/security/authenticate/", {"code": code_of(secret)})
    assert is_in(client)
    assert log() == [("failed", "ayse", "totp"), ("signed_in", "ayse", "password, totp")]


def test_codes_cannot_be_guessed_and_none_works_twice(client):
    user = person(name="ayse")
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    used = code_of(secret)
    give(client, "ayse")
    client.post("/account/security/authenticate/", {"code": used})
    again = Client()
    give(again, "ayse")
    again.post("/account/security/authenticate/", {"code": used})
    assert not is_in(again)
    for number in range(100):
        again.post(
            "/account/security/authenticate/", {"code": f"{number:06}"}, REMOTE_ADDR=f"198.51.1.{number}"
        )
    assert AccountEvent.objects.filter(kind=AccountEventKind.FAILED).count() <= 10


def test_a_recovery_code_works_once(client):
    user = person(name="ayse")
    TOTP.activate(user, generate_totp_secret())
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    give(client, "ayse")
    client.post("/account/security/authenticate/", {"code": code})
    assert is_in(client)
    again = Client()
    give(again, "ayse")
    again.post("/account/security/authenticate/", {"code": code})
    assert not is_in(again)


def test_only_the_page_with_the_picture_to_scan_allows_one(client):
    person(name="ayse")
    give(client, "ayse")
    confirm(client)
    policy = client.get("/account/security/app/activate/")["Content-Security-Policy"]
    assert "img-src 'self' data:" in policy
    for address in ("/account/security/", "/account/security/keys/", "/account/password/change/"):
        response = client.get(address)
        assert "data:" not in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]


def test_a_forgotten_password_tells_nobody_who_has_an_account(client):
    person(name="ayse", email="ayse@izmir.example")

    def answer(email: str):
        return Client().post("/account/password/reset/", {"email": email}, headers={"host": "testserver:666"})

    known, unknown = answer("ayse@izmir.example"), answer("nobody@izmir.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    (letter,) = mail.outbox
    assert letter.to == ["ayse@izmir.example"]
    link = re.search(r"http\S+", letter.body)[0]
    assert link.startswith("http://testserver/account/password/reset/key/")
    page_for_it = client.get(link, follow=True)
    new = "sahilde-yürüyüş-35"
    client.post(page_for_it.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert not is_in(client)
    give(client, "ayse", new)
    assert is_in(client)


def test_everything_about_accounts_is_written_down_with_who_did_it(client):
    chief = person("Administrator", name="chief")
    ayse = person("Author", name="ayse")
    give(client, "chief")
    AccountEvent.objects.all().delete()
    group = Group.objects.get(name="Publisher")
    address = f"/admin/auth/user/{ayse.pk}/change/"
    client.post(address, {"username": "ayse", "is_active": "on", "is_staff": "on", "groups": [group.pk]})
    client.post(address, {"username": "ayse", "is_staff": "on", "groups": [group.pk]})
    client.post(
        f"/admin/auth/user/{ayse.pk}/password/",
        {"password1": "sahilde-yürüyüş-35", "password2": "sahilde-yürüyüş-35", "usable_password": "true"},
    )
    rows = AccountEvent.objects.order_by("pk")
    assert {(row.kind, row.user, row.by, row.address) for row in rows} == {
        ("rights", ayse, chief, "127.0.0.1"),
        ("password", ayse, chief, "127.0.0.1"),
    }
    assert [row.details for row in rows] == ["− Author", "+ Publisher", "− active", ""]


def test_a_password_typed_into_the_field_for_the_name_is_not_kept(client):
    person(name="ayse")
    give(client, PASSWORD, "x")
    assert log() == [("failed", "", "")]


@pytest.mark.django_db(transaction=True)
def test_factors_come_and_go_on_the_record(client):
    user = person(name="ayse")
    give(client, "ayse")
    response = client.get("/account/security/app/activate/")
    assert response["Location"].startswith("/account/reauthenticate/")
    add_app(client)
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    client.post("/account/security/app/deactivate/")
    assert [row[0] for row in log()] == [
        "signed_in",
        "factor_added",
        "factor_added",
        "factor_removed",
        "factor_removed",
    ]


def test_administrators_read_the_log_and_nobody_changes_it():
    chief, publisher = signed_in(person("Administrator")), signed_in(person("Publisher"))
    row = AccountEvent.objects.create(kind=AccountEventKind.FAILED, address="198.51.100.7")
    AccountEvent.objects.bulk_create([AccountEvent(kind=AccountEventKind.SIGNED_IN) for _n in range(30)])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        said = text_of(chief.get("/admin/news/accountevent/"))
    assert "198.51.100.7" in said
    assert "giriş başarısız" in said
    assert len(queries) <= 12
    assert publisher.get("/admin/news/accountevent/").status_code == 403
    assert chief.get("/admin/news/accountevent/add/").status_code == 403
    assert chief.post(f"/admin/news/accountevent/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    chief.post(f"/admin/news/accountevent/{row.pk}/change/", {"kind": "signed_in"})
    row.refresh_from_db()
    assert row.kind == AccountEventKind.FAILED
