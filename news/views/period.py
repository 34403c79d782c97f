"""Years and months of the archive, cut at midnight in the city's zone and not in UTC."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import DateTimeField, QuerySet
from django.utils import timezone

from news.models import Article, prepared


def days_of(year: int, month: int | None) -> tuple[date, date]:
    """First day of a year or month, and the first day after it."""
    if month is None:
        return date(year, 1, 1), date(year + 1, 1, 1)
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)


def period(year: int, month: int | None) -> tuple[datetime, datetime]:
    first, after = days_of(year, month)
    return _midnight(first), _midnight(after)


def year_of(month: int) -> int:
    """The year in which the month last began, for who names a month alone."""
    today = timezone.localdate()
    return today.year - (month > today.month)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def years_with_news(language: str) -> list[int]:
    """From this year back to that of the oldest news."""
    oldest = next(iter(_oldest(language, now=timezone.now())), None)
    this = timezone.localdate().year
    return list(range(this, (timezone.localtime(oldest).year if oldest else this) - 1, -1))


@prepared(now=DateTimeField())
def _oldest(language: str, *, now: Any) -> QuerySet[Article, datetime | None]:
    public = Article.objects.public(now).in_language(language)
    return public.order_by("published_at", "pk").values_list("published_at", flat=True)[:1]
