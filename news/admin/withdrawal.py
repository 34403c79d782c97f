"""What a move without its form asks: why; and of a story that is withdrawn, what is read in its place."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from news.models import Article, Publishable

from .picking import PickOne
from .site import site

OFFERED = 20


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )

    def __init__(self, *args: Any, item: Publishable, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)


class StoryForm(ReasonForm):
    """Of a story that is withdrawn."""

    def __init__(self, *args: Any, item: Article, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        self.fields["reason"].widget.attrs["lang"] = item.language
        named = item.withdrawn_in_favour_of_id
        link = Article._meta.get_field("withdrawn_in_favour_of")
        self.fields["in_favour_of"] = forms.ModelChoiceField(
            # What was named before stays, even while readers do not see it.
            successors(item) | Article.objects.filter(pk=named).exclude(pk=item.pk),
            label=gettext_lazy("Story that takes its place"),
            help_text=gettext_lazy("Readers of a withdrawn story are led there. It can be left empty."),
            error_messages={
                "invalid_choice": gettext_lazy("Choose a story that readers see, in the same language.")
            },
            initial=named,
            required=False,
            widget=PickOne(link, site, address=reverse("admin:news_article_successors", args=[item.pk])),
        )


def form_of(item: Publishable, move: str) -> type[ReasonForm]:
    return StoryForm if move == "withdraw" and isinstance(item, Article) else ReasonForm


def successors(story: Article) -> QuerySet[Article]:
    """What can take its place: other stories that its readers see."""
    return Article.objects.public().in_language(story.language).exclude(pk=story.pk)


def successors_view(model_admin: Any, request: HttpRequest, pk: int) -> JsonResponse:
    """What the picker of `StoryForm` offers, newest first, in the shape of the admin's autocomplete."""
    story = get_object_or_404(Article, pk=pk)
    if not model_admin.has_view_permission(request, story):
        raise PermissionDenied
    rows = successors(story).newest_first().only("title")
    found, _repeats = model_admin.get_search_results(request, rows, request.GET.get("term", "")[:200])
    results = [{"id": str(row.pk), "text": str(row)} for row in found[:OFFERED]]
    return JsonResponse({"results": results, "pagination": {"more": False}})
