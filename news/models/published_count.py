"""How many published articles there are, kept so that no reader's page has to count the archive."""

from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from django.db import models, transaction
from django.db.models.functions import Coalesce, TruncMonth
from django.db.models.lookups import Exact, LessThan
from django.utils import timezone

from .event import ISTANBUL
from .prepared import prepared
from .publishable import State

if TYPE_CHECKING:
    from .article import Article

#: The month in which what has no expiry time expires.
NEVER = date(MAXYEAR, 12, 1)


@dataclass(frozen=True, order=True)
class Standing:
    """Where a published article is counted. It names no moment: scheduled and expired ones have theirs too,
    and who asks takes away what the current month holds of them."""

    language: str
    kind: str
    month: date
    until: date

    #: What decides where an article is counted.
    FIELDS = ("state", "language", "kind", "published_at", "expires_at")

    @classmethod
    def of(cls, values: dict[str, Any]) -> "Standing | None":
        """From the values of `FIELDS`; None for what is not published."""
        if values.get("state") != State.PUBLISHED or not values.get("published_at"):
            return None
        until = month_of(values["expires_at"]) if values["expires_at"] else NEVER
        return cls(values["language"], values["kind"], month_of(values["published_at"]), until)


class PublishedCountQuerySet(models.QuerySet):
    def move(self, before: Standing | None, after: Standing | None) -> None:
        """Take an article out of one count and into another; inside the transaction that changes it."""
        if before == after:
            return
        changes = [(standing, change) for standing, change in ((before, -1), (after, 1)) if standing]
        # In one order everywhere, so that two who publish at once wait for each other and not in a ring.
        for standing, change in sorted(changes):
            rows = self.filter(**vars(standing))
            if change < 0:
                rows.filter(number__gt=0).update(number=models.F("number") - 1)
            elif not rows.update(number=models.F("number") + 1):
                _row, made = self.get_or_create(**vars(standing), defaults={"number": 1})
                if not made:
                    rows.update(number=models.F("number") + 1)

    def recount(self) -> None:
        """Count all that is published, in one reading of the archive: for what writes past the models."""
        from .article import Article

        starts = TruncMonth("published_at", tzinfo=ISTANBUL)
        ends = TruncMonth("expires_at", tzinfo=ISTANBUL)
        rows: Any = (
            Article.objects.filter(state=State.PUBLISHED).order_by().annotate(starts=starts, ends=ends)
        )
        rows = rows.values_list("language", "kind", "starts", "ends").annotate(number=models.Count("pk"))
        with transaction.atomic():
            self.all().delete()
            self.bulk_create(
                self.model(
                    language=language,
                    kind=kind,
                    month=month.date(),
                    until=until.date() if until else NEVER,
                    number=number,
                )
                for language, kind, month, until, number in rows
            )

    def public(
        self,
        language: str,
        now: datetime,
        kind: str = "",
        since: datetime | None = None,
        before: datetime | None = None,
    ) -> int:
        """Exactly as many as `Article.objects.public(now).in_language(language)` has between two first
        moments of a month, without reading more than what starts or ends in the current one."""
        this, end = month_of(now), start_of(month_after(month_of(now)))
        last = min(this, month_of(before - timedelta(microseconds=1)) if before else this)
        given = {"kind": kind, "since": since, "before": before}
        shape = tuple(name for name, value in given.items() if value)
        number = _only(
            _counted(language, shape, **given, last=last, this=this, month=since and month_of(since))
        )
        if not ((before and before <= now) or (since and since >= end)):
            number -= _only(_ahead(language, shape, **given, now=now, end=end))
        return number - _only(_over(language, shape, **given, now=now, first=start_of(this)))

    def newer_than(
        self, article: "Article", now: datetime, kind: str = "", before: datetime | None = None
    ) -> int:
        """How many stand before `article` in the list: its own month is read, the others are counted."""
        end = start_of(month_after(month_of(cast(datetime, article.published_at))))
        end = min(end, before) if before else end
        shape = ("kind",) if kind else ()
        given = {"moment": article.published_at, "pk": article.pk, "end": end, "now": now, "kind": kind}
        beside = _only(_beside(article.language, shape, **given))
        if end > now or end == before:
            return beside
        return beside + self.public(article.language, now, kind, end, before)


class PublishedCount(models.Model):
    """The number of published articles of one language and kind that begin in one month and end in another.

    `Article.relist()` keeps it, in the transaction that changes an article.
    """

    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=15)
    month = models.DateField()
    until = models.DateField(default=NEVER)
    number = models.PositiveIntegerField(default=0)

    objects = PublishedCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "month", "until", "kind"], name="publishedcount_once")
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.kind} {self.month:%Y-%m}: {self.number}"


def month_of(moment: datetime) -> date:
    return moment.astimezone(ISTANBUL).date().replace(day=1)


def month_after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), ISTANBUL)


def _only(rows: models.QuerySet) -> int:
    return next(iter(rows), None) or 0


def _summed(rows: models.QuerySet, by: models.Aggregate) -> models.QuerySet:
    """One row with one number: what `aggregate` and `count` ask, as something to be prepared."""
    return (
        rows.order_by()
        .annotate(all=models.Value(1))
        .values("all")
        .annotate(by=by)
        .values_list("by", flat=True)
    )


@prepared(kind=models.CharField(), month=models.DateField(), last=models.DateField(), this=models.DateField())
def _counted(language: str, shape: tuple[str, ...], **given: Any) -> models.QuerySet:
    rows = PublishedCount.objects.filter(
        language=language, month__lte=given["last"], until__gte=given["this"]
    )
    if "since" in shape:
        rows = rows.filter(month__gte=given["month"])
    if "kind" in shape:
        rows = rows.filter(kind=given["kind"])
    return _summed(rows, models.Sum("number"))


@prepared(kind=models.CharField(), now=models.DateTimeField(), end=models.DateTimeField())
def _ahead(language: str, shape: tuple[str, ...], **given: Any) -> models.QuerySet:
    """Counted in this month and still to come."""
    from .article import Article

    now, end = given["now"], given["end"]
    rows = Article.objects.filter(state=State.PUBLISHED, language=language)
    rows = rows.filter(published_at__gt=now, published_at__lt=end)
    return _summed(rows.filter(kind=given["kind"]) if "kind" in shape else rows, models.Count("pk"))


@prepared(
    kind=models.CharField(),
    now=models.DateTimeField(),
    first=models.DateTimeField(),
    since=models.DateTimeField(),
    before=models.DateTimeField(),
)
def _over(language: str, shape: tuple[str, ...], **given: Any) -> models.QuerySet:
    """Counted up to this month and over since some day of it; what is over was public before."""
    from .article import Article

    rows = Article.objects.filter(
        # Out of sight of the indexes: the one to read by is that of the expiry times.
        Exact(Coalesce("language", models.Value("")), language),
        state=State.PUBLISHED,
        expires_at__gte=given["first"],
        expires_at__lte=given["now"],
    )
    published = Coalesce("published_at", "created_at")
    if "kind" in shape:
        rows = rows.filter(Exact(Coalesce("kind", models.Value("")), given["kind"]))
    if "since" in shape:
        rows = rows.exclude(LessThan(published, given["since"]))
    if "before" in shape:
        rows = rows.filter(LessThan(published, given["before"]))
    return _summed(rows, models.Count("pk"))


@prepared(
    kind=models.CharField(),
    moment=models.DateTimeField(),
    pk=models.BigAutoField(),
    end=models.DateTimeField(),
    now=models.DateTimeField(),
)
def _beside(language: str, shape: tuple[str, ...], **given: Any) -> models.QuerySet:
    """Newer ones of the same month, of which there may be thousands: from an index of their own alone, and so
    with the state out of sight of the others."""
    from .article import Article

    now, end = given["now"], given["end"]
    found: Any = SimpleNamespace(published_at=given["moment"], pk=given["pk"])
    state = Coalesce("state", models.Value(""))
    rows = Article.objects.filter(Exact(state, State.PUBLISHED), language=language).newer_than(found)
    rows = rows.filter(models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=now))
    rows = rows.filter(published_at__lt=end, published_at__lte=now)
    return _summed(rows.filter(kind=given["kind"]) if "kind" in shape else rows, models.Count("pk"))
