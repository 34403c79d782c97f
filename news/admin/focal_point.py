"""What every cut of a picture keeps in view: two numbers, and with scripts a point on the picture itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class FocalPointWidget(forms.MultiWidget):
    use_fieldset = False

    class Media:
        css = {"all": ["css/admin_pictures.css"]}
        js = ["js/admin/focal_point.js"]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        percent = {"min": 0, "max": 100, "step": 1, "class": "vIntegerField", "required": True}
        names = (_("Focal point: percent from the left"), _("Focal point: percent from the top"))
        super().__init__([forms.NumberInput(percent | {"aria-label": name}) for name in names], attrs)

    def decompress(self, value: str | None) -> list[str]:
        return (value or "50x50").split("x")

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"


class FocalPointField(forms.MultiValueField):
    widget = FocalPointWidget

    def __init__(self, **kwargs: Any) -> None:
        # What a model's text field would hand over.
        for name in ("max_length", "empty_value"):
            kwargs.pop(name, None)
        number = {"min_value": 0, "max_value": 100}
        super().__init__((forms.IntegerField(**number), forms.IntegerField(**number)), **kwargs)

    def compress(self, data_list: list[int]) -> str:
        return "{}x{}".format(*data_list) if data_list else "50x50"
