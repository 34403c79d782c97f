from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from news.models import Image

from .noun import BoundedPaginator, NounAdmin, both
from .site import site

PICTURES_A_PAGE = 24


@admin.register(Image, site=site)
class ImageAdmin(NounAdmin):
    list_display = ["title", "preview", "credit", "licence", "uploaded_at"]
    list_filter = ["licence"]
    search_fields = ("folded",)
    date_hierarchy = "uploaded_at"
    ordering = ["-uploaded_at", "-pk"]
    fieldsets = [
        (None, {"fields": ["file", "focal_point", "title", both("alt"), both("caption")]}),
        (_("Rights"), {"fields": [("credit", "licence"), ("source_url", "taken_at")]}),
    ]

    @admin.display(description=_("picture"))
    def preview(self, image: Image) -> str:
        return format_html('<img class="thumbnail" src="{}" alt="" loading="lazy">', image.file.url)

    def save_model(self, request: HttpRequest, obj: Image, form: object, change: bool) -> None:
        if not change:
            obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        return [
            path("pick/", self.admin_site.admin_view(self.pick_view), name="news_image_pick"),
            *super().get_urls(),
        ]

    def pick_view(self, request: HttpRequest) -> HttpResponse:
        """The library in a window of its own, for the editor's “Browse…”: a click puts one into the text."""
        words = request.GET.get("q", "")[:100]
        found, _distinct = self.get_search_results(request, self.get_queryset(request), words)
        page = BoundedPaginator(found.order_by("-uploaded_at", "-pk"), PICTURES_A_PAGE).get_page(
            request.GET.get("p")
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Choose a picture"),
            "is_popup": True,
            "page": page,
            "words": words,
            "callback": request.GET.get("CKEditorFuncNum", ""),
            "language": request.GET.get("language", "tr"),
        }
        return TemplateResponse(request, "admin/news/image/pick.html", context)
