from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from news.models import Tag

from .noun import NounAdmin, both
from .site import site
from .tag_merge import merge


@admin.register(Tag, site=site)
class TagAdmin(NounAdmin):
    list_display = ["__str__", "name_tr", "name_en", "is_topic", "in_focus", "merged_into"]
    list_select_related = ["merged_into"]
    list_filter = ["is_topic", "in_focus", ("merged_into", admin.EmptyFieldListFilter)]
    search_fields = ("fold_tr", "fold_en")
    ordering = ["sort_tr", "pk"]
    actions = [merge]
    fieldsets = [
        (None, {"fields": [both("name")]}),
        (_("Topic"), {"fields": [("is_topic", "in_focus"), both("description"), both("responsible")]}),
    ]
