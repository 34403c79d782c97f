"""The form of an event shows what the chosen timing and the chosen way to repeat ask for, and no more."""

import pytest
from playwright.sync_api import Page, expect

from news.models import Event
from tests.news.newsroom import enter, person

pytestmark = pytest.mark.django_db(transaction=True)

WHEN = ("time_zone", "starts_at", "ends_at", "starts_on", "ends_on")
REPEATS = ("interval", "weekdays", "until", "times", "rule")


@pytest.fixture
def form(page: Page, context, live_server) -> Page:
    enter(context, live_server, person("Publisher", "elif"))
    page.goto(f"{live_server.url}/admin/news/event/add/")
    return page


def shown(form: Page, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if form.locator(f"#id_{name}").is_visible()]


def test_the_form_follows_the_timing_and_takes_the_day_along(form: Page):
    timing = form.locator("#id_timing")
    form.locator("#id_title_tr").fill("Şenlik")
    assert shown(form, WHEN) == ["time_zone", "starts_at", "ends_at"]
    form.locator("#id_starts_at").fill("2027-05-08T18:00")
    form.locator("#id_ends_at").fill("2027-05-10T00:00")

    timing.select_option("all_day")
    assert shown(form, WHEN) == ["time_zone", "starts_on", "ends_on"]
    expect(form.locator("#id_starts_on")).to_have_value("2027-05-08")
    expect(form.locator("#id_ends_on")).to_have_value("2027-05-09")
    form.locator("#id_starts_on").fill("2027-05-07")
    timing.select_option("timed")
    expect(form.locator("#id_starts_at")).to_have_value("2027-05-07T18:00")
    expect(form.locator("#id_ends_at")).to_have_value("2027-05-09T00:00")

    timing.select_option("time_unknown")
    form.locator("[name=_save]").click()
    expect(form.locator(".messagelist .success")).to_be_visible()
    made = Event.objects.get()
    assert (str(made.starts_on), str(made.ends_on), made.starts_at) == ("2027-05-07", "2027-05-08", None)


def test_the_form_follows_how_it_repeats_and_sends_nothing_that_is_hidden(form: Page):
    pattern = form.locator("#id_pattern")
    assert shown(form, REPEATS) == []
    pattern.select_option("other")
    assert shown(form, REPEATS) == ["rule"]
    pattern.select_option("weekly")
    assert shown(form, REPEATS) == ["interval", "weekdays", "until", "times"]
    form.locator("#id_weekdays_1").check()
    pattern.select_option("daily")
    assert shown(form, REPEATS) == ["interval", "until", "times"]

    form.locator("#id_title_tr").fill("Kurs")
    form.locator("#id_times").fill("3")
    form.locator("#id_starts_at").fill("2027-05-08T18:00")
    form.locator("[name=_save]").click()
    expect(form.locator(".messagelist .success")).to_be_visible()
    assert Event.objects.get().recurrence == "FREQ=DAILY;COUNT=3"


def test_what_a_form_was_refused_for_is_seen(form: Page):
    form.locator("#id_title_tr").fill("Şenlik")
    form.locator("#id_time_zone").fill("Istanbul")
    form.locator("#id_timing").select_option("all_day")
    form.locator("[name=_save]").click()
    links = form.locator(".error-summary a")
    expect(links).to_have_count(2)
    assert shown(form, WHEN) == ["time_zone", "starts_on", "ends_on"]
    links.first.click()
    expect(form.locator("#id_time_zone")).to_be_focused()
