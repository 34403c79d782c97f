"""One load serves all of these; what a test changes is undone after it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from django.utils import timezone

from news.demo.loader import load
from news.demo.noun import minted
from news.models import (
    Alert,
    Appointment,
    Article,
    Attendance,
    Event,
    Image,
    Kind,
    Mention,
    MenuItem,
    Office,
    Official,
    Place,
    SiteProfile,
    SocialAccount,
    State,
    Status,
    Tag,
    Timing,
)

from .plain import plain_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load(draw=plain_picture, workers=1)
        yield
        transaction.set_rollback(True)


def article(key: str, language: str = "tr") -> Article:
    return Article.objects.get(guid=minted("article", f"{key}/{language}"))


def event(key: str) -> Event:
    return Event.objects.get(guid=minted("event", key))


def test_there_is_as_much_as_promised():
    assert Article.objects.public().in_language("tr").count() >= 24
    assert Article.objects.public().in_language("en").count() >= 24
    assert Official.objects.filter(listed=True).count() >= 8
    assert Event.objects.count() >= 14
    assert Image.objects.count() >= 32
    assert Place.objects.filter(within__isnull=False).count() >= 15
    assert Tag.objects.topics().count() == 6
    assert {item.menu for item in MenuItem.objects.all()} == {"main", "quick", "corporate", "legal"}
    assert SocialAccount.objects.count() == 4
    assert Alert.objects.public().count() == 1
    assert SiteProfile.load().name_en == "İzmir Metropolitan Municipality"


def test_events_show_every_state_timing_and_attendance():
    events = Event.objects.public()

    assert {event.status for event in events} == set(Status.values)
    assert {event.timing for event in events} == set(Timing.values)
    assert {event.attendance for event in events} == set(Attendance.values)
    assert {event.external for event in events} == {True, False}
    assert {event.free for event in events} == {True, False}
    assert {event.for_children for event in events} == {True, False}
    assert {event.time_zone for event in events} == {"Europe/Istanbul", "Europe/Moscow", "Europe/Paris"}
    assert events.filter(timing=Timing.TIMED, ends_at__isnull=True).exists()


def test_the_calendar_is_alive():
    assert Event.objects.public().in_language("en").upcoming().count() >= 14


def test_stories_are_in_every_state():
    assert {row.state for row in Article.objects.all()} == set(State.values)
    assert {row.kind for row in Article.objects.all()} == set(Kind.values)
    assert Article.objects.scheduled().exists()
    assert Article.objects.expired().exists()


def test_the_story_of_the_model_page_is_complete():
    story = article("guest-from-moscow", "en")

    assert story.legacy_id == 44772
    assert story.slug == "we-have-a-guest-from-moscow"
    assert story.translations().get() == article("guest-from-moscow", "tr")
    assert {row.title_en for row in story.events.all()} == {
        "Moscow City Forum 2021",
        "UCLG Culture Summit",
        "Russian Expo 2021",
    }
    assert [str(mention) for mention in story.mentions.all()] == ["Tunç Soyer", "Sergey Cheremin"]


def test_a_story_knows_the_office_of_its_day():
    mention = Mention.objects.get(article=article("guest-from-moscow"), official__name="Tunç Soyer")
    appointment = mention.official.appointment_on(mention.date().date())

    assert appointment.office.title_tr == "Büyükşehir Belediye Başkanı"
    assert mention.official.appointment_on(timezone.localdate()) is None


def test_a_guest_carries_the_office_the_story_gives_in_its_language():
    tr, en = (
        Mention.objects.get(article=article("guest-from-moscow", language), official__listed=False)
        for language in ("tr", "en")
    )

    assert tr.office_as_given.startswith("Moskova Hükümeti Bakanı")
    assert en.office_as_given.startswith("Minister of the Moscow Government")


def test_offices_and_names_change_with_time():
    smart_city = Office.objects.get(rank=50, body__name_en="General Secretariat")
    deputy = Official.objects.get(name="Gülşen Yağcı İnceoğlu")

    assert smart_city.title_on(date(2025, 3, 9), "en") == "Head of the Data Processing Department"
    assert smart_city.title_on(date(2025, 3, 10), "en").startswith("Head of the Department of Smart City")
    assert deputy.name_on(date(2025, 8, 29)) == "Gülşen Yağcı"
    assert deputy.name_on(date(2025, 8, 30)) == "Gülşen Yağcı İnceoğlu"


def test_one_office_is_vacant_and_one_is_held_by_a_deputy():
    parks = Office.objects.get(title_en="Head of the Department of Parks and Gardens")

    assert Office.objects.vacant(date(2026, 11, 23)).get(pk=parks.pk).left_on == date(2026, 9, 14)
    assert Appointment.objects.get(acting=True).official.name == "Ilgaz Tuncel"


def test_a_venue_abroad_is_no_district_of_the_city():
    names = {place.name_en for place in Place.objects.districts()}

    assert "Konak" in names
    assert not {"Moscow", "Marseille Harbour Museum"} & names


def test_a_summit_of_three_days_ends_on_the_third():
    summit = event("uclg-culture-summit")

    assert (summit.first_day, summit.last_day) == (date(2021, 9, 9), date(2021, 9, 11))


def test_the_weekly_workshop_leaves_one_saturday_out():
    days = [occurrence.first_day for occurrence in event("saturday-workshop").occurrences.all()]

    assert len(days) == 13
    assert {day.weekday() for day in days} == {5}
    assert timedelta(weeks=2) in {later - earlier for earlier, later in pairwise(days)}


def test_what_moved_keeps_its_original_date_and_reason():
    tour = event("bike-tour")

    assert tour.previous_start_date < tour.first_day
    assert tour.status_reason_tr
    assert tour.sequence == 1


def test_the_date_in_a_text_is_that_of_its_event():
    night = event("long-night")

    assert f"{night.first_day.day} " in article("long-night").body
    assert "[[" not in article("long-night", "en").body


def test_pictures_are_described_credited_and_have_their_renditions():
    for image in Image.objects.all():
        assert image.alt_tr
        assert image.alt_en
        assert image.credit
        assert image.ready
        assert image.share_length


def test_a_lead_picture_is_described_in_the_language_of_the_story():
    with_picture = Article.objects.filter(lead_image__isnull=False).select_related("lead_image")

    assert all(row.lead_alt == getattr(row.lead_image, f"alt_{row.language}") for row in with_picture)


def test_a_picture_within_a_text_is_one_of_the_library():
    story = article("ten-years-for-the-bay")

    assert story.body_images.get().image.title == "Su hattı kazısı"


def test_the_correction_says_what_was_wrong_and_what_is_right():
    story = article("bornova-water-main", "en")

    assert "18 kilometres" in story.corrections.get().wrong
    assert story.corrections.get().right.startswith("It is 11 kilometres")
    assert story.changed_at > story.published_at


def test_the_withdrawn_story_says_why():
    story = article("ferry-fares")

    assert story.state == State.WITHDRAWN
    assert story.withdrawn_reason
    assert [entry.move for entry in story.timeline.all()] == ["withdraw", "publish"]


def test_a_second_load_changes_nothing():
    before = {
        model: list(model.objects.order_by("pk").values())
        for model in (Article, Event, Official, Image, Tag, Place, MenuItem, Alert)
    }

    tallies = load(datetime.now(UTC) + timedelta(days=3), draw=plain_picture, workers=1)

    assert {tally.made for tally in tallies.values()} == {0}
    for model, rows in before.items():
        assert list(model.objects.order_by("pk").values()) == rows


def test_what_an_editor_changed_stays_and_only_what_is_missing_is_made_again():
    changed = article("last-ferry")
    changed.title = "Son vapur 00.30’da kalkıyor"
    changed.save()
    article("long-night", "en").delete()

    tallies = load(draw=plain_picture, workers=1)

    assert tallies["articles"].made == 1
    assert article("last-ferry").title == "Son vapur 00.30’da kalkıyor"
    assert article("long-night", "en").is_public()
