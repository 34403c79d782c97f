"""What the cleaning of a pasted text took away is said, so that nobody looks for it among the readers."""

from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.translation import ngettext
from django_prose_editor.widgets import ProseEditorWidget

from news import richtext


def tell_what_was_left_out(request: HttpRequest, form: forms.BaseForm) -> None:
    typed = [
        str(form[name].data or "")
        for name, field in form.fields.items()
        if isinstance(field.widget, ProseEditorWidget) and name in form.changed_data
    ]
    for sentence in left_out(*typed):
        messages.warning(request, sentence)


def pasted_view(request: HttpRequest) -> HttpResponse:
    """For js/admin/paste.js: what was pasted, as it may be stored, and what it goes without."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    html = request.POST.get("html", "")
    return JsonResponse({"html": richtext.clean(html), "told": list(left_out(html))})


def left_out(*texts: str) -> Iterator[str]:
    counts = [richtext.refused(text) for text in texts]
    if pictures := sum(count for count, _links in counts):
        words = ngettext(
            "%(count)d picture was left out of the text. Upload it to the library first, then add it.",
            "%(count)d pictures were left out of the text. Upload them to the library first, then add them.",
            pictures,
        )
        yield words % {"count": pictures}
    if links := sum(count for _pictures, count in counts):
        words = ngettext(
            "%(count)d link lost its address, which cannot be opened. The words are still there.",
            "%(count)d links lost their addresses, which cannot be opened. The words are still there.",
            links,
        )
        yield words % {"count": links}
