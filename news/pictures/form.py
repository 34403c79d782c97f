"""The form field that takes pictures in and hands masters on, so that nothing is decoded twice."""

from typing import Any

from django import forms
from django.core.files.base import File

from .upload import Master, master


class PictureFormField(forms.FileField):
    # Named one by one: a phone then hands over a JPEG of what it keeps as HEIC.
    accept = "image/jpeg,image/png,image/webp,image/avif"
    widget = forms.ClearableFileInput

    def to_python(self, data: Any) -> Master | None:
        file = super().to_python(data)
        return master(file) if isinstance(file, File) else None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        if isinstance(widget, forms.FileInput):
            attrs["accept"] = self.accept
        return attrs
