"""Who has a page as it still is gets no other, and whatever changes on it, somebody changed."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.utils import timezone

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


@pytest.mark.parametrize(
    ("name", "shown", "not_shown"),
    [
        (
            "article",
            {
                "Article.title",
                "Tag.name_tr",
                "Official.name",
                "Place.name_tr",
                "Image.credit",
                "Event.title_tr",
            },
            {"Article.embargo_note", "Official.biography_tr", "Office.phone"},
        ),
        (
            "event",
            {
                "Event.title_tr",
                "Place.address",
                "Official.name",
                "Image.credit",
                "Article.title",
                "Tag.name_tr",
            },
            {"Article.body", "Official.biography_tr", "Office.phone"},
        ),
    ],
)
def test_no_change_that_shows_is_answered_with_not_modified(
    client: Client, name: str, shown: set[str], not_shown: set[str]
):
    path = city.build()[name]
    before = client.get(path)
    seen, unseen = [], []
    for change, rows, values in changes():
        with suppress(IntegrityError), transaction.atomic():
            rows.update(**values)
            asked = client.get(path, headers={"if-none-match": before["ETag"]})
            if asked.status_code == 304:
                assert client.get(path).content == before.content, change
                unseen.append(change)
            else:
                seen.append(change)
            transaction.set_rollback(True)
    assert {f"{field} = Ğ" for field in shown | {"MenuItem.label_tr", "Alert.text_tr"}} <= {*seen}
    assert {f"{field} = Ğ" for field in not_shown} <= {*unseen}
    assert len(seen) > 60


@pytest.mark.parametrize("name", ["article", "event"])
def test_what_time_changes_is_seen(client: Client, name: str):
    start = timezone.now()
    with time_machine.travel(start):
        path = city.build()[name]
        before = client.get(path)
    told = []
    for hours in (1, 6, 23, 26, 50, 24 * 8, 24 * 40, 24 * 400):
        with time_machine.travel(start + timedelta(hours=hours)):
            asked = client.get(path, headers={"if-none-match": before["ETag"]})
            assert asked.status_code == 200 or client.get(path).content == before.content, hours
            told.append(asked.status_code)
    assert told[-1] == 200


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
