"""What is known of people goes when it has been kept long enough, and when they ask for it."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client

from news.models import AccountEvent, Draft, Presence, PreviewLink, Submission, Subscription
from news.publishing import personal_data, preview
from tests.news import make
from tests.news.newsroom import PASSWORD, person, signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
OLD = NOW - timedelta(days=731)


def everything() -> dict[str, int]:
    models = (Session, AccountEvent, PreviewLink, Draft, Presence, Submission)
    return {model.__name__: model._default_manager.count() for model in models}


def traces() -> None:
    """What a day of work in the newsroom leaves."""
    user = person("Publisher", f"elif{Session.objects.count()}", email="elif@kent.example")
    Client().post("/account/login/", {"login": user.username, "password": PASSWORD})
    draft = make.article("Taslak", state="draft")
    preview.make_link(draft, user, days=7)
    Draft.objects.create(user=user, key="article:1", values=[])
    Presence.objects.create(user=user, key="article:1")
    Submission.objects.create(digest=user.username, location="/")


def test_what_was_kept_long_enough_is_deleted_by_the_timer():
    with time_machine.travel(OLD, tick=False):
        traces()
    with time_machine.travel(NOW, tick=False):
        before = everything()
        assert all(before.values())
        traces()
        call_command("tick")
        assert everything() == before
        call_command("tick")
        assert everything() == before


def test_an_address_is_told_what_is_known_of_it():
    Subscription.objects.create(email="ayse@example.org", language="tr", tag=make.topic("Ulaşım"))
    Subscription.objects.create(email="mehmet@example.org", language="tr")
    signed_in(person("Author", "ayse", email="Ayse@example.org"))
    printed = io.StringIO()
    call_command("personal_data", "AYSE@example.org", stdout=printed)
    told = json.loads(printed.getvalue())
    assert [(row["language"], row["about"]) for row in told["subscriptions"]] == [("tr", "Ulaşım")]
    assert [account["name"] for account in told["accounts"]] == ["ayse"]
    assert [event["kind"] for event in told["accounts"][0]["sign_ins_and_rights"]]
    assert "mehmet" not in printed.getvalue()


def test_an_address_is_erased_when_its_person_asks():
    for email in ("ayse@example.org", "Ayse@Example.org", "mehmet@example.org"):
        Subscription.objects.create(email=email, language="tr")
    printed = io.StringIO()
    call_command("personal_data", " ayse@example.org", "--erase", stdout=printed)
    assert printed.getvalue() == "Subscriptions deleted: 2.\n"
    assert [row.email for row in Subscription.objects.all()] == ["mehmet@example.org"]
    assert personal_data.of("ayse@example.org") == {"subscriptions": [], "accounts": []}
