"""The list of events by their days, and the next one of its kind, made from an event that there is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from news.models import Event, State, Status, Timing
from tests.news import make
from tests.news.newsroom import all_of, filled, person, signed_in, text_of

pytestmark = pytest.mark.django_db

ADD = "/admin/news/event/add/"


def weekly() -> Event:
    event = make.event(
        "Cumartesi atölyesi",
        title_en="Saturday workshop",
        recurrence="FREQ=WEEKLY;COUNT=6",
        status=Status.CANCELLED,
        status_reason_tr="Fırtına",
        expires_at=timezone.now() + timedelta(days=90),
        tags=["Çocuk"],
    )
    event.participants.add(make.official())
    event.occurrences.order_by("begins_at").update(cancelled=True)
    return event


def test_a_duplicate_is_a_draft_with_the_rule_and_nothing_that_befell_the_first():
    first = weekly()
    client = signed_in(person("Publisher"))
    form = client.get(f"/admin/news/event/{first.pk}/change/")
    assert "Çoğalt" in text_of(form)
    client.post(f"/admin/news/event/{first.pk}/duplicate/", follow=True)
    made = Event.objects.latest("pk")
    assert (made.title_tr, made.title_en) == ("Cumartesi atölyesi (kopya)", "Saturday workshop (copy)")
    assert (made.state, made.status, made.status_reason_tr) == (State.DRAFT, Status.SCHEDULED, "")
    assert (made.published_at, made.first_published_at, made.expires_at) == (None, None, None)
    assert made.guid != first.guid
    assert (made.version, made.sequence) == (1, 0)
    assert "atolyesi-kopya" in made.get_absolute_url("tr")
    assert (made.starts_at, made.recurrence) == (first.starts_at, first.recurrence)
    assert made.occurrences.count() == 6
    assert not made.occurrences.filter(cancelled=True).exists()
    assert list(made.participants.all()) == list(first.participants.all())
    assert [str(tag) for tag in made.tags.all()] == ["Çocuk"]
    assert made.author.username == "publisher"


def test_who_may_not_add_events_makes_none_from_another():
    first = weekly()
    client = signed_in(person("Author"))
    said = client.post(f"/admin/news/event/{first.pk}/duplicate/", follow=True)
    assert "Etkinlik ekleme yetkiniz yok." in text_of(said)
    assert client.get(f"/admin/news/event/{first.pk}/duplicate/").status_code == 405
    assert Event.objects.count() == 1


def test_the_list_says_when_and_what_became_of_it_in_words():
    days = {"timing": Timing.ALL_DAY, "starts_on": date(2026, 12, 4), "ends_on": date(2026, 12, 6)}
    make.event("Kitap günleri", status=Status.POSTPONED, external=True, organiser_tr="Yayıncılar", **days)
    make.event("Şenlik", starts_at=datetime(2026, 12, 8, 16, 30, tzinfo=UTC))
    listed = signed_in(person("Editor")).get("/admin/news/event/")
    cells = "//table[@id='result_list']/tbody/tr/*[not(contains(@class, 'action-checkbox'))]"
    assert all_of(listed, cells) == [
        *("Şenlik", "yayımlandı", "", "8 Aralık 2026, 19.30", "–", ""),
        *("Kitap günleri", "yayımlandı", "ertelendi", "4–6 Aralık 2026", "–", "Yayıncılar"),
    ]


def test_a_list_offers_all_only_where_it_left_something_out():
    make.event("Şenlik")
    client = signed_in(person("Editor"))
    show_all = "//form[@id='changelist-search']//a"
    assert all_of(client.get("/admin/news/event/"), show_all) == []
    assert all_of(client.get("/admin/news/event/?q=konser"), show_all) == ["Hepsini göster"]


def test_events_are_found_by_the_year_month_and_day_they_begin_on():
    make.event("Sonbahar sergisi", starts_on=date(2026, 10, 31), ends_on=date(2026, 11, 2), timing="all_day")
    make.event(
        "Kış panayırı", starts_at=datetime(2026, 12, 31, 20, tzinfo=UTC), recurrence="FREQ=DAILY;COUNT=3"
    )
    make.event("Bahar yürüyüşü", starts_on=date(2027, 3, 5), timing="time_unknown")
    client = signed_in(person("Publisher"))
    steps = "//nav[contains(@class, 'toplinks')]//a"

    assert all_of(client.get("/admin/news/event/"), steps) == ["2026", "2027"]
    months = client.get("/admin/news/event/?occurrences__first_day__year=2026")
    assert all_of(months, steps)[1:] == ["Ekim 2026", "Aralık 2026"]
    january = client.get(
        "/admin/news/event/?occurrences__first_day__year=2027&occurrences__first_day__month=1"
    )
    assert all_of(january, "//th[contains(@class, 'field-__str__')]") == ["Kış panayırı"]


@pytest.mark.parametrize("zone", ["Istanbul", "europe/istanbul", "Türkiye", "Mars/Base", "../etc/passwd"])
def test_a_misspelt_time_zone_is_told_at_its_field_and_nothing_typed_is_lost(zone: str):
    client = signed_in(person("Publisher"))
    typed = {"title_tr": "Şenlik", "starts_at": "2026-12-08T18:00", "time_zone": zone}
    response = client.post(ADD, filled(client.get(ADD), **typed))
    assert all_of(response, "//ul[@class='error-summary']//a/@href") == ["#id_time_zone"]
    assert f"“{zone}”, Europe/Istanbul gibi bir saat dilimi adı değil." in text_of(response)
    again = filled(response)
    assert {name: again[name] for name in typed} == {name: [value] for name, value in typed.items()}
    assert not Event.objects.exists()


def refused(client: Client, address: str, **typed: str) -> list[tuple[str, str]]:
    """What the summary of errors lists, each with the field it leads to."""
    return told_of(client.post(address, filled(client.get(address), **({"title_tr": "Şenlik"} | typed))))


def told_of(response: HttpResponse) -> list[tuple[str, str]]:
    links = "//ul[@class='error-summary']//a"
    return list(zip(all_of(response, f"{links}/@href"), all_of(response, links), strict=True))


def test_changing_the_timing_leaves_aside_what_stood_there_for_the_other():
    client = signed_in(person("Publisher"))
    event = make.event(
        "Şenlik", ends_at=timezone.now() + timedelta(days=30), recurrence="FREQ=WEEKLY;COUNT=3"
    )
    change = f"/admin/news/event/{event.pk}/change/"
    typed = {"timing": "all_day", "starts_on": "2026-12-04", "ends_on": "2026-12-05"}
    assert client.post(change, filled(client.get(change), **typed)).status_code == 302
    event.refresh_from_db()
    assert (event.timing, event.starts_at, event.ends_at) == (Timing.ALL_DAY, None, None)
    assert (event.starts_on, event.ends_on) == (date(2026, 12, 4), date(2026, 12, 5))

    typed = {"timing": "timed", "starts_at": "2026-12-08T18:00", "ends_on": "0001-01-01"}
    assert client.post(change, filled(client.get(change), **typed)).status_code == 302
    event.refresh_from_db()
    assert (event.timing, event.starts_on, event.ends_on) == (Timing.TIMED, None, None)
    assert event.starts_at == datetime(2026, 12, 8, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"starts_at": ""}, "starts_at", "Saatli etkinliğe saat"),
        ({"starts_on": "2026-12-08"}, "starts_at", "Saatli etkinliğe saat"),
        ({"timing": "all_day"}, "starts_on", "Saatli etkinliğe saat"),
        ({"timing": "time_unknown", "starts_at": "2026-12-08T18:00"}, "starts_on", "Saatli etkinliğe saat"),
        (
            {"starts_at": "2026-12-08T18:00", "ends_at": "2026-12-08T18:00"},
            "ends_at",
            "Etkinlik başlamadan bitiyor.",
        ),
        (
            {"timing": "all_day", "starts_on": "2026-12-08", "ends_on": "2026-12-07"},
            "ends_on",
            "Etkinlik başlamadan bitiyor.",
        ),
        (
            {"starts_at": "2026-12-08T18:00", "published_at": "2026-12-02T10:00",
             "expires_at": "2026-12-01T10:00"},
            "expires_at",
            "Bitiş zamanı yayın zamanından önce.",
        ),
        (
            {"starts_at": "2026-12-08T18:00", "published_at": "2020-12-02T10:00", "_move": "publish"},
            "published_at",
            "geçti",
        ),
        (
            {"starts_at": "2026-12-08T18:00", "expires_at": "2020-12-02T10:00", "_move": "publish"},
            "expires_at",
            "Yayımlanmadan süresi dolardı",
        ),
    ],
)  # fmt: skip
def test_a_refusal_leads_to_the_field_it_is_about(typed: dict, field: str, said: str):
    [(link, words)] = refused(signed_in(person("Publisher")), ADD, **typed)
    assert link == f"#id_{field}"
    assert said in words
    assert not Event.objects.exists()


@pytest.mark.parametrize("timing", ["timed", "all_day", "never"])
def test_a_series_without_its_start_is_told_so(timing: str):
    event = make.event("Kurs", recurrence="FREQ=WEEKLY;COUNT=3")
    change = f"/admin/news/event/{event.pk}/change/"
    told = refused(signed_in(person("Publisher")), change, timing=timing, starts_at="", ends_at="")
    fields = {"timed": "#id_starts_at", "all_day": "#id_starts_on", "never": "#id_timing"}
    assert [link for link, _words in told] == [fields[timing]]


def test_what_is_wrong_with_a_whole_row_of_the_form_is_listed_with_a_link_to_it():
    official, office = make.official(), make.office()
    make.appointment(official, office, date(2024, 4, 1), ends_on=date(2025, 4, 1))
    client = signed_in(person("Publisher"))
    change = f"/admin/news/official/{official.pk}/change/"
    typed = {"appointments-0-starts_on": "2025-04-01", "appointments-0-ends_on": "2024-04-01"}
    [(link, words)] = told_of(client.post(change, filled(client.get(change), **typed)))
    assert link == "#id_appointments-0-office"
    assert words == "Görevlendirme 1: Son gün ilk günden önce."
