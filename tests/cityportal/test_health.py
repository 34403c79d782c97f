from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client


@pytest.fixture(autouse=True)
def media_folder(settings, own_cache_and_media) -> Path:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir()
    return folder


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_a_probe_by_bare_address_is_told_ok(client: Client, address: str):
    response = client.get(address, headers={"host": "10.1.2.3:8000"})

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.django_db
def test_a_probe_over_plain_http_is_not_sent_to_https(client: Client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_a_probe_only_reads(client: Client):
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_a_probe_costs_one_query(client: Client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/healthz")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_without_its_database_the_portal_is_not_healthy(client: Client, address: str):
    def refuse(*_):
        raise OperationalError("the server is gone")

    with connection.execute_wrapper(refuse):
        response = client.get(address)

    assert (response.status_code, response.content) == (503, b"the database does not answer\n")
    assert response["Retry-After"] == "5"


@pytest.mark.django_db
def test_with_a_pending_migration_the_portal_is_healthy_but_not_ready(client: Client):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"migrations are pending\n")


@pytest.mark.django_db
def test_without_a_writable_media_folder_the_portal_is_not_ready(client: Client, media_folder: Path):
    media_folder.rmdir()

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"the media folder cannot be written\n")
