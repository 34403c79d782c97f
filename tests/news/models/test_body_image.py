from io import BytesIO

import pytest

from news.models import Article, BodyImage, Image
from tests.news import make
from tests.news.pictures import drawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def image() -> Image:
    return Image.from_upload(BytesIO(drawn.photo()), title="Kordon")


def showing(image: Image) -> str:
    return f'<p>Metin.</p><figure><img src="{image.body_url}" alt="Kordon"></figure>'


def test_a_saved_text_counts_as_a_use_of_its_pictures(image: Image):
    article, event = make.article(body=showing(image)), make.event(description_en=showing(image))
    person = make.official(biography_tr=showing(image))

    assert {use.article or use.event or use.official for use in image.body_uses.all()} == {
        article,
        event,
        person,
    }
    assert Image.objects.in_body_of(article) == {image.key: image}


def test_a_picture_taken_out_of_the_text_is_no_longer_used(image: Image):
    article = make.article(body=showing(image) * 2)
    assert image.body_uses.count() == 1

    article.body = "<p>Metin.</p>"
    article.save()
    assert not image.body_uses.exists()


def test_saving_other_columns_leaves_the_uses_alone(image: Image, django_assert_num_queries):
    article = make.article(body=showing(image))
    article.title = "Başka"
    with django_assert_num_queries(1):
        article.save(update_fields=["title"])

    part = Article.objects.defer("body").get(pk=article.pk)
    part.title = "Bambaşka"
    part.save()
    assert image.body_uses.count() == 1


def test_a_new_text_without_pictures_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(1):
        Article.objects.create(title="Haber", body="<p>Metin.</p>")


def test_rows_made_in_bulk_are_followed_when_asked(image: Image, django_assert_num_queries):
    rows = Article.objects.bulk_create(
        [Article(title=f"Haber {n}", slug=f"haber-{n}", body=showing(image)) for n in range(20)]
    )
    assert not image.body_uses.exists()

    with django_assert_num_queries(3):
        BodyImage.objects.follow(rows)
    assert image.body_uses.count() == 20
    BodyImage.objects.follow(rows)
    assert image.body_uses.count() == 20


def test_an_address_of_no_picture_is_nobodys_use(image: Image):
    make.article(body=showing(image).replace(image.key, "x" * 24))

    assert not BodyImage.objects.exists()


def test_a_deleted_article_lets_its_pictures_go(image: Image):
    make.article(body=showing(image)).delete()

    assert not BodyImage.objects.exists()
    image.delete()
