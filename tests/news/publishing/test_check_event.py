"""Each rule of the check of events has an event that breaks it and one that does not."""

import pytest

from news.models import Attendance, Event, Place, State
from news.publishing import actions, check_event
from news.publishing.rules import Refused
from tests.news import make
from tests.news.newsroom import all_of, person, signed_in

pytestmark = pytest.mark.django_db


def fit(**values) -> Event:
    """An event that nothing can be said against."""
    values = {
        "summary_tr": "Körfezde üç gün.",
        "description_tr": "<p>Konserler ve yarışlar.</p>",
        "audience_tr": "Herkes",
        "contact": "153",
        "place": Place.objects.create(name_tr="Konak Meydanı"),
        "tags": ["Kültür"],
        "state": State.DRAFT,
        **values,
    }
    return make.event(**values)


def told(event: Event) -> list[tuple[str, bool]]:
    return [(finding.field, finding.blocks) for finding in check_event.findings(event)]


def test_a_fit_event_has_no_finding():
    assert told(fit()) == []


@pytest.mark.parametrize(
    ("values", "finding"),
    [
        ({"summary_tr": ""}, ("summary_tr", False)),
        ({"description_tr": ""}, ("description_tr", False)),
        ({"audience_tr": ""}, ("audience_tr", False)),
        ({"contact": ""}, ("contact", False)),
        ({"place": None}, ("place", False)),
        ({"free": False}, ("price_tr", False)),
        ({"attendance": Attendance.HYBRID}, ("join_url", False)),
        ({"tags": []}, ("tags", False)),
        ({"title_tr": "a" * 66}, ("title_tr", False)),
    ],
)
def test_what_readers_would_miss_is_advice(values: dict, finding: tuple[str, bool]):
    assert told(fit(**values)) == [finding]


def test_an_event_in_two_languages_needs_its_words_in_both():
    assert told(fit(title_en="Bay Festival")) == [
        ("summary_en", False),
        ("description_en", False),
        ("audience_en", False),
    ]


def test_a_picture_without_words_keeps_an_event_from_going_out():
    event = fit(image=make.image())
    publisher = person("Publisher")

    with pytest.raises(Refused, match="görseli"):
        actions.publish(event, publisher)
    event.image_alt_tr = "Sahne"
    event.save()
    assert actions.publish(event, publisher).is_public()


def test_the_form_says_what_is_missing_and_leads_to_the_field():
    event = fit(contact="")
    response = signed_in(person("Publisher")).get(f"/admin/news/event/{event.pk}/change/")

    assert all_of(response, "//section[contains(@class, 'findings')]//a/@href") == ["#id_contact"]
