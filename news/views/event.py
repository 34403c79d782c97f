from datetime import datetime
from typing import Any

from django.db.models import BigAutoField, DateField, DateTimeField, Exists, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
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
    Event,
    GalleryImage,
    Occurrence,
    Official,
    Tag,
    address,
    prepared,
)
from news.page_cache import public_page
from news.publishing import body_links
from news.views import schema
from news.views.event_list import others_like
from news.views.page import Page, pictures_within, respond, respond_by_facts, say_gone, share_picture


@require_safe
@public_page()
def event(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    language = get_language() or "tr"
    now = timezone.now()
    found = next(iter(_event(pk=pk, now=now)), None)
    if found is None:
        return _gone(request, pk, language, now)
    addresses = {
        code: found.get_absolute_url(code) for code in ("tr", "en") if getattr(found, f"title_{code}")
    }
    if language not in addresses:
        return _not_translated(request, found, addresses)
    if request.path != addresses[language]:
        return HttpResponsePermanentRedirect(addresses[language])
    chrome = Chrome.of(request)
    page = Page(
        title=found.title,
        description=found.summary,
        addresses=addresses,
        elsewhere={code: address("news:event", code, found.pk, str(found.pk)) for code in ("tr", "en")},
        section=reverse("news:events"),
        trail=[(_("Home"), reverse("news:home")), (_("Events"), reverse("news:events"))],
        kind="article",
    )
    if found.image:
        page.picture = share_picture(found.image, found.image_alt)
    join_link = found.join_link(now)
    times = list(_next_times(pk=pk, now=now)) if found.recurrence or found.extra_dates else []
    next_time = next((time for time in times if not time.cancelled), None)
    by = schema.publisher(chrome.site, chrome.logo)
    page.schema = [schema.event(found, next_time, page.canonical, by, join_link)]
    context = {
        "event": found,
        "calendar_url": addresses[language].removesuffix("/") + ".ics",
        "description": body_links.resolved(found.description, language),
        "images": pictures_within(found.description, found),
        "is_over": found.is_over(now),
        "join_link": join_link,
        "tickets_link": found.tickets_link(now),
        "occurrences": times,
        "next_time": next_time,
        "participants": list(_participants(language, pk=pk, day=found.first_day)),
        "gallery": found.galleryimages.select_related("image") if found.has_gallery else [],
        "files": found.documents.in_language(language) if found.has_files else [],
        "programme": [(part, part.is_over(now)) for part in _programme(language, pk=pk, now=now)],
        "part_of": found.part_of
        if found.part_of and found.part_of.is_public(now) and found.part_of.title
        else None,
        "others": others_like(found, language, now, 3),
        "articles": list(_articles(language, pk=pk, now=now)),
        "tags": list(_tags(language, pk=pk)),
    }
    return respond_by_facts(request, "news/event.html", page, context)


@prepared(pk=BigAutoField(), day=DateField())
def _participants(language: str, *, pk: Any, day: Any) -> QuerySet[Official]:
    """Each with the office held on that day."""
    held = Appointment.objects.of(OuterRef("pk"), day, language)
    people = Official.objects.filter(events=pk)
    return people.for_cards().annotate(office_then=Subquery(held.values("then")[:1]))


@prepared(pk=BigAutoField(), now=DateTimeField())
def _event(*, pk: Any, now: Any) -> QuerySet[Event]:
    beside = {
        f"has_{name}": Exists(model._default_manager.filter(event=OuterRef("pk")))
        for name, model in {"gallery": GalleryImage, "files": Document}.items()
    }
    rows = Event.objects.public(now).filter(pk=pk).order_by()
    return rows.select_related("place__within", "image", "part_of").annotate(**beside)


@prepared(pk=BigAutoField(), now=DateTimeField())
def _next_times(*, pk: Any, now: Any) -> QuerySet[Occurrence]:
    return Occurrence.objects.filter(event=pk).upcoming(now).chronological()[:12]


@prepared(pk=BigAutoField(), now=DateTimeField())
def _programme(language: str, *, pk: Any, now: Any) -> QuerySet[Event]:
    parts = Event.objects.public(now).in_language(language).filter(part_of=pk)
    return parts.select_related("place").soonest_first()


@prepared(pk=BigAutoField(), now=DateTimeField())
def _articles(language: str, *, pk: Any, now: Any) -> QuerySet[Article]:
    about = Article.objects.public(now, by_key=True).in_language(language).filter(events=pk)
    return about.for_cards().newest_first()[:6]


@prepared(pk=BigAutoField())
def _tags(language: str, *, pk: Any) -> QuerySet[Tag]:
    tags = Tag.objects.filter(eventtags__content_object=pk).in_language(language)
    return tags.only(*Tag.LABEL).alphabetical()


def _gone(request: HttpRequest, pk: int, language: str, now: datetime) -> HttpResponse:
    """As with articles: what was once public says that it was, anything else was never there."""
    found = Event.objects.gone(now).in_language(language).filter(pk=pk).first()
    if found is None:
        raise Http404("no such event")
    reasons = {code: getattr(found, f"withdrawn_reason_{code}") for code in (language, "tr", "en")}
    code, reason = next(((code, reason) for code, reason in reasons.items() if reason), (language, ""))
    context = {
        "reason": reason,
        "reason_language": code,
        "list_url": reverse("news:events"),
        "list_label": _("All events"),
    }
    return say_gone(request, found, context)


def _not_translated(request: HttpRequest, found: Event, addresses: dict[str, str]) -> HttpResponse:
    language, url = next(iter(addresses.items()))
    page = Page(
        title=_("Not available in English") if get_language() == "en" else _("Not available in Turkish"),
        addresses={},
        elsewhere=addresses,
        section=reverse("news:events"),
        trail=[(_("Home"), reverse("news:home")), (_("Events"), reverse("news:events"))],
        index=False,
    )
    context = {
        "title": getattr(found, f"title_{language}"),
        "language": language,
        "url": url,
        "list_url": reverse("news:events"),
        "list_label": _("All events"),
    }
    return respond(request, "news/not_translated.html", page, context)
