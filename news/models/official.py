from datetime import date, datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from news import text

from .address import address
from .body import WithBody
from .fields import (
    DerivedBooleanField,
    DerivedCharField,
    DerivedTextField,
    LineField,
    PlainTextField,
    RichTextField,
    folded,
)
from .image import Image
from .site import Network, network_known


class Body(models.Model):
    """What offices belong to: the presidency, the council, a directorate."""

    name = TranslatedField(LineField(_("name"), max_length=120))
    description = TranslatedField(PlainTextField(_("description"), blank=True))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class OfficeQuerySet(models.QuerySet):
    def vacant(self, day: date) -> Self:
        """Those of one holder that nobody holds on `day`, with the last day of who did: `left_on`."""
        terms = Appointment.objects.filter(office=models.OuterRef("pk"))
        left = terms.filter(ends_on__lt=day).order_by("-ends_on").values("ends_on")[:1]
        vacant = self.filter(~models.Exists(terms.on(day)), abolished_on__isnull=True, shared=False)
        return vacant.annotate(left_on=models.Subquery(left)).filter(left_on__isnull=False)


class Office(models.Model):
    """A post that people are appointed to; its former titles are dated (`FormerTitle`)."""

    title = TranslatedField(LineField(_("title"), max_length=150))
    body = models.ForeignKey(Body, verbose_name=_("body"), on_delete=models.PROTECT, related_name="offices")
    rank = models.PositiveSmallIntegerField(
        _("rank"), default=100, help_text=_("Lower comes first within the body.")
    )
    shared = models.BooleanField(
        _("held by several people at once"), default=False, help_text=_("Such as council member.")
    )
    responsibilities = TranslatedField(PlainTextField(_("responsibilities"), blank=True))
    email = models.EmailField(_("e-mail"), blank=True)
    phone = LineField(_("telephone"), max_length=40, blank=True)
    address = LineField(_("address"), max_length=250, blank=True)
    abolished_on = models.DateField(_("abolished on"), null=True, blank=True)
    folded = DerivedTextField(default="", derive=folded("title_tr", "title_en"))

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["body__position", "rank", "pk"]

    def __str__(self) -> str:
        return self.title

    def title_on(self, day: date, language: str | None = None) -> str:
        """The title as it was on `day`; reads `former_titles`, so prefetch them in lists."""
        language = language or get_language() or "tr"
        for former in sorted(self.former_titles.all(), key=lambda former: former.until):
            if day <= former.until:
                return getattr(former, f"title_{language}")
        return getattr(self, f"title_{language}")


class FormerTitle(models.Model):
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="former_titles")
    title = TranslatedField(LineField(_("title"), max_length=150))
    until = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("former title")
        verbose_name_plural = _("former titles")
        ordering = ["until"]
        constraints = [models.UniqueConstraint(fields=["office", "until"], name="formertitle_one_per_day")]

    def __str__(self) -> str:
        return self.title


class OfficialQuerySet(models.QuerySet):
    def public(self, now: datetime | None = None) -> Self:
        """Those who are listed, and guests who are named in an article that is public at `now`."""
        from .article import Article
        from .mention import Mention

        # Each mention asks for its article by key: with `article__in` a million ids would be gathered first.
        shown = models.Exists(Article.objects.public(now).filter(pk=models.OuterRef("article")))
        mentioned = Mention.objects.filter(shown, official=models.OuterRef("pk"))
        return self.filter(models.Q(listed=True) | models.Exists(mentioned))

    def for_cards(self) -> Self:
        """With all that a card of a person shows, and nothing else of them."""
        portrait = [f"portrait__{column}" for column in Image.SHAPE]
        return self.select_related("portrait").only("name", "honorific_tr", "honorific_en", *portrait)

    def in_office(self, day: date | None = None) -> Self:
        day = day or timezone.localdate()
        return self.filter(models.Exists(Appointment.objects.on(day).filter(official=models.OuterRef("pk"))))

    def alphabetical(self) -> Self:
        return self.order_by(f"sort_{get_language() or 'tr'}", "pk")

    def current_first(self) -> Self:
        held = Appointment.objects.on(timezone.localdate()).filter(official=models.OuterRef("pk"))
        return self.order_by(models.Exists(held).desc(), f"sort_{get_language() or 'tr'}", "pk")


class Official(WithBody):
    """A person who holds or held an office, or a guest named in a story (`listed` off)."""

    name = LineField(_("name"), max_length=120, help_text=_("As the person writes it now."))
    family_name = LineField(_("family name"), max_length=80, help_text=_("Lists are ordered by it."))
    honorific = TranslatedField(
        LineField(_("honorific"), max_length=40, blank=True, help_text=_("Such as Prof. or Dr."))
    )
    listed = models.BooleanField(
        _("in the list of officials"),
        default=True,
        help_text=_("Off for guests: their page shows only while a published story names them."),
    )
    summary = TranslatedField(LineField(_("in one sentence"), max_length=255, blank=True))
    biography = TranslatedField(RichTextField(_("biography"), blank=True))
    portrait = models.ForeignKey(
        "Image",
        verbose_name=_("portrait"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="portrait_of",
    )
    delegated = TranslatedField(
        PlainTextField(
            _("delegated areas"), blank=True, help_text=_("What this person looks after, beside the office.")
        )
    )
    shows_declarations = models.BooleanField(
        _("declarations are shown"),
        default=False,
        help_text=_("Declarations of assets and of other offices stay hidden while this is off."),
    )
    declarations = TranslatedField(
        PlainTextField(
            _("declarations"), blank=True, help_text=_("In words; documents go among the files, as such.")
        )
    )
    district = models.ForeignKey(
        "Place", verbose_name=_("district"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    touched_at = models.DateTimeField(_("last saved"), auto_now=True)
    folded = DerivedTextField(derive=folded("name", "family_name"))
    sort_tr = DerivedCharField(
        max_length=200, derive=lambda row: text.sort_key(f"{row.family_name} {row.name}", "tr")[:200]
    )
    sort_en = DerivedCharField(
        max_length=200, derive=lambda row: text.sort_key(f"{row.family_name} {row.name}", "en")[:200]
    )

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = _("official")
        verbose_name_plural = _("officials")
        ordering = ["sort_tr"]
        indexes = [models.Index(fields=["sort_tr"]), models.Index(fields=["sort_en"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self, language: str | None = None) -> str:
        language = language or get_language() or "tr"
        return address("news:official", language, self.pk, text.slugify(self.name, str(self.pk)))

    def name_on(self, day: date) -> str:
        """The name as it was on `day`; reads `former_names`, so prefetch them in lists."""
        for former in sorted(self.former_names.all(), key=lambda former: former.until):
            if day <= former.until:
                return former.name
        return self.name

    def appointment_on(self, day: date) -> "Appointment | None":
        """The first office by rank held on `day`; reads `appointments` and offices, so prefetch them."""
        held = [appointment for appointment in self.appointments.all() if appointment.covers(day)]
        return min(
            held,
            key=lambda appointment: (appointment.acting, appointment.office.rank, appointment.pk),
            default=None,
        )


class OfficialAccount(models.Model):
    """A person's own account in a social network."""

    official = models.ForeignKey(Official, on_delete=models.CASCADE, related_name="accounts")
    network = models.CharField(_("network"), max_length=10, choices=Network)
    url = models.URLField(_("address"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("social account")
        verbose_name_plural = _("social accounts")
        ordering = ["position", "pk"]
        constraints = [network_known("officialaccount")]

    def __str__(self) -> str:
        return self.get_network_display()


class FormerName(models.Model):
    official = models.ForeignKey(Official, on_delete=models.CASCADE, related_name="former_names")
    name = LineField(_("name"), max_length=120)
    until = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["until"]
        constraints = [models.UniqueConstraint(fields=["official", "until"], name="formername_one_per_day")]

    def __str__(self) -> str:
        return self.name


class AppointmentQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        return self.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day), starts_on__lte=day)

    def of(self, official: models.OuterRef, day: date, language: str) -> models.QuerySet:
        """What somebody held on `day`, the first as `Official.appointment_on` has it, with its title `then`
        as `Office.title_on` has it."""
        titles = FormerTitle.objects.filter(office=models.OuterRef("office"), until__gte=day)
        words = f"title_{language}"
        title = Coalesce(models.Subquery(titles.order_by("until").values(words)[:1]), f"office__{words}")
        held = self.on(day).filter(official=official).annotate(then=title)
        return held.order_by("acting", "office__rank", "pk")


class Appointment(models.Model):
    """A person in an office from `starts_on` to `ends_on`, both included; no end means still in office."""

    official = models.ForeignKey(
        Official, verbose_name=_("official"), on_delete=models.PROTECT, related_name="appointments"
    )
    office = models.ForeignKey(
        Office, verbose_name=_("office"), on_delete=models.PROTECT, related_name="appointments"
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    acting = models.BooleanField(
        _("acting"), default=False, help_text=_("May overlap with the holder's own time.")
    )
    party = TranslatedField(
        LineField(
            _("party"), max_length=80, blank=True, help_text=_("Whoever changes it begins a new term here.")
        )
    )
    note = TranslatedField(LineField(_("note"), max_length=200, blank=True))
    exclusive = DerivedBooleanField(default=True, derive=lambda row: not row.office.shared and not row.acting)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["office", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_start",
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("The last day lies before the first."),
            ),
            models.UniqueConstraint(
                fields=["office"],
                condition=models.Q(ends_on__isnull=True, exclusive=True),
                name="appointment_one_holder",
                violation_error_message=_("Somebody else holds this office without an end date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official} – {self.office}"

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)

    def clean(self) -> None:
        if not self.office_id or not self.starts_on or self.office.shared or self.acting:
            return
        others = Appointment.objects.filter(office_id=self.office_id, acting=False).exclude(pk=self.pk)
        others = others.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=self.starts_on))
        if self.ends_on:
            others = others.filter(starts_on__lte=self.ends_on)
        if other := others.select_related("official").first():
            raise ValidationError(
                {"starts_on": _("%(name)s holds this office at that time.") % {"name": other.official.name}}
            )
