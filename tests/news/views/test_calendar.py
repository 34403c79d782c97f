"""What a calendar program gets."""

from collections import OrderedDict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from news.models import (
    Attendance,
    Event,
    EventKind,
    Occurrence,
    Official,
    Place,
    SiteProfile,
    State,
    Status,
    Timing,
)
from news.publishing.event import rebuild_occurrences
from news.syndication import icalendar as written
from tests.news.make import event

pytestmark = pytest.mark.django_db

ISTANBUL = ZoneInfo("Europe/Istanbul")
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


def read(client: Client, address: str = "/tr/events.ics", **query: object) -> icalendar.Calendar:
    """The calendar as a strict program reads it, after a round trip that must lose nothing."""
    response = client.get(address, query)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(response.content)
    assert not calendar.errors
    assert not any(part.errors for part in calendar.walk())
    assert calendar.to_ical() == response.content
    return calendar


def only(client: Client, address: str = "/tr/events.ics", **query: object) -> icalendar.Event:
    (part,) = read(client, address, **query).walk("VEVENT")
    return part


def summaries(client: Client, **query: object) -> list[str]:
    return [str(part["SUMMARY"]) for part in read(client, **query).walk("VEVENT")]


def local(*parts: int, zone: ZoneInfo = ISTANBUL) -> datetime:
    return datetime(*parts, tzinfo=zone)


def test_an_evening_has_its_local_start_end_zone_place_and_page(client: Client, settings):
    settings.SITE_URL = "https://sehir.example.org"
    district = Place.objects.create(name_tr="Konak", name_en="Konak")
    place = Place.objects.create(
        name_tr="Büyük Salon", name_en="Great Hall", within=district, address="Sahil Cad. 1",
        latitude="38.41900", longitude="27.12800",
    )  # fmt: skip
    made = event(
        "Şef, koro; çağrı", starts_at=local(2026, 3, 20, 20), ends_at=local(2026, 3, 20, 22, 30), place=place,
        summary_tr="Açılış konseri", kind=EventKind.CULTURE, tags=["Müzik"],
    )  # fmt: skip

    part = only(client)

    assert part["SUMMARY"] == "Şef, koro; çağrı"
    assert part["DTSTART"].to_ical() == b"20260320T200000"
    assert part["DTSTART"].params["TZID"] == "Europe/Istanbul"
    assert part.end == local(2026, 3, 20, 22, 30)
    assert part["LOCATION"] == "Büyük Salon, Sahil Cad. 1, Konak"
    assert part["GEO"].to_ical() == "38.419;27.128"
    url = f"https://sehir.example.org/tr/etkinlikler/{made.pk}/sef-koro-cagri/"
    assert part["URL"] == url
    assert "Açılış konseri" in part["DESCRIPTION"]
    assert part["DESCRIPTION"].endswith(url)
    assert part["STATUS"] == "CONFIRMED"
    assert part["TRANSP"] == "TRANSPARENT"
    assert part["CATEGORIES"].cats == ["kültür sanat", "Müzik"]
    zone = read(client).walk("VTIMEZONE")[0]
    assert zone["TZID"] == "Europe/Istanbul"


def test_the_summit_of_three_days_ends_on_the_day_after_its_last(client: Client):
    event("Zirve", timing=Timing.ALL_DAY, starts_on=date(2026, 9, 9), ends_on=date(2026, 9, 11))

    part = only(client)

    assert part["DTSTART"].params["VALUE"] == "DATE"
    assert (part["DTSTART"].dt, part["DTEND"].dt) == (date(2026, 9, 9), date(2026, 9, 12))


def test_an_unknown_end_is_left_open_and_an_unknown_time_is_a_day(client: Client):
    event("Sonu belirsiz", starts_at=local(2026, 3, 20, 20))
    event("Saati belirsiz", timing=Timing.TIME_UNKNOWN, starts_on=date(2026, 3, 21))

    open_end, timeless = read(client).walk("VEVENT")

    assert "DTEND" not in open_end
    assert "DURATION" not in open_end
    assert timeless["DTSTART"].dt == date(2026, 3, 21)
    assert "Saati daha sonra duyurulacak." in timeless["DESCRIPTION"]


def test_the_identity_survives_a_new_title_date_address_and_domain_and_is_one_for_both_languages(
    client: Client, settings
):
    made = event("Eski ad", title_en="Old name")
    before = only(client)["UID"]
    made.title_tr, made.starts_at = "Yeni ad", made.starts_at + timedelta(days=30)
    made.save()
    settings.SITE_URL = "https://yeni.example.org"

    assert only(client)["UID"] == before == str(made.guid)
    assert only(client, "/en/events.ics")["UID"] == before


def test_what_is_called_off_stays_says_why_and_takes_its_links_away(client: Client):
    made = event(
        status=Status.CANCELLED, status_reason_tr="Fırtına uyarısı", sequence=3, attendance=Attendance.HYBRID,
        join_url="https://toplanti.example.org/1", tickets_url="https://bilet.example.org/1",
    )  # fmt: skip

    part = only(client)

    assert part["UID"] == str(made.guid)
    assert part["STATUS"] == "CANCELLED"
    assert part["SEQUENCE"] == 3
    assert part["SUMMARY"] == "İptal: Körfez Şenliği"
    assert part["DESCRIPTION"].startswith("Fırtına uyarısı")
    assert "toplanti.example.org" not in part.to_ical().decode()
    assert "bilet.example.org" not in part.to_ical().decode()


@pytest.mark.parametrize(
    ("status", "told", "title"),
    [
        (Status.POSTPONED, "TENTATIVE", "Ertelendi: Körfez Şenliği"),
        (Status.RESCHEDULED, "CONFIRMED", "Körfez Şenliği"),
        (Status.MOVED_ONLINE, "CONFIRMED", "Çevrim içi yapılacak: Körfez Şenliği"),
    ],
)
def test_every_change_of_plan_is_told(client: Client, status: str, told: str, title: str):
    event(status=status, previous_start_date=date(2026, 2, 3), attendance=Attendance.ONLINE)

    part = only(client)

    assert (part["STATUS"], part["SUMMARY"]) == (told, title)
    assert ("İlk tarihi 3 Şubat 2026 idi." in part["DESCRIPTION"]) == (status == Status.RESCHEDULED)


def test_an_online_event_carries_its_link_only_from_when_it_opens(client: Client, time_machine):
    starts_at = NOW + timedelta(hours=5)
    event(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), attendance=Attendance.ONLINE,
        join_url="https://toplanti.example.org/1", join_opens_minutes=30,
    )  # fmt: skip
    assert only(client)["LOCATION"] == "Çevrim içi"
    assert "CONFERENCE" not in only(client)

    time_machine.move_to(starts_at - timedelta(minutes=20), tick=False)

    assert only(client)["CONFERENCE"] == "https://toplanti.example.org/1"
    assert "toplanti.example.org" in only(client)["DESCRIPTION"]


def test_an_event_of_others_names_its_organiser_and_ours_the_city(client: Client):
    SiteProfile.objects.create(
        pk=1, name_tr="Körfez Şehri", name_en="Gulf City", short_name_tr="K", short_name_en="G",
        email="basin@sehir.example.org",
    )  # fmt: skip
    event(external=True, organiser_tr="Moskova Forumu", organiser_url="https://forum.example.org/")
    assert only(client)["ORGANIZER"] == "https://forum.example.org/"
    assert only(client)["ORGANIZER"].params["CN"] == "Moskova Forumu"
    assert "Düzenleyen: Moskova Forumu" in only(client)["DESCRIPTION"]

    Event.objects.update(external=False, organiser_tr="")

    assert only(client)["ORGANIZER"] == "mailto:basin@sehir.example.org"


def test_an_event_abroad_keeps_its_own_zone(client: Client):
    moscow = ZoneInfo("America/New_York")
    event(time_zone="America/New_York", starts_at=local(2026, 7, 1, 10, zone=moscow))

    calendar = read(client)

    (part,) = calendar.walk("VEVENT")
    assert part["DTSTART"].to_ical() == b"20260701T100000"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["America/New_York"]


def test_a_weekly_course_is_one_rule_with_its_extra_and_left_out_days(client: Client):
    event(
        "Kurs", starts_at=local(2026, 3, 3, 18), ends_at=local(2026, 3, 3, 19, 30),
        recurrence="FREQ=WEEKLY;BYDAY=TU;UNTIL=20260630T235959",
        extra_dates="2026-03-12\n2026-03-14T10:00", excluded_dates="2026-03-17",
    )  # fmt: skip

    part = only(client)

    assert part["RRULE"]["UNTIL"] == [datetime(2026, 6, 30, 20, 59, 59, tzinfo=UTC)]
    assert [extra.dt for extra in part["RDATE"].dts] == [local(2026, 3, 12, 18), local(2026, 3, 14, 10)]
    assert [left.dt for left in part["EXDATE"].dts] == [local(2026, 3, 17, 18)]


def test_a_course_of_whole_days_speaks_in_dates_throughout(client: Client):
    event(
        "Fuar", timing=Timing.ALL_DAY, starts_on=date(2026, 3, 3), ends_on=date(2026, 3, 4),
        recurrence="FREQ=MONTHLY;UNTIL=20261231T235959", extra_dates="2026-03-20",
        excluded_dates="2026-04-03",
    )  # fmt: skip

    part = only(client)

    assert part["RRULE"]["UNTIL"] == [date(2026, 12, 31)]
    assert [extra.dt for extra in part["RDATE"].dts] == [date(2026, 3, 20)]
    assert [left.dt for left in part["EXDATE"].dts] == [date(2026, 4, 3)]
    assert part["RDATE"].params["VALUE"] == part["EXDATE"].params["VALUE"] == "DATE"


def test_a_single_evening_that_was_moved_or_called_off_is_told_beside_the_rule(client: Client):
    made = event(
        "Kurs",
        starts_at=local(2026, 3, 3, 18),
        ends_at=local(2026, 3, 3, 19),
        recurrence="FREQ=WEEKLY;COUNT=10",
    )
    moved, off = made.occurrences.order_by("begins_at")[1:3]
    Occurrence.objects.filter(pk=moved.pk).update(
        moved=True, begins_at=F("begins_at") + timedelta(days=1), ends_at=F("ends_at") + timedelta(days=1)
    )
    Occurrence.objects.filter(pk=off.pk).update(cancelled=True, note_tr="Bayram tatili")

    whole, first, second = read(client).walk("VEVENT")

    assert {part["UID"] for part in (whole, first, second)} == {str(made.guid)}
    assert first["RECURRENCE-ID"].dt == local(2026, 3, 10, 18)
    assert (first.start, first.end) == (local(2026, 3, 11, 18), local(2026, 3, 11, 19))
    assert first["STATUS"] == "CONFIRMED"
    assert second["RECURRENCE-ID"].dt == second.start == local(2026, 3, 17, 18)
    assert (second["STATUS"], second["SUMMARY"]) == ("CANCELLED", "İptal: Kurs")
    assert "Bayram tatili" in second["DESCRIPTION"]


def test_only_what_is_public_in_the_language_is_told(client: Client):
    event("Açık")
    event("", title_en="English only")
    event("Taslak", state=State.DRAFT)
    event("Zamanlanmış", published_at=NOW + timedelta(hours=1))
    event("Süresi dolmuş", published_at=NOW - timedelta(days=3), expires_at=NOW - timedelta(days=1))
    event("Geri çekilmiş", state=State.WITHDRAWN, withdrawn_at=NOW)

    assert summaries(client) == ["Açık"]
    assert summaries(client, address="/en/events.ics") == ["English only"]


def test_what_is_over_stays_a_year(client: Client):
    event("Geçen ay", starts_at=NOW - timedelta(days=30))
    event("İki yıl önce", starts_at=NOW - timedelta(days=730))

    assert summaries(client) == ["Geçen ay"]


def test_a_calendar_can_be_had_of_every_choice_that_the_lists_offer(client: Client):
    district = Place.objects.create(name_tr="Bornova", name_en="Bornova")
    hall = Place.objects.create(name_tr="Salon", name_en="Hall", within=district)
    guest = Official.objects.create(name="Ayşe Işık", family_name="Işık")
    wanted = event("Aranan", kind=EventKind.SPORT, place=hall, tags=["Bisiklet"], accessible=True)
    wanted.participants.add(guest)
    event("Başka", kind=EventKind.FAIR, free=False)
    tag = wanted.tags.get()

    for query in (
        {"kind": "sport"}, {"district": district.pk}, {"free": 1}, {"accessible": 1}, {"topic": tag.pk},
        {"person": guest.pk}, {"kind": "sport", "free": 1},
    ):  # fmt: skip
        assert summaries(client, **query) == ["Aranan"], query
    name = str(read(client, kind="sport", topic=tag.pk)["X-WR-CALNAME"])
    assert name.endswith(": spor, Bisiklet")


@pytest.mark.parametrize(
    "query", ["kind=war", "topic=999999", "topic=x", "person=999999", "district=0", "district=9" + "9" * 30]
)
def test_a_choice_that_does_not_exist_is_a_missing_page(client: Client, query: str):
    assert client.get(f"/tr/events.ics?{query}").status_code == 404


def test_the_tag_of_a_draft_has_no_calendar(client: Client):
    draft = event("Taslak", state=State.DRAFT, tags=["Gizli proje"])

    assert client.get(f"/tr/events.ics?topic={draft.tags.get().pk}").status_code == 404


def test_one_event_is_a_file_under_its_own_address(client: Client):
    made = event("Işık Şenliği")

    response = client.get(f"/tr/etkinlikler/{made.pk}/isik-senligi.ics")

    assert response["Content-Disposition"] == 'attachment; filename="isik-senligi.ics"'
    assert only(client, f"/tr/etkinlikler/{made.pk}/eski-adi.ics")["SUMMARY"] == "Işık Şenliği"
    assert client.get(f"/en/events/{made.pk}/isik-senligi.ics").status_code == 404
    Event.objects.update(state=State.DRAFT)
    assert client.get(f"/tr/etkinlikler/{made.pk}/isik-senligi.ics").status_code == 404


def test_two_reads_are_the_same_to_the_byte_though_time_passes(client: Client, time_machine):
    event("Kurs", starts_at=local(2026, 3, 3, 18), recurrence="FREQ=DAILY", title_en="Course")
    first = client.get("/tr/events.ics").content

    time_machine.move_to(NOW + timedelta(hours=7), tick=False)

    assert client.get("/tr/events.ics").content == first


def test_the_stamp_moves_with_a_change_and_not_with_a_reading(client: Client, time_machine):
    made = event()
    assert only(client)["DTSTAMP"].dt == only(client)["LAST-MODIFIED"].dt == NOW

    time_machine.move_to(NOW + timedelta(days=1), tick=False)
    made.save()

    assert only(client)["DTSTAMP"].dt == NOW + timedelta(days=1)


def test_a_program_that_has_it_already_is_not_sent_it_again(client: Client):
    event()
    first = client.get("/tr/events.ics")

    by_tag = client.get("/tr/events.ics", headers={"if-none-match": first["ETag"]})
    by_date = client.get("/tr/events.ics", headers={"if-modified-since": first["Last-Modified"]})

    assert by_tag.status_code == by_date.status_code == 304
    assert not first.cookies


@pytest.mark.parametrize("whole", [True, False])
def test_an_unchanged_calendar_is_known_before_it_is_written(client: Client, monkeypatch, whole: bool):
    made = event("Kurs", tags=["Kurs"], place=Place.objects.create(name_tr="Salon"))
    address = "/tr/events.ics" if whole else f"/tr/etkinlikler/{made.pk}/kurs.ics"
    first = client.get(address)
    monkeypatch.setattr(icalendar.Calendar, "to_ical", None)

    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304


def anew(client: Client) -> bytes:
    """The calendar with no event remembered."""
    known, written.remembered.parts = written.remembered.parts, OrderedDict()
    content = client.get("/tr/events.ics").content
    written.remembered.parts = known
    return content


def test_whatever_changes_in_a_calendar_is_sent_to_who_has_it_already(client: Client, time_machine):
    festival = event("Festival")
    opens_at = NOW + timedelta(hours=5)
    hall = Place.objects.create(name_tr="Salon", within=Place.objects.create(name_tr="Konak"))
    made = event(
        "Kurs",
        tags=["Kurs"],
        place=hall,
        part_of=festival,
        starts_at=NOW + timedelta(hours=6),
        ends_at=NOW + timedelta(hours=7),
        recurrence="FREQ=DAILY;COUNT=3",
        join_url="https://toplanti.example.org/1",
        join_opens_minutes=60,
    )
    site = SiteProfile.load()
    site.email = "yeni@example.org"
    changes = [
        lambda: Event.objects.filter(pk=made.pk).update(description_tr="<p>Yeni</p>"),
        lambda: Place.objects.filter(pk=hall.pk).update(name_tr="Büyük Salon"),
        lambda: Place.objects.filter(pk=hall.within_id).update(name_tr="Bornova"),
        lambda: made.tags.update(name_tr="Atölye"),
        lambda: made.occurrences.filter(pk=made.occurrences.last().pk).update(cancelled=True),
        lambda: made.occurrences.update(note_tr="Bayram"),
        site.save,
        lambda: time_machine.move_to(opens_at + timedelta(minutes=1), tick=False),
        lambda: Event.objects.filter(pk=festival.pk).update(state=State.DRAFT),
    ]
    had = client.get("/tr/events.ics")
    for number, change in enumerate(changes):
        change()
        now = client.get("/tr/events.ics", headers={"if-none-match": had["ETag"]})
        assert now.status_code == 200, number
        assert now.content != had.content, number
        assert now.content == anew(client), number
        had = now


def test_an_event_that_did_not_change_is_not_written_again(client: Client, monkeypatch):
    first = event("Konser", starts_at=NOW + timedelta(days=2))
    second = event("Kurs", starts_at=NOW + timedelta(days=9), recurrence="FREQ=DAILY")
    assert summaries(client) == ["Konser", "Kurs"]
    asked = []
    write = written.components
    monkeypatch.setattr(
        written, "components", lambda event, *rest: asked.append(event.pk) or write(event, *rest)
    )
    Event.objects.filter(pk=second.pk).update(title_tr="Yaz kursu")

    assert summaries(client) == ["Konser", "Yaz kursu"]
    assert summaries(client, kind=first.kind) == ["Konser", "Yaz kursu"]
    assert asked == [second.pk]


def test_the_zones_of_all_events_reach_back_to_the_first(client: Client):
    event("Burada", starts_at=local(2026, 3, 20, 20))
    event("Orada", starts_at=local(2025, 6, 1, 10), time_zone="America/New_York")

    zones = read(client).walk("VTIMEZONE")

    assert [zone["TZID"] for zone in zones] == ["America/New_York", "Europe/Istanbul"]
    assert all(zone["COMMENT"].startswith("This timezone only works from 2025-01-01") for zone in zones)


def test_a_program_that_asks_by_date_learns_that_an_event_left(client: Client, time_machine):
    made = event()
    first = client.get("/tr/events.ics")
    time_machine.move_to(NOW + timedelta(hours=1), tick=False)
    Event.objects.filter(pk=made.pk).update(state=State.WITHDRAWN, withdrawn_at=timezone.now())

    second = client.get("/tr/events.ics", headers={"if-modified-since": first["Last-Modified"]})

    assert second.status_code == 200
    assert b"VEVENT" not in second.content


def test_an_event_that_cannot_be_written_is_left_out_and_reported(client: Client, caplog):
    event("Sağlam")
    odd = event("Bozuk kural", starts_at=NOW + timedelta(days=3))
    Event.objects.filter(pk=odd.pk).update(recurrence="FREQ=HER SALI;UNTIL=yarın")

    assert summaries(client) == ["Sağlam"]
    assert f"Event {odd.pk} cannot be written" in caplog.text


def test_long_words_and_line_breaks_do_not_break_a_line_in_the_middle_of_a_letter(client: Client):
    title = "ğüşıöçİ" * 28
    event(title, description_tr="<p>Birinci\\ satır; virgül,</p><p>" + "ş" * 500 + "</p>")

    part = only(client)

    assert part["SUMMARY"] == title
    assert "Birinci\\ satır; virgül," in part["DESCRIPTION"]
    assert "ş" * 500 in part["DESCRIPTION"]


def test_the_programme_of_a_festival_hangs_together(client: Client):
    festival = event("Festival")
    event("Açılış", part_of=festival, starts_at=NOW + timedelta(days=20))
    hidden = event("Gizli", state=State.DRAFT)
    event("Kapanış", part_of=hidden, starts_at=NOW + timedelta(days=21))

    _, opening, closing = read(client).walk("VEVENT")

    assert opening["RELATED-TO"] == str(festival.guid)
    assert "RELATED-TO" not in closing


@pytest.mark.parametrize("number", [1, 20])
def test_the_cost_does_not_grow_with_the_number_of_events(
    client: Client, number: int, django_assert_num_queries
):
    place = Place.objects.create(name_tr="Salon", name_en="Hall")
    for day in range(number):
        made = event(
            f"Kurs {day}", place=place, recurrence="FREQ=WEEKLY;COUNT=3", tags=["Kurs", f"Etiket {day}"]
        )
        made.occurrences.update(cancelled=True)
        rebuild_occurrences(made)

    with django_assert_num_queries(5):
        assert len(summaries(client)) == number * 4
