"""Nothing typed is lost: drafts of open forms, who else is there, forms that arrive too late."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as plain_csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token

from news.models import Draft, Presence
from news.templatetags.dates import clock

#: Three times what a browser lets pass between two signs of life.
PRESENT = timedelta(seconds=30)
LARGEST_DRAFT = 3 * 1024 * 1024
#: Fields that belong to one sending of the form and not to what was typed.
NOT_TYPED = {"csrfmiddlewaretoken", "_save", "_continue", "_addanother", "_move", "_restore", "_draft"}


def key_of(model_name: str, pk: Any, form_key: str = "") -> str:
    return f"{model_name}:{pk}" if pk else f"{model_name}:new:{form_key}"


def beat(request: HttpRequest, key: str, version: int | None, also: Sequence[str] = ()) -> HttpResponse:
    """A sign of life from an open form, with what was typed if that has changed.

    `also` names the forms of the same records that others may have open.
    """
    user = request.user
    if len(request.body) > LARGEST_DRAFT:
        return JsonResponse({"problem": _("This is too long to be kept; save it.")}, status=413)
    try:
        sent = json.loads(request.body or b"{}")
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        return JsonResponse({"problem": "no JSON object"}, status=400)
    now = timezone.now()
    answer: dict[str, Any] = {"version": version, "others": others([key, *also], user, now), "saved": ""}
    Presence.objects.bulk_create(
        [Presence(user=user, key=present, seen_at=now) for present in (key, *also)],
        update_conflicts=True,
        unique_fields=["user", "key"],
        update_fields=["seen_at"],
    )
    if isinstance(values := sent.get("values"), list) and all(map(_is_pair, values)):
        kept = [pair for pair in values if pair[0] not in NOT_TYPED]
        seen = sent.get("version")
        Draft.objects.update_or_create(
            user=user,
            key=key,
            defaults={"values": kept, "version": seen if isinstance(seen, int) else None, "saved_at": now},
        )
        answer["saved"] = clock(timezone.localtime(now))
    return JsonResponse(answer)


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)


def others(keys: Sequence[str], user: Any, now: datetime | None = None) -> list[str]:
    """Names of those who have one of the forms open besides `user`."""
    recent = (now or timezone.now()) - PRESENT
    rows = Presence.objects.filter(key__in=keys, seen_at__gt=recent).exclude(user=user).select_related("user")
    names = [row.user.get_full_name() or row.user.get_username() for row in rows[:10]]
    return list(dict.fromkeys(names))[:5]


def offered(key: str, user: User) -> list[Draft]:
    """Unsaved texts that belong to a form; for an empty form, all that never became a record."""
    drafts = Draft.objects.filter(user=user).order_by("-saved_at")
    if ":new:" in key:
        return list(drafts.filter(key__startswith=key.partition(":new:")[0] + ":new:")[:3])
    return list(drafts.filter(key=key))


def drop(key: str, user: Any) -> None:
    Draft.objects.filter(user=user, key=key).delete()


def typed_again(draft: Draft) -> QueryDict:
    """The draft as if it had been sent, so that the form shows all of it: rows, choices, pictures."""
    data = QueryDict(mutable=True)
    for name, value in draft.values:
        data.appendlist(name, value)
    return data


@never_cache
def session_view(request: HttpRequest) -> HttpResponse:
    """Whether the browser is still signed in, and the token its forms need; asked before a form is sent."""
    name = request.user.get_username() if request.user.is_authenticated else ""
    return JsonResponse({"user": name, "token": get_token(request)})


@requires_csrf_token
def kept(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What was typed, given back to be sent again: after the session ended, or with an old token."""
    names = [name for name in request.POST if name != "csrfmiddlewaretoken"]
    context = {
        "title": _("Your text is safe"),
        "site_header": _("Newsroom"),
        "site_title": _("Newsroom"),
        "fields": [(name, value) for name in names for value in request.POST.getlist(name)],
        "files": list(request.FILES),
        "signed_in": request.user.is_authenticated,
        "allowed": reason != "right",
        "path": request.get_full_path(),
    }
    return render(request, "admin/kept.html", context, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Settings name this view. Outside the newsroom there is nothing long to lose."""
    return kept(request) if request.path.startswith("/admin/") else plain_csrf_failure(request, reason)
