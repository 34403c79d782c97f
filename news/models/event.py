"""Events: when they take place is a fact, held once; their words are columns per language."""

from datetime import date, datetime, time, timedelta
from typing import Self, cast
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from translated_fields import TranslatedField

from news import text

from .address import address
from .body import WithBody
from .fields import (
    DerivedTextField,
    LineField,
    PlainTextField,
    RichTextField,
    folded,
    require_words,
    validate_time_zone,
)
from .publishable import Publishable, PublishableQuerySet, publishable_constraints
from .tag import EventTag, TagManager

ISTANBUL = ZoneInfo("Europe/Istanbul")


class Timing(models.TextChoices):
    """How much is known of the time; RFC 5545 tells DATE-TIME from DATE the same way."""

    TIMED = "timed", _("at a time of day")
    ALL_DAY = "all_day", _("all day")
    TIME_UNKNOWN = "time_unknown", _("day known, time to be announced")


class Status(models.TextChoices):
    """What became of the plan (schema.org `EventStatusType`)."""

    SCHEDULED = "scheduled", _("scheduled")
    POSTPONED = "postponed", _("postponed")
    RESCHEDULED = "rescheduled", _("rescheduled")
    MOVED_ONLINE = "moved_online", _("moved online")
    CANCELLED = "cancelled", _("cancelled")


#: Nobody should set out for it.
OFF = (Status.CANCELLED, Status.POSTPONED)


class Attendance(models.TextChoices):
    """Schema.org `EventAttendanceModeEnumeration`."""

    ON_SITE = "on_site", _("on site")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("on site and online")


class EventKind(models.TextChoices):
    CULTURE = "culture", _("culture and arts")
    MEETING = "meeting", _("meeting")
    FAIR = "fair", _("fair")
    SPORT = "sport", _("sport")
    COURSE = "course", _("course or workshop")
    CEREMONY = "ceremony", _("ceremony")
    OTHER = "other", _("other")


#: Minutes before the start from which a join link may be shown, at most: a week. What is larger was meant for
#: another field, such as the number of the meeting.
EARLIEST_OPENING = 7 * 24 * 60


def join_opens_at(begins_at: datetime, minutes: int) -> datetime:
    return begins_at - timedelta(minutes=min(minutes, EARLIEST_OPENING))


class EventQuerySet(PublishableQuerySet):
    def in_language(self, language: str) -> Self:
        return self.exclude(**{f"title_{language}": ""})

    def soonest_first(self) -> Self:
        """By the end, the one moment that timed and all-day events both have in a column."""
        return self.order_by("last_ends_at", "pk")

    def upcoming(self, now: datetime | None = None) -> Self:
        """Not over at `now`: by end, so that what is running counts."""
        return self.filter(last_ends_at__gt=now or timezone.now())

    def past(self, now: datetime | None = None) -> Self:
        return self.filter(last_ends_at__lte=now or timezone.now())


class Event(WithBody, Publishable):
    title = TranslatedField(LineField(_("title"), max_length=200, blank=True))
    kind = models.CharField(_("kind"), max_length=10, choices=EventKind, default=EventKind.OTHER)
    summary = TranslatedField(PlainTextField(_("summary"), max_length=600, blank=True))
    description = TranslatedField(RichTextField(_("description"), blank=True))

    timing = models.CharField(_("timing"), max_length=12, choices=Timing, default=Timing.TIMED)
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        default="Europe/Istanbul",
        validators=[validate_time_zone],
        help_text=_("Where it takes place, such as Europe/Istanbul or Europe/Moscow."),
    )
    starts_at = models.DateTimeField(_("starts at"), null=True, blank=True)
    ends_at = models.DateTimeField(
        _("ends at"), null=True, blank=True, help_text=_("Empty: the end is not known.")
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True, help_text=_("Included. Empty: one day."))
    recurrence = models.CharField(
        _("recurrence"),
        max_length=250,
        blank=True,
        help_text=_("RFC 5545 rule such as FREQ=WEEKLY;BYDAY=TU;UNTIL=20270131T235959."),
    )
    extra_dates = PlainTextField(
        _("extra dates"), blank=True, help_text=_("One local date or date and time a line.")
    )
    excluded_dates = PlainTextField(_("left-out dates"), blank=True, help_text=_("One local date a line."))

    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.SCHEDULED)
    status_reason = TranslatedField(LineField(_("reason"), max_length=250, blank=True))
    status_changed_at = models.DateTimeField(_("status changed"), null=True, blank=True, editable=False)
    previous_start_date = models.DateField(
        _("original date"), null=True, blank=True, help_text=_("Stays visible when the event is rescheduled.")
    )
    attendance = models.CharField(
        _("attendance"), max_length=8, choices=Attendance, default=Attendance.ON_SITE
    )
    place = models.ForeignKey(
        "Place",
        verbose_name=_("venue"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
    )
    join_url = models.URLField(_("join link"), blank=True)
    join_opens_minutes = models.PositiveIntegerField(
        _("join link shown"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(EARLIEST_OPENING)],
        help_text=_("Minutes before the start. Empty: at once."),
    )

    external = models.BooleanField(
        _("organised by others"), default=False, help_text=_("Shown with its organiser and not as ours.")
    )
    organiser = TranslatedField(LineField(_("organiser"), max_length=150, blank=True))
    organiser_url = models.URLField(_("organiser's address"), blank=True)
    patron = TranslatedField(LineField(_("patron"), max_length=150, blank=True))
    sponsors = TranslatedField(LineField(_("sponsors"), max_length=300, blank=True))
    tickets_url = models.URLField(_("tickets"), blank=True)
    free = models.BooleanField(_("free of charge"), default=True)
    price = TranslatedField(LineField(_("price"), max_length=120, blank=True))
    audience = TranslatedField(LineField(_("who it is for"), max_length=150, blank=True))
    accessible = models.BooleanField(_("accessible by wheelchair"), default=False)
    for_children = models.BooleanField(_("for children"), default=False)

    image = models.ForeignKey(
        "Image",
        verbose_name=_("picture"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="event_uses",
    )
    image_alt = TranslatedField(LineField(_("text alternative"), max_length=250, blank=True))
    image_decorative = models.BooleanField(_("decorative picture"), default=False)
    participants: models.ManyToManyField = models.ManyToManyField(
        "Official", verbose_name=_("participants"), blank=True, related_name="events"
    )
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programme",
        help_text=_("The larger event in whose programme this one stands."),
    )
    withdrawn_reason = TranslatedField(PlainTextField(_("public reason for withdrawal"), blank=True))
    sequence = models.PositiveIntegerField(
        _("revision for calendars"), default=0, editable=False, help_text=_("RFC 5545 SEQUENCE.")
    )
    last_ends_at = models.DateTimeField(
        null=True, editable=False, help_text=_("End of the last occurrence; kept by rebuild_occurrences.")
    )
    written_until = models.DateField(
        null=True,
        editable=False,
        db_index=True,
        help_text=_(
            "Day up to which a series that goes on has its occurrences; kept by rebuild_occurrences."
        ),
    )
    folded = DerivedTextField(derive=folded("title_tr", "title_en", "organiser_tr", "organiser_en"))

    tags = TaggableManager(
        through=EventTag,
        manager=TagManager,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("Parted by commas."),
    )
    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_at", "-pk"]
        permissions = [("publish_event", _("Can publish, schedule and withdraw events"))]
        indexes = [
            models.Index(fields=["state", "last_ends_at"], name="event_upcoming"),
            models.Index(fields=["state", "published_at"], name="event_published"),
        ]
        constraints = [
            *publishable_constraints("event"),
            models.CheckConstraint(
                name="event_has_a_title",
                condition=~models.Q(title_tr="", title_en=""),
                violation_error_message=_("An event needs a title in at least one language."),
            ),
            models.CheckConstraint(
                name="event_start_fits_timing",
                condition=models.Q(
                    timing=Timing.TIMED, starts_at__isnull=False, starts_on__isnull=True, ends_on__isnull=True
                )
                | (
                    ~models.Q(timing=Timing.TIMED)
                    & models.Q(starts_on__isnull=False, starts_at__isnull=True, ends_at__isnull=True)
                ),
                violation_error_message=_(
                    "Give a time for a timed event, or days for one without times, not both."
                ),
            ),
            models.CheckConstraint(
                name="event_ends_after_start",
                condition=(models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")))
                & (models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on"))),
                violation_error_message=_("The event ends before it starts."),
            ),
            models.CheckConstraint(
                name="event_online_has_no_place",
                condition=~models.Q(attendance=Attendance.ONLINE) | models.Q(place__isnull=True),
                violation_error_message=_(
                    "An online event has no venue; choose “on site and online” for both."
                ),
            ),
            models.CheckConstraint(
                name="event_external_names_organiser",
                condition=models.Q(external=False) | ~models.Q(organiser_tr="", organiser_en=""),
                violation_error_message=_("Name the organiser of an event that is not ours."),
            ),
            models.CheckConstraint(
                name="event_rescheduled_shows_date",
                condition=~models.Q(status=Status.RESCHEDULED) | models.Q(previous_start_date__isnull=False),
                violation_error_message=_("A rescheduled event shows its original date."),
            ),
            models.CheckConstraint(
                name="event_moved_online_is_online",
                condition=~models.Q(status=Status.MOVED_ONLINE, attendance=Attendance.ON_SITE),
                violation_error_message=_("What moved online is attended online."),
            ),
            models.CheckConstraint(
                name="event_alt_or_decorative",
                condition=models.Q(image_decorative=False) | models.Q(image_alt_tr="", image_alt_en=""),
                violation_error_message=_(
                    "A decorative picture has no text alternative; clear one of the two."
                ),
            ),
            models.CheckConstraint(
                name="event_kinds_known",
                condition=models.Q(
                    timing__in=Timing.values,
                    status__in=Status.values,
                    attendance__in=Attendance.values,
                    kind__in=EventKind.values,
                ),
                violation_error_message=_("This choice does not exist."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.title_tr or self.title_en

    def clean(self) -> None:
        require_words(self, "title")
        if self.external and not (self.organiser_tr or self.organiser_en):
            raise ValidationError({"external": _("Name the organiser of an event that is not ours.")})
        if self.status == Status.RESCHEDULED and not self.previous_start_date:
            raise ValidationError({"previous_start_date": _("A rescheduled event shows its original date.")})
        if self.status == Status.MOVED_ONLINE and self.attendance == Attendance.ON_SITE:
            raise ValidationError({"attendance": _("What moved online is attended online.")})
        if self.image_decorative and (self.image_alt_tr or self.image_alt_en):
            raise ValidationError(
                {"image_decorative": _("A decorative picture has no text alternative; clear one of the two.")}
            )

    def get_absolute_url(self, language: str | None = None) -> str:
        language = language or get_language() or "tr"
        slug = text.slugify(getattr(self, f"title_{language}"), str(self.pk))
        return address("news:event", language, self.pk, slug)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def begins_at(self) -> datetime:
        """The start as a moment: for days without times, their first midnight where it takes place."""
        if self.starts_at:
            return self.starts_at
        return datetime.combine(cast(date, self.starts_on), time.min, self.zone)

    @property
    def first_day(self) -> date:
        """The day it starts on, where it takes place."""
        return self.starts_on or self.begins_at.astimezone(self.zone).date()

    @property
    def last_day(self) -> date:
        """The last day it touches, where it takes place; an end at midnight belongs to the day before."""
        if self.starts_on:
            return self.ends_on or self.starts_on
        if not self.ends_at:
            return self.first_day
        return max(self.first_day, (self.ends_at - timedelta(microseconds=1)).astimezone(self.zone).date())

    @property
    def finishes_at(self) -> datetime:
        """When it is over: the end, or the end of its last day where no end is known."""
        if self.ends_at:
            return self.ends_at
        return datetime.combine(self.last_day + timedelta(days=1), time.min, self.zone)

    def is_over(self, now: datetime | None = None) -> bool:
        return (self.last_ends_at or self.finishes_at) <= (now or timezone.now())

    def is_on(self, now: datetime | None = None) -> bool:
        """Whether readers can still go there: neither off nor over."""
        return self.status not in OFF and not self.is_over(now)

    def join_link(self, now: datetime | None = None) -> str:
        """The join link while readers may have it: not when off, not over, not before it opens."""
        now = now or timezone.now()
        if not self.is_on(now):
            return ""
        if self.join_opens_minutes is not None:
            coming = [o.begins_at for o in self.occurrences.all() if o.ends_at > now] or [self.begins_at]
            if now < join_opens_at(min(coming), self.join_opens_minutes):
                return ""
        return self.join_url

    def tickets_link(self, now: datetime | None = None) -> str:
        """Where tickets are to be had while the event is on and ahead."""
        return self.tickets_url if self.is_on(now) else ""


# Who took part stays known: a person who is named here is not deleted.
Event.participants.through._meta.get_field("official").remote_field.on_delete = models.PROTECT


class OccurrenceQuerySet(models.QuerySet):
    def touching(self, first: date, last: date) -> Self:
        """Those that touch any of the days from `first` to `last`, both included."""
        return self.filter(first_day__lte=last, last_day__gte=first)

    def upcoming(self, now: datetime | None = None) -> Self:
        return self.filter(ends_at__gt=now or timezone.now())

    def of_public_events(self, language: str, now: datetime | None = None) -> Self:
        return self.filter(event__in=Event.objects.public(now).in_language(language))

    def chronological(self) -> Self:
        return self.order_by("first_day", "begins_at", "pk")


class Occurrence(models.Model):
    """One time an event takes place; an event without recurrence has exactly one.

    Rows are made by `publishing.event.rebuild_occurrences` within a bounded horizon, so lists and months read
    an index and never expand a rule. `recurrence_id` is the start the rule gave (RFC 5545 RECURRENCE-ID),
    which an occurrence keeps when it alone is moved or cancelled.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="occurrences")
    recurrence_id = models.DateTimeField(_("start by the rule"))
    begins_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("is over at"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    moved = models.BooleanField(_("moved"), default=False)
    cancelled = models.BooleanField(_("cancelled"), default=False)
    note = TranslatedField(LineField(_("note"), max_length=200, blank=True))

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")
        ordering = ["begins_at", "pk"]
        indexes = [
            models.Index(fields=["last_day", "first_day"], name="occurrence_days"),
            models.Index(fields=["ends_at", "begins_at"], name="occurrence_upcoming"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "recurrence_id"], name="occurrence_once"),
            models.CheckConstraint(
                name="occurrence_ends_after_start",
                condition=models.Q(ends_at__gte=models.F("begins_at"))
                & models.Q(last_day__gte=models.F("first_day")),
            ),
        ]

    def __str__(self) -> str:
        return date_format(self.first_day, "l j F Y" if get_language() == "en" else "j F Y l")
