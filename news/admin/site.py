from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import secure_admin_login
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog, set_language

from news.publishing.second_factor import lacks_second_factor, went_around_it

from . import desk, drafts, edit, linking, plan, shortcuts, tidied, undoing
from .picking import Offers
from .policy import ADMIN_POLICY

#: What stands together on the desk and in the side column, in the order of a newsroom's day.
SHELVES = (
    (_("News"), ("Article", "Event")),
    (_("Library"), ("Image", "Tag", "Place")),
    (_("Officials"), ("Official", "Office", "Body")),
    (_("Site"), ("Alert", "MenuItem", "SocialAccount", "SiteProfile")),
    (_("Accounts"), ("User", "Group", "AccountEvent")),
)


class Newsroom(AdminSite):
    """The stock Django admin, under the portal's own name, policy and front page."""

    site_title = _("Newsroom")
    site_header = _("Newsroom")
    index_title = _("Desk")
    #: As an element, since cards on a phone leave it out.
    empty_value_display = mark_safe('<span class="nothing">–</span>')

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        protected = super().admin_view(view, cacheable)

        @wraps(protected)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if went_around_it(request):
                logout(request)
            typed = request.method == "POST" and request.POST
            if typed and not self.has_permission(request):
                # Django would lead to the sign-in page and forget what was typed.
                return drafts.kept(request, "" if request.user.is_anonymous else "right")
            try:
                return protected(request, *args, **kwargs)
            except PermissionDenied:
                # A right that was taken away while the form was open.
                if typed:
                    return drafts.kept(request, "right")
                raise

        return csp_update(ADMIN_POLICY)(guarded)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            path("language/", self.admin_view(set_language), name="language"),
            path("session/", drafts.session_view, name="session"),
            path("links/", self.admin_view(linking.view), name="links"),
            path("pasted/", self.admin_view(tidied.pasted_view), name="pasted"),
            path("undo/<int:pk>/", self.admin_view(undoing.undo_view), name="undo"),
            path("edit/", self.admin_view(edit.view), name="edit"),
            path("shortcuts/", self.admin_view(self.shortcuts), name="shortcuts"),
            path("plan/", self.admin_view(self.plan), name="plan"),
            *super().get_urls(),
        ]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:
        return Offers.as_view(admin_site=self)(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        if app_label:
            return super().get_app_list(request, app_label)
        models = {
            model["object_name"]: model for app in super().get_app_list(request) for model in app["models"]
        }
        shelves = [
            {
                "name": title,
                "app_label": f"shelf-{number}",
                "models": [models.pop(name) for name in names if name in models],
            }
            for number, (title, names) in enumerate(SHELVES)
        ]
        rest = {"name": _("More"), "app_label": "shelf-more", "models": list(models.values())}
        return [shelf for shelf in (*shelves, rest) if shelf["models"]]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().index(request, {**desk.context(request), **(extra_context or {})})

    def plan(self, request: HttpRequest) -> HttpResponse:
        return plan.view(request, self.each_context(request))

    def shortcuts(self, request: HttpRequest) -> HttpResponse:
        return shortcuts.view(request, self.each_context(request))

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not lacks_second_factor(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        """allauth's page is the only door; behind it, those who may publish need a second factor."""
        if super().has_permission(request) and lacks_second_factor(request):
            messages.warning(request, _("You may publish, so add a passkey or an app for codes first."))
            return redirect("mfa_index")
        return secure_admin_login(super().login)(request)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        return redirect("account_change_password")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "languages": settings.LANGUAGES}

    def i18n_javascript(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponseBase:
        """Ours beside the admin's own: the rich text editor speaks through it, too."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "news"])(request)


site = Newsroom()
