"""The settings of a real start: each test is a process of its own, for settings are read once."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parent.parent
KEY = "a key of the tests, long enough to satisfy the deployment checks: 0123456789"
PRODUCTION = {"SITE_URL": "https://news.example.org", "SECRET_KEY": KEY}


@pytest.fixture
def manage(tmp_path: Path):
    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DATA_DIR": str(tmp_path)} | environment,
            capture_output=True,
            text=True,
        )

    return run


@pytest.fixture
def setting(manage):
    def read(name: str, **environment: str) -> str:
        code = f"from django.conf import settings; print(settings.{name})"
        result = manage("shell", "--no-imports", "-c", code, **environment)
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()

    return read


def test_production_passes_every_deployment_check(manage):
    result = manage("check", "--deploy", "--fail-level=WARNING", **PRODUCTION)

    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize("site_url", ["https://news.example.org", "http://localhost:8000"])
def test_without_a_secret_nothing_starts(manage, site_url: str):
    result = manage("check", SITE_URL=site_url)

    assert result.returncode != 0
    assert "SECRET_KEY is not set." in result.stderr


def test_the_key_of_a_demo_or_of_development_never_signs_a_production_site(manage, tmp_path: Path):
    (tmp_path / "secret_key").write_text(KEY)

    assert manage("check", SITE_URL="http://localhost:8000").returncode == 0
    assert "SECRET_KEY is not set." in manage("check", SITE_URL=PRODUCTION["SITE_URL"], DEBUG="1").stderr


@pytest.mark.parametrize("site_url", ["news.example.org", "ftp://news.example.org", "https://"])
def test_an_address_that_is_none_is_refused_in_words(manage, site_url: str):
    assert "SITE_URL must look like https://news.example.org" in manage("check", SITE_URL=site_url).stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SITE_URL", "news.example.org"),
        ("TRUSTED_PROXY_COUNT", "one"),
        ("DATABASE_URL", "portal"),
        ("DATABASE_URL", "postgres://portal@127.0.0.1:port/portal"),
        ("DATABASE_URL", "oracle://portal@127.0.0.1/portal"),
        ("REDIS_URL", "127.0.0.1:6379"),
        ("EMAIL_URL", "mail.example.org"),
        ("WEBSUB_HUB_URL", "hub"),
    ],
)
def test_a_wrong_value_is_told_in_one_sentence_before_anything_starts(manage, name: str, value: str):
    result = manage("prepare_site", **{"SECRET_KEY": KEY, name: value})

    assert result.returncode == 1
    assert len(result.stderr.strip().splitlines()) == 1
    assert name in result.stderr


def test_production_answers_only_to_its_own_name(setting):
    assert setting("ALLOWED_HOSTS", **PRODUCTION) == "['news.example.org']"
    assert "localhost" in setting("ALLOWED_HOSTS", SECRET_KEY=KEY)


def test_a_forwarded_protocol_is_believed_only_where_a_proxy_was_announced(setting):
    assert setting("SECURE_PROXY_SSL_HEADER", **PRODUCTION) == "None"
    assert "X_FORWARDED_PROTO" in setting("SECURE_PROXY_SSL_HEADER", **PRODUCTION, TRUSTED_PROXY_COUNT="1")


def test_a_path_with_odd_characters_holds_the_database(setting, tmp_path: Path):
    folder = tmp_path / "Şehir %41 #1?"

    assert setting("DATABASES['default']['NAME']", SECRET_KEY=KEY, DATA_DIR=str(folder)) == str(
        folder / "portal.sqlite3"
    )


def test_options_in_the_address_of_the_database_are_kept(setting):
    options = setting(
        "DATABASES['default']['OPTIONS']",
        SECRET_KEY=KEY,
        DATABASE_URL="postgres://u:p@db.example.org/portal?sslmode=verify-full",
    )

    assert "'sslmode': 'verify-full'" in options
    assert "'pool'" in options


def test_the_example_explains_every_variable_that_is_read_and_no_other():
    settings = (ROOT / "cityportal" / "settings.py").read_text()
    bootstrap = (ROOT / "bootstrap.py").read_text()
    ours = set(re.findall(r'(?:env(?:\.\w+)?|number)\(\s*"(\w+)"', settings))
    ours |= set(re.findall(r'environ\.get\("(\w+)"', bootstrap))
    ours -= {"ENV_FILE"}  # a file cannot name itself; docs/deploy.md names it
    first_account = {f"DJANGO_SUPERUSER_{part}" for part in ("USERNAME", "PASSWORD", "EMAIL")}
    read_by_boto = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
    explained = set(re.findall(r"^#(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert explained == ours | first_account | read_by_boto


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say(capsys):
    call_command("makemigrations", check=True, dry_run=True)

    assert "No changes detected" in capsys.readouterr().out
