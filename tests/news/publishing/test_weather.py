"""The weather on the pages."""

from datetime import UTC, datetime, timedelta

import pytest

from news import page_cache, weather
from news.models import Generation, SiteProfile
from news.publishing.weather import refresh
from tests.news.test_weather import NOW, Service, good, service  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


def settle(**values: object) -> None:
    SiteProfile.objects.update_or_create(
        pk=1, defaults={"name_tr": "K", "name_en": "G", "short_name_tr": "K", "short_name_en": "G", **values}
    )


def test_nobody_is_asked_until_the_city_has_coordinates(service: Service):  # noqa: F811
    refresh()
    assert service.asked == []

    settle(latitude="38.41900", longitude="27.12800")
    refresh()

    assert len(service.asked) == 1
    assert weather.current("en").words == "partly cloudy"


def test_the_pages_change_when_the_weather_does_and_not_before(service: Service, time_machine):  # noqa: F811
    settle(latitude="38.41900", longitude="27.12800")
    number = Generation.current()
    refresh()
    assert Generation.current() == number + 1
    refresh()
    assert Generation.current() == number + 1

    time_machine.move_to(NOW + timedelta(hours=1), tick=False)
    service.answer = good(temperature=21, at=NOW + timedelta(hours=1))
    refresh()
    assert Generation.current() == number + 2


def test_the_pages_drop_what_went_stale_or_was_switched_off(service: Service, time_machine):  # noqa: F811
    settle(latitude="38.41900", longitude="27.12800")
    refresh()
    number = Generation.current()
    service.answer = lambda handler: None

    time_machine.move_to(datetime(2026, 3, 18, 15, 1, tzinfo=UTC), tick=False)
    refresh()
    assert weather.current("tr") is None
    assert Generation.current() == number + 1

    time_machine.move_to(NOW, tick=False)
    settle(latitude=None, longitude=None)
    refresh()
    assert weather.current("tr") is None
    assert page_cache.LIFETIME <= 60
