"""The one query for who people were then says the same as the models that explain it."""

from datetime import date

import pytest

from news.models import FormerName, FormerTitle, Mention
from tests.news.make import appointment, article, office, official

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "day",
    [
        date(2018, 1, 1),
        date(2020, 5, 5),
        date(2021, 6, 1),
        date(2022, 1, 1),
        date(2024, 4, 1),
        date(2030, 1, 1),
    ],
)
def test_names_and_offices_of_a_day(day: date):
    person = official("Şule Öztürk")
    FormerName.objects.create(official=person, name="Şule Aydın", until=date(2021, 5, 31))
    mayor, deputy = office("Belediye Başkanı", rank=1), office("Başkan Vekili", rank=2)
    FormerTitle.objects.create(
        office=deputy, title_tr="Başkan Yardımcısı", title_en="Vice Mayor", until=date(2021, 12, 31)
    )
    appointment(person, deputy, date(2019, 4, 1), ends_on=date(2024, 3, 31))
    appointment(person, mayor, date(2021, 5, 1), ends_on=date(2021, 7, 1), acting=True)
    appointment(person, mayor, date(2024, 4, 1))
    Mention.objects.create(article=article(), official=person)

    told = Mention.objects.as_of(day, "tr").get()

    held = person.appointment_on(day)
    assert told.name_then == person.name_on(day)
    assert told.office_then == (held.office.title_on(day, "tr") if held else None)
    assert told.acting_then == (held.acting if held else None)
