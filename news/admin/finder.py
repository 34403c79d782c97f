"""Finding articles in the list: one form for all that can be asked, and questions kept under a name."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from news import search
from news.models import ISTANBUL, Article, ArticleTag, Kind, Mention, Official, Place, SavedFilter, State, Tag
from news.templatetags.dates import day_text

from .attention import CHOICES, LANGUAGES, scheduled
from .bulk import PersonField, writers
from .picking import PickOne
from .site import site
from .widgets import DayInput

ANY = [("", gettext_lazy("any"))]
STATES = [
    ("draft", gettext_lazy("draft")),
    ("in_review", gettext_lazy("in review")),
    ("scheduled", pgettext_lazy("publication", "scheduled")),
    ("public", gettext_lazy("public now")),
    ("expired", gettext_lazy("expired")),
    ("withdrawn", gettext_lazy("withdrawn")),
    ("copies", gettext_lazy("working copies")),
]
#: Names in a query string that are kept with a saved filter, beside those of the form.
KEPT = ("q", "o")
MOST_SAVED = 30
#: Of all that was published in a longer time, the list shows the top.
SHORT = timedelta(days=366)


def picked(model: Any, field: Any, label: Any) -> forms.ModelChoiceField:
    """A choice made by typing; the page holds nothing but what is chosen."""
    return forms.ModelChoiceField(
        model._default_manager.all(), label=label, required=False, widget=PickOne(field, site)
    )


class FindForm(forms.Form):
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=[*ANY, *STATES])
    desk = forms.ChoiceField(
        label=gettext_lazy("Desk"),
        required=False,
        choices=[*ANY, *((name, label) for name, (label, _choose) in CHOICES[Article].items())],
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False, choices=[*ANY, *Kind.choices])
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[*ANY, ("tr", gettext_lazy("Turkish")), ("en", gettext_lazy("English"))],
    )
    topic = picked(Tag, ArticleTag._meta.get_field("tag"), gettext_lazy("Topic or tag"))
    person = picked(Official, Mention._meta.get_field("official"), gettext_lazy("Person named"))
    place = picked(Place, Article._meta.get_field("place"), gettext_lazy("Place"))
    author = PersonField(
        label=gettext_lazy("Author"), queryset=None, required=False, empty_label=gettext_lazy("any")
    )
    since = forms.DateField(label=gettext_lazy("Published from"), required=False, widget=DayInput)
    until = forms.DateField(label=gettext_lazy("Published to"), required=False, widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        author: Any = self.fields["author"]
        author.queryset = writers()


class Finder(admin.ListFilter):
    """All filters of the list at once. What cannot be read, such as a day that does not exist, filters
    nothing and is said beside its field."""

    title = gettext_lazy("find")

    def __init__(self, request: HttpRequest, params: dict, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        asked = {name: params.pop(name)[-1] for name in FindForm.base_fields if name in params}
        self.used_parameters = {name: value for name, value in asked.items() if value}
        self.form = FindForm(self.used_parameters)
        self.saved = SavedFilter.objects.filter(user=request.user, model=model._meta.model_name)

    def said(self) -> str:
        """What the list is narrowed by, in words."""
        parts = []
        for name in self.used_parameters:
            field, value = self.form.fields[name], self.form.cleaned_data.get(name)
            if value and isinstance(field, PersonField):
                value = field.label_from_instance(value)
            elif (
                value
                and isinstance(field, forms.ChoiceField)
                and not isinstance(field, forms.ModelChoiceField)
            ):
                value = dict(field.choices)[value]
            elif isinstance(value, date):
                value = day_text(value)
            if value:
                parts.append(f"{field.label}: {value}")
        return ", ".join(parts)

    def expected_parameters(self) -> list[str]:
        return list(FindForm.base_fields)

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: Any) -> list[dict[str, Any]]:
        return []

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        self.form.is_valid()
        asked = {name: value for name, value in self.form.cleaned_data.items() if value}
        now = timezone.now()
        first, last = asked.get("since"), asked.get("until")
        if first and last and timedelta(0) <= last - first <= SHORT:
            queryset = within(queryset, asked.pop("since"), asked.pop("until"), now)
        for name, narrow in NARROW.items():
            if name in asked:
                queryset = narrow(queryset, asked[name], request.user, now)
        return queryset


def among(rows: QuerySet, few: QuerySet) -> QuerySet:
    """Those of `few`, found first: else SQLite reads the archive along the order of the list for them."""
    return rows.filter(pk__in=few.order_by().values("pk"))


def by_state(rows: QuerySet, value: str, user: Any, now: datetime) -> QuerySet:
    match value:
        case "scheduled":
            return among(rows, scheduled(Article.objects, user, now))
        case "public":
            # Nearly all are: read along the order of the list, and not by the index of states.
            return rows.public(now, by_key=True)
        case "expired":
            return among(rows, Article.objects.expired(now))
        case "copies":
            # As a comparison: to SQLite “is not null” looks like nearly all of them.
            return among(rows, Article.objects.filter(original__gt=0))
    return among(rows, Article.objects.filter(state=value))


def by_words(rows: QuerySet, typed: str) -> QuerySet:
    """What is published by the index of the search, which knows the whole text; the few that are not, and
    that it does not know, by title and summary."""
    query = search.parse(typed)
    if not query.terms:
        return rows if not typed.strip() else rows.none()
    found = search.published_articles(query)
    holding = [Q(folded__contains=word) for term in query.terms for word in term.words]
    for state in (State.DRAFT, State.IN_REVIEW, State.WITHDRAWN):
        found |= Q(pk__in=Article.objects.filter(*holding, state=state).order_by().values("pk"))
    return rows.filter(found)


def by_topic(rows: QuerySet, tag: Tag, user: Any, now: datetime) -> QuerySet:
    return rows.filter(pk__in=ArticleTag.objects.filter(tag=tag.merged_into or tag).values("content_object"))


def by_person(rows: QuerySet, official: Official, user: Any, now: datetime) -> QuerySet:
    return rows.filter(pk__in=Mention.objects.filter(official=official).values("article"))


def by_author(rows: QuerySet, author: Any, user: Any, now: datetime) -> QuerySet:
    return rows.filter(Q(author=author) | Q(assigned_to=author))


def from_day(rows: QuerySet, day: date, user: Any, now: datetime) -> QuerySet:
    return rows.filter(published_at__gte=datetime.combine(day, time.min, ISTANBUL))


def to_day(rows: QuerySet, day: date, user: Any, now: datetime) -> QuerySet:
    return rows.filter(published_at__lt=datetime.combine(day + timedelta(days=1), time.min, ISTANBUL))


def within(rows: QuerySet, first: date, last: date, now: datetime) -> QuerySet:
    """A short stretch of time: by the index, where times of publication stand behind state and language."""
    few = Article.objects.filter(state__in=State.values, language__in=LANGUAGES)
    return among(rows, to_day(from_day(few, first, None, now), last, None, now))


def unread(name: str, value: str) -> Exact:
    """A comparison that most rows pass, behind a function, where no index sees it: so the rows are read along
    the order of the list, of which the top is wanted."""
    return Exact(Coalesce(name, Value("")), value)


NARROW: dict[str, Any] = {
    "state": by_state,
    "desk": lambda rows, value, user, now: among(
        rows, CHOICES[Article][value][1](Article.objects.all(), user, now)
    ),
    "kind": lambda rows, value, user, now: rows.filter(unread("kind", value)),
    "language": lambda rows, value, user, now: rows.filter(unread("language", value)),
    "topic": by_topic,
    "person": by_person,
    "place": lambda rows, value, user, now: rows.filter(place=value),
    "author": by_author,
    "since": from_day,
    "until": to_day,
}


def saved_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Keep the question that the list shows under a name, or forget one."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    mine = SavedFilter.objects.filter(user=request.user, model=model_admin.opts.model_name)
    address = reverse(f"admin:news_{model_admin.opts.model_name}_changelist")
    if gone := request.POST.get("delete", ""):
        mine.filter(pk=gone if gone.isdecimal() and len(gone) < 19 else 0).delete()
        return HttpResponseRedirect(f"{address}?{kept_query(request.POST.get('query', ''))}")
    query = kept_query(request.POST.get("query", ""))
    name = " ".join(request.POST.get("name", "").split())[:60]
    if not name or not query:
        messages.error(request, _("A saved filter needs a name and something that it filters by."))
    elif len(query) > 1000 or (mine.count() >= MOST_SAVED and not mine.filter(name=name).exists()):
        messages.error(request, _("This cannot be kept: at most %d filters of moderate length.") % MOST_SAVED)
    else:
        mine.update_or_create(
            name=name,
            defaults={"query": query},
            create_defaults={"query": query, "user": request.user, "model": model_admin.opts.model_name},
        )
        messages.success(request, _("Kept: “%(name)s”.") % {"name": name})
    return HttpResponseRedirect(f"{address}?{query}")


def kept_query(query: str) -> str:
    """Of a query string, what the list knows: never a place to lead people elsewhere."""
    known = (*FindForm.base_fields, *KEPT)
    asked = QueryDict(query[:4000])
    kept = QueryDict(mutable=True)
    for name in known:
        if value := asked.get(name, ""):
            kept[name] = value
    return kept.urlencode()
