from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from news.models import Generation, Image
from news.pictures.renditions import SHOWN_SINCE
from news.publishing.picture import make_missing
from tests.news import make
from tests.news.pictures import drawn

pytestmark = pytest.mark.django_db


def forgotten() -> Image:
    """A picture whose task died with its process."""
    hour_ago = timezone.now() - timedelta(hours=1)
    return Image.from_upload(BytesIO(drawn.photo()), title="Kordon", uploaded_at=hour_ago)


def test_what_a_restart_interrupted_is_made_later():
    image = forgotten()

    assert make_missing() == 1
    image.refresh_from_db()
    assert image.ready
    assert make_missing() == 0


def test_one_that_cannot_be_read_does_not_hold_up_the_others():
    forgotten()
    lost = forgotten()
    default_storage.delete(lost.name)

    assert make_missing() == 1


def test_one_that_is_being_made_is_left_alone():
    Image.from_upload(BytesIO(drawn.photo()), title="Kordon")

    assert make_missing() == 0


def test_pages_are_rendered_anew_when_the_pictures_they_show_are_ready():
    image, unused = forgotten(), forgotten()
    make.article(lead_image=image)
    before = Generation.current()

    unused.make_renditions()
    assert Generation.current() == before
    image.make_renditions()
    assert Generation.current() > before


def test_pages_are_kept_while_a_new_recipe_adds_to_pictures_that_are_shown_already():
    image = forgotten()
    make.article(lead_image=image)
    image.make_renditions()
    Image.objects.update(made_for=image.recipe.rpartition(" ")[0] + f" {SHOWN_SINCE}")
    before = Generation.current()

    assert make_missing() == 1
    assert Generation.current() == before
    assert Image.objects.get().up_to_date
