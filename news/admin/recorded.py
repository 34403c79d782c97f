"""Nouns whose every save is a version, and whose deletions go to the bin."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from news.publishing import history, links, undo

from . import history as pages
from . import undoing
from .noun import NounAdmin


class RecordedAdmin(NounAdmin):
    def get_urls(self) -> list[URLPattern]:
        name = self.opts.model_name
        view = self.admin_site.admin_view
        return [
            path("bin/", view(partial(pages.bin_view, self)), name=f"news_{name}_bin"),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        item = get_object_or_404(self.model, pk=object_id if object_id.isdecimal() else 0)
        return pages.history_view(self, request, item)

    def record(self, request: HttpRequest, item: Any) -> None:
        history.record(item, request.user)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        links.remember(form.instance)
        if not request.POST.get("_move"):
            self.record(request, form.instance)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        history.record(obj, request.user, "delete")
        label, memo = str(obj), undo.deleted(self.model, obj.pk)
        super().delete_model(request, obj)
        request.deed = undo.remember(request.user, "delete", label, [memo])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        items = list(queryset)
        for item in items:
            history.record(item, request.user, "delete")
        memos = [undo.deleted(self.model, item.pk) for item in items]
        super().delete_queryset(request, queryset)
        undoing.offer(request, undo.remember(request.user, "delete", str(items[0]), memos))

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        response = super().response_delete(request, obj_display, obj_id)
        link = reverse(f"admin:news_{self.opts.model_name}_bin")
        words = _("It stays in the bin for 30 days.")
        self.message_user(
            request, format_html('{} <a href="{}">{}</a>', words, link, _("Bin")), messages.INFO
        )
        undoing.offer(request, getattr(request, "deed", None))
        return response
