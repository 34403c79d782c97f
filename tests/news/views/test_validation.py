"""Who has a page as it still is gets no other, and whatever changes on it, somebody changed."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test import Client

from news.models import Article, Image
from tests.news.make import article
from tests.news.views import city

pytestmark = pytest.mark.django_db


def other_values(field: models.Field) -> Iterator[Any]:
    """Expressions that give every row another value of `field`, as far as the field may have one."""
    if field.primary_key or field.is_relation:
        if field.null:
            yield None
    elif field.choices:
        yield from (value for value, _label in field.flatchoices[:2])
    elif isinstance(field, models.BooleanField):
        yield from (True, False)
    elif isinstance(field, models.IntegerField | models.DecimalField):
        yield models.F(field.name) + 1
    elif isinstance(field, models.CharField | models.TextField):
        yield from [value for value in ("Ğ", "20x70") if is_valid(field, value)][:1]
    elif isinstance(field, models.DateTimeField | models.DateField):
        yield models.F(field.name) - timedelta(days=1)


def is_valid(field: models.Field, value: str) -> bool:
    try:
        field.get_db_prep_save(field.clean(value, None), connection)
    except ValidationError:
        return False
    return True


def changes() -> Iterator[tuple[str, models.QuerySet, dict[str, Any]]]:
    tables = [model._base_manager.all() for model in apps.get_app_config("news").get_models()]
    for rows in filter(models.QuerySet.exists, tables):
        for field in rows.model._meta.concrete_fields:
            for value in other_values(field):
                yield f"{rows.model.__name__}.{field.name} = {value}", rows, {field.name: value}


def test_no_change_that_shows_is_answered_with_not_modified(client: Client):
    path = city.build()["article"]
    before = client.get(path)
    seen, unseen = [], []
    for name, rows, values in changes():
        with suppress(IntegrityError), transaction.atomic():
            rows.update(**values)
            asked = client.get(path, headers={"if-none-match": before["ETag"]})
            if asked.status_code == 304:
                assert client.get(path).content == before.content, name
                unseen.append(name)
            else:
                seen.append(name)
            transaction.set_rollback(True)
    assert {"Article.title = Ğ", "Tag.name_tr = Ğ", "Official.name = Ğ", "Place.name_tr = Ğ"} <= {*seen}
    assert {"Image.credit = Ğ", "MenuItem.label_tr = Ğ", "Alert.text_tr = Ğ", "Event.title_tr = Ğ"} <= {*seen}
    assert {"Article.embargo_note = Ğ", "Official.biography_tr = Ğ", "Office.phone = Ğ"} <= {*unseen}
    assert len(seen) > 60


def test_what_only_editors_see_leaves_the_page_as_it_is(client: Client):
    row = article("Gece vapurları")
    before = client.get(row.get_absolute_url())
    Article.objects.update(version=9)
    Image.objects.update(source_url="https://archive.example/")
    again = client.get(row.get_absolute_url(), headers={"if-none-match": before["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_new_neighbour_is_seen(client: Client):
    row = article("Gece vapurları")
    before = client.get(row.get_absolute_url())
    article("Bisiklet yolu")
    again = client.get(row.get_absolute_url(), headers={"if-none-match": before["ETag"]})
    assert "Bisiklet yolu" in again.content.decode()
