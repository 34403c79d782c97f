from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import DateField, Exists, F, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.context_processors import Chrome
from news.models import (
    Appointment,
    Article,
    Document,
    DocumentKind,
    Event,
    GalleryImage,
    Image,
    Kind,
    Office,
    Official,
    OfficialAccount,
    Place,
    address,
    naming,
    prepared,
)
from news.page_cache import public_page
from news.publishing import body_links
from news.views import schema
from news.views.page import Page, pictures_within, respond, share_picture

#: Newest articles that name a person: what their page shows is chosen among them.
LOOKED_THROUGH = 40


class OfficialFilterForm(forms.Form):
    district = forms.IntegerField(min_value=1, max_value=10**18 - 1, required=False)
    party = forms.CharField(max_length=80, required=False)


#: What is shown of those who serve.
SHOWN = (
    "acting", "party_tr", "party_en",
    "official__name", "official__honorific_tr", "official__honorific_en",
    *(f"official__portrait__{column}" for column in Image.SHAPE),
    *(f"official__district__{part}_{language}" for part in ("name", "sort") for language in ("tr", "en")),
    *(f"office__title_{language}" for language in ("tr", "en")),
    *(f"office__body__{part}_{language}" for part in ("name", "description") for language in ("tr", "en")),
    "office__body__position",
)  # fmt: skip


@prepared(day=DateField())
def serving(most: int | None = None, *, day: Any) -> QuerySet[Appointment]:
    """The holders of a day as they are listed: by body, rank and name."""
    return (
        Appointment.objects.on(day)
        .filter(official__listed=True)
        .select_related("official__portrait", "official__district", "office__body")
        .only(*SHOWN)
        .order_by(
            "office__body__position", "office__body", "office__rank", "office", "acting",
            f"official__sort_{get_language()}", "pk",
        )
    )[:most]  # fmt: skip


def leading(number: int) -> list[Appointment]:
    return list(serving(number, day=timezone.localdate()))


@require_safe
@public_page("district", "party")
def officials(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    form = OfficialFilterForm(request.GET)
    if not form.is_valid():
        raise Http404("no such filter")
    everyone = list(serving(day=today))
    district, party = form.cleaned_data["district"], form.cleaned_data["party"]
    shown = [
        held
        for held in everyone
        if (not district or held.official.district_id == district) and (not party or held.party == party)
    ]
    filtered = bool(district or party)
    vacant = [] if filtered else list(_vacant(day=today))
    groups = _by_body(shown, vacant)
    former = [] if filtered else list(_former(day=today))
    page = Page(
        title=_("Officials"),
        description=_(
            "Who governs the city: the mayor, the council and the directors, with their offices and terms."
        ),
        addresses=_addresses(district, party, everyone),
        section=reverse("news:officials"),
        trail=[(_("Home"), reverse("news:home"))],
        index=not filtered,
    )
    context = {
        "groups": groups,
        "former": former,
        "filtered": filtered,
        "districts": _districts(everyone),
        "parties": sorted({held.party for held in everyone if held.party}),
        "district": district,
        "party": party,
    }
    return respond(request, "news/officials.html", page, context)


def _addresses(district: int | None, party: str, everyone: list[Appointment]) -> dict[str, str]:
    """This very choice in each language: a party goes by its name there, and stays behind if it has none."""
    addresses = {}
    for code in ("tr", "en"):
        names = (getattr(held, f"party_{code}") for held in everyone if held.party == party)
        named = next(filter(None, names), "") if party else ""
        values = {"district": str(district or ""), "party": party if code == get_language() else named}
        query = {name: value for name, value in values.items() if value}
        addresses[code] = address("news:officials", code) + (f"?{urlencode(query)}" if query else "")
    return addresses


def _by_body(held: list[Appointment], vacant: list[Office]) -> list[dict[str, Any]]:
    groups: dict[int, dict[str, Any]] = {}
    for appointment in held:
        body = appointment.office.body
        groups.setdefault(body.pk, {"body": body, "held": [], "vacant": []})["held"].append(appointment)
    for office in vacant:
        body, since = office.body, office.left_on + timedelta(days=1)
        groups.setdefault(body.pk, {"body": body, "held": [], "vacant": []})["vacant"].append((office, since))
    return sorted(groups.values(), key=lambda group: (group["body"].position, group["body"].pk))


def _districts(everyone: list[Appointment]) -> list[Place]:
    places = {held.official.district for held in everyone if held.official.district}
    return sorted(places, key=lambda place: getattr(place, f"sort_{get_language()}"))


@prepared(day=DateField())
def _vacant(*, day: Any) -> QuerySet[Office]:
    return Office.objects.vacant(day).select_related("body")


@prepared(day=DateField())
def _former(*, day: Any) -> QuerySet[Official]:
    terms = Appointment.objects.filter(official=OuterRef("pk"))
    left = Official.objects.filter(Exists(terms.filter(ends_on__lt=day)), ~Exists(terms.on(day)), listed=True)
    return left.only("name").alphabetical()[:200]


@require_safe
@public_page()
def official(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    language = get_language() or "tr"
    now = timezone.now()
    today = timezone.localdate(now)
    beside = {
        f"has_{name}": Exists(model._default_manager.filter(official=OuterRef("pk")))
        for name, model in {"accounts": OfficialAccount, "gallery": GalleryImage, "files": Document}.items()
    }
    rows = Official.objects.public(now).select_related("portrait", "district").annotate(**beside)
    found = get_object_or_404(rows, pk=pk)
    if request.path != found.get_absolute_url():
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    chrome = Chrome.of(request)
    terms = list(
        found.appointments.select_related("office__body")
        .prefetch_related("office__former_titles")
        .order_by(F("ends_on").desc(nulls_first=True), "-starts_on")
    )
    held = [term for term in terms if term.covers(today)]
    held.sort(key=lambda term: (term.acting, term.office.rank))
    first = held[0] if held else None
    news = (
        Article.objects.public(now)
        .in_language(language)
        .filter(naming(found, language, now))
        .for_cards()
        .order_by("-mentions__listed_at", "-mentions__article_id")
    )
    title = first.office.title if first else ""
    page = Page(
        title=found.name,
        description=found.summary or title,
        addresses={code: found.get_absolute_url(code) for code in ("tr", "en")},
        section=reverse("news:officials"),
        trail=[(_("Home"), reverse("news:home")), (_("Officials"), reverse("news:officials"))],
        kind="profile",
        feed_query={"person": str(found.pk)},
        feed_title=_("News about %(name)s") % {"name": found.name},
    )
    if first:
        page.trail.append(
            (first.office.body.name, f"{reverse('news:officials')}#body-{first.office.body_id}")
        )
    if found.portrait:
        page.picture = share_picture(found.portrait, found.name)
    accounts = list(found.accounts.all()) if found.has_accounts else []
    page.schema = [
        schema.person(found, page.canonical, schema.publisher(chrome.site, chrome.logo), title, accounts),
    ]
    documents = found.documents.shown().in_language(language) if found.has_files else []
    latest = list(news[:LOOKED_THROUGH])
    others = [article for article in latest if article.kind != Kind.STATEMENT]
    statements = [article for article in latest if article.kind == Kind.STATEMENT]
    all_news = f"{reverse('news:articles')}?person={found.pk}"
    context = {
        "chrome": chrome,
        "official": found,
        "biography": body_links.resolved(found.biography, language),
        "images": pictures_within(found.biography, found),
        "held": held,
        "first": first,
        "terms": _with_neighbours(terms, today),
        "is_former": bool(terms) and not held,
        "last": terms[0] if terms and not held else None,
        "accounts": accounts,
        "gallery": found.galleryimages.select_related("image") if found.has_gallery else [],
        "files": [file for file in documents if file.kind != DocumentKind.DECLARATION],
        "declared": [file for file in documents if file.kind == DocumentKind.DECLARATION],
        "statements": statements[:3],
        "more_statements": f"{all_news}&kind={Kind.STATEMENT}" if len(statements) > 3 else "",
        "news": others[:6],
        "more_news": all_news if len(others) > 6 else "",
        "events": Event.objects.public(now)
        .in_language(language)
        .filter(participants=found)
        .select_related("place")
        .order_by("-last_ends_at", "-pk")[:5],
    }
    return respond(request, "news/official.html", page, context)


def _with_neighbours(terms: list[Appointment], today: date) -> list[dict]:
    """Each term with who held the office before and after; a shared office has no such order."""
    offices = [term.office_id for term in terms if not term.office.shared]
    others: dict[int, list[Appointment]] = {}
    if offices:
        for appointment in Appointment.objects.filter(office__in=offices, acting=False).select_related(
            "official"
        ):
            others.setdefault(appointment.office_id, []).append(appointment)
    rows = []
    for term in terms:
        same = [] if term.acting else others.get(term.office_id, [])
        before = [
            other
            for other in same
            if other.starts_on < term.starts_on and other.official_id != term.official_id
        ]
        after = [
            other
            for other in same
            if other.starts_on > term.starts_on and other.official_id != term.official_id
        ]
        rows.append(
            {
                "term": term,
                "title": term.office.title_on(term.ends_on or today),
                "now": term.covers(today),
                "predecessor": max(before, key=lambda other: other.starts_on, default=None),
                "successor": min(after, key=lambda other: other.starts_on, default=None),
            }
        )
    return rows
