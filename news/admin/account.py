from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from .noun import WIDGETS
from .site import site


@admin.register(User, site=site)
class AccountAdmin(UserAdmin):
    formfield_overrides = WIDGETS
    list_display = ["username", "first_name", "last_name", "email", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]


@admin.register(Group, site=site)
class NewsroomGroupAdmin(GroupAdmin):
    pass
