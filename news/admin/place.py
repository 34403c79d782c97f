from django.contrib import admin

from news.models import Place

from .noun import NounAdmin, both
from .site import site


@admin.register(Place, site=site)
class PlaceAdmin(NounAdmin):
    list_display = ["name", "within", "address"]
    list_select_related = ["within"]
    list_filter = [("within", admin.EmptyFieldListFilter)]
    search_fields = ("folded",)
    ordering = ["sort_tr", "pk"]
    autocomplete_fields = ["within"]
    fieldsets = [
        (None, {"fields": [both("name"), "within", "address", both("locality"), both("access")]}),
        (None, {"fields": [("latitude", "longitude")]}),
    ]
