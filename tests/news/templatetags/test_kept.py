"""Parts that are rendered once for all that show the same."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from news.models import Event, Image, Place, facts_of
from tests.news.make import event, image

pytestmark = pytest.mark.django_db

PART = Template(
    "{% load kept %}{% remember event note %}{{ event.title }} ({{ event.place.name }}){{ note }}{{ other }}"
    "{% endremember %}"
)


def shown(**values: object) -> str:
    return PART.render(Context(values))


def loaded(pk: int) -> Event:
    return Event.objects.select_related("place").get(pk=pk)


def test_a_part_follows_its_row_and_the_rows_loaded_with_it():
    pk = event("Konser", place=Place.objects.create(name_tr="Konak", name_en="Konak")).pk
    assert shown(event=loaded(pk)) == "Konser (Konak)"
    Place.objects.update(name_tr="Bornova")
    assert shown(event=loaded(pk)) == "Konser (Bornova)"
    Event.objects.update(title_tr="Dinleti")
    assert shown(event=loaded(pk), note="!") == "Dinleti (Bornova)!"
    assert shown(event=loaded(pk)) == "Dinleti (Bornova)"


def test_a_part_can_name_nothing_that_it_is_not_remembered_by():
    assert shown(event={"title": "Konser"}, other="of somebody else") == "Konser ()"


def test_the_languages_are_remembered_apart():
    row = event("Konser", title_en="Concert")
    assert shown(event=row) == "Konser ()"
    with override("en"):
        assert shown(event=row) == "Concert ()"


def test_a_part_is_rendered_once_for_equal_rows(django_assert_num_queries):
    part = Template("{% load kept %}{% remember pictures %}{{ pictures.0.uses|length }}{% endremember %}")
    pictures = [Image.objects.get(pk=image().pk)]
    part.render(Context({"pictures": pictures}))
    with django_assert_num_queries(0):
        part.render(Context({"pictures": pictures}))
        part.render(Context({"pictures": tuple(pictures)}))


def test_what_cannot_speak_for_itself_is_refused():
    with pytest.raises(TypeError, match="not known"):
        facts_of({1, 2})
