"""What keeps a thing from being deleted, as an editor knows it: the story, and not the row between."""

from collections.abc import Iterable

from django.contrib.admin import AdminSite
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

#: Named on the page of the refusal; a topic may be on half of the archive.
MOST = 20
#: Where a row between two things keeps the one that uses the other.
HOLDERS = ("content_object", "article", "event", "official")


def users(items: Iterable[models.Model]) -> list[models.Model]:
    """What uses any of `items`, which are of one model; each once, and not more than `MOST`.

    Django's own list would read every row that stands in the way.
    """
    items = list(items)
    found: dict[models.Model, None] = {}
    for relation in items[0]._meta.get_fields(include_hidden=True) if items else []:
        if getattr(relation, "on_delete", None) is not models.PROTECT or relation.concrete:
            continue
        keys = [field for field in relation.related_model._meta.fields if field.many_to_one]
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": items})
        for row in rows.select_related(*(key.name for key in keys))[:MOST]:
            holders = [key.name for key in keys if key.name in HOLDERS and key != relation.field]
            found[next(filter(None, (getattr(row, name) for name in holders)), row)] = None
    return list(found)[:MOST]


def link(site: AdminSite, row: models.Model) -> SafeString:
    meta = row._meta
    words = f"{capfirst(str(meta.verbose_name))}: {row}"
    try:
        address = reverse(f"{site.name}:news_{meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return format_html("{}", words)
    return format_html('<a href="{}">{}</a>', address, words)
