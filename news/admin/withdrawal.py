"""What a move without its form asks: why, for an event in each of its languages; and which story takes the
place of one that is withdrawn."""

from copy import deepcopy
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from news.models import Article, Event, Publishable

from .picking import PickOne
from .site import site

OFFERED = 20
REASONS = {"tr": gettext_lazy("Reason in Turkish"), "en": gettext_lazy("Reason in English")}
ALONE = gettext_lazy("Where it is left empty, readers find that of the other language.")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )

    def __init__(self, *args: Any, item: Publishable, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)

    def refuse(self, why: str) -> None:
        self.add_error(next(iter(self.fields)), why)


class StoryReasonForm(ReasonForm):
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


class EventReasonForm(ReasonForm):
    """Of an event that is withdrawn: a reason in each language in which it has words, one at the least."""

    def __init__(self, *args: Any, item: Event, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        plain = self.fields.pop("reason")
        spoken = [code for code in REASONS if getattr(item, f"title_{code}")]
        for code in spoken:
            field = self.fields[f"reason_{code}"] = deepcopy(plain)
            field.widget.attrs["lang"] = code
            if len(spoken) > 1:
                field.label = REASONS[code]
                field.help_text = ALONE

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        return {"reason": {code: data.get(f"reason_{code}", "") for code in REASONS}}


def form_of(item: Publishable, move: str) -> type[ReasonForm]:
    if move != "withdraw":
        return ReasonForm
    return EventReasonForm if isinstance(item, Event) else StoryReasonForm


def successors(story: Article) -> QuerySet[Article]:
    """What can take its place: other stories that its readers see."""
    return Article.objects.public().in_language(story.language).exclude(pk=story.pk)


def successors_view(model_admin: Any, request: HttpRequest, pk: int) -> JsonResponse:
    """What the picker of `StoryReasonForm` offers, newest first, in the shape of the admin's autocomplete."""
    story = get_object_or_404(Article, pk=pk)
    if not model_admin.has_view_permission(request, story):
        raise PermissionDenied
    rows = successors(story).newest_first().only("title")
    found, _repeats = model_admin.get_search_results(request, rows, request.GET.get("term", "")[:200])
    results = [{"id": str(row.pk), "text": str(row)} for row in found[:OFFERED]]
    return JsonResponse({"results": results, "pagination": {"more": False}})
