"""A palette that is hard to read does not start."""

from pathlib import Path

import pytest
from django.core.checks import Error

from news import checks

TOKENS = Path(__file__).parents[2] / "static/css/tokens.css"


@pytest.fixture
def palette(tmp_path: Path, settings):
    """Puts another `tokens.css` before ours, with one colour changed."""

    def replace(old: str, new: str) -> list:
        (tmp_path / "css").mkdir(exist_ok=True)
        source = TOKENS.read_text()
        assert old in source
        (tmp_path / "css/tokens.css").write_text(source.replace(old, new))
        settings.STATICFILES_DIRS = [tmp_path]
        checks.finders.get_finder.cache_clear()
        return checks.palette_is_readable()

    yield replace
    checks.finders.get_finder.cache_clear()


def test_our_own_palette_reaches_seven_to_one_everywhere():
    assert checks.palette_is_readable() == []


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#fff", "#000", 21), ("#fff", "#fff", 1), ("#777", "#ffffff", 4.48), ("#0b4a75", "#fff", 9.3)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float):
    assert checks.contrast(one, other) == pytest.approx(ratio, abs=0.05)


def test_grey_on_white_is_refused(palette):
    faults = palette("--ink-soft: #414f5c;", "--ink-soft: #999;")
    assert {fault.id for fault in faults} == {"news.E003"}
    assert "--ink-soft on --bg has a contrast of 2.8 in the light scheme" in str(faults[0])


def test_a_weak_colour_of_the_dark_scheme_is_found_too(palette):
    faults = palette("--link: #93ccf6;", "--link: #2a6f9e;")
    assert any("in the dark scheme" in fault.msg for fault in faults)
    assert all(isinstance(fault, Error) for fault in faults)


def test_between_enough_and_good_is_a_warning(palette):
    (fault, *_) = palette("--label: #8a3008;", "--label: #a8480f;")
    assert fault.id == "news.W003"


def test_a_missing_colour_is_named(palette):
    assert palette("--label: #8a3008;", "")[0].id == "news.E002"
