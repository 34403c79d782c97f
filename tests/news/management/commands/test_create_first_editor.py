import re
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_named_in_the_environment(monkeypatch):
    for part in ("USERNAME", "PASSWORD", "EMAIL"):
        monkeypatch.delenv(f"DJANGO_SUPERUSER_{part}", raising=False)


def create_first_editor() -> str:
    call_command("create_first_editor", stdout=(printed := StringIO()))
    return printed.getvalue()


def test_a_demo_prints_a_password_that_works(client):
    printed = create_first_editor()

    username, password = re.search(r"Sign in as (\S+) with the password (\S+) ", printed).groups()
    assert client.login(username=username, password=password)
    assert User.objects.get().is_superuser


def test_the_password_is_printed_once(client):
    create_first_editor()

    assert create_first_editor() == ""
    assert User.objects.count() == 1


def test_the_account_named_in_the_environment_is_made_and_its_password_not_printed(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_USERNAME", "ayse")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "kale-burnu-27")
    monkeypatch.setenv("DJANGO_SUPERUSER_EMAIL", "ayse@example.org")

    printed = create_first_editor()

    assert client.login(username="ayse", password="kale-burnu-27")
    assert User.objects.get().email == "ayse@example.org"
    assert "kale-burnu-27" not in printed


def test_a_production_site_gets_no_account_by_itself(settings):
    settings.HTTPS = True

    assert "createsuperuser" in create_first_editor()
    assert not User.objects.exists()


def test_a_first_account_that_has_become_one_of_many_is_left_alone(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_USERNAME", "ayse")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "kordonda-yürüyüş")
    create_first_editor()
    User.objects.update(is_superuser=False)

    assert create_first_editor() == ""
    assert not User.objects.get().is_superuser
