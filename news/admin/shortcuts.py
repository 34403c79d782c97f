"""The keys of the forms, and the switch that turns them off: single keys get in the way of who dictates, or
whose hand slips (WCAG 2.1.4)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from news.models import Preference


def are_on(user: User | Any) -> bool:
    return not Preference.objects.filter(user=user, shortcuts=False).exists()


def view(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    if request.method == "POST":
        on = "on" in request.POST
        Preference.objects.update_or_create(user=request.user, defaults={"shortcuts": on})
        said = _("The keyboard shortcuts are on.") if on else _("The keyboard shortcuts are off.")
        if request.headers.get("Sec-Fetch-Dest") == "empty":
            return HttpResponse(status=204)
        messages.success(request, said)
        return HttpResponseRedirect(request.path)
    context |= {"title": _("Keyboard shortcuts"), "shortcuts_on": are_on(request.user)}
    return TemplateResponse(request, "admin/shortcuts.html", context)
