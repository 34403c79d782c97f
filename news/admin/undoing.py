"""“Take back”: offered in the message after a deed and on the desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from news.models import Deed
from news.publishing import undo
from news.publishing.rules import Refused

#: Moves that can be taken back. The others have a move that leads the other way.
OFFERED = {"publish", "publish_urgently", "withdraw", "unschedule", "retry"}


def offer(request: HttpRequest, deed: Deed | None) -> None:
    """Say that the deed can be taken back, with the button for it."""
    if deed is None:
        return
    button = format_html(
        '<form method="post" action="{}" class="undo">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">{} '
        '<button type="submit" class="button">{}</button></form>',
        reverse("admin:undo", args=[deed.pk]),
        get_token(request),
        _("For ten minutes this can be taken back."),
        _("Take back"),
    )
    messages.info(request, button)


def undo_view(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    # Somebody else's deed is as unknown as one that never was.
    deed = get_object_or_404(Deed, pk=pk, by=request.user)
    try:
        done, refused = undo.take_back(deed, request.user)
    except Refused as problem:
        messages.error(request, problem.reason)
        return HttpResponseRedirect(reverse("admin:index"))
    if done:
        messages.success(request, _("Taken back: %(items)s.") % {"items": ", ".join(done[:5]) + more(done)})
        if deed.name in undo.SEEN:
            messages.info(
                request,
                _(
                    "Letters, and copies that feed readers and other sites took meanwhile, cannot"
                    " be called back."
                ),
            )
    for title, why in refused[:10]:
        messages.warning(request, _("“%(item)s”: %(why)s") % {"item": title, "why": why})
    return HttpResponseRedirect(_back(deed))


def more(titles: list[str]) -> str:
    return _(" and %(number)d more") % {"number": len(titles) - 5} if len(titles) > 5 else ""


def _back(deed: Deed) -> str:
    """To the one item, or to the list of them."""
    model = "tag" if deed.name == "merge_tags" else deed.items[0].get("model", "article")
    if len(deed.items) == 1 and model != "tag":
        return reverse(f"admin:news_{model}_change", args=[deed.items[0]["pk"]])
    return reverse(f"admin:news_{model}_changelist")
