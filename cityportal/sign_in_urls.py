"""Every page of signing in; what allauth has beyond them, as managing addresses, is not served."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from csp.decorators import csp_update
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, re_path
from django.urls import path as django_path
from django.views.decorators.cache import cache_control
from django.views.i18n import set_language

from news.publishing.second_factor import went_around_it


def page(view: Callable[..., Any]) -> Callable[..., Any]:
    """Kept by nobody; and a session that went around the second factor ends before it could change it."""

    @cache_control(no_store=True, private=True)
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if went_around_it(request):
            logout(request)
        return view(request, *args, **kwargs)

    return guarded


def path(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    return django_path(route, page(view), name=name)


show_code = csp_update({"img-src": ["data:"]})(totp.activate_totp)

urlpatterns = [
    path("login/", account.login, "account_login"),
    path("logout/", account.logout, "account_logout"),
    path("signup/", account.signup, "account_signup"),
    path("inactive/", account.account_inactive, "account_inactive"),
    path("language/", set_language, "account_language"),
    path("reauthenticate/", account.reauthenticate, "account_reauthenticate"),
    path("password/change/", account.password_change, "account_change_password"),
    path("password/set/", account.password_set, "account_set_password"),
    path("password/reset/", account.password_reset, "account_reset_password"),
    path("password/reset/done/", account.password_reset_done, "account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        page(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    path("security/", second.index, "mfa_index"),
    path("security/authenticate/", second.authenticate, "mfa_authenticate"),
    path("security/reauthenticate/", second.reauthenticate, "mfa_reauthenticate"),
    path("security/app/activate/", show_code, "mfa_activate_totp"),
    path("security/app/deactivate/", totp.deactivate_totp, "mfa_deactivate_totp"),
    path("security/recovery-codes/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    path("security/recovery-codes/generate/", codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    path("security/recovery-codes/download/", codes.download_recovery_codes, "mfa_download_recovery_codes"),
    path("security/keys/", passkey.list_webauthn, "mfa_list_webauthn"),
    path("security/keys/add/", passkey.add_webauthn, "mfa_add_webauthn"),
    path("security/keys/login/", passkey.login_webauthn, "mfa_login_webauthn"),
    path("security/keys/reauthenticate/", passkey.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    path("security/keys/<int:pk>/remove/", passkey.remove_webauthn, "mfa_remove_webauthn"),
    path("security/keys/<int:pk>/edit/", passkey.edit_webauthn, "mfa_edit_webauthn"),
]
