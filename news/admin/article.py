from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import Article, ArticleFile, ArticleImage, ChangeNote, Correction, Mention, State

from .noun import Rows
from .publishable import PublishableAdmin, PublishableForm
from .site import site

#: Characters of markup. A long story has 40,000; more is a mistake, such as pictures as data addresses.
LONGEST_BODY = 500_000


class ArticleForm(PublishableForm):
    class Meta:
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "withdrawn_reason": forms.Textarea(attrs={"rows": 3}),
        }

    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        if len(body) > LONGEST_BODY:
            raise forms.ValidationError(
                _("The text has %(length)d characters; %(most)d is the most. Split it, or attach a file.")
                % {"length": len(body), "most": LONGEST_BODY}
            )
        return body


class MentionRows(Rows):
    model = Mention
    fields = [("official", "office_as_given", "position")]
    autocomplete_fields = ["official"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("official")


class GalleryRows(Rows):
    model = ArticleImage
    fields = ["image", ("alt", "decorative"), ("caption", "position")]
    autocomplete_fields = ["image"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("image")


class FileRows(Rows):
    model = ArticleFile
    fields = [("file", "title", "position")]


class ChangeNoteRows(Rows):
    model = ChangeNote
    fields = ["note"]


class CorrectionRows(Rows):
    model = Correction
    fields = [("wrong", "right")]


class MineFilter(admin.SimpleListFilter):
    title = gettext_lazy("author")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", _("mine"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(author=request.user) if self.value() else queryset


class TimeFilter(admin.SimpleListFilter):
    """States as people say them; time decides between scheduled, public and expired."""

    title = gettext_lazy("publication")
    parameter_name = "publication"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("public", _("public now")),
            ("scheduled", _("scheduled")),
            ("expired", _("expired")),
            ("copies", _("working copies")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "public":
                return queryset.public()
            case "scheduled":
                return queryset.scheduled()
            case "expired":
                return queryset.expired()
            case "copies":
                return queryset.working_copies()
        return queryset


@admin.register(Article, site=site)
class ArticleAdmin(PublishableAdmin):
    form = ArticleForm
    list_display = ["title", "state_said", "language", "kind", "published_at", "touched_at"]
    list_filter = ["state", TimeFilter, "language", "kind", MineFilter]
    search_fields = ("folded",)
    date_hierarchy = "published_at"
    ordering = ["-touched_at", "-pk"]
    autocomplete_fields = ["place", "lead_image", "events", "withdrawn_in_favour_of"]
    inlines = [MentionRows, GalleryRows, FileRows, ChangeNoteRows, CorrectionRows]
    fieldsets = [
        (None, {"fields": [("language", "kind"), "title", "summary", "body"]}),
        (
            gettext_lazy("Lead picture"),
            {"fields": ["lead_image", "lead_alt", "lead_decorative", "lead_caption"]},
        ),
        (gettext_lazy("About"), {"fields": ["events", "tags", "place", ("byline", "contact")]}),
        (
            gettext_lazy("Publication"),
            {"fields": [("published_at", "expires_at"), "featured_until", "slug"]},
        ),
        (
            gettext_lazy("Withdrawal and old site"),
            {"fields": ["withdrawn_in_favour_of", "legacy_id"], "classes": ["collapse"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super().get_queryset(request).defer("body")
            if self._is_list(request)
            else super().get_queryset(request)
        )

    def _is_list(self, request: HttpRequest) -> bool:
        match = request.resolver_match
        return bool(match) and match.url_name == "news_article_changelist"

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.instance.state == State.PUBLISHED:
            form.instance.relist()
