"""Many pictures at once, as they come from an event on somebody's phone: choose, name the photographer,
send, and then say of each what it shows.

It works without scripts, and what was fine is kept when one is refused.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from news import page_cache
from news.models import Image, Licence
from news.pictures.form import PictureFormField

MOST = 50


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralPicturesField(forms.FileField):
    """The files as they came: each is checked when it is stored, so a bad picture refuses itself only."""

    widget = SeveralFiles(attrs={"accept": PictureFormField.accept})

    def to_python(self, data: Any) -> list[UploadedFile] | None:
        return list(data) if data else None

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = self.to_python(data)
        if not files:
            raise ValidationError(_("Choose at least one picture."), code="required")
        if len(files) > MOST:
            raise ValidationError(_("Choose at most %(most)s pictures at once."), params={"most": MOST})
        return files


class UploadForm(forms.Form):
    files = SeveralPicturesField(label=gettext_lazy("Pictures to upload"))
    credit = forms.CharField(
        label=gettext_lazy("Credit"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Who took them. Empty: what each picture says of itself."),
    )
    licence = forms.ChoiceField(label=gettext_lazy("Licence"), choices=Licence, initial=Licence.OWN)


class DescribeForm(forms.ModelForm):
    class Meta:
        model = Image
        fields = ["title", "alt_tr", "alt_en", "credit"]
        labels = {
            "alt_tr": gettext_lazy("What it shows, in Turkish"),
            "alt_en": gettext_lazy("What it shows, in English"),
        }


def upload(request: HttpRequest, admin: ModelAdmin) -> HttpResponse:
    if not admin.has_add_permission(request):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept, refused = _store(form.cleaned_data, request, admin)
        for name, sentence in refused:
            messages.error(request, f"“{name}”: {sentence}")
        if kept:
            words = ngettext("%(count)d picture is stored.", "%(count)d pictures are stored.", len(kept))
            messages.success(request, words % {"count": len(kept)})
            query = {"id": [image.pk for image in kept], **_from_editor(request)}
            address = f"{reverse('admin:news_image_describe')}?{urlencode(query, doseq=True)}"
            return HttpResponseRedirect(address)
        form.add_error("files", _("None of the pictures could be stored; the reasons stand above."))
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Upload pictures"),
        "form": form,
        "callback": request.GET.get("CKEditorFuncNum", ""),
        "is_popup": "CKEditorFuncNum" in request.GET,
    }
    return TemplateResponse(request, "admin/news/image/upload.html", context)


def _store(
    given: dict[str, Any], request: HttpRequest, admin: ModelAdmin
) -> tuple[list[Image], list[tuple[str, str]]]:
    kept, refused = [], []
    fields = {"credit": given["credit"], "licence": given["licence"], "uploaded_by": request.user}
    for file in given["files"]:
        try:
            image = Image.from_upload(file, **fields)
        except ValidationError as error:
            refused.append((str(file.name), " ".join(error.messages)))
        else:
            admin.log_addition(request, image, [{"added": {}}])
            kept.append(image)
    return kept, refused


def describe(request: HttpRequest, admin: ModelAdmin, editable: QuerySet[Image]) -> HttpResponse:
    """`editable` are the pictures whose words the person may change."""
    asked = [int(pk) for pk in request.GET.getlist("id")[:MOST] if pk.isdecimal() and len(pk) < 19]
    images = editable.filter(pk__in=asked).order_by("pk")
    if not images:
        raise PermissionDenied
    described = [DescribeForm(request.POST or None, instance=image, prefix=str(image.pk)) for image in images]
    if request.method == "POST" and all(form.is_valid() for form in described):
        changed = [form.save() for form in described if form.has_changed()]
        for form in described:
            if form.has_changed():
                admin.log_change(request, form.instance, [{"changed": {"fields": form.changed_data}}])
        if Image.objects.public().filter(pk__in=[image.pk for image in changed]).exists():
            page_cache.changed()
        messages.success(request, _("The pictures are described."))
        if editor := _from_editor(request):
            return HttpResponseRedirect(f"{reverse('admin:news_image_pick')}?{urlencode(editor)}")
        return HttpResponseRedirect(reverse("admin:news_image_changelist"))
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("What do the pictures show?"),
        "forms": described,
        "refused": any(form.errors for form in described),
        "is_popup": bool(_from_editor(request)),
    }
    return TemplateResponse(request, "admin/news/image/describe.html", context)


def _from_editor(request: HttpRequest) -> dict[str, str]:
    """The call-back of the rich text editor, when its picker led here."""
    number = request.GET.get("CKEditorFuncNum", "")
    return {"CKEditorFuncNum": number} if number.isdecimal() else {}
