import logging

import pytest
from django.test import Client

from cityportal.logs import LineFormatter


@pytest.mark.parametrize("address", ["/tr/%00/", "/tr/?q=%00", "/%00"])
def test_a_null_byte_in_an_address_is_a_bad_request(client: Client, address: str):
    assert client.get(address).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/%ff%fe", "/%ed%a0%80", "/..%2f..%2fetc/passwd", "/" + "a" * 5000, "/tr/%"]
)
def test_an_undecodable_or_endless_path_is_not_found(client: Client, address: str):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:80",
        "testserver@evil.example",
        "testserver.evil.example",
        "testserver, evil.example",
        "testserver evil.example",
        "testserver:80@evil.example",
        "testserver:evil.example",
        "[::1].evil.example",
    ],
)
def test_a_foreign_host_is_a_bad_request(client: Client, host: str):
    response = client.get("/", headers={"host": host})

    assert response.status_code == 400
    assert b"evil.example" not in response.content


@pytest.mark.django_db
def test_no_header_of_a_visitor_names_the_site(client: Client):
    named = ("X-Forwarded-Host", "X-Host", "X-Original-Host", "X-Forwarded-Server", "Forwarded")
    for address in ("/tr/", "/tr/feed/", "/sitemap.xml", "/tr/events.ics", "/tr/yok/"):
        plain = client.get(address)
        response = client.get(address, headers=dict.fromkeys(named, "host=evil.example"))
        assert response.content == plain.content
        assert "evil.example" not in str(response.headers)


@pytest.mark.django_db
def test_every_answer_refuses_sensors_scripts_and_frames_of_others(client: Client):
    response = client.get("/no-such-page/")

    assert "camera=()" in response["Permissions-Policy"]
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_what_a_visitor_sent_stays_on_one_line_of_the_log():
    record = logging.LogRecord(
        "portal", logging.WARNING, "", 0, "Not Found: %s", ("/a\r\nERROR forged \x1b[31m",), None
    )

    assert LineFormatter().format(record) == r"Not Found: /a\r\nERROR forged \x1b[31m"


def test_a_static_file_is_light_and_is_taken_for_nothing_else(tmp_path, settings):
    (tmp_path / "site.css").write_text("a{}")
    settings.STATIC_ROOT, settings.WHITENOISE_AUTOREFRESH = str(tmp_path), False
    response = Client().get("/static/site.css")
    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" not in response
    assert "Permissions-Policy" not in response
    assert Client().get("/static/%00.css").status_code in (400, 404)
