"""What is known of people who are no officials: how long it is kept, what it is, and its end.

docs/privacy.md says the same to the people of the city.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from news.models import AccountEvent, Deed, Draft, Presence, PreviewLink, Submission, Subscription

#: How long after the moment in the column a row is deleted.
KEPT: dict[type[models.Model], tuple[str, timedelta]] = {
    Session: ("expire_date", timedelta(0)),
    AccountEvent: ("at", timedelta(days=730)),
    PreviewLink: ("expires_at", timedelta(days=90)),
    Draft: ("saved_at", timedelta(days=90)),
    Presence: ("seen_at", timedelta(days=1)),
    Submission: ("at", timedelta(days=30)),
    Deed: ("at", timedelta(days=1)),
}
#: Deleted at once, so that nobody who writes waits long.
AT_ONCE = 1000


def forget_old(now: datetime | None = None) -> int:
    """Delete what has been kept long enough; the `tick` command calls this."""
    now = now or timezone.now()
    number = 0
    for model, (column, time) in KEPT.items():
        old = model._default_manager.filter(**{f"{column}__lt": now - time}).order_by(column)
        keys = list(old.values_list("pk", flat=True)[:AT_ONCE])
        number += model._default_manager.filter(pk__in=keys).delete()[0]
    return number


def of(email: str) -> dict[str, Any]:
    """All that is kept under an address, ready to be handed to the person. Times are UTC."""
    return {
        "subscriptions": [
            {
                "language": row.language,
                "about": str(row.tag or row.official or row.place or ""),
                "frequency": row.frequency,
                "asked_at": row.asked_at,
                "confirmed_at": row.confirmed_at,
                "last_letter_at": row.sent_at,
                "articles_in_last_letters": row.sent_articles,
                "returned_letters": row.bounces,
            }
            for row in _subscriptions(email).select_related("tag", "official", "place")
        ],
        "accounts": [
            {
                "name": user.get_username(),
                "full_name": user.get_full_name(),
                "joined_at": user.date_joined,
                "last_signed_in_at": user.last_login,
                "groups": list(user.groups.values_list("name", flat=True)),
                "sign_ins_and_rights": list(
                    AccountEvent.objects.filter(user=user).values("kind", "details", "address", "at")
                ),
            }
            for user in User.objects.filter(email__iexact=email)
        ],
    }


def erase(email: str) -> int:
    """Delete the subscriptions of an address, and say how many. Accounts of the newsroom are closed by an
    administrator: what they did stays in the record of the city."""
    return _subscriptions(email).delete()[0]


def _subscriptions(email: str) -> models.QuerySet[Subscription]:
    return Subscription.objects.filter(email__iexact=email.strip())
