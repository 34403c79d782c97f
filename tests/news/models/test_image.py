from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.forms import modelform_factory
from PIL import Image as Pixels

from news.models import Article, Image
from news.pictures.address import quick_of
from tests.news import make
from tests.news.pictures import drawn

pytestmark = pytest.mark.django_db
#: With real commits, after which renditions are made and files removed.
committing = pytest.mark.django_db(transaction=True)


def files_of(image: Image) -> set[str]:
    """What lies in the picture's folder, without the part of the names that is random."""
    stem = Path(image.name).stem
    return {name.replace(stem, "m") for name in default_storage.listdir(f"images/{image.key}")[1]}


def bytes_of(image: Image) -> bytes:
    with default_storage.open(image.name) as file:
        return file.read()


class TestUploading:
    @committing
    def test_an_upload_is_stored_without_its_secrets_and_gets_its_renditions(self):
        image = Image.from_upload(SimpleUploadedFile("IMG_0042 ofis.JPG", drawn.photo(6)), alt_tr="Manzara")
        image.refresh_from_db()

        assert (image.width, image.height) == (120, 180)
        assert image.title == "IMG_0042 ofis"
        assert image.credit == "Ayşe Işık / Kent Ajansı"
        assert image.taken_at is not None
        assert image.ready
        assert {"m.jpg", "m-quick.webp", "m-card-120-50x50.avif", "m-share-120-50x50.jpg"} <= files_of(image)
        assert image.share_length == default_storage.size(image.rendition("share").name)
        for name in default_storage.listdir(f"images/{image.key}")[1]:
            content = default_storage.open(f"images/{image.key}/{name}").read()
            assert not any(mark in content for mark in drawn.marks())

    def test_its_address_tells_nothing_and_cannot_be_guessed(self):
        image = Image.from_upload(SimpleUploadedFile("gizli-proje.jpg", drawn.photo()))

        assert "gizli" not in image.url
        assert len(image.key) == 24
        assert image.url.startswith(f"/media/images/{image.key}/")

    def test_a_path_and_an_open_file_are_taken_too(self, tmp_path: Path):
        path = tmp_path / "Kordon'da gün batımı.png"
        path.write_bytes(drawn.encoded(drawn.scene(), "PNG"))

        assert Image.from_upload(path).title == "Kordon'da gün batımı"
        with path.open("rb") as file:
            assert Image.from_upload(file, title="Kordon").name.endswith(".png")

    def test_a_credit_that_was_typed_is_not_overwritten(self):
        assert Image.from_upload(BytesIO(drawn.photo()), title="x", credit="Arşiv").credit == "Arşiv"

    @pytest.mark.parametrize("content", [b"", b"<svg/>", drawn.photo()[:2000]])
    def test_what_is_refused_leaves_no_row_and_no_file(self, content: bytes, settings):
        with pytest.raises(ValidationError):
            Image.from_upload(ContentFile(content, "foto.jpg"))

        assert not Image.objects.exists()
        assert not Path(settings.MEDIA_ROOT, "images").exists()

    def test_an_alternative_that_is_too_long_is_refused_before_anything_is_stored(self, settings):
        with pytest.raises(ValidationError):
            Image.from_upload(BytesIO(drawn.photo()), title="x", alt_tr="a" * 251)

        assert not Path(settings.MEDIA_ROOT, "images").exists()


class TestEveryWayIn:
    def test_the_shell(self):
        image = Image.objects.create(title="x", file=ContentFile(drawn.photo(6), "a.jpg"))

        assert (image.width, image.height) == (120, 180)
        assert not any(mark in bytes_of(image) for mark in drawn.marks())

    def test_the_shell_with_what_is_no_picture(self):
        with pytest.raises(ValidationError):
            Image.objects.create(title="x", file=ContentFile(b"<html>", "a.jpg"))

    def test_saving_through_the_field(self):
        image = Image(title="x")
        image.file.save("a.jpg", ContentFile(drawn.photo()))

        assert image.pk
        assert not any(mark in bytes_of(image) for mark in drawn.marks())

    def test_many_rows_at_once(self):
        Image.objects.bulk_create([Image(title="x", file=ContentFile(drawn.photo(6), "a.jpg"))])

        image = Image.objects.get()
        assert (image.width, image.height) == (120, 180)
        assert not any(mark in bytes_of(image) for mark in drawn.marks())

    def test_a_form_answers_with_the_sentence_and_keeps_what_was_typed(self):
        form_class = modelform_factory(Image, fields=["file", "title", "credit"])
        form = form_class(
            {"title": "Kordon", "credit": ""}, {"file": SimpleUploadedFile("a.jpg", drawn.moving("WEBP"))}
        )

        assert form.errors["file"] == [
            "Hareketli görsel kabul edilmiyor. Durağan bir görsel seçin ya da bir videoya bağlantı verin."
        ]
        assert 'value="Kordon"' in form.as_p()

    def test_a_form_that_is_fine(self):
        form_class = modelform_factory(Image, fields=["file", "title", "credit"])
        form = form_class(
            {"title": "Kordon", "credit": ""}, {"file": SimpleUploadedFile("a.png", drawn.photo(1))}
        )
        image = form.save()

        assert image.credit == "Ayşe Işık / Kent Ajansı"
        assert image.name.endswith(".jpg")

    def test_the_length_of_a_name_that_is_not_kept_refuses_nothing(self):
        form_class = modelform_factory(Image, fields=["file", "title"])
        file = SimpleUploadedFile("İzmir " * 40 + ".jpg", drawn.photo(1))
        form = form_class({"title": "Kordon"}, {"file": file})

        assert form.errors == {}
        assert bytes_of(form.save())


@committing
class TestChanging:
    def test_a_replaced_file_gets_a_new_address_and_the_old_files_go(self):
        image = Image.from_upload(BytesIO(drawn.photo()), title="x")
        before, body = image.url, image.body_url
        image.file = ContentFile(drawn.encoded(drawn.scene(900, 600)), "b.jpg")
        image.save()
        image.refresh_from_db()

        assert image.url != before
        assert image.body_url == body
        assert image.ready
        assert len(files_of(image)) == 2 + len(set(image.file_names()) - {quick_of(image).name})

    def test_a_moved_focal_point_makes_new_cuts_and_drops_the_old(self):
        image = Image.from_upload(BytesIO(drawn.photo()), title="x")
        image.focal_point = "10x90"
        image.save()
        image.refresh_from_db()

        assert image.ready
        assert "m-card-180-10x90.avif" in files_of(image)
        assert "m-card-180-50x50.avif" not in files_of(image)

    def test_a_change_of_words_makes_nothing_anew(self, django_assert_num_queries):
        image = Image.from_upload(BytesIO(drawn.photo()), title="x")
        image.refresh_from_db()
        image.alt_tr = "Manzara"
        with django_assert_num_queries(1):
            image.save()

    @pytest.mark.parametrize("value", ["101x0", "5", "a", "-1x3", "50x50\n", "50x050"])
    def test_a_focal_point_outside_the_picture_is_refused(self, value: str):
        with pytest.raises(ValidationError):
            Image.from_upload(BytesIO(drawn.photo()), title="x", focal_point=value)

    def test_pictures_whose_renditions_are_missing_are_found(self):
        ready = Image.from_upload(BytesIO(drawn.photo()), title="x")
        waiting = Image.from_upload(BytesIO(drawn.photo()), title="y")
        Image.objects.filter(pk=waiting.pk).update(focal_point="1x1")

        assert list(Image.objects.without_renditions()) == [waiting]
        ready.refresh_from_db()
        assert ready.ready


@committing
class TestDeleting:
    def test_the_files_go_with_the_row(self):
        one, two = (Image.from_upload(BytesIO(drawn.photo()), title="x") for _ in range(2))
        one.delete()
        Image.objects.filter(pk=two.pk).delete()

        assert default_storage.listdir("images") == ([], [])

    def test_a_picture_within_a_text_cannot_be_deleted(self):
        image = Image.from_upload(BytesIO(drawn.photo()), title="x")
        article = make.article(body=f'<p><img src="{image.body_url}" alt="Manzara"></p>')

        with pytest.raises(ProtectedError, match="haber “Yeni tramvay hattı açıldı”"):
            image.delete()
        assert default_storage.exists(image.name)
        article.body = "<p>Metin.</p>"
        article.save()
        image.delete()

    def test_it_says_where_a_picture_is_used(self):
        image = Image.from_upload(BytesIO(drawn.photo()), title="x")
        body = f'<figure><img src="{image.body_url}" alt="a"></figure>'
        article = make.article("Yeni hat", lead_image=image, body=body)

        assert image.uses() == [article]
        event, person = make.event("Şenlik"), make.official()
        for row in (event, person):
            row.galleryimages.create(image=image, alt_tr="a")
        assert image.uses() == [article, event, person]
        assert not Image.from_upload(BytesIO(drawn.photo()), title="y").uses()


class TestWhoMaySee:
    def test_a_picture_is_public_while_something_public_shows_it(self):
        image = Image.from_upload(BytesIO(drawn.photo()), title="x")
        assert not Image.objects.public().exists()

        article = make.article(lead_image=image)
        assert Image.objects.public().exists()

        Article.objects.filter(pk=article.pk).update(state="draft")
        assert not Image.objects.public().exists()


def test_an_article_knows_all_its_pictures():
    lead, gallery, within, other = (Image.from_upload(BytesIO(drawn.photo()), title="x") for _ in range(4))
    article = make.article(lead_image=lead, body=f'<p><img src="{within.body_url}" alt="a"></p>')
    article.gallery.create(image=gallery, alt="a")
    make.article("Öteki", lead_image=other)

    assert set(Image.objects.of_article(article)) == {lead, gallery, within}


def test_a_quick_picture_shows_the_whole_scene():
    image = Image.from_upload(BytesIO(drawn.photo()), title="x")
    quick = Pixels.open(default_storage.open(f"images/{image.key}/{Path(image.name).stem}-quick.webp"))

    assert quick.size == (180, 120)
