"""People are picked and kept as their offices come and go."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from news.models import Official
from tests.news import make
from tests.news.newsroom import all_of, filled, person, signed_in

pytestmark = pytest.mark.django_db
PICK = "/admin/autocomplete/"
CHANGE = "/admin/news/official/{}/change/"


@pytest.fixture
def client() -> Client:
    return signed_in(person("Editor"))


def offered(client: Client, words: str) -> list[str]:
    asked = {"term": words, "app_label": "news", "model_name": "mention", "field_name": "official"}
    return [result["text"] for result in client.get(PICK, asked).json()["results"]]


@pytest.fixture
def mayors() -> None:
    today = timezone.localdate()
    post = make.office("Belediye Başkanı")
    make.appointment(make.official("Ali Çelik"), post, today - timedelta(900), ends_on=today - timedelta(1))
    make.appointment(make.official("Zeynep Çelik"), post, today)
    make.official("Sergey Cheremin", listed=False)


def test_before_a_letter_is_typed_only_those_in_office_are_offered(client: Client, mayors: None):
    assert offered(client, "") == ["Zeynep Çelik"]


def test_a_name_finds_former_officials_and_guests_after_those_in_office(client: Client, mayors: None):
    assert offered(client, "celik") == ["Zeynep Çelik", "Ali Çelik"]
    assert offered(client, "Cheremin") == ["Sergey Cheremin"]


def test_the_list_of_the_newsroom_has_everybody(client: Client, mayors: None):
    names = all_of(client.get("/admin/news/official/"), "//th[contains(@class, 'field-name')]/a")
    assert sorted(names) == ["Ali Çelik", "Sergey Cheremin", "Zeynep Çelik"]


def test_an_office_has_one_holder_at_a_time_but_a_deputy_may_act(client: Client, mayors: None):
    post = make.Appointment.objects.first().office
    deputy = make.official("Kâmil Yıldırım")
    rows = {"appointments-TOTAL_FORMS": "1", "appointments-0-office": str(post.pk)}
    today = timezone.localdate().isoformat()
    rows |= {"appointments-0-starts_on": today, "appointments-0-ends_on": ""}
    typed = filled(client.get(CHANGE.format(deputy.pk)), **rows)

    refused = client.post(CHANGE.format(deputy.pk), typed)
    assert "O tarihlerde bu görevi Zeynep Çelik yürütüyor." in " ".join(
        all_of(refused, "//ul[@class='errorlist']/li")
    )
    assert all_of(refused, "//input[@name='appointments-0-starts_on']/@value") == [
        rows["appointments-0-starts_on"]
    ]

    client.post(CHANGE.format(deputy.pk), typed | {"appointments-0-acting": "on"})
    assert Official.objects.get(pk=deputy.pk).appointments.get().acting


def test_news_by_mail_is_offered_about_those_in_office(mayors: None):
    page = Client().get("/tr/takip/")
    assert all_of(page, "//select[@name='official']/option") == ["Tümü", "Zeynep Çelik"]
