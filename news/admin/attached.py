from django.db.models import QuerySet
from django.http import HttpRequest

from news.models import Document, GalleryImage

from .noun import Rows, both


class GalleryImageRows(Rows):
    model = GalleryImage
    fields = ["image", (*both("alt"), "decorative"), (*both("caption"), "position")]
    autocomplete_fields = ["image"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("image")


class DocumentRows(Rows):
    model = Document
    fields = ["file", (*both("title"), "position")]
