"""The list's action that makes one tag of several, after a page that says what moves."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from news.models import ArticleTag, EventTag, Tag
from news.publishing import tags, undo
from news.publishing.rules import Refused

from . import undoing

MOST = 20


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        label=gettext_lazy("Which one stays"), queryset=Tag.objects.none(), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, rows: QuerySet[Tag], **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        field: Any = self.fields["into"]
        field.queryset, field.empty_label = rows, None


@admin.action(description=gettext_lazy("Merge into one"), permissions=["change", "delete"])
def merge(model_admin: Any, request: HttpRequest, queryset: QuerySet[Tag]) -> HttpResponse | None:
    user: Any = request.user
    pks = list(queryset.values_list("pk", flat=True)[: MOST + 1])
    rows = Tag.objects.filter(pk__in=pks).alphabetical()
    if not 2 <= len(pks) <= MOST:
        text = _("Choose from 2 to %(most)d tags.") % {"most": MOST}
        model_admin.message_user(request, text, messages.ERROR)
        return None
    confirmed = "confirmed" in request.POST
    form = MergeForm(request.POST if confirmed else None, rows=rows)
    if confirmed and form.is_valid():
        into = form.cleaned_data["into"]
        others = [tag for tag in rows if tag != into]
        try:
            memos = tags.merge(others, into, user)
        except Refused as problem:
            model_admin.message_user(request, problem.reason, messages.ERROR)
            return None
        names = ", ".join(str(tag) for tag in others)
        text = _("%(tags)s: now one with “%(into)s”.") % {"tags": names, "into": into}
        model_admin.message_user(request, text, messages.SUCCESS)
        undoing.offer(request, undo.remember(user, "merge_tags", names, memos))
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Merge tags"),
        "opts": model_admin.opts,
        "form": form,
        "media": model_admin.media,
        "lines": [(tag, carried(tag, counts)) for counts in [_counts(pks)] for tag in rows],
        "refused": next((tag for tag in rows if tag.merged_into_id), None),
    }
    return TemplateResponse(request, "admin/news/tag/merge.html", context)


def _counts(pks: list[int]) -> list[dict[int, int]]:
    return [
        dict(links.objects.filter(tag__in=pks).values_list("tag").annotate(Count("pk")).order_by())
        for links in (ArticleTag, EventTag)
    ]


def carried(tag: Tag, counts: list[dict[int, int]]) -> str:
    articles, events = (found.get(tag.pk, 0) for found in counts)
    return ", ".join(
        [
            ngettext("%(n)d article", "%(n)d articles", articles) % {"n": articles},
            ngettext("%(n)d event", "%(n)d events", events) % {"n": events},
        ]
    )
