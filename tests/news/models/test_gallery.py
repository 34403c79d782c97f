"""A picture of a gallery is described where it is used, or said to say nothing: by form, import and shell."""

import pytest
from django.db import IntegrityError, transaction

from news.models import ArticleImage
from tests.news import make
from tests.news.newsroom import all_of, filled, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", [{"alt": ""}, {"alt": "Vapur", "decorative": True}])
def test_neither_nothing_nor_both_is_stored(words: dict):
    article, image = make.article(), make.image()
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleImage.objects.create(article=article, image=image, **words)
    ArticleImage.objects.create(article=article, image=image, alt="Vapur")
    ArticleImage.objects.create(article=article, image=image, decorative=True)


def test_the_form_asks_for_one_of_the_two_and_keeps_what_was_typed():
    image = make.image()
    client = signed_in(person("Author"))
    rows = {"gallery-TOTAL_FORMS": "1", "gallery-0-image": str(image.pk), "gallery-0-caption": "İlk sefer"}
    rows |= {"gallery-0-alt": "", "gallery-0-position": "0"}
    typed = filled(client.get("/admin/news/article/add/"), title="Vapur", summary="Özet.", **rows)
    refused = client.post("/admin/news/article/add/", typed)
    assert "Görseli betimleyin ya da süs amaçlı olarak işaretleyin." in " ".join(
        all_of(refused, "//ul[contains(@class, 'errorlist')]/li")
    )
    assert all_of(refused, "//input[@name='gallery-0-caption']/@value") == ["İlk sefer"]
