"""Autocomplete fields in rows: one query for all rows of a form, and not one for each."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import Model


class KnownSelect(AutocompleteSelect):
    known: dict[str, Model] | None = None

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        if self.known is None:
            return super().optgroups(name, value, attrs)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        for key in value:
            if row := self.known.get(str(key)):
                label = self.choices.field.label_from_instance(row)
                options.append(self.create_option(name, row.pk, label, True, len(options)))
        return [(None, options, 0)]


class KnownChoiceField(forms.ModelChoiceField):
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
        for name, field in form.fields.items():
            if isinstance(field, KnownChoiceField) and hasattr(field.widget, "widget"):
                field.know(self._known(name, field))

    def _known(self, name: str, field: KnownChoiceField) -> dict[str, Model]:
        cache = self.__dict__.setdefault("_known_rows", {})
        if name not in cache:
            if self.is_bound:
                asked = {
                    self.data.get(f"{self.prefix}-{n}-{name}", "") for n in range(self.total_form_count())
                }
            else:
                asked = {getattr(row, f"{name}_id") for row in self.get_queryset()}
            keys = [int(key) for key in asked if str(key).isdecimal() and len(str(key)) < 19]
            cache[name] = {str(pk): row for pk, row in field.queryset.in_bulk(keys).items()}
        return cache[name]
