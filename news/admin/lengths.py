"""How long words should be, as js/admin/counters.js counts them beside their fields."""

from typing import Any

from django.db import models

from news.models import Article, ArticleImage, Event
from news.publishing import check

#: Characters advised, and the most that is published, where there is such a limit.
LENGTHS: dict[type[models.Model], dict[str, tuple[int, int | None]]] = {
    Article: {
        "title": (check.LONG_TITLE, check.LONGEST_TITLE),
        "summary": (check.LONG_SUMMARY, check.LONGEST_SUMMARY),
        "lead_alt": (check.LONG_ALTERNATIVE, None),
    },
    Event: {
        "title": (check.LONG_TITLE, None),
        "summary": (check.LONG_SUMMARY, None),
        "image_alt": (check.LONG_ALTERNATIVE, None),
    },
    ArticleImage: {"alt": (check.LONG_ALTERNATIVE, None)},
}


def counted(field: Any, db_field: models.Field) -> Any:
    """The form field, with the lengths that js/admin/counters.js shows beside it."""
    name = db_field.name.removesuffix("_tr").removesuffix("_en")
    if field is not None and name in (lengths := LENGTHS.get(db_field.model, {})):
        advised, most = lengths[name]
        field.widget.attrs["data-advised"] = advised
        if most:
            field.widget.attrs["data-most"] = most
    return field
