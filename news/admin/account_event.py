from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from news.models import AccountEvent

from .site import site


@admin.register(AccountEvent, site=site)
class AccountEventAdmin(admin.ModelAdmin):
    """Read by administrators, changed by nobody: what can be changed proves nothing."""

    list_display = ["at", "kind", "user", "name", "by", "details", "address"]
    list_display_links = None
    list_filter = ["kind"]
    show_facets = admin.ShowFacets.NEVER
    list_select_related = ["user", "by"]
    search_fields = ["name"]
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
