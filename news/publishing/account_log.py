"""Writes the log of sign-ins and rights. Signals, because they are how Django and allauth tell of these."""

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.signals import user_logged_in
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from news.models import AccountEvent, AccountEventKind

FLAGS = ("is_active", "is_staff", "is_superuser")
MOVES = {"post_add": "+", "post_remove": "−", "pre_clear": "−"}


def _write(kind: AccountEventKind, user: User | None = None, name: str = "", details: str = "") -> None:
    request: HttpRequest | None = context.request
    by = getattr(request, "user", None)
    AccountEvent.objects.create(
        kind=kind,
        user=user,
        name=name[:150],
        by=by if by and by.is_authenticated else None,
        details=details[:300],
        address=_address(request),
    )


def _address(request: HttpRequest | None) -> str:
    if request is None:
        return ""
    try:
        return str(get_adapter().get_client_ip(request))[:45]
    except PermissionDenied:
        return ""


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: User, **_rest: Any) -> None:
    ways = [record.get("type") or record["method"] for record in get_authentication_records(request, user)]
    _write(AccountEventKind.SIGNED_IN, user, user.username, ", ".join(dict.fromkeys(ways)))


@receiver(user_login_failed)
def _failed(credentials: dict[str, Any], **_rest: Any) -> None:
    """A name without an account is not kept: it may be a password typed into the wrong field."""
    name = credentials.get("username") or ""
    user = User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).first() if name else None
    _write(AccountEventKind.FAILED, user, user.username if user else "")


@receiver(authentication_failed)
def _second_factor_failed(user: User, **rest: Any) -> None:
    authenticator = rest.get("authenticator")
    _write(AccountEventKind.FAILED, user, user.username, authenticator.type if authenticator else "mfa")


@receiver(user_logged_out)
def _signed_out(user: User | None, **_rest: Any) -> None:
    if user:
        _write(AccountEventKind.SIGNED_OUT, user, user.username)


@receiver([authenticator_added, authenticator_reset])
def _factor_added(user: User, authenticator: Authenticator, **_rest: Any) -> None:
    _write(AccountEventKind.FACTOR_ADDED, user, user.username, authenticator.type)


@receiver(authenticator_removed)
def _factor_removed(user: User, authenticator: Authenticator, **_rest: Any) -> None:
    _write(AccountEventKind.FACTOR_REMOVED, user, user.username, authenticator.type)


@receiver(pre_save, sender=User)
def _remember_flags(instance: User, raw: bool, update_fields: Iterable[str] | None, **_rest: Any) -> None:
    touched = (
        not raw and not instance._state.adding and (not update_fields or set(update_fields) & set(FLAGS))
    )
    instance._flags_before = User.objects.filter(pk=instance.pk).values(*FLAGS).first() if touched else None


@receiver(post_save, sender=User)
def _account_saved(instance: User, created: bool, raw: bool, **_rest: Any) -> None:
    if raw:
        return
    before = instance._flags_before or {}
    changes = [
        f"{'+' if getattr(instance, flag) else '−'} {flag.removeprefix('is_')}"
        for flag in FLAGS
        if (created and getattr(instance, flag)) or (before and before[flag] != getattr(instance, flag))
    ]
    if created or changes:
        _write(AccountEventKind.RIGHTS, instance, instance.username, ", ".join(changes))
    # Django sets it for a new password, and not when it only hashes a known one anew.
    if instance._password is not None and not created:
        _write(AccountEventKind.PASSWORD, instance, instance.username)


@receiver(post_delete, sender=User)
def _account_deleted(instance: User, **_rest: Any) -> None:
    _write(AccountEventKind.RIGHTS, None, instance.username, "− account")


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
def _rights_of_people(
    instance: Any, action: str, reverse: bool, model: type, pk_set: set[int] | None, **rest: Any
) -> None:
    if action not in MOVES:
        return
    if reverse:
        people = model.objects.filter(pk__in=pk_set) if pk_set is not None else instance.user_set.all()
        for user in people:
            _write(AccountEventKind.RIGHTS, user, user.username, f"{MOVES[action]} {instance}")
        return
    if pk_set is None:
        given = instance.groups.all() if model is Group else instance.user_permissions.all()
    else:
        given = model.objects.filter(pk__in=pk_set)
    if names := ", ".join(f"{MOVES[action]} {_name(right)}" for right in given):
        _write(AccountEventKind.RIGHTS, instance, instance.username, names)


@receiver(m2m_changed, sender=Group.permissions.through)
def _rights_of_groups(
    instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **_rest: Any
) -> None:
    if action not in MOVES or reverse:
        return
    given = Permission.objects.filter(pk__in=pk_set) if pk_set is not None else instance.permissions.all()
    if names := ", ".join(f"{MOVES[action]} {_name(right)}" for right in given):
        _write(AccountEventKind.RIGHTS, None, instance.name, names)


def _name(right: Group | Permission) -> str:
    return right.codename if isinstance(right, Permission) else right.name
