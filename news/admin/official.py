from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from news.models import Appointment, Body, FormerName, FormerTitle, Office, Official, OfficialAccount
from news.publishing import check

from .attached import DocumentRows, GalleryImageRows
from .attention import DeskFilter
from .noun import NounAdmin, Rows, both
from .recorded import RecordedAdmin
from .site import site


class AppointmentRows(Rows):
    model = Appointment
    fields = [("office", "starts_on", "ends_on", "acting"), both("party"), both("note")]
    autocomplete_fields = ["office"]


class AccountRows(Rows):
    model = OfficialAccount
    fields = [("network", "url", "position")]


class OfficialDocumentRows(DocumentRows):
    fields = ["file", both("title"), ("kind", "position")]


class FormerNameRows(Rows):
    model = FormerName
    fields = [("name", "until")]


class FormerTitleRows(Rows):
    model = FormerTitle
    fields = [(*both("title"), "until")]


@admin.register(Official, site=site)
class OfficialAdmin(RecordedAdmin):
    change_form_template = "admin/news/official/form.html"
    list_display = ["name", "family_name", "listed", "touched_at"]
    list_filter = ["listed", DeskFilter]
    search_fields = ("folded",)
    ordering = ["sort_tr", "pk"]
    autocomplete_fields = ["portrait", "district"]
    inlines = [AppointmentRows, AccountRows, GalleryImageRows, OfficialDocumentRows, FormerNameRows]
    fieldsets = [
        (
            None,
            {"fields": [("name", "family_name"), both("honorific"), "listed", both("summary"), "portrait"]},
        ),
        (_("Biography"), {"fields": both("biography")}),
        (_("More"), {"fields": [both("delegated"), "district", ("email", "website")]}),
        (_("Declarations"), {"fields": ["shows_declarations", both("declarations")]}),
    ]

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        item = context.get("original")
        if item and self.has_change_permission(request, item):
            context |= {"findings": list(check.dead_links(item)), "findings_title": _("Dead links")}
        return super().render_change_form(request, context, *args, **kwargs)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Pickers offer those in office; who left, and guests, are found by their names."""
        rows, repeats = super().get_search_results(request, queryset, search_term)
        if not request.path.endswith("/autocomplete/"):
            return rows, repeats
        return (rows if search_term.strip() else rows.in_office()).current_first(), repeats


@admin.register(Office, site=site)
class OfficeAdmin(NounAdmin):
    list_display = ["title", "body", "rank", "shared", "abolished_on"]
    list_select_related = ["body"]
    list_filter = ["body", "shared"]
    search_fields = ("folded",)
    inlines = [FormerTitleRows]
    fieldsets = [
        (None, {"fields": [both("title"), "body", ("rank", "shared"), both("responsibilities")]}),
        (_("Contact"), {"fields": [("email", "phone"), "address"]}),
        (None, {"fields": ["abolished_on"]}),
    ]


@admin.register(Body, site=site)
class BodyAdmin(NounAdmin):
    list_display = ["name", "position"]
    fieldsets = [(None, {"fields": [both("name"), both("description"), "position"]})]
