"""What the admin pages of every noun share: folded search, lists that never count the archive, native date
inputs, and cached pages that fall after every save."""

from typing import Any

import js_asset
from django.contrib.admin import ModelAdmin, ShowFacets, StackedInline
from django.contrib.admin.utils import unquote
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from translated_fields import TranslatedFieldAdmin

from news import page_cache, search, text

from . import in_use, linking
from .lengths import counted
from .lost_rows import KeepingFormSet
from .picking import KnownChoiceField, PickMany, PickOne
from .tidied import tell_what_was_left_out
from .widgets import DayField, DayInput, MomentField, MomentInput

#: A list counts and turns pages up to here; who wants older rows searches, filters or opens a month.
MOST_ROWS = 2000
MOST_WORDS = 8

WIDGETS = {
    models.DateField: {"widget": DayInput},
    models.DateTimeField: {"form_class": MomentField, "widget": MomentInput},
    models.URLField: {"assume_scheme": "https"},
}
#: Beside them, where a day is one that something takes place on.
NEAR: dict[type[models.Field], dict[str, Any]] = {
    models.DateField: {"form_class": DayField, "widget": DayInput}
}


class BoundedPaginator(Paginator):
    """Counts to `MOST_ROWS` and no further, so that a list costs the same whatever stands in the archive."""

    @cached_property
    def count(self) -> int:
        if isinstance(self.object_list, QuerySet):
            return self.object_list.order_by()[:MOST_ROWS].count()
        return len(self.object_list)


class NounAdmin(TranslatedFieldAdmin, ModelAdmin):
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 0
    formfield_overrides = WIDGETS

    class Media:
        js = (
            "js/admin/editor.js",
            "js/admin/paste.js",
            "js/admin/picker.js",
            "js/admin/links.js",
            "js/admin/counters.js",
        )

    #: Columns of folded text. They make the search box appear; `get_search_results` reads them.
    search_fields: tuple[str, ...] = ()

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest | None, **kwargs: Any
    ) -> Any:
        return counted(super().formfield_for_dbfield(db_field, request, **kwargs), db_field)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = PickOne(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = PickMany(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Rows that contain every word, in any order, however its letters are typed."""
        for word in text.fold(search_term).split()[:MOST_WORDS]:
            somewhere = models.Q()
            for field in self.search_fields:
                somewhere |= models.Q(**{f"{field}__contains": word})
            queryset = queryset.filter(somewhere)
        return queryset, False

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        # The editor's import map stands in the page; only a nonce lets it through.
        nonce = str(request.csp_nonce)
        context["media"] = js_asset.Media.from_media(context["media"]).with_nonce(nonce)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        tell_what_was_left_out(request, form)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        search.index(form.instance)
        page_cache.changed()

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        item = self.get_object(request, unquote(object_id))
        linked = {"linked_from": linking.sources(item) if item else []}
        return super().delete_view(request, object_id, {**linked, **(extra_context or {})})

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        if users := in_use.users(objs):
            return [], {}, set(), [in_use.link(self.admin_site, row) for row in users]
        return super().get_deleted_objects(objs, request)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        search.remove(obj)
        super().delete_model(request, obj)
        page_cache.changed()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        gone = list(queryset)
        super().delete_queryset(request, queryset)
        search.remove(*gone)
        page_cache.changed()


class Rows(StackedInline):
    """What belongs to the noun, a block each: every field has its label, on a phone too."""

    formfield_overrides = WIDGETS
    formset = KeepingFormSet
    extra = 0

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest | None, **kwargs: Any
    ) -> Any:
        return counted(super().formfield_for_dbfield(db_field, request, **kwargs), db_field)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs |= {"widget": PickOne(db_field, self.admin_site), "form_class": KnownChoiceField}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def both(name: str) -> tuple[str, str]:
    """The Turkish and the English column of a fact's words, side by side."""
    return f"{name}_tr", f"{name}_en"
