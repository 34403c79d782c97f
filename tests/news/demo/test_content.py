import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from news import richtext, text
from news.demo.content import (
    EVENT_DATE,
    LANGUAGES,
    PICTURE,
    day_of,
    in_words,
    mentions,
    moment_of,
    read,
    stories,
)
from news.demo.pictures import PICTURES, SCENES

STORIES = stories()
TEXTS = [
    pytest.param(story, language, id=f"{story['key']}-{language}")
    for story in STORIES
    for language in LANGUAGES
    if language in story
]


def keys(name: str, *tables: str) -> set[str]:
    return {entry["key"] for table in tables for entry in read(name)[table]}


def test_there_are_stories_of_every_kind_over_three_years_in_both_languages():
    languages = Counter(
        "+".join(language for language in LANGUAGES if language in story) for story in STORIES
    )
    years = {story["published"]["on"].year for story in STORIES if "on" in story.get("published", {})}

    assert len(STORIES) >= 26
    assert languages == {"tr+en": len(STORIES) - 5, "tr": 4, "en": 1}
    assert years >= {2021, 2024, 2025, 2026}
    assert {story["kind"] for story in STORIES} == {"story", "press_release", "statement", "notice"}


def test_the_unusual_ones_are_there():
    plain_texts = [
        text.plain(story[language]["body"])
        for story in STORIES
        for language in LANGUAGES
        if language in story
    ]
    titles = [story[language]["title"] for story in STORIES for language in LANGUAGES if language in story]

    assert sum(len(plain.split()) > 900 for plain in plain_texts) == 2
    assert sum(len(title) > 110 for title in titles) == 2
    assert [story["key"] for story in STORIES if "withdrawn" in story] == ["ferry-fares"]
    assert [story["key"] for story in STORIES if "corrected" in story] == ["bornova-water-main"]
    assert {story["state"] for story in STORIES if "state" in story} == {"draft", "in_review"}
    assert any("in" in story.get("published", {}) for story in STORIES)
    assert any("on" in story.get("expires", {}) for story in STORIES)
    assert any("picture" not in story for story in STORIES)
    assert sum('lang="en"' in story["tr"]["body"] for story in STORIES if "tr" in story) >= 3
    assert sum("<table>" in story["tr"]["body"] for story in STORIES if "tr" in story) >= 5


def test_the_story_of_the_model_page_names_its_people_and_its_three_events():
    story = next(story for story in STORIES if story.get("legacy_id") == 44772)

    assert story["events"] == ["moscow-city-forum", "uclg-culture-summit", "russian-expo"]
    assert [mention["official"] for mention in mentions(story)] == ["tunc-soyer", "sergey-cheremin"]
    assert story["en"]["slug"] == "we-have-a-guest-from-moscow"


@pytest.mark.parametrize(("story", "language"), TEXTS)
def test_a_text_is_complete_short_enough_and_already_clean(story: dict, language: str):
    words = story[language]
    body = PICTURE.sub('src="/media/images/abcdefghijklmnopqrstuvwx/body.webp"', words["body"])

    assert 20 < len(words["title"]) < 120
    assert 40 < len(words["summary"]) <= 160
    assert words["body"].count("<h2>") >= 1 or "withdrawn" in story
    assert "'" not in words["body"]
    assert _squashed(richtext.clean(body)) == _squashed(body)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["key"])
def test_a_story_refers_only_to_what_there_is(story: dict):
    named = {
        key for language in LANGUAGES for key in EVENT_DATE.findall(story.get(language, {}).get("body", ""))
    }

    assert {*story["tags"]} <= keys("tags", "tag")
    assert {*story.get("events", []), *named} <= keys("events", "event")
    assert {mention["official"] for mention in mentions(story)} <= keys("officials", "official")
    assert {story.get("place", "konak")} <= keys("places", "district", "venue")
    assert {story.get("picture", "ferry"), *story.get("gallery", [])} <= keys("pictures", "picture")


def test_every_event_says_in_both_languages_what_the_page_needs():
    for event in read("events")["event"]:
        if event.get("state") == "draft":
            continue
        for language in LANGUAGES:
            assert event["title"][language]
            assert 30 < len(event["summary"][language]) <= 160, event["key"]
            assert event["audience"][language] if "audience" in event else event["key"] == "russian-expo"
            assert "status" not in event or event["status_reason"][language]


def test_pictures_are_described_in_both_languages_and_all_are_drawn():
    pictures = read("pictures")["picture"]
    portraits = {official["portrait"] for official in read("officials")["official"] if "portrait" in official}

    assert {picture["key"] for picture in pictures} == set(SCENES)
    assert len(SCENES) >= 22
    assert portraits == set(PICTURES) - set(SCENES)
    for picture in pictures:
        assert all(30 < len(picture["alt"][language]) <= 125 for language in LANGUAGES)
        assert picture["credit"]


def test_officials_are_described_in_both_languages():
    for official in read("officials")["official"]:
        assert all(official["summary"][language] for language in LANGUAGES)
        if not official.get("guest"):
            assert all(official["biography"][language] for language in LANGUAGES)


def test_a_day_counted_from_the_day_of_loading_moves_on_to_its_weekday():
    monday = datetime(2026, 11, 23, 12, tzinfo=UTC)

    assert day_of({"in": 0, "weekday": "mon"}, monday) == date(2026, 11, 23)
    assert day_of({"in": 1, "weekday": "mon"}, monday) == date(2026, 11, 30)
    assert day_of({"ago": 1}, monday) == date(2026, 11, 22)


def test_the_day_of_loading_is_that_of_istanbul():
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)

    assert day_of({"in": 0}, late) == date(2026, 11, 24)
    assert moment_of({"in": 0}, late) == datetime(2026, 11, 24, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last", "turkish", "english"),
    [
        ((2026, 12, 4), (2026, 12, 4), "4 Aralık 2026 Cuma günü", "Friday 4 December 2026"),
        ((2026, 12, 5), (2026, 12, 13), "5–13 Aralık 2026", "5 to 13 December 2026"),
        ((2026, 11, 28), (2026, 12, 6), "28 Kasım–6 Aralık 2026", "28 November to 6 December 2026"),
        ((2026, 12, 30), (2027, 1, 2), "30 Aralık 2026–2 Ocak 2027", "30 December 2026 to 2 January 2027"),
    ],
)
def test_days_in_a_sentence(first: tuple, last: tuple, turkish: str, english: str):
    assert in_words(date(*first), date(*last), "tr") == turkish
    assert in_words(date(*first), date(*last), "en") == english


def _squashed(html: str) -> str:
    return re.sub(r">\s+<", "><", html.strip())
