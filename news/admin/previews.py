"""The preview of a form, saved or not, and the links that let others see it."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.db.models.fields.files import FieldFile
from django.forms import all_valid
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import Article, Event, PreviewLink
from news.publishing import preview, rules
from news.publishing.event import rebuild_occurrences
from news.publishing.rules import Item, Refused

from .linking import LANGUAGE_NAMES


class LinkForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("For whom"), max_length=120, required=False)
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long"),
        coerce=int,
        initial=7,
        choices=[
            (1, gettext_lazy("one day")),
            (7, gettext_lazy("one week")),
            (30, gettext_lazy("30 days")),
        ],
    )


def saved_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article, pk=pk)
    if not model_admin.has_view_or_change_permission(request, article):
        raise PermissionDenied
    return preview.shown(lambda: article, request)


def addresses(model_admin: Any, item: Item | None) -> list[tuple[str, str]]:
    """Where the form is sent to be seen; with the name of the language, where it holds both."""
    address = reverse(f"admin:news_{model_admin.opts.model_name}_typed")
    of_item = {"id": item.pk} if item else {}
    if issubclass(model_admin.model, Article):
        return [("", f"{address}?{urlencode(of_item)}")]
    return [
        (str(LANGUAGE_NAMES[code]), f"{address}?{urlencode({**of_item, 'language': code})}")
        for code, _name in settings.LANGUAGES
    ]


def typed_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """What the form holds now, whether it was saved or not."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    pk, language = request.GET.get("id", ""), request.GET.get("language", "")
    item = get_object_or_404(model_admin.model, pk=pk) if pk.isdecimal() and len(pk) < 19 else None
    if not (
        model_admin.has_change_permission(request, item) if item else model_admin.has_add_permission(request)
    ):
        raise PermissionDenied
    uploads: list[FieldFile] = []
    try:
        return preview.shown(
            lambda: _typed(model_admin, request, item, uploads),
            request,
            language if language in LANGUAGE_NAMES else settings.LANGUAGE_CODE,
        )
    except Refused as refused:
        response = render(request, "admin/news/no_preview.html", {"reason": refused.reason}, status=422)
        response["X-Frame-Options"] = "SAMEORIGIN"
        response._csp_replace = {"frame-ancestors": ["'self'"]}
        return response
    finally:
        # What is taken back in the database stays where files are kept.
        for upload in uploads:
            upload.storage.delete(upload.name)


def _typed(model_admin: Any, request: HttpRequest, item: Item | None, uploads: list[FieldFile]) -> Item:
    form_class = model_admin.get_form(request, item, change=item is not None)
    form = form_class(request.POST, request.FILES, instance=item)
    # The preview saves nothing, so it is nobody's conflict.
    form.data = form.data.copy()
    form.data["version"] = str(form.instance.version)
    formsets, _inlines = model_admin._create_formsets(request, form.instance, change=item is not None)
    if not all_valid(formsets) or not form.is_valid():
        named = [(name, errors) for name, errors in form.errors.items() if name in form.fields]
        faults = [f"{form.fields[name].label}: {errors[0]}" for name, errors in named]
        faults += form.non_field_errors()
        raise Refused("\n".join(faults) or _("Something in the form has to be put right first."))
    typed = form.save(commit=False)
    if item is None:
        typed.author = request.user
    typed.save()
    form.save_m2m()
    for formset in formsets:
        saved = formset.save()
        sent = [row for row in formset if isinstance(row.cleaned_data.get("file"), UploadedFile)]
        uploads += [row.instance.file for row in sent if row.instance in saved]
    if isinstance(typed, Event):
        rebuild_occurrences(typed)
    return typed


def links_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """The preview links of one article: make, revoke, and see how often each was opened."""
    article = get_object_or_404(Article, pk=pk)
    may = rules.may_write(article, request.user) or request.user.has_perm("news.change_others_article")
    if not may:
        raise PermissionDenied
    form, made = LinkForm(request.POST or None), ""
    if request.method == "POST" and "revoke" in request.POST:
        number = request.POST["revoke"]
        link = get_object_or_404(PreviewLink, pk=number if number.isdecimal() else 0, article=article)
        preview.revoke(link)
        model_admin.message_user(request, _("The link no longer works."), messages.SUCCESS)
        return HttpResponseRedirect(request.path)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        _link, token = preview.make_link(article, request.user, values["days"], values["note"])
        made = f"{settings.SITE_URL}{reverse('preview_enter', args=[token])}"
        form = LinkForm()
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Preview links"),
        "subtitle": str(article),
        "opts": model_admin.opts,
        "original": article,
        "form": form,
        "made": made,
        "links": article.preview_links.select_related("made_by").annotate(visited=Count("visits")),
    }
    return TemplateResponse(request, "admin/news/article/preview_links.html", context)
