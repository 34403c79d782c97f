from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import ManyToManyField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from news import text

from .noun import WIDGETS
from .site import site

#: Rights over bookkeeping of Django and of the packages are nobody's to give.
APPS = ("news", "auth")


class PermissionsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.content_type.name}: {obj.name}"


@admin.register(User, site=site)
class AccountAdmin(UserAdmin):
    """People get their rights from their groups alone, so that one look says what somebody may do."""

    formfield_overrides = WIDGETS
    list_display = ["username", "first_name", "last_name", "email", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    show_facets = admin.ShowFacets.NEVER
    filter_horizontal = ()
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": [("first_name", "last_name"), "email"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Times"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Accounts have no folded column, and are few enough to be looked at one by one."""
        words = text.fold(search_term).split()
        rows = queryset.values_list("pk", "username", "first_name", "last_name", "email")
        found = [pk for pk, *names in rows if all(word in text.fold(" ".join(names)) for word in words)]
        return queryset.filter(pk__in=found), False

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group, site=site)
class NewsroomGroupAdmin(GroupAdmin):
    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        known = Permission.objects.filter(content_type__app_label__in=APPS).select_related("content_type")
        return PermissionsField(
            queryset=known.order_by("content_type__app_label", "content_type__model", "codename"),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=db_field.verbose_name,
        )
