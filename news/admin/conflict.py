"""Two versions of a form, field by field."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from news.templatetags.dates import moment_text
from news.text import plain


@dataclass(frozen=True)
class Difference:
    label: str
    stored: str
    typed: str


def differences(form: forms.ModelForm) -> list[Difference]:
    """Where what was typed differs from what is stored now; `form` is bound and carries both."""
    found = []
    for name, field in form.fields.items():
        if field.widget.is_hidden or name not in form.stored:
            continue
        typed = form.cleaned_data[name] if name in form.cleaned_data else form[name].data
        stored, typed = said(form.stored[name], field), said(typed, field)
        if stored != typed:
            found.append(Difference(str(field.label), stored, typed))
    return found


def said(value: Any, field: forms.Field) -> str:
    """A value as a person reads it."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        rows = (
            value
            if isinstance(value, QuerySet)
            else field.queryset.filter(pk__in=[pk_of(row) for row in value or []])
        )
        return ", ".join(sorted(map(str, rows)))
    if isinstance(field, forms.ModelChoiceField):
        return str(field.queryset.filter(pk=pk_of(value)).first() or "") if value else ""
    if isinstance(field, forms.MultipleChoiceField):
        labels = {str(key): str(label) for key, label in field.choices}
        return ", ".join(labels.get(str(key), str(key)) for key in value or [])
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None:
        return ""
    if hasattr(value, "astimezone"):
        return moment_text(timezone.localtime(value) if timezone.is_aware(value) else value)
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    text = str(value)
    return plain(text) if text.lstrip().startswith("<") else text


def pk_of(value: Any) -> Any:
    return getattr(value, "pk", value)
