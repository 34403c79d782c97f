"""The pages of an item's history: its versions, the difference between two, and the bin."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from reversion.errors import RevertError
from reversion.models import Version

from news.models import Article
from news.publishing import compare, copies, history, rules
from news.publishing.content import Content
from news.publishing.rules import Refused

VERSIONS_A_PAGE = 100


def history_view(model_admin: Any, request: HttpRequest, item: Any) -> HttpResponse:
    if not model_admin.has_view_or_change_permission(request, item):
        raise PermissionDenied
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("History"),
        "subtitle": str(item),
        "opts": model_admin.opts,
        "original": item,
        "versions": [
            (version, rules.DONE.get(version.revision.comment, version.revision.comment))
            for version in history.versions(item)[:VERSIONS_A_PAGE]
        ],
        "can_compare": isinstance(item, Article),
    }
    return TemplateResponse(request, "admin/news/history.html", context)


def version_view(model_admin: Any, request: HttpRequest, pk: int, version_id: int) -> HttpResponse:
    """What one version changed, or how it differs from now; restoring is a button on this page."""
    article = get_object_or_404(Article, pk=pk)
    if not model_admin.has_view_or_change_permission(request, article):
        raise PermissionDenied
    version = get_object_or_404(history.versions(article), pk=version_id)
    if request.method == "POST":
        return _restored(model_admin, request, article, version)
    older = history.versions(article).filter(pk__lt=version.pk).first()
    with_now = "now" in request.GET
    try:
        then = Content.of_revision(version.revision)
        if with_now:
            found = compare.changes(then, Content.of(article))
        else:
            found = compare.changes(Content.of_revision(older.revision) if older else Content(), then)
    except RevertError:
        found = None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Changes since then") if with_now else _("What this version changed"),
        "subtitle": str(article),
        "opts": model_admin.opts,
        "original": article,
        "version": version,
        "older": older,
        "changes": found,
        "with_now": with_now,
        "may_restore": _may_restore(article, request.user),
    }
    return TemplateResponse(request, "admin/news/version.html", context)


def _may_restore(article: Article, by: User) -> bool:
    return rules.may_write(article, by) or rules.may_copy(article, by)


def _restored(model_admin: Any, request: HttpRequest, article: Article, version: Version) -> HttpResponse:
    try:
        target, lost = copies.restore(article, version, request.user)
    except (Refused, RevertError) as problem:
        model_admin.message_user(request, str(problem), messages.ERROR)
        return HttpResponseRedirect(request.path)
    model_admin.message_user(
        request, _("The version is back. Look it over, then publish it."), messages.SUCCESS
    )
    if lost:
        sentence = _("Deleted since then and not brought back: %(what)s.") % {"what": ", ".join(lost)}
        model_admin.message_user(request, sentence, messages.WARNING)
    return HttpResponseRedirect(reverse("admin:news_article_change", args=[target.pk]))


def bin_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """What was deleted in the last 30 days."""
    if not model_admin.has_add_permission(request) or not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    versions = history.binned(model_admin.model)
    if request.method == "POST":
        chosen = next((one for one in versions if str(one.pk) == request.POST.get("version")), None)
        if chosen:
            return _taken_out(model_admin, request, chosen)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Bin"),
        "opts": model_admin.opts,
        "versions": versions,
    }
    return TemplateResponse(request, "admin/news/bin.html", context)


def _taken_out(model_admin: Any, request: HttpRequest, version: Version) -> HttpResponse:
    try:
        item = history.take_out_of_bin(version, request.user)
    except RevertError as problem:
        model_admin.message_user(request, str(problem), messages.ERROR)
        return HttpResponseRedirect(request.path)
    model_admin.message_user(request, _("“%(item)s” is back.") % {"item": item}, messages.SUCCESS)
    name = f"admin:news_{model_admin.opts.model_name}_change"
    return HttpResponseRedirect(reverse(name, args=[item.pk]))
