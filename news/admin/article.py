from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news import search
from news.models import Article, ArticleFile, ArticleImage, ChangeNote, Correction, Mention, State
from news.publishing import actions, check, copies, rules
from news.publishing.rules import Refused
from news.publishing.when import said_back
from news.templatetags.prose import prose
from news.text import slugify

from . import beside, bulk, history, previews, withdrawal
from .finder import Finder, by_words, saved_view
from .noun import Rows
from .publishable import PublishableAdmin, PublishableForm
from .site import site

#: Characters of markup. A long story has 40,000; more is a mistake, such as pictures as data addresses.
LONGEST_BODY = 500_000


#: What can be made from an article: the last part of the address -> the verb.
MAKERS = {"copy": copies.working_copy, "duplicate": copies.duplicate, "translate": copies.translate}


class ArticleForm(PublishableForm):
    class Meta:
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "withdrawn_reason": forms.Textarea(attrs={"rows": 3}),
        }

    def clean(self) -> dict[str, Any]:
        kept = self.instance.slug
        if follows := self._address_follows():
            self.instance.slug = self.cleaned_data["slug"] = ""
            self.stored.pop("slug", None)
        data = super().clean()
        if follows and self.differences:
            # Nobody typed it, so it is nobody's conflict.
            sent = self.data.copy()
            sent[self.add_prefix("slug")] = kept
            self.data = sent
        return data

    def _address_follows(self) -> bool:
        """Whether the address was made from the title, and nobody outside knows it yet."""
        article, changed = self.instance, set(self.changed_data)
        if article.pk is None or article.first_published_at is not None or article.original_id:
            return False
        stale = self.cleaned_data.get("version") not in (None, article.version)
        typed = "slug" in changed and not stale
        return "title" in changed and not typed and article.slug == slugify(self.initial["title"], "")

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

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return by_words(queryset, search_term), False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("official")


class GalleryRows(Rows):
    model = ArticleImage
    fields = ["image", ("alt", "decorative"), ("caption", "position")]
    autocomplete_fields = ["image"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return by_words(queryset, search_term), False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("image")


class FileRows(Rows):
    model = ArticleFile
    fields = [("file", "title", "position")]


class ChangeNoteRows(Rows):
    model = ChangeNote
    verbose_name_plural = gettext_lazy(
        "change notes: what readers should know; without one, “updated” and the feeds stay as they are"
    )
    fields = ["note"]


class CorrectionRows(Rows):
    model = Correction
    verbose_name_plural = gettext_lazy(
        "corrections: what was wrong and what is right, shown on the story and on the page of corrections"
    )
    fields = [("wrong", "right")]


def standing(item: Article) -> dict[str, str]:
    """What keeps an article from its readers, for the head of its form."""
    embargoed = item.embargo_until and item.embargo_until > timezone.now()
    return {
        "failed": item.merge_problem,
        "late": said_back(item.merge_at) if item.merge_at and item.is_late() else "",
        "embargo": said_back(item.embargo_until) if embargoed and item.embargo_until else "",
    }


@admin.register(Article, site=site)
class ArticleAdmin(PublishableAdmin):
    form = ArticleForm
    list_display = ["title", "state_said", "language", "kind", "published_at", "touched_at"]
    list_filter = [Finder]
    # The one order that an index gives, whatever stands in the archive.
    sortable_by = ["touched_at"]
    search_fields = ("folded",)
    ordering = ["-touched_at", "-pk"]
    autocomplete_fields = ["place", "lead_image", "events", "withdrawn_in_favour_of"]
    inlines = [MentionRows, GalleryRows, FileRows, ChangeNoteRows, CorrectionRows]
    change_form_template = "admin/news/article/form.html"
    bulk_steps = bulk.ARTICLE_STEPS

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        copy = obj is not None and obj.original_id
        first = "kind" if copy else ("language", "kind")
        times = ("merge_at", "expires_at") if copy else ("published_at", "expires_at")
        body = "body" if obj is None or self.has_change_permission(request, obj) else "body_shown"
        embargo = ("embargo_until", "embargo_note")
        groups = [
            (None, {"fields": [first, "title", "summary", body]}),
            (_("Lead picture"), {"fields": ["lead_image", "lead_alt", "lead_decorative", "lead_caption"]}),
            (_("About"), {"fields": ["events", "tags", "place", ("byline", "contact")]}),
            (_("Publication"), {"fields": [times, embargo, "featured_until", *([] if copy else ["slug"])]}),
        ]
        if not copy:
            rest = {"fields": ["withdrawn_in_favour_of", "legacy_id"], "classes": ["collapse"]}
            groups.append((_("Withdrawal and old site"), rest))
        return groups

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return by_words(queryset, search_term), False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        match = request.resolver_match
        return rows.defer("body") if match and match.url_name == "news_article_changelist" else rows

    @admin.display(description=gettext_lazy("text"))
    def body_shown(self, item: Article) -> str:
        """The text as readers see it, for whoever may not change it here."""
        return format_html('<div class="prose" lang="{}">{}</div>', item.language, prose(item.body))

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_said(self, item: Article) -> str:
        if not item.original_id:
            return super().state_said(item)
        if item.merge_approved and item.merge_at:
            return format_html("{} · {}", _("change scheduled"), said_back(item.merge_at))
        return format_html("{} · {}", _("working copy"), item.get_state_display())

    def about(self, request: HttpRequest, typed: Article, stored: Article) -> dict[str, Any]:
        return {
            "findings": check.findings(typed) if self.has_change_permission(request, typed) else [],
            "working_copy": Article.objects.filter(original=stored).select_related("author").first(),
            "may_copy": rules.may_copy(stored, request.user),
            "standing": standing(stored),
            "translation": stored.translations().first(),
            "other_language": _("English") if stored.language == "tr" else _("Turkish"),
        }

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method != "GET" or not request.GET.get("q"):
            return super().changelist_view(request, extra_context)
        with search.by_index():
            response = super().changelist_view(request, extra_context)
            # The rows are read when the page is written.
            return response.render() if isinstance(response, TemplateResponse) else response

    def get_urls(self) -> list[URLPattern]:
        made = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(self.make_view),
                {"name": name},
                name=f"news_article_{name}",
            )
            for name in MAKERS
        ]
        view = self.admin_site.admin_view
        seen = [
            path("filters/", view(partial(saved_view, self)), name="news_article_filters"),
            path("<int:pk>/preview/", view(partial(previews.saved_view, self)), name="news_article_preview"),
            path("<int:pk>/beside/", view(partial(beside.view, self)), name="news_article_beside"),
            path(
                "<int:pk>/beside/beat/",
                view(partial(beside.beat_view, self)),
                name="news_article_beside_beat",
            ),
            path(
                "<int:pk>/successors/",
                view(partial(withdrawal.successors_view, self)),
                name="news_article_successors",
            ),
            path("<int:pk>/links/", view(partial(previews.links_view, self)), name="news_article_links"),
            path(
                "<int:pk>/history/<int:version_id>/",
                view(partial(history.version_view, self)),
                name="news_article_version",
            ),
        ]
        return [*made, *seen, *super().get_urls()]

    def make_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """A new row made from this one: working copy, duplicate or translation."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        article = get_object_or_404(Article, pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        try:
            made = MAKERS[name](article, request.user)
        except Refused as refused:
            self.message_user(request, refused.reason, messages.ERROR)
            made = article
        together = name == "translate" or "beside" in request.POST
        page = "admin:news_article_beside" if together else "admin:news_article_change"
        return HttpResponseRedirect(reverse(page, args=[made.pk]))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.instance.state == State.PUBLISHED:
            actions.must_stay_fit(form.instance)
            form.instance.relist()
