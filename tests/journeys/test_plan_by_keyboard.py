"""The planning calendar without a mouse: every entry can be reached and opened, on a desk and on a phone."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from news.models import ISTANBUL, State
from tests.news import make
from tests.news.newsroom import enter, person

pytestmark = pytest.mark.django_db(transaction=True)
FOCUSED = """() => {
  const { activeElement: node } = document;
  if (!node.closest("main, #content")) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(node);
  return { text: node.textContent.trim(), seen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 };
}"""


@pytest.fixture
def month(context, live_server) -> str:
    """Next month, with a day so full that a part of it is folded."""
    enter(context, live_server, person("Publisher", "elif"))
    first = (timezone.localtime(timezone.now(), ISTANBUL).replace(day=1) + timedelta(days=32)).replace(day=1)
    full = datetime(first.year, first.month, 10, 9, tzinfo=ISTANBUL)
    for number in range(8):
        make.article(f"Haber {number}", published_at=full + timedelta(minutes=number))
    live = make.article("Süreli ilan", expires_at=full + timedelta(days=1))
    make.article(
        "Yeni saatler",
        original=live,
        merge_at=full + timedelta(days=2),
        merge_approved=True,
        state=State.IN_REVIEW,
    )
    make.event("Fener alayı", starts_at=full + timedelta(days=3))
    return f"{first:%Y-%m}"


ENTRIES = [*[f"Haber {number}" for number in range(8)], "Süreli ilan", "Yeni saatler", "Fener alayı"]


def tab_to(page: Page, text: str) -> list[str]:
    """Press Tab until what says `text` is focused; gives what was passed."""
    passed: list[str] = []
    for _press in range(80):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if found:
            assert found["seen"], found
            passed.append(found["text"])
            if found["text"] == text:
                return passed
    raise AssertionError(f"{text} is not reached: {passed}")


@pytest.mark.parametrize("width", [390, 1440])
def test_every_entry_is_reached_and_opened_by_keys_alone(page, live_server, month, width):
    page.set_viewport_size({"width": width, "height": 900})
    plan = f"{live_server.url}/admin/plan/?month={month}"
    page.goto(plan)
    for title in ENTRIES:
        folded = title in ("Haber 6", "Haber 7")
        if folded:
            tab_to(page, "2 tane daha")
            page.keyboard.press("Enter")
        tab_to(page, title)
        page.keyboard.press("Enter")
        page.wait_for_url("**/change/")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        page.goto(plan)

    # They come in the order of the days, and what is folded only once it is open.
    passed = tab_to(page, ENTRIES[-1])
    assert [text for text in passed if text in ENTRIES] == [one for one in ENTRIES if one not in ENTRIES[6:8]]
    page.goto(plan)
    tab_to(page, "Bu ay")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/plan/")
