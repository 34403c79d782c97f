from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from news.models import Image
from tests.news.pictures import drawn

pytestmark = pytest.mark.django_db


def waiting() -> Image:
    return Image.from_upload(BytesIO(drawn.photo()), title="Kordon")


def test_the_command_says_first_and_makes_then(capsys):
    waiting()
    waiting().make_renditions()

    call_command("make_renditions", "--dry-run")
    assert "1 of 2 pictures would be made." in capsys.readouterr().out
    call_command("make_renditions")
    assert "Every picture has its renditions." in capsys.readouterr().out
    assert not Image.objects.without_renditions().exists()


def test_the_command_names_those_it_could_not_make(capsys):
    lost = waiting()
    default_storage.delete(lost.name)

    with pytest.raises(SystemExit):
        call_command("make_renditions", "--all")
    assert f"{lost.pk} Kordon" in capsys.readouterr().err
