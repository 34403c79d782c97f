from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from news.models import Alert, SiteProfile, SocialAccount

from .noun import NounAdmin, both
from .site import site


@admin.register(SiteProfile, site=site)
class SiteProfileAdmin(NounAdmin):
    autocomplete_fields = ["logo", "share_image"]
    fieldsets = [
        (None, {"fields": [both("name"), both("short_name"), both("description"), "logo", "share_image"]}),
        (_("Contact"), {"fields": ["address", "phone", ("email", "registered_email"), "security_contact"]}),
        (_("Weather"), {"fields": [("latitude", "longitude")]}),
        (_("Accessibility statement"), {"fields": ["accessibility_tested_on", both("accessibility_gaps")]}),
    ]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """There is one profile: its list is its form."""
        exists = SiteProfile.objects.filter(pk=1).exists()
        name, arguments = ("change", [1]) if exists else ("add", [])
        return HttpResponseRedirect(reverse(f"admin:news_siteprofile_{name}", args=arguments))

    def save_model(self, request: HttpRequest, obj: SiteProfile, form: object, change: bool) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)

    def has_add_permission(self, request: HttpRequest) -> bool:
        if not super().has_add_permission(request):
            return False
        # Asked for more than once on every page with a menu of the nouns.
        if not hasattr(request, "has_site_profile"):
            request.has_site_profile = SiteProfile.objects.filter(pk=1).exists()
        return not request.has_site_profile

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(SocialAccount, site=site)
class SocialAccountAdmin(NounAdmin):
    list_display = ["network", "url", "position"]


@admin.register(Alert, site=site)
class AlertAdmin(NounAdmin):
    list_display = ["__str__", "severity", "starts_at", "ends_at"]
    list_filter = ["severity"]
    fieldsets = [(None, {"fields": ["severity", both("text"), both("url"), ("starts_at", "ends_at")]})]
