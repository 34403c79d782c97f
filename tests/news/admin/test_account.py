"""The accounts of the newsroom, as an administrator keeps them."""

import pytest

from tests.news.newsroom import all_of, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["ışık", "ISIK", "isik ay", "ayşe IŞIK"])
def test_a_name_is_found_however_its_letters_are_typed(words: str):
    person("Author", "ayse", first_name="Ayşe", last_name="Işık")
    person("Author", "elif", first_name="Elif", last_name="Kaya")
    client = signed_in(person("Administrator"))
    found = client.get("/admin/auth/user/", {"q": words})
    assert all_of(found, "//th[contains(@class, 'field-username')]") == ["ayse"]
