"""Who may publish speaks for the city: a password alone must not be enough for that."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import User
from django.dispatch import receiver
from django.http import HttpRequest

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether who asks may publish, and the account has no second factor or this session did not pass it."""
    return _must_have_one(request) and not (_has_passed(request) and is_mfa_enabled(request.user, FACTORS))


def went_around_it(request: HttpRequest) -> bool:
    """Whether there is a second factor that this session did not pass, such as one that began before it."""
    return _must_have_one(request) and not _has_passed(request) and is_mfa_enabled(request.user, FACTORS)


def _must_have_one(request: HttpRequest) -> bool:
    return settings.SECOND_FACTOR_REQUIRED and request.user.has_perm("news.publish_article")


def _has_passed(request: HttpRequest) -> bool:
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


@receiver(authenticator_added)
def _pass(request: HttpRequest, user: User, authenticator: Authenticator, **_rest: Any) -> None:
    """Who adds a factor has just used it."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
