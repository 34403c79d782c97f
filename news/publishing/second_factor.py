"""Who may publish speaks for the city: a password alone must not be enough for that."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    return (
        settings.SECOND_FACTOR_REQUIRED
        and user.has_perm("news.publish_article")
        and not is_mfa_enabled(user, FACTORS)
    )
