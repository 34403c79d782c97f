"""Dates and numbers in a text that somebody should look at twice."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from news.text import clean_line, fold

MONTHS = {
    "tr": [
        "ocak",
        "şubat",
        "mart",
        "nisan",
        "mayıs",
        "haziran",
        "temmuz",
        "ağustos",
        "eylül",
        "ekim",
        "kasım",
        "aralık",
    ],
    "en": [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
}
WEEKDAYS = {
    "tr": ["pazartesi", "salı", "çarşamba", "perşembe", "cuma", "cumartesi", "pazar"],
    "en": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
}
OLD_DAYS = 365


def _names(words: list[str]) -> str:
    # The longest first, or “cuma” would be found in “cumartesi”.
    return "|".join(sorted(map(fold, words), key=len, reverse=True))


#: Over folded text: weekday before, day, month, year, weekday after.
DATE = {
    language: re.compile(
        rf"(?:\b({_names(WEEKDAYS[language])}),?\s+)?"
        rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_names(MONTHS[language])})\b"
        rf"(?:,?\s+(\d{{4}}))?(?:,?\s+({_names(WEEKDAYS[language])})\b)?"
    )
    for language in MONTHS
}
ENGLISH_ORDER = re.compile(
    rf"(?:\b({_names(WEEKDAYS['en'])}),?\s+)?"
    rf"\b({_names(MONTHS['en'])})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(\d{{4}}))?"
)
NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,:]\d+)*(?![\w])")


def doubtful_dates(text: str, language: str, published_at: datetime | None) -> Iterator[str]:
    """A sentence for each date without a year, long past, impossible, or on the wrong weekday."""
    today = timezone.localdate(published_at) if published_at else timezone.localdate()
    for shown, year, month, day, weekday in _dates(text, language):
        try:
            meant = date(year or today.year, month, day)
        except ValueError:
            yield _("“%s” is no date.") % shown
            continue
        if weekday is not None and meant.weekday() != weekday:
            right = WEEKDAYS[language][meant.weekday()]
            yield _("“%(date)s” falls on another weekday: %(weekday)s.") % {"date": shown, "weekday": right}
        if not year:
            yield _("“%s” has no year; the page stays for years.") % shown
        elif (today - meant).days > OLD_DAYS:
            yield _("“%s” lies more than a year back.") % shown


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and where each of its characters stands in `text`; last comes the end of `text`.

    Some letters fold to none or to several.
    """
    # Between others, for at an end a space is folded away.
    as_folded = {letter: fold(f"x{letter}x")[1:-1] for letter in set(text)}
    folded = [as_folded[letter] for letter in text]
    places = [place for place, letters in enumerate(folded) for _letter in letters]
    return "".join(folded), [*places, len(text)]


def _dates(text: str, language: str) -> Iterator[tuple[str, int, int, int, int | None]]:
    """Each date as it was written, and what it says."""
    months, weekdays = ([fold(name) for name in names[language]] for names in (MONTHS, WEEKDAYS))
    folded, places = _folded_with_places(text)

    def as_written(found: re.Match[str]) -> str:
        return clean_line(text[places[found.start()] : places[found.end()]])

    for found in DATE[language].finditer(folded):
        before, day, month, year, after = found.groups()
        weekday = before or after
        number = weekdays.index(weekday) if weekday else None
        yield as_written(found), int(year or 0), months.index(month) + 1, int(day), number
    if language == "en":
        for found in ENGLISH_ORDER.finditer(folded):
            weekday, month, day, year = found.groups()
            number = weekdays.index(weekday) if weekday else None
            yield as_written(found), int(year or 0), months.index(month) + 1, int(day), number


def numbers(text: str, language: str) -> set[str]:
    """The numbers of a text, as values: 1.250.000 and 3,5 in Turkish are 1,250,000 and 3.5 in English."""
    found = set()
    for match in NUMBER.finditer(text):
        written = match[0]
        if re.fullmatch(r"[012]?\d[.:][0-5]\d", written):
            found.add(written.replace(".", ":"))
            continue
        thousands, decimal = (".", ",") if language == "tr" else (",", ".")
        found.add(written.replace(thousands, "").replace(decimal, "."))
    return found


def differing_numbers(text: str, language: str, other: str, other_language: str) -> Iterator[str]:
    ours, theirs = numbers(text, language), numbers(other, other_language)
    if missing := sorted(theirs - ours):
        yield _("Numbers that only the other language has: %s.") % ", ".join(missing)
    if extra := sorted(ours - theirs):
        yield _("Numbers that the other language does not have: %s.") % ", ".join(extra)
