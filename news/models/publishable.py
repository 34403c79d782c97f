import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .fields import LineField


class State(models.TextChoices):
    """Where an item stands in the newsroom; `published` with a time ahead is what people call scheduled."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PublishableQuerySet(models.QuerySet):
    def public(self, now: datetime | None = None, *, by_key: bool = False) -> Self:
        """What a citizen may see at `now`: the one gate, evaluated when it is read.

        A working copy is never `published` (a constraint holds that), and so it is not mentioned here.
        SQLite takes the first condition that fits an index, and not the best. So the time stands behind a
        function, where no index sees it: the callers' own bounds (a month, a page, a neighbour) are those to
        read by, and what is still to come is only the top of a list. `by_key` puts the state there too, for
        rows that are named by their keys.
        """
        now = now or timezone.now()
        return self.filter(
            models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=now),
            LessThanOrEqual(Coalesce("published_at", "created_at"), now),
            Exact(Coalesce("state", models.Value("")) if by_key else models.F("state"), State.PUBLISHED),
        )

    def scheduled(self, now: datetime | None = None) -> Self:
        return self.filter(state=State.PUBLISHED, published_at__gt=now or timezone.now())

    def withdrawn(self) -> Self:
        """Those that readers once saw and that were taken back."""
        return self.filter(state=State.WITHDRAWN, first_published_at__isnull=False)

    def expired(self, now: datetime | None = None) -> Self:
        return self.filter(state=State.PUBLISHED, expires_at__lte=now or timezone.now())

    def gone(self, now: datetime | None = None) -> Self:
        """Those that readers once saw and do not see any more; their addresses say so."""
        return self.withdrawn() | self.expired(now)


class Publishable(models.Model):
    """State, times, identity and version of what an editor publishes."""

    guid = models.UUIDField(
        _("permanent id"),
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text=_("Minted once; feeds and calendars know the item by it for good."),
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT, editable=False)
    published_at = models.DateTimeField(
        _("publication time"),
        null=True,
        blank=True,
        help_text=_("Istanbul time. A time ahead schedules the publication."),
    )
    expires_at = models.DateTimeField(
        _("expiry time"),
        null=True,
        blank=True,
        help_text=_("Istanbul time. From then on the page is no longer shown."),
    )
    first_published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(
        _("last significant change"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Moved by a major edit only; readers and feeds see it as “updated”."),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    touched_at = models.DateTimeField(_("last saved"), auto_now=True)
    author = models.ForeignKey(
        "auth.User",
        verbose_name=_("author"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    contact = LineField(_("contact"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def is_public(self, now: datetime | None = None) -> bool:
        now = now or timezone.now()
        return (
            self.state == State.PUBLISHED
            and self.published_at is not None
            and self.published_at <= now
            and (self.expires_at is None or self.expires_at > now)
        )

    def is_scheduled(self, now: datetime | None = None) -> bool:
        return (
            self.state == State.PUBLISHED
            and self.published_at is not None
            and self.published_at > (now or timezone.now())
        )

    def updated_at(self) -> datetime | None:
        """When readers were last told something new: the last significant change, else the publication."""
        if self.changed_at and self.published_at:
            return max(self.changed_at, self.published_at)
        return self.changed_at or self.published_at


def publishable_constraints(name: str) -> list[Any]:
    """What must hold in the database for every publishable table called `name`."""
    return [
        models.CheckConstraint(
            name=f"{name}_state_known",
            condition=models.Q(state__in=State.values),
            violation_error_message=_("This state does not exist."),
        ),
        models.CheckConstraint(
            name=f"{name}_published_has_time",
            condition=~models.Q(state=State.PUBLISHED) | models.Q(published_at__isnull=False),
            violation_error_message=_("What is published needs a publication time."),
        ),
        models.CheckConstraint(
            name=f"{name}_expires_after_start",
            condition=models.Q(expires_at__isnull=True)
            | models.Q(published_at__isnull=True)
            | models.Q(expires_at__gt=models.F("published_at")),
            violation_error_message=_("The expiry time lies before the publication time."),
        ),
        models.CheckConstraint(
            name=f"{name}_withdrawn_has_time",
            condition=~models.Q(state=State.WITHDRAWN) | models.Q(withdrawn_at__isnull=False),
            violation_error_message=_("What is withdrawn needs the time of withdrawal."),
        ),
    ]
