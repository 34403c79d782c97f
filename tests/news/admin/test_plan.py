"""The planning calendar: what comes when, and which days are still free."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User

from news.models import State
from tests.news import make
from tests.news.newsroom import all_of, person, signed_in, text_of

pytestmark = pytest.mark.django_db
#: A Monday, 11.00 in Istanbul.
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def day(user: User, of: str, query: str = "") -> str:
    response = signed_in(user).get(f"/admin/plan/{query}")
    (cell,) = all_of(response, f"//td[h3/time[@datetime='{of}']]")
    return cell


def plan(number: int = 1) -> None:
    """A day with everything on it, as many times."""
    tomorrow = MONDAY + DAY
    for count in range(number):
        make.article(f"Yarınki haber {count}", published_at=tomorrow)
        live = make.article(f"Süreli ilan {count}", expires_at=tomorrow)
        copy = {"translation_key": live.translation_key, "state": State.IN_REVIEW, "merge_approved": True}
        make.article(f"Yeni saatler {count}", original=live, merge_at=tomorrow, **copy)
        make.event(f"Fener alayı {count}", starts_at=tomorrow + timedelta(hours=8))


def test_a_day_names_what_comes_out_changes_takes_place_and_expires():
    plan()
    said = day(person("Author"), "2026-11-24")
    assert "24 Kasım 2026 Salı" in said
    for kind, title in (
        ("11.00 yayın", "Yarınki haber 0"),
        ("11.00 değişiklik", "Yeni saatler 0"),
        ("11.00 yayından kalkma", "Süreli ilan 0"),
        ("19.00 etkinlik", "Fener alayı 0"),
    ):
        assert f"{kind} {title}" in said


def test_the_hour_before_midnight_in_london_is_the_next_day_here():
    make.article("Gece haberi", published_at=datetime(2026, 11, 25, 21, 30, tzinfo=UTC))
    assert "00.30 yayın Gece haberi" in day(person("Author"), "2026-11-26")


def test_a_free_day_is_there_and_says_so():
    user = person("Author")
    response = signed_in(user).get("/admin/plan/")
    assert len(all_of(response, "//td/h3")) == 30
    assert "boş" in day(user, "2026-11-29")
    assert "bugün" in day(user, "2026-11-23")
    assert "Bu ay için planlanmış bir şey yok." in text_of(response)


def test_the_months_lead_on_and_back_over_the_year():
    client = signed_in(person("Author"))
    december = client.get("/admin/plan/?month=2026-12")
    assert all_of(december, "//nav[@aria-label='Aylar']/a") == ["← Kasım 2026", "Bu ay", "Ocak 2027 →"]
    assert all_of(december, "//h2[@id='plan-month']") == ["Aralık 2026"]
    assert "?month=2027-01" in all_of(december, "//a[@rel='next']/@href")[0]
    assert all_of(client.get("/admin/plan/"), "//table[@class='plan-month']//th")[::6] == ["Pzt", "Paz"]


@pytest.mark.parametrize("month", ["2026-13", "x", "0001-01", "9999-12", "2026-11-05", "' OR 1=1"])
def test_a_month_that_does_not_exist_is_said_and_the_current_one_shown(month):
    response = signed_in(person("Author")).get("/admin/plan/", {"month": month})
    assert response.status_code == 200
    assert "Böyle bir ay burada yok" in text_of(response)
    assert all_of(response, "//h2[@id='plan-month']") == ["Kasım 2026"]


def test_what_goes_on_from_last_month_stands_on_the_first_with_its_end():
    make.event("Fotoğraf sergisi", timing="all_day", starts_on=date(2026, 10, 20), ends_on=date(2026, 11, 12))
    said = day(person("Author"), "2026-11-01")
    assert "etkinlik · bitiş: 12 Kasım 2026 Fotoğraf sergisi" in said


def test_a_draft_event_is_a_plan_and_a_draft_article_has_no_day():
    make.event("Açılış", state=State.DRAFT, starts_at=MONDAY + DAY)
    make.article("Taslak", state=State.DRAFT, published_at=MONDAY + DAY)
    said = day(person("Author"), "2026-11-24")
    assert "taslak Açılış" in said
    assert "Taslak" not in said


def test_a_full_day_folds_what_does_not_fit():
    plan(3)
    response = signed_in(person("Author")).get("/admin/plan/")
    assert len(all_of(response, "//td/ul/li")) == 6
    assert all_of(response, "//td/details/summary") == ["6 tane daha"]
    assert len(all_of(response, "//td/details//li")) == 6


def test_only_the_newsroom_sees_it(client):
    assert client.get("/admin/plan/").status_code == 302
    visitor = User.objects.create_user("konuk", is_staff=True)
    assert signed_in(visitor).get("/admin/plan/").status_code == 403
    assert "Planlama takvimi" not in text_of(signed_in(visitor).get("/admin/"))


@pytest.mark.parametrize("number", [1, 20])
def test_a_full_month_asks_as_much_as_an_empty_one(number, django_assert_num_queries):
    plan(number)
    client = signed_in(person("Publisher"))
    client.get("/admin/plan/")
    with django_assert_num_queries(8):
        client.get("/admin/plan/")
