"""The preview of a form, saved or not, and the links that let others see it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.forms import all_valid
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import Article, PreviewLink
from news.publishing import preview, rules
from news.publishing.rules import Refused


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


def typed_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """What the form holds now, whether it was saved or not."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    pk = request.GET.get("id", "")
    article = get_object_or_404(Article, pk=pk) if pk.isdecimal() and len(pk) < 19 else None
    if not (
        model_admin.has_change_permission(request, article)
        if article
        else model_admin.has_add_permission(request)
    ):
        raise PermissionDenied
    try:
        return preview.shown(lambda: _typed(model_admin, request, article), request)
    except Refused as refused:
        response = render(
            request, "admin/news/article/no_preview.html", {"reason": refused.reason}, status=422
        )
        response["X-Frame-Options"] = "SAMEORIGIN"
        response._csp_replace = {"frame-ancestors": ["'self'"]}
        return response


def _typed(model_admin: Any, request: HttpRequest, article: Article | None) -> Article:
    form_class = model_admin.get_form(request, article, change=article is not None)
    form = form_class(request.POST, request.FILES, instance=article)
    # The preview saves nothing, so it is nobody's conflict.
    form.data = form.data.copy()
    form.data["version"] = str(form.instance.version)
    formsets, _inlines = model_admin._create_formsets(request, form.instance, change=article is not None)
    if not all_valid(formsets) or not form.is_valid():
        named = [(name, errors) for name, errors in form.errors.items() if name in form.fields]
        faults = [f"{form.fields[name].label}: {errors[0]}" for name, errors in named]
        raise Refused("\n".join(faults) or _("Something in the form has to be put right first."))
    typed = form.save(commit=False)
    if article is None:
        typed.author = request.user
    typed.save()
    form.save_m2m()
    for formset in formsets:
        formset.save()
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
