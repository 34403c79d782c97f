"""Fields that hold cleaned text, whatever way it came in: form, import, shell or `bulk_create`.

Cleaning sits in `pre_save` (which `save` and `bulk_create` call) and in `get_prep_value` (which `update` and
lookups call), because `full_clean` alone is bypassed by all of them.
"""

import zoneinfo
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from news import richtext, text
from news.richtext.addresses import SCHEME

BODY_EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "Blockquote": True,
    "BulletList": True,
    "OrderedList": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "ListItem": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "HardBreak": True,
    "HorizontalRule": True,
    "Figure": {"pickerUrl": "/admin/news/image/pick/"},
    "Caption": True,
    "Image": True,
    "History": True,
}


class _CleanedMixin:
    cleaner: Callable[[str], str]

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)  # type: ignore[misc]
        return type(self).cleaner(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)  # type: ignore[misc]
        return type(self).cleaner(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)  # type: ignore[misc]
        if isinstance(value, str):
            value = type(self).cleaner(value)
            setattr(model_instance, self.attname, value)
        return value


class LineField(_CleanedMixin, models.CharField):
    """One line of text: NFC, no control or invisible characters, single spaces."""

    cleaner = staticmethod(text.clean_line)


class PlainTextField(_CleanedMixin, models.TextField):
    """Several lines of text without markup."""

    cleaner = staticmethod(text.clean_text)


class RichTextField(_CleanedMixin, ProseEditorField):
    """HTML from the editor, cleaned by `news.richtext`; a plain `TextField` to the database."""

    cleaner = staticmethod(richtext.clean)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("extensions", BODY_EXTENSIONS)
        kwargs.setdefault("sanitize", richtext.clean)
        super().__init__(*args, **kwargs)


def _followed(value: str) -> str:
    target = richtext.link_target(value) or ""
    return target if target.startswith("/") or SCHEME.match(target) else ""


class LinkField(_CleanedMixin, models.CharField):
    """An address that readers are led to: a path of ours, or one whose scheme is safe to follow.

    Mended like the links of a text; where no link comes of it, a form refuses it and other ways store none.
    """

    cleaner = staticmethod(_followed)

    def to_python(self, value: Any) -> Any:
        followed = super().to_python(value)
        if value and not followed:
            raise ValidationError(_("Write a path such as /tr/haberler/, or an address with https://."))
        return followed


def rich_text_of(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if isinstance(field, RichTextField)]


def addresses_of(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if isinstance(field, models.URLField)]


class DerivedField:
    """A column computed from its row each time that is written; declare it after what it is computed from.

    Migrations know the plain column alone, so only there `derive` is missing.
    """

    plain_path: str

    def __init__(self, *args: Any, derive: Callable[[Any], Any] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        self.derive = derive
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = cast(Callable[[Any], Any], self.derive)(model_instance)
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, self.plain_path, args, kwargs


class DerivedCharField(DerivedField, models.CharField):
    plain_path = "django.db.models.CharField"


class DerivedTextField(DerivedField, models.TextField):
    plain_path = "django.db.models.TextField"


class DerivedBooleanField(DerivedField, models.BooleanField):
    plain_path = "django.db.models.BooleanField"


class DerivedIntegerField(DerivedField, models.PositiveIntegerField):
    plain_path = "django.db.models.PositiveIntegerField"


def folded(*names: str) -> Callable[[Any], str]:
    """A rule for columns that are matched against: the named attributes, folded (see `text.fold`)."""
    return lambda row: text.fold(" ".join(filter(None, (str(getattr(row, name)) for name in names))))


def sorted_as(name: str, language: str, length: int = 200) -> Callable[[Any], str]:
    """A rule for derived columns that are ordered by: the attribute's sort key in `language`."""
    return lambda row: text.sort_key(getattr(row, name), language)[:length]


def require_words(row: models.Model, name: str) -> None:
    """Refuse a row that has words for `name` in no language: it would appear nowhere."""
    if not any(getattr(row, f"{name}_{language}") for language, _name in settings.LANGUAGES):
        raise ValidationError(
            {f"{name}_{settings.LANGUAGE_CODE}": _("Write it in at least one of the languages.")}
        )


def validate_time_zone(value: str) -> None:
    if value not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(zone)s” is not a time zone name such as Europe/Istanbul."), params={"zone": value}
        )
