"""Choosing rows by typing: an accessible combobox over the admin's own autocomplete addresses.

Django's select2 gives its fields no name that a screen reader could say, and breaks the rules for lists;
hence our own, in static/js/admin/picker.js.
"""

from typing import Any

from django import forms
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import reverse

from news.models import Image


class Offers(AutocompleteJsonView):
    """What the pickers offer: a picture is seen, and brings its text alternatives along."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, Any]:
        offer: dict[str, Any] = super().serialize_result(obj, to_field_name)
        if isinstance(obj, Image):
            offer |= {"thumb": obj.rendition("thumb").url, "alt": {"tr": obj.alt_tr, "en": obj.alt_en}}
        return offer


class PickerMixin:
    def build_attrs(self, base_attrs: dict, extra_attrs: dict | None = None) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs=extra_attrs)
        kept = ("data-app-label", "data-model-name", "data-field-name")
        plain = {name: value for name, value in attrs.items() if not name.startswith("data-") or name in kept}
        plain.pop("lang", None)
        return plain | {"class": "picker", "data-picker": self.get_url()}

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        # What was typed into an address or a forged form is shown again, and must be a key for that.
        keys = [key for key in value if str(key).isdecimal() and len(str(key)) < 19]
        return super().optgroups(name, keys, attrs)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value and self.field.related_model is Image:
            option["attrs"]["data-thumb"] = reverse("admin:news_image_thumb", args=[value])
        return option

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=["js/admin/picker.js"])


class PickOne(PickerMixin, AutocompleteSelect):
    """`address` offers fewer rows than all that the noun has."""

    known: dict[str, Model] | None = None

    def __init__(self, *args: Any, address: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address

    def get_url(self) -> str:
        return self.address or super().get_url()

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        if self.known is None:
            return super().optgroups(name, value, attrs)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        for key in value:
            if row := self.known.get(str(key)):
                label = self.choices.field.label_from_instance(row)
                options.append(self.create_option(name, row.pk, label, True, len(options)))
        return [(None, options, 0)]


class PickMany(PickerMixin, AutocompleteSelectMultiple):
    pass


class KnownChoiceField(forms.ModelChoiceField):
    """A choice whose rows were read beforehand, for all rows of a form at once."""

    known: dict[str, Model] | None = None

    def to_python(self, value: Any) -> Any:
        if self.known is None or value in self.empty_values:
            return super().to_python(value)
        if row := self.known.get(str(getattr(value, "pk", value))):
            return row
        raise ValidationError(
            self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
        )

    def know(self, rows: dict[str, Model]) -> None:
        self.known = rows
        # The admin wraps the widget to put its add and change links beside it.
        self.widget.widget.known = rows


class KnowingFormSet(forms.BaseInlineFormSet):
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        key = self._pk_field.name
        if isinstance(form.fields.get(key), forms.ModelChoiceField):
            # Django would look up each row once more by its hidden key.
            old = form.fields[key]
            form.fields[key] = KnownChoiceField(
                old.queryset, initial=old.initial, required=False, widget=forms.HiddenInput
            )
            form.fields[key].known = {str(row.pk): row for row in self.get_queryset()}
        for name, field in form.fields.items():
            if isinstance(field, KnownChoiceField) and hasattr(field.widget, "widget"):
                field.know(self._known(name, field))

    def _known(self, name: str, field: KnownChoiceField) -> dict[str, Model]:
        cache = self.__dict__.setdefault("_known_rows", {})
        if name not in cache:
            if self.is_bound:
                rows = range(self.total_form_count())
                asked = {self.data.get(f"{self.prefix}-{n}-{name}", "") for n in rows}
            else:
                asked = {getattr(row, f"{name}_id") for row in self.get_queryset()}
            keys = [int(key) for key in asked if str(key).isdecimal() and len(str(key)) < 19]
            cache[name] = {str(pk): row for pk, row in field.queryset.in_bulk(keys).items()}
        return cache[name]
