from django.contrib import admin

from news.models import MenuItem

from .noun import NounAdmin, both
from .site import site


@admin.register(MenuItem, site=site)
class MenuItemAdmin(NounAdmin):
    list_display = ["__str__", "menu", "url_tr", "url_en", "position"]
    list_filter = ["menu"]
    fieldsets = [(None, {"fields": ["menu", both("label"), both("url"), "icon", "position"]})]
