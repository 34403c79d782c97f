"""The thread that asks for the weather beside a server."""

import threading
from datetime import UTC, datetime

import pytest

from cityportal import weather_keeper
from news import weather
from news.models import SiteProfile
from tests.news.test_weather import Service, measured, send, service  # noqa: F401 - a fixture


def test_the_first_request_starts_one_thread_and_waits_for_nothing(monkeypatch):
    ran = threading.Event()
    monkeypatch.setattr(weather_keeper, "keep", ran.set)
    application = weather_keeper.beside(lambda environ, start_response: [b"page"])

    assert not ran.is_set()
    assert application({}, None) == application({}, None) == [b"page"]
    assert ran.wait(5)


@pytest.mark.django_db
def test_a_page_shows_the_weather_and_never_asks_for_it(service: Service, client):  # noqa: F811
    SiteProfile.objects.create(
        pk=1, name_tr="Körfez", name_en="Gulf", short_name_tr="K", short_name_en="G",
        latitude="38.41900", longitude="27.12800",
    )  # fmt: skip
    assert "°C" not in client.get("/tr/").content.decode()
    assert service.asked == []

    service.answer = lambda handler: send(handler, measured(at=datetime.now(UTC)))
    weather_keeper.look()
    shown = client.get("/tr/").content.decode()

    assert "17 °C, parçalı bulutlu" in shown
    assert "https://open-meteo.com/" in shown
    assert len(service.asked) == 1
    weather.forget()
    assert "°C" not in client.get("/tr/").content.decode()
