"""How many rows a list has and which of them a page shows, at a price that the size of the archive does not
raise."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news.models import PublishedCount
from news.page_cache import Fragments
from news.templatetags.dates import grouped
from news.views.keyset import SIZE, Cursor, Slice

#: Where the counts are not kept, nobody counts further than twenty pages.
MOST = 20 * SIZE


@dataclass(frozen=True)
class Tally:
    """`number` rows in all, or with `more` beyond that many; `before` stand ahead of those shown, where that
    is known."""

    number: int
    shown: int
    before: int | None = 0
    more: bool = False
    days: str = ""

    @property
    def words(self) -> str:
        """“1.008 haber, 1–12 arası”; where the place in the list is not known, the days that are shown."""
        if not self.shown:
            return _("Nothing found")
        number = grouped(self.number)
        if self.more:
            words = _("More than %(number)s articles") % {"number": number}
        else:
            words = ngettext("%(number)s article", "%(number)s articles", self.number) % {"number": number}
        if self.before is not None and (self.more or self.shown < self.number):
            first, last = grouped(self.before + 1), grouped(self.before + self.shown)
            words = _("%(count)s, %(first)s–%(last)s shown") % {"count": words, "first": first, "last": last}
        elif self.before is None and self.days:
            words = _("%(count)s, published %(days)s") % {"count": words, "days": self.days}
        return words

    @property
    def page(self) -> str:
        """“page 2/84”, from the second on; nothing where it is not known."""
        if not self.before or self.more:
            return ""
        page, pages = -(-self.before // SIZE) + 1, -(-self.number // SIZE)
        return _("page %(page)d/%(pages)d") % {"page": page, "pages": max(page, pages)}


def kept(
    rows: Slice,
    language: str,
    now: datetime,
    shared: Fragments,
    kind: str = "",
    period: tuple[datetime, datetime] | tuple[None, None] = (None, None),
) -> Tally:
    """Exactly, from the counts that publishing keeps by language, kind and month."""
    since, end = period
    counts = PublishedCount.objects
    if rows.is_whole:
        return Tally(len(rows.rows), len(rows.rows))
    before = 0 if rows.from_start else counts.newer_than(rows.rows[0], now, kind, end) if rows.rows else None
    number = shared.keep(
        ("count", language, kind, since, end), lambda: counts.public(language, now, kind, since, end)
    )
    return Tally(number, len(rows.rows), before, days=rows.days)


def bounded(rows: Slice, count: Callable[[Cursor | None], int]) -> Tally:
    """`count` gives the number of all rows, or of those before a position, and looks one beyond `MOST`."""
    if rows.is_whole:
        return Tally(len(rows.rows), len(rows.rows))
    number = count(None)
    before: int | None = 0
    if not rows.from_start:
        before = count(rows.start) if rows.rows else None
    if before is not None and before > MOST:
        before = None
    return Tally(min(number, MOST), len(rows.rows), before, number > MOST, rows.days)


def uncounted(rows: Slice) -> Tally:
    """Where two filters meet only the page itself is known: all of the list, or a part of it."""
    before = 0 if rows.from_start else None
    return Tally(len(rows.rows), len(rows.rows), before, not rows.is_whole, rows.days)
