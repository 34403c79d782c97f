from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from news.models import Image

from . import in_use, picture_upload
from .attention import undescribed
from .focal_point import FocalPointField
from .noun import BoundedPaginator, NounAdmin, both
from .site import site

PICTURES_A_PAGE = 24


class UseFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("shown", _("shown somewhere")), ("nowhere", _("shown nowhere"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "shown":
            return queryset.used()
        return queryset.unused() if self.value() == "nowhere" else queryset


class MissingFilter(admin.SimpleListFilter):
    title = _("what is missing")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("any", _("text alternative or credit")),
            ("alt", _("text alternative")),
            ("credit", _("credit")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "any":
            return undescribed(queryset)
        if self.value() == "alt":
            return queryset.filter(models.Q(alt_tr="") | models.Q(alt_en=""))
        return queryset.filter(credit="") if self.value() == "credit" else queryset


@admin.register(Image, site=site)
class ImageAdmin(NounAdmin):
    change_list_template = "admin/news/image/change_list.html"
    list_display = ["title", "preview", "credit", "licence", "uploaded_at"]
    list_filter = [UseFilter, MissingFilter, "licence"]
    search_fields = ("folded",)
    date_hierarchy = "uploaded_at"
    ordering = ["-uploaded_at", "-pk"]
    readonly_fields = ["picture", "where_used"]
    fieldsets = [
        (None, {"fields": ["picture", "file", "focal_point", "title", both("alt"), both("caption")]}),
        (_("Rights"), {"fields": [("credit", "licence"), ("source_url", "taken_at")]}),
        (_("Use"), {"fields": ["where_used"]}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj:
            return fieldsets
        # A picture that is not stored yet is shown from the chosen file, by the script of the focal point.
        first, rights, _use = fieldsets
        return [(None, {"fields": [name for name in first[1]["fields"] if name != "picture"]}), rights]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "focal_point":
            return FocalPointField(
                label=capfirst(db_field.verbose_name), help_text=db_field.help_text, initial=db_field.default
            )
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("picture"))
    def preview(self, image: Image) -> str:
        thumb = image.rendition("thumb")
        return format_html(
            '<img class="thumbnail" src="{}" alt="" width="{}" height="{}" loading="lazy">',
            thumb.url,
            thumb.width,
            thumb.height,
        )

    @admin.display(description=_("picture"))
    def picture(self, image: Image) -> str:
        whole = image.rendition("body")
        return format_html(
            '<a href="{}"><img id="focal-source" src="{}" alt="{}" width="{}" height="{}"></a>',
            image.url,
            whole.url,
            image.alt,
            whole.width,
            whole.height,
        )

    @admin.display(description=_("where used"))
    def where_used(self, image: Image) -> str:
        uses = image.uses()
        if not uses:
            return str(_("nowhere"))
        items = format_html_join("", "<li>{}</li>", ((in_use.link(self.admin_site, use),) for use in uses))
        return format_html('<ul class="uses">{}</ul>', items)

    def save_model(self, request: HttpRequest, obj: Image, form: object, change: bool) -> None:
        if not change:
            obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("pick/", view(self.pick_view), name="news_image_pick"),
            path("upload/", view(self.upload_view), name="news_image_upload"),
            path("<int:pk>/thumb/", view(self.thumb_view), name="news_image_thumb"),
            path("describe/", view(self.describe_view), name="news_image_describe"),
            *super().get_urls(),
        ]

    def thumb_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """To the small cut of a picture, for forms that know no more of it than its id."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(get_object_or_404(Image, pk=pk).rendition("thumb").url)

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        return picture_upload.upload(request, self)

    def describe_view(self, request: HttpRequest) -> HttpResponse:
        editable = self.get_queryset(request)
        if not self.has_change_permission(request):
            # Whoever may upload may say what it shows.
            editable = editable.filter(uploaded_by=request.user.pk)
        return picture_upload.describe(request, self, editable)

    def pick_view(self, request: HttpRequest) -> HttpResponse:
        """The library in a window of its own, for the editor's “Browse…”: a click puts one into the text."""
        words = request.GET.get("q", "")[:100]
        found, _distinct = self.get_search_results(request, self.get_queryset(request), words)
        pages = BoundedPaginator(found.order_by("-uploaded_at", "-pk"), PICTURES_A_PAGE)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Choose a picture"),
            "is_popup": True,
            "page": pages.get_page(request.GET.get("p")),
            "words": words,
            "callback": request.GET.get("CKEditorFuncNum", ""),
            "may_add": self.has_add_permission(request),
        }
        return TemplateResponse(request, "admin/news/image/pick.html", context)
