"""Events by day, in the month, and each with what became of it first."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client

from news.models import Attendance, Document, Event, GalleryImage, Occurrence, Place, State, Status, Timing
from tests.news.make import appointment, article, event, image, office, official
from tests.news.pages import Read

pytestmark = pytest.mark.django_db
ISTANBUL = ZoneInfo("Europe/Istanbul")
# A Wednesday.
NOW = datetime(2026, 11, 25, 12, tzinfo=ISTANBUL)


@pytest.fixture(autouse=True)
def wednesday_noon():
    with time_machine.travel(NOW, tick=False):
        yield


def at(day: int, hour: int = 19, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ISTANBUL)


def listed(page: Read) -> list[tuple[str, list[str]]]:
    """Days and what is on, in the order of the page."""
    return [
        (section.xpath("string(.//h2)").strip(), [a.text_content() for a in section.xpath(".//h3/a")])
        for section in page.document.xpath("//section[contains(@class, 'day')]")
    ]


def test_events_stand_by_day_with_what_is_running_apart(client: Client):
    event("Sergi", timing=Timing.ALL_DAY, starts_on=date(2026, 11, 20), ends_on=date(2026, 11, 30))
    event("Konser", starts_at=at(26), ends_at=at(26, 21))
    event("Söyleşi", starts_at=at(26, 14))
    event("Bu akşam", starts_at=at(25))
    event("Bu sabah", starts_at=at(25, 9), ends_at=at(25, 10))
    event("Koşu", starts_at=at(5, month=12))
    event("Taslak", starts_at=at(26), state=State.DRAFT)
    page = Read(client, "/tr/etkinlikler/")
    assert listed(page) == [
        ("Süren etkinlikler", ["Sergi"]),
        ("Bugün, 25 Kasım 2026 Çarşamba", ["Bu akşam"]),
        ("Yarın, 26 Kasım 2026 Perşembe", ["Söyleşi", "Konser"]),
        ("5 Aralık 2026 Cumartesi", ["Koşu"]),
    ]
    assert "19.00–21.00" in page.main


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"when": "today"}, ["Bugünkü"]),
        ({"when": "weekend"}, ["Cumartesi", "Pazar"]),
        ({"when": "week"}, ["Bugünkü", "Cumartesi", "Pazar", "Haftaya salı"]),
        ({"when": "month"}, ["Bugünkü", "Cumartesi", "Pazar"]),
        ({"day": "2026-11-28"}, ["Cumartesi"]),
        ({"kind": "sport"}, ["Pazar"]),
        ({"free": "1"}, ["Bugünkü", "Cumartesi", "Haftaya salı"]),
        ({"children": "1"}, ["Cumartesi"]),
        ({"accessible": "1", "kind": "sport"}, []),
    ],
)
def test_each_filter_narrows_the_list(client: Client, query: dict, titles: list[str]):
    event("Bugünkü", starts_at=at(25))
    event("Cumartesi", starts_at=at(28), for_children=True)
    event("Pazar", starts_at=at(29), kind="sport", free=False)
    event("Haftaya salı", starts_at=at(1, month=12))
    page = Read(client, "/tr/etkinlikler/", **query)
    assert [title for _, day in listed(page) for title in day] == titles


def test_on_a_sunday_the_weekend_is_today(client: Client):
    event("Pazar", starts_at=at(29))
    event("Öbür cumartesi", starts_at=at(5, month=12))
    with time_machine.travel(at(29, 10), tick=False):
        assert listed(Read(client, "/tr/etkinlikler/", when="weekend")) == [
            ("Bugün, 29 Kasım 2026 Pazar", ["Pazar"])
        ]


def test_a_district_holds_its_venues(client: Client):
    konak = Place.objects.create(name_tr="Konak", name_en="Konak")
    event(
        "Konser", starts_at=at(27), place=Place.objects.create(name_tr="Salon", name_en="Hall", within=konak)
    )
    event("Başka yerde", starts_at=at(27))
    assert [t for _, d in listed(Read(client, "/tr/etkinlikler/", district=konak.pk)) for t in d] == [
        "Konser"
    ]


def test_each_filter_is_named_and_dropped_by_a_link(client: Client):
    konak = Place.objects.create(name_tr="Konak", name_en="Konak")
    asked = {"since": "2026-11-26", "until": "2026-12-02", "kind": "sport", "district": konak.pk, "free": "1"}
    page = Read(client, "/tr/etkinlikler/", **asked)
    dropped = "//ul[@class='status__dropped']//a"
    assert page.all(dropped) == [
        "“26 Kasım – 2 Aralık 2026” süzgecini kaldır",
        "“Spor” süzgecini kaldır",
        "“Konak” süzgecini kaldır",
        "“Ücretsiz” süzgecini kaldır",
    ]
    assert page.all(f"{dropped}/@href") == [
        f"/tr/etkinlikler/?kind=sport&district={konak.pk}&free=1",
        f"/tr/etkinlikler/?since=2026-11-26&until=2026-12-02&district={konak.pk}&free=1",
        "/tr/etkinlikler/?since=2026-11-26&until=2026-12-02&kind=sport&free=1",
        f"/tr/etkinlikler/?since=2026-11-26&until=2026-12-02&kind=sport&district={konak.pk}",
    ]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"when": "weekend"}, "Bu hafta sonu"),
        ({"day": "2026-11-28"}, "28 Kasım 2026"),
        ({"since": "2026-11-28"}, "28 Kasım 2026 ve sonrası"),
        ({"until": "2026-11-28"}, "28 Kasım 2026 gününe kadar"),
    ],
)
def test_nothing_fits_and_the_page_says_what_was_asked(client: Client, query: dict, said: str):
    page = Read(client, "/tr/etkinlikler/", **query)
    assert "Aradığınıza uyan etkinlik yok." in page.main
    assert f"Aradığınız: {said}." in page.main
    assert page.link("Tüm etkinlikler") == "/tr/etkinlikler/"


def test_a_district_that_is_none_is_a_missing_page(client: Client):
    assert client.get("/tr/etkinlikler/?district=4711").status_code == 404


@pytest.mark.parametrize(
    ("address", "calendar"),
    [
        ("/en/events/", "/en/events.ics"),
        ("/en/events/?when=weekend&kind=sport", "/en/events.ics?kind=sport"),
        ("/en/calendar/2026/11/", "/en/events.ics"),
    ],
)
def test_a_list_of_events_is_subscribed_to_and_lies_beside_as_a_file(
    client: Client, address: str, calendar: str
):
    page = Read(client, address)
    assert page.link("Have these events in your calendar") == f"webcal://testserver{calendar}"
    assert page.link(".ics") == calendar
    assert client.get(calendar).status_code == 200


def test_a_long_list_goes_on_day_by_day(client: Client):
    for day in range(1, 13):
        for hour in (10, 12, 14):
            event(f"{day}. gün {hour}", starts_at=at(day, hour, month=12))
    first = Read(client, "/tr/etkinlikler/")
    second = Read(client, "/tr/etkinlikler/" + first.link("Sonraki etkinlikler"))
    titles = [title for page in (first, second) for _, day in listed(page) for title in day]
    assert len(titles) == len(set(titles)) == 36
    assert not second.has_link("Sonraki etkinlikler")


def test_a_day_with_more_than_a_page_is_not_cut(client: Client):
    for minute in range(35):
        event(f"Olay {minute}", starts_at=at(27, 10, minute))
    event("Ertesi gün", starts_at=at(28))
    first = Read(client, "/tr/etkinlikler/")
    assert len(listed(first)[0][1]) == 35
    assert listed(Read(client, "/tr/etkinlikler/" + first.link("Sonraki etkinlikler")))[0][1] == [
        "Ertesi gün"
    ]


def cell(page: Read, day: str) -> str:
    return page.one(f"//table//td[.//time[@datetime='{day}']]")


def test_the_month_is_a_table_with_every_day_an_event_touches(client: Client):
    event("Zirve", timing=Timing.ALL_DAY, starts_on=date(2026, 11, 9), ends_on=date(2026, 11, 11))
    event("Gece yarısı", starts_at=at(14, 22), ends_at=at(15, 2))
    event("Ay sonu", timing=Timing.ALL_DAY, starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 2))
    page = Read(client, "/tr/takvim/2026/11/")
    assert page.all("//thead//abbr") == ["Pzt", "Sal", "Çar", "Per", "Cum", "Cmt", "Paz"]
    assert page.all("//thead//abbr/@title")[0] == "Pazartesi"
    assert page.one("//caption") == "Kasım 2026"
    on = {number for number in range(1, 31) if "Zirve" in cell(page, f"2026-11-{number:02}")}
    assert on == {9, 10, 11}
    assert "22.00 Gece yarısı" in cell(page, "2026-11-14")
    assert cell(page, "2026-11-15") == "15 Pazar Gece yarısı"
    december = Read(client, "/tr/takvim/2026/12/")
    assert "Ay sonu" in cell(december, "2026-12-02")
    assert "Ay sonu" not in cell(december, "2026-12-03")


def test_today_is_marked_in_words(client: Client):
    assert "bugün" in cell(Read(client, "/tr/takvim/2026/11/"), "2026-11-25")


def test_a_full_day_leads_to_its_list(client: Client):
    for number in range(5):
        event(f"Olay {number}", starts_at=at(27, 10 + number))
    page = Read(client, "/tr/takvim/2026/11/")
    assert page.link("+3 etkinlik") == "/tr/etkinlikler/?day=2026-11-27"
    day = Read(client, page.link("+3 etkinlik"))
    assert day.heading == "27 Kasım 2026 Cuma etkinlikleri"
    assert len(listed(day)[0][1]) == 5


def test_months_lead_only_to_where_something_is(client: Client):
    event("Ocakta", starts_at=datetime(2027, 1, 9, 12, tzinfo=ISTANBUL))
    page = Read(client, "/tr/takvim/2026/11/")
    assert page.link("Aralık 2026") == "/tr/takvim/2026/12/"
    assert not page.has_link("Ekim 2026")
    last = Read(client, "/tr/takvim/2027/01/")
    assert not last.has_link("Şubat 2027")
    assert last.link("Bu ay") == "/tr/takvim/2026/11/"
    assert Read(client, "/tr/takvim/2099/12/").meta("robots") == ["noindex"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"status": Status.CANCELLED, "status_reason_tr": "Hava nedeniyle."},
            "Bu etkinlik iptal edildi Hava nedeniyle.",
        ),
        ({"status": Status.POSTPONED}, "Bu etkinlik ertelendi; yeni tarih duyurulacak"),
        (
            {"status": Status.RESCHEDULED, "previous_start_date": date(2026, 11, 1)},
            "Bu etkinliğin tarihi değişti Önceki tarih: 1 Kasım 2026",
        ),
        ({"status": Status.MOVED_ONLINE, "attendance": Attendance.ONLINE}, "Bu etkinlik çevrim içine alındı"),
        ({"starts_at": at(2), "ends_at": at(2, 20)}, "Bu etkinlik sona erdi"),
    ],
    ids=["cancelled", "postponed", "rescheduled", "online", "over"],
)
def test_what_became_of_an_event_is_said_first(client: Client, values: dict, said: str):
    assert Read(client, event(**values).get_absolute_url("tr")).main.startswith(said)


def test_facts_of_an_event(client: Client):
    hall = Place.objects.create(
        name_tr="Kültür Merkezi",
        name_en="Hall",
        address="Sahil 1",
        access_tr="Rampa var.",
        latitude="38.41",
        longitude="27.13",
    )
    row = event(
        "Konser", starts_at=at(27), ends_at=at(27, 21), place=hall, free=False, price_tr="100 TL",
        audience_tr="Herkes", contact="kultur@kent.example", accessible=True, summary_tr="Açık havada.",
    )  # fmt: skip
    page = Read(client, row.get_absolute_url("tr"))
    facts = dict(
        zip(
            page.all("//dl[contains(@class, 'facts')]//dt"),
            page.all("//dl[contains(@class, 'facts')]//dd"),
            strict=True,
        )
    )
    assert facts["Ne zaman"] == "27 Kasım 2026, 19.00–21.00"
    assert facts["Nerede"].startswith("Kültür Merkezi Sahil 1")
    assert facts["Ücret"] == "100 TL"
    assert facts["Kimler için"] == "Herkes"
    assert facts["Erişim"] == "Tekerlekli sandalyeye uygun Rampa var."
    assert facts["İletişim"] == "kultur@kent.example"
    assert page.link("kultur@kent.example") == "mailto:kultur@kent.example"
    assert "mlat=38.41000&mlon=27.13000" in page.link("Haritada göster (OpenStreetMap)")


def test_an_online_event_shows_a_link_and_no_map(client: Client):
    row = event(
        starts_at=at(27),
        attendance=Attendance.ONLINE,
        join_url="https://canli.example/",
        join_opens_minutes=30,
    )
    page = Read(client, row.get_absolute_url("tr"))
    assert "Bağlantı, başlangıçtan kısa süre önce burada görünür." in page.main
    assert "canli.example" not in page.source
    assert not page.has_link("Haritada göster (OpenStreetMap)")
    with time_machine.travel(at(27, 18, 45), tick=False):
        assert Read(client, row.get_absolute_url("tr")).link("Çevrim içi katılım") == "https://canli.example/"


def test_a_cancelled_event_gives_neither_link_nor_tickets(client: Client):
    row = event(
        starts_at=at(27), status=Status.CANCELLED, attendance=Attendance.ONLINE,
        join_url="https://canli.example/", tickets_url="https://bilet.example/",
    )  # fmt: skip
    source = Read(client, row.get_absolute_url("tr")).source
    assert "canli.example" not in source
    assert "bilet.example" not in source


def test_somebody_elses_event_is_called_so(client: Client):
    row = event("Kent Forumu", external=True, organiser_tr="Moskova Hükûmeti")
    page = Read(client, row.get_absolute_url("tr"))
    assert "Düzenleyen: Moskova Hükûmeti (belediyemizin etkinliği değildir)" in page.main


def test_structured_data_tells_state_and_attendance(client: Client):
    row = event(
        "Forum",
        starts_at=at(27),
        status=Status.MOVED_ONLINE,
        attendance=Attendance.ONLINE,
        join_url="https://canli.example/",
    )
    told = Read(client, row.get_absolute_url("tr")).things[0]
    assert told["eventStatus"] == "https://schema.org/EventMovedOnline"
    assert told["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert told["startDate"] == "2026-11-27T19:00:00+03:00"
    assert "endDate" not in told
    assert told["location"] == [{"@type": "VirtualLocation", "url": "https://canli.example/"}]


def test_structured_data_tells_what_it_costs_and_shows_it_in_three_shapes(client: Client):
    row = event("Konser", starts_at=at(27), image=image(), image_alt_tr="Sahne")
    page = Read(client, row.get_absolute_url("tr"))
    assert [re.search(r"search-(\w+)-", address)[1] for address in page.things[0]["image"]] == [
        "1x1",
        "4x3",
        "16x9",
    ]
    own = f"http://testserver{row.get_absolute_url('tr')}"
    assert page.things[0]["offers"] == {"@type": "Offer", "url": own, "price": 0, "priceCurrency": "TRY"}
    Event.objects.update(
        free=False, price_tr="Tam 80 TL, öğrenci 40 TL", tickets_url="https://bilet.example/"
    )
    told = Read(client, row.get_absolute_url("tr")).things[0]
    assert told["offers"] == {"@type": "Offer", "url": "https://bilet.example/"}
    assert told["isAccessibleForFree"] is False


def test_a_series_tells_its_next_dates_and_what_fell_out(client: Client):
    row = event("Atölye", starts_at=at(3, 18), ends_at=at(3, 20), recurrence="FREQ=WEEKLY;COUNT=6")
    third = Occurrence.objects.filter(event=row, first_day=date(2026, 12, 1)).get()
    third.cancelled = True
    third.save()
    dates = Read(client, row.get_absolute_url("tr")).all("//section[@aria-labelledby='dates']//li")
    assert dates == ["1 Aralık 2026, 18.00–20.00 İptal edildi", "8 Aralık 2026, 18.00–20.00"]


def test_a_series_stands_at_its_next_date_and_not_at_its_first(client: Client):
    row = event("Atölye", starts_at=at(3, 18), ends_at=at(3, 20), recurrence="FREQ=WEEKLY;COUNT=6")
    Occurrence.objects.filter(event=row, first_day=date(2026, 12, 1)).update(cancelled=True)
    page = Read(client, row.get_absolute_url("tr"))
    assert page.all("//p[@class='event-when']") == ["Sıradaki: 8 Aralık 2026, 18.00–20.00"]
    assert page.all("//dl[contains(@class, 'facts')]//dd")[0].startswith("8 Aralık 2026, 18.00–20.00")
    told = page.things[0]
    assert (told["startDate"], told["endDate"]) == ("2026-12-08T18:00:00+03:00", "2026-12-08T20:00:00+03:00")


def test_a_series_of_days_stands_at_its_next_day(client: Client):
    row = event(
        "Pazar",
        timing="all_day",
        starts_on=date(2026, 11, 3),
        ends_on=date(2026, 11, 3),
        recurrence="FREQ=WEEKLY;COUNT=6",
    )
    page = Read(client, row.get_absolute_url("en" if row.title_en else "tr"))
    following = Occurrence.objects.filter(event=row).upcoming().chronological()[0].first_day
    assert page.things[0]["startDate"] == page.things[0]["endDate"] == following.isoformat()


def test_a_series_whose_dates_all_fell_out_says_when_it_was_meant_to_be(client: Client):
    row = event("Atölye", starts_at=at(3, 18), ends_at=at(3, 20), recurrence="FREQ=WEEKLY;COUNT=6")
    Occurrence.objects.filter(event=row).update(cancelled=True)
    assert Read(client, row.get_absolute_url("tr")).all("//p[@class='event-when']") == [
        "3 Kasım 2026, 18.00–20.00"
    ]


def test_participants_programme_and_news_are_linked(client: Client):
    row = event("Zirve", starts_at=at(27))
    row.participants.add(official("Nermin Çağlar"))
    event("Açılış", starts_at=at(27, 9), part_of=row)
    event("Gizli oturum", starts_at=at(27, 11), part_of=row, state=State.DRAFT)
    article("Zirve yaklaşıyor").events.add(row)
    article("Taslak", state=State.DRAFT).events.add(row)
    page = Read(client, row.get_absolute_url("tr"))
    assert page.titles == ["Açılış", "Nermin Çağlar", "Zirve yaklaşıyor"]
    part = Event.objects.get(title_tr="Açılış")
    assert Read(client, part.get_absolute_url("tr")).link("Zirve") == row.get_absolute_url("tr")


def test_others_of_the_same_kind_are_offered_once_each(client: Client):
    row = event("Konser", kind="culture", starts_at=at(27))
    event("Opera", kind="culture", starts_at=at(28), ends_at=at(28, 21), recurrence="FREQ=DAILY;COUNT=3")
    event("Bale", kind="culture", starts_at=at(30))
    event("Geçen konser", kind="culture", starts_at=at(20))
    event("Maç", kind="sport", starts_at=at(28))
    others = Read(client, row.get_absolute_url("tr")).all("//section[@aria-labelledby='others']//h3")
    assert others == ["Opera", "Bale"]


@pytest.mark.parametrize("hidden", [{"state": State.DRAFT}, {"published_at": NOW + timedelta(days=1)}])
def test_hidden_events_were_never_there(client: Client, hidden: dict):
    row = event("Gizli", starts_at=at(27), **hidden)
    assert client.get(row.get_absolute_url("tr")).status_code == 404
    for address in ("/tr/", "/tr/etkinlikler/", "/tr/takvim/2026/11/"):
        assert "Gizli" not in Read(client, address).source


def test_a_withdrawn_event_says_why_at_its_address(client: Client):
    gone = {"state": State.WITHDRAWN, "withdrawn_at": NOW}
    row = event("Yanlış şenlik", title_en="Wrong fair", withdrawn_reason_tr="Başkasının etkinliği.", **gone)
    page = Read(client, row.get_absolute_url("tr"), status=410)
    assert page.heading == "Bu sayfa yayından kaldırıldı"
    assert "Yanlış şenlik" in page.main
    assert "Başkasının etkinliği." in page.main
    assert page.link("Tüm etkinlikler") == "/tr/etkinlikler/"
    assert page.meta("robots") == ["noindex"]
    # The reason is there in one language; it says so to programs that read aloud.
    assert Read(client, row.get_absolute_url("en"), status=410).one("//main//span[@lang='tr']")


def test_an_event_whose_page_expired_says_until_when_it_was_there(client: Client):
    until = {"published_at": at(1), "expires_at": at(25, 10)}
    row = event("Kermes", title_en="Bazaar", description_tr="<p>Metni gizli</p>", starts_at=at(20), **until)
    page = Read(client, row.get_absolute_url("tr"), status=410)
    assert page.heading == "Bu sayfa artık yayında değil"
    assert "Kermes" in page.main
    assert "gizli" not in page.source
    assert page.link("Tüm etkinlikler") == "/tr/etkinlikler/"
    english = Read(client, row.get_absolute_url("en"), status=410)
    assert "Bazaar" in english.main
    assert "It was shown until 25 November 2026, 10:00" in english.main


def test_an_event_withdrawn_before_anybody_saw_it_was_never_there(client: Client):
    row = event("Taslak", state=State.WITHDRAWN, withdrawn_at=NOW, first_published_at=None)
    assert client.get(row.get_absolute_url("tr")).status_code == 404


def test_all_that_a_visitor_needs_is_among_the_facts(client: Client):
    hall = Place.objects.create(
        name_tr="Büyük Salon",
        name_en="Main Hall",
        address="Sahil 1",
        latitude="38.4",
        longitude="27.1",
        access_tr="Rampa var.",
    )
    found = event(
        "Konser",
        starts_at=at(28),
        place=hall,
        free=False,
        price_tr="120 TL",
        tickets_url="https://bilet.example/",
        audience_tr="7 yaş üstü",
        accessible=True,
        contact="etkinlik@kent.example",
        organiser_tr="Kent Orkestrası",
        patron_tr="Belediye Başkanlığı",
        sponsors_tr="Kent Vakfı, Liman İşletmesi",
    )
    page = Read(client, found.get_absolute_url("tr"))
    facts = dict(zip(page.all("//dl[contains(@class, 'facts')]//dt"), page.all("//dl//dd"), strict=True))
    assert facts == {
        "Ne zaman": "28 Kasım 2026, 19.00",
        "Nerede": "Büyük Salon Sahil 1 Haritada göster (OpenStreetMap)",
        "Ücret": "120 TL Bilet",
        "Kimler için": "7 yaş üstü",
        "Erişim": "Tekerlekli sandalyeye uygun Rampa var.",
        "Düzenleyen": "Kent Orkestrası",
        "Himayesinde": "Belediye Başkanlığı",
        "Destekleyenler": "Kent Vakfı, Liman İşletmesi",
        "İletişim": "etkinlik@kent.example",
    }


def test_participants_pictures_and_files_of_an_event(client: Client):
    found = event("Konser", title_en="Concert", starts_at=at(28))
    conductor = official("Oğuz Denizmen")
    appointment(conductor, office("Orkestra Şefi"), date(2026, 1, 1), ends_on=date(2026, 11, 28))
    found.participants.add(conductor)
    GalleryImage.objects.create(event=found, image=image(), alt_tr="Prova", caption_tr="Prova, salı")
    Document.objects.create(event=found, file=ContentFile(b"x", "program.txt"), title_tr="Program")
    page = Read(client, found.get_absolute_url("tr"))
    assert page.one("//section[@aria-labelledby='who']//li") == "Oğuz Denizmen Orkestra Şefi"
    assert page.all("//section[@aria-labelledby='gallery']//img/@alt") == ["Prova"]
    assert page.all("//section[@aria-labelledby='files']//li") == ["Program (txt, 1 bayt)"]
    assert not Read(client, found.get_absolute_url("en")).all("//section[@aria-labelledby='files']")


def test_events_can_be_asked_for_between_two_days(client: Client):
    for day in (26, 28, 30):
        event(f"{day} Kasım", starts_at=at(day))
    event("Geçmiş", starts_at=at(3))
    event("Sergi", timing=Timing.ALL_DAY, starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 15))

    def found(**days: str) -> list[str]:
        return Read(client, "/tr/etkinlikler/", **days).titles

    assert found(since="2026-11-27", until="2026-11-29") == ["Sergi", "28 Kasım"]
    assert found(since="2026-11-29") == ["Sergi", "30 Kasım"]
    assert found(until="2026-11-27") == ["Sergi", "26 Kasım"]
    assert found(since="2026-11-02", until="2026-11-05") == ["Sergi", "Geçmiş"]
    assert found(since="2026-11-29", until="2026-11-27") == ["Sergi", "28 Kasım"]
    assert client.get("/tr/etkinlikler/?since=2026-02-31").status_code == 404
    page = Read(client, "/tr/etkinlikler/", since="2026-11-27", until="2026-11-29")
    assert page.all("//input[@type='date']/@value") == ["2026-11-27", "2026-11-29"]
    assert page.all("//nav[@aria-label='Ne zaman']//a[@aria-current]") == []
    assert page.link("Bugün") == "/tr/etkinlikler/?when=today"
