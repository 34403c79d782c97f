"""What a text can link to: our own articles, events and officials, found by their words in either language,
public or not."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news import search, text
from news.models import Article, Event, Official, Publishable, State, Tag, lasting_address, named_by
from news.publishing import body_links
from news.publishing.when import said_back

SHOWN = 12
#: Of what is public, and of what is not yet.
OF_EACH = 8
MOST_WORDS = 8
LANGUAGES = [code for code, _name in settings.LANGUAGES]
LANGUAGE_NAMES = {"tr": gettext_lazy("Turkish"), "en": gettext_lazy("English")}


class Target(NamedTuple):
    address: str
    title: str
    #: What it is and whether readers see it, in words.
    about: str
    public: bool


def view(request: HttpRequest) -> JsonResponse:
    """For the dialog that makes a link: what the words in `term` find, or what the address in `url` leads to.

    Results have the shape of the admin's own autocomplete.
    """
    if not request.user.has_perm("news.view_article"):
        raise PermissionDenied
    language = request.GET.get("language", "")
    if url := request.GET.get("url", ""):
        target = at(url)
        return JsonResponse({"target": target._asdict() if target else None})
    term = request.GET.get("term", "")[:200]
    results = [
        {"id": one.address, "text": f"{one.title} – {one.about}", "title": one.title}
        for one in found(term, language if language in LANGUAGES else LANGUAGES[0])
    ]
    return JsonResponse({"results": results, "pagination": {"more": False}})


def at(url: str) -> Target | None:
    """What one of our addresses leads to, whether readers see it or not."""
    noun, pk = named_by(url)
    row = body_links.MODELS[noun].objects.filter(pk=pk).first() if noun else None
    return _targets([row], LANGUAGES[0])[0] if row else None


def found(term: str, language: str) -> list[Target]:
    """The best first: those in `language`, then the others; of the same thing in two languages only one."""
    folded = text.fold(term).split()[:MOST_WORDS]
    if not folded:
        recent = Article.objects.records().order_by("-touched_at")[:SHOWN]
        return _targets(recent, language)
    rows: dict[tuple[type, int], Any] = {}
    for row in [*_officials(folded), *_unpublished(folded), *_published(term, language)]:
        rows.setdefault((type(row), row.pk), row)
    ranked = sorted(rows.values(), key=lambda row: getattr(row, "language", language) != language)
    return _targets(ranked[:SHOWN], language)


def _published(term: str, language: str) -> Iterator[Any]:
    for spoken in sorted(LANGUAGES, key=lambda code: code != language):
        query = search.parse(term, spoken)
        hits = [hit for hit in search.search(query, spoken).found if hit.model in ("article", "event")]
        for noun, model in (("article", Article), ("event", Event)):
            pks = [hit.object_id for hit in hits[:OF_EACH] if hit.model == noun]
            there = model.objects.in_bulk(pks)
            yield from (there[pk] for pk in pks if pk in there)


def _unpublished(words: list[str]) -> Iterator[Any]:
    hidden = Q(state__in=[State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
    for rows in (Article.objects.records(), Event.objects.all()):
        yield from _holding(rows.filter(hidden), words).order_by("-touched_at")[:OF_EACH]
    scheduled = Article.objects.scheduled().filter(language__in=LANGUAGES)
    yield from _holding(scheduled, words).order_by("published_at")[:OF_EACH]
    yield from _holding(Event.objects.scheduled(), words).order_by("published_at")[:OF_EACH]


def _officials(words: list[str]) -> QuerySet[Official]:
    return _holding(Official.objects.all(), words)[:OF_EACH]


def _holding(rows: QuerySet, words: list[str]) -> QuerySet:
    for word in words:
        rows = rows.filter(folded__contains=word)
    return rows


def _targets(rows: Iterable[Any], language: str) -> list[Target]:
    rows = list(rows)
    readers_see = body_links.public((row._meta.model_name, row.pk) for row in rows)
    return [_target(row, language, (row._meta.model_name, row.pk) in readers_see) for row in rows]


def _target(row: Any, language: str, public: bool) -> Target:
    kind, written, state = _("official"), "", ""
    spoken = body_links.address_of(row, language)[1]
    if isinstance(row, Article):
        kind, written = row.get_kind_display(), str(LANGUAGE_NAMES[row.language])
    elif isinstance(row, Event):
        kind = _("event")
    elif isinstance(row, Tag):
        kind = _("topic")
    if public:
        state = _("readers see it")
    elif isinstance(row, Article | Event):
        state = _state(row)
    else:
        state = _("readers do not see it")
    title = getattr(row, f"title_{spoken}", "") or str(row)
    about = ", ".join(filter(None, [kind, written, state]))
    return Target(lasting_address(row._meta.model_name, spoken, row.pk), title, about, public)


def _state(row: Article | Event) -> str:
    if row.is_scheduled() and row.published_at:
        return _("scheduled: %(time)s") % {"time": said_back(row.published_at)}
    expired = row.state == State.PUBLISHED
    return _("expired") if expired else row.get_state_display()


class Source(NamedTuple):
    title: str
    about: str
    url: str


def sources(thing: Model) -> list[Source]:
    """The texts that lead to `thing`, each with its form."""
    return [
        Source(
            str(row),
            row.get_state_display() if isinstance(row, Publishable) else "",
            reverse(f"admin:news_{row._meta.model_name}_change", args=[row.pk]),
        )
        for row in body_links.sources(thing)
    ]
