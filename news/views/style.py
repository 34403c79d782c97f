"""The page that shows every component in every state, with the texts that break layouts."""

from calendar import Calendar
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.models import (
    Alert,
    Article,
    ArticleFile,
    ChangeNote,
    Event,
    Kind,
    Occurrence,
    Official,
    Place,
    Severity,
    Status,
    Tag,
    Timing,
)
from news.page_cache import public_page
from news.templatetags.dates import SHORT_WEEKDAYS
from news.views.event_month import cell
from news.views.page import Page, everywhere, respond

LONG = "Meclis bütçeyi görüştü: yatırımların yarısı altyapıya, dörtte biri ulaşıma ayrılıyor, gerisi parka. "
WORD = "Muvaffakiyetsizleştiricileştiriveremeyebileceklerimizdenmişsinizcesine" + "ğ" * 10
DAY = datetime(2026, 11, 24, 16, tzinfo=UTC)


class Example(forms.Form):
    """A form whose first field is filled in and whose second was left empty."""

    name = forms.CharField(label="Ad soyad", initial="Ayşe Işık")
    mail = forms.EmailField(
        label="E-posta",
        help_text="Örneğin ayse@kent.example",
        error_messages={"required": "E-posta adresi boş."},
    )


@require_safe
@public_page()
def style(request: HttpRequest) -> HttpResponse:
    page = Page(
        title=_("Design of this site"),
        addresses=everywhere("news:style"),
        trail=[(_("Home"), reverse("news:home")), (_("Design of this site"), reverse("news:style"))],
        index=False,
    )
    return respond(
        request,
        "news/style.html",
        page,
        {"pictured": _pictured(), **_articles(), **_events(), **_people(), **_parts()},
    )


def _pictured() -> list[Article]:
    """Real stories, for only they have pictures."""
    public = Article.objects.public().in_language(get_language() or "tr").filter(lead_image__isnull=False)
    return list(public.select_related("lead_image").newest_first()[:3])


def _article(title: str, summary: str = "", kind: Kind = Kind.STORY) -> Article:
    made = Article(
        pk=1, title=title, summary=summary, kind=kind, slug="ornek", language=get_language(), published_at=DAY
    )
    made.reading_minutes = 3
    return made


def _articles() -> dict[str, Any]:
    short = _article(
        "Körfez hattında gece vapurları başlıyor", "Cuma ve cumartesi geceleri yarım saatte bir."
    )
    return {
        "short_story": short,
        "bare_story": _article("Su kesintisi", kind=Kind.NOTICE),
        "long_story": _article((LONG * 3)[:300], LONG * 3, Kind.STATEMENT),
        "word_story": _article(WORD, WORD, Kind.PRESS_RELEASE),
    }


def _event(title: str, **values: Any) -> Occurrence:
    values = {"starts_at": DAY, "ends_at": DAY + timedelta(hours=2), **values}
    made = Event(pk=1, title_tr=title, title_en=title, **values)
    made.place = (
        None if made.attendance == "online" else Place(name_tr="Kent Kütüphanesi", name_en="City Library")
    )
    return Occurrence(
        event=made,
        begins_at=made.begins_at,
        ends_at=made.finishes_at,
        first_day=made.first_day,
        last_day=made.last_day,
    )


def _events() -> dict[str, Any]:
    days = {"starts_at": None, "ends_at": None, "starts_on": date(2026, 11, 24)}
    return {
        "occurrences": [
            _event("Körfez Işıkları konseri"),
            _event(
                "Kitap fuarı", timing=Timing.ALL_DAY, **days | {"ends_on": date(2026, 11, 29)}, free=False
            ),
            _event("Yeni yıl şenliği", timing=Timing.TIME_UNKNOWN, status=Status.POSTPONED, **days),
            _event("Açık hava sineması", status=Status.CANCELLED),
            _event("Kıyı koşusu", status=Status.RESCHEDULED),
            _event("Kent forumu", status=Status.MOVED_ONLINE, attendance="online", time_zone="Europe/London"),
            _event(WORD),
        ],
        "event_over": _event("Cumhuriyet töreni").event,
    }


def _weeks() -> list[list[dict[str, Any] | None]]:
    """A month with an empty day, a full one, and today."""
    shown = [_event(title) for title in ("Konser", "Kitap fuarı", "Yeni yıl şenliği", WORD)]
    full, today = date(2026, 11, 24), date(2026, 11, 25)
    return [
        [
            cell(day, {full: shown, today: shown[:1]}.get(day, []), today) if day.month == 11 else None
            for day in week
        ]
        for week in Calendar().monthdatescalendar(2026, 11)
    ]


def _people() -> dict[str, Any]:
    names = ["Nermin Çağlar", "Tuğrul Işıklı", "Şule Öztürk", "Haluk Demirağ", WORD]
    return {
        "people": [Official(pk=number + 1, name=names[number % 5], family_name="x") for number in range(40)]
    }


def _parts() -> dict[str, Any]:
    now = timezone.now()
    names = ["Ulaşım", "Çevre", "Kültür ve sanat", "Eğitim", "Altyapı", "Sosyal destek"]
    return {
        "alerts": [
            Alert(
                severity=severity,
                text_tr="Vapur seferleri 18.00’e kadar yapılmayacak.",
                text_en="No ferries until 18:00.",
                starts_at=now,
            )
            for severity in Severity
        ],
        "tones": [
            ("", "Bilgi"),
            ("ok", "Kaydedildi"),
            ("warning", "Bu sayfa bir yıldan eski"),
            ("alert", "Bu etkinlik iptal edildi"),
        ],
        "tags": [
            Tag(pk=number + 1, name_tr=f"{name} {number // 6 or ''}".strip(), name_en=name)
            for number, name in enumerate(names * 2)
        ],
        "chips": [
            {"label": "Tümü", "url": "#s-controls", "current": "true"},
            {"label": "Duyurular", "url": "#s-controls"},
        ],
        "changes": [ChangeNote(note="Durak sayısı düzeltildi.", changed_at=now)],
        "facts": [
            ("Ne zaman", "24–26 Kasım 2026"),
            ("Nerede", "Kültür Merkezi Büyük Salon"),
            ("Ücret", WORD),
        ],
        "first": date(2026, 11, 1),
        "heads": [(short, name) for short, name in zip(SHORT_WEEKDAYS["tr"], WEEKDAYS.values(), strict=True)],
        "weeks": _weeks(),
        "files": [
            ArticleFile(title="Sefer tarifesi", file="files/x/tarife.pdf", size=182_000),
            ArticleFile(title=LONG, file="files/x/butce.xlsx", size=2_400_000),
        ],
        "form": Example({"name": "Ayşe Işık", "mail": ""}),
        "pages": {
            "newer_url": "#s-controls",
            "first_url": "#s-controls",
            "older_url": "#s-controls",
            "last_url": "#s-controls",
        },
    }
