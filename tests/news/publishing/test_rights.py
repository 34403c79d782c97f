"""The groups of the newsroom can do what the admin has forms for."""

import pytest
from django.contrib.auth.models import Group

from news.admin import site
from news.models import AccountEvent
from tests.news.newsroom import page, person, signed_in

pytestmark = pytest.mark.django_db


def test_whatever_has_a_form_can_be_filled_in_by_some_group():
    administrators = Group.objects.get(name="Administrator").permissions
    may = {f"{p.content_type.app_label}.{p.codename}" for p in administrators.select_related("content_type")}
    forms = set(site._registry) | {rows.model for form in site._registry.values() for rows in form.inlines}
    needed = {f"{model._meta.app_label}.change_{model._meta.model_name}" for model in forms - {AccountEvent}}
    assert needed - may == set()


@pytest.mark.parametrize("noun", ["event", "official"])
def test_an_editor_hangs_pictures_and_files_on_what_they_edit(noun: str):
    form = page(signed_in(person("Editor")).get(f"/admin/news/{noun}/add/"))
    rows = {name.removesuffix("-TOTAL_FORMS") for name in form.xpath("//input/@name") if "TOTAL" in name}
    assert {"galleryimages", "documents"} <= rows
