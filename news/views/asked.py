"""What an address asks, checked by fields without a form: to make one for every page costs more than to ask
the database for it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict

ID: dict[str, Any] = {"min_value": 1, "max_value": 10**18 - 1, "required": False}


def checked(fields: Mapping[str, forms.Field], asked: QueryDict) -> dict[str, Any]:
    """Those that were given; a value that no link of ours leads to is a missing page."""
    try:
        return {
            name: field.clean(asked[name]) for name, field in fields.items() if asked.get(name, "").strip()
        }
    except ValidationError as error:
        raise Http404("no such filter") from error
