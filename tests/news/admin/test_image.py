from io import BytesIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from news.models import Image
from tests.news import make
from tests.news.newsroom import all_of, filled, page, person, signed_in, text_of
from tests.news.pictures import drawn

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/news/image/upload/"
LIST = "/admin/news/image/"


def photo(name: str = "IMG_1.jpg", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or drawn.photo(6))


def stored(**values: str) -> Image:
    return Image.from_upload(BytesIO(drawn.photo()), **{"title": "Kordon", **values})


def change(image: Image) -> str:
    return reverse("admin:news_image_change", args=[image.pk])


class TestUploadingSeveral:
    def test_photos_of_an_event_are_stored_and_then_described(self):
        client = signed_in(person("Author"))
        sent = {"files": [photo("IMG_1.jpg"), photo("IMG_2.jpg")], "credit": "", "licence": "own"}
        response = client.post(UPLOAD, sent, follow=True)

        assert "2 görsel kaydedildi." in text_of(response)
        assert all_of(response, "//form[@id='describe_form']//img/@src") == [
            image.rendition("thumb").url for image in Image.objects.order_by("pk")
        ]
        assert "Ayşe Işık / Kent Ajansı" in response.content.decode()

        first = Image.objects.order_by("pk")[0].pk
        typed = filled(response, **{f"{first}-alt_tr": "Kıyıda bisikletliler", f"{first}-alt_en": "Cyclists"})
        client.post(response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"], typed)
        assert Image.objects.order_by("pk")[0].alt_tr == "Kıyıda bisikletliler"
        assert LogEntry.objects.count() == 3

    def test_a_bad_picture_refuses_itself_only(self):
        client = signed_in(person("Author"))
        sent = {"files": [photo(), photo("b.gif", b"GIF89a...")], "credit": "Arşiv", "licence": "own"}
        response = client.post(UPLOAD, sent, follow=True)

        assert "“b.gif”: GIF görselleri kabul edilmiyor." in text_of(response)
        assert Image.objects.get().credit == "Arşiv"

    def test_when_all_are_refused_the_form_keeps_what_was_typed(self):
        client = signed_in(person("Author"))
        response = client.post(
            UPLOAD, {"files": [photo("a.svg", b"<svg/>")], "credit": "Arşiv", "licence": "cc0"}
        )

        assert "“a.svg”: SVG çizimleri" in text_of(response)
        assert all_of(response, "//input[@name='credit']/@value") == ["Arşiv"]
        assert all_of(response, "//option[@selected]/@value") == ["cc0"]

    def test_nothing_chosen_is_a_sentence(self):
        response = signed_in(person("Author")).post(UPLOAD, {"credit": "", "licence": "own"})

        assert "En az bir görsel seçin." in text_of(response)

    def test_more_than_fifty_are_asked_for_in_parts(self):
        files = [photo(f"{n}.jpg", b"x") for n in range(51)]
        response = signed_in(person("Author")).post(UPLOAD, {"files": files, "credit": "", "licence": "own"})

        assert "Bir seferde en çok 50 görsel seçin." in text_of(response)

    def test_who_may_not_add_pictures_may_not_upload(self):
        from django.contrib.auth.models import User

        guest = User.objects.create_user("guest", is_staff=True)

        assert signed_in(guest).get(UPLOAD).status_code == 403
        assert signed_in(guest).post(UPLOAD, {"files": [photo()], "licence": "own"}).status_code == 403

    def test_an_author_describes_own_uploads_only(self):
        author, other = person("Author"), stored()

        assert signed_in(author).get(f"/admin/news/image/describe/?id={other.pk}").status_code == 403
        assert (
            signed_in(person("Editor")).get(f"/admin/news/image/describe/?id={other.pk}").status_code == 200
        )

    @pytest.mark.parametrize("query", ["", "?id=x", "?id=99999999999999999999", "?id=-1", "?id=4711"])
    def test_strange_ids_lead_nowhere(self, query: str):
        assert signed_in(person("Editor")).get(f"/admin/news/image/describe/{query}").status_code == 403


class TestOnePicture:
    def test_a_refused_file_leaves_the_form_as_it_was_typed(self):
        client = signed_in(person("Editor"))
        start = client.get(f"{LIST}add/")
        typed = filled(start, title="Kordon", alt_tr="Kıyı", focal_point_0="10", focal_point_1="90")
        response = client.post(f"{LIST}add/", typed | {"file": photo("a.webp", drawn.moving("WEBP"))})

        assert "Hareketli görsel kabul edilmiyor." in text_of(response)
        assert all_of(response, "//input[@name='alt_tr']/@value") == ["Kıyı"]
        assert all_of(response, "//input[@name='focal_point_0']/@value") == ["10"]

    def test_uploading_and_moving_the_focal_point(self):
        client = signed_in(person("Editor"))
        typed = filled(client.get(f"{LIST}add/"), title="Kordon", focal_point_0="10", focal_point_1="90")
        client.post(f"{LIST}add/", typed | {"file": photo()})

        image = Image.objects.get()
        assert (image.focal_point, image.credit) == ("10x90", "Ayşe Işık / Kent Ajansı")
        assert image.uploaded_by.username == "editor"
        client.post(change(image), filled(client.get(change(image)), focal_point_1="45"))
        image.refresh_from_db()
        assert image.focal_point == "10x45"

    @pytest.mark.parametrize("value", ["-1", "101", "x", ""])
    def test_a_focal_point_outside_is_refused_beside_its_field(self, value: str):
        client, image = signed_in(person("Editor")), stored()
        response = client.post(change(image), filled(client.get(change(image)), focal_point_0=value))

        assert response.status_code == 200
        assert all_of(
            response, "//div[contains(@class, 'field-focal_point')]//ul[contains(@class, 'errorlist')]"
        )

    def test_both_numbers_have_names(self):
        response = signed_in(person("Editor")).get(change(stored()))

        assert all_of(response, "//input[@type='number']/@aria-label") == [
            "Odak noktası: soldan yüzde",
            "Odak noktası: üstten yüzde",
        ]

    def test_it_says_where_it_is_used_and_links_there(self):
        image = stored()
        article = make.article("Yeni hat", lead_image=image)
        make.event(title="Konser", image=image)
        response = signed_in(person("Editor")).get(change(image))

        assert all_of(response, "//ul[@class='uses']/li") == ["Haber: Yeni hat", "Etkinlik: Konser"]
        assert reverse("admin:news_article_change", args=[article.pk]) in all_of(response, "//ul/li/a/@href")

    def test_a_picture_in_use_cannot_be_deleted_and_the_page_says_why(self):
        image = stored()
        make.article("Yeni hat", body=f'<p><img src="{image.body_url}" alt="a"></p>')
        client = signed_in(person("Administrator"))
        address = reverse("admin:news_image_delete", args=[image.pk])

        assert "Haber: Yeni hat" in text_of(client.get(address))
        client.post(address, {"post": "yes"})
        assert Image.objects.exists()


class TestTheLibrary:
    def test_it_shows_small_pictures_and_filters_by_use_and_by_what_is_missing(self):
        used = stored(title="Kullanılan", alt_tr="a", alt_en="b", credit="c")
        stored(title="Boşta")
        make.article(lead_image=used)
        client = signed_in(person("Editor"))

        listed = client.get(LIST)
        assert used.rendition("thumb").url in all_of(listed, "//td//img/@src")
        for query, names in [
            ("use=shown", ["Kullanılan"]),
            ("use=nowhere", ["Boşta"]),
            ("missing=alt", ["Boşta"]),
            ("missing=credit", []),
            ("q=KULLANILAN", ["Kullanılan"]),
        ]:
            assert all_of(client.get(f"{LIST}?{query}"), "//th[contains(@class, 'field-title')]") == names

    def test_a_long_library_costs_as_many_queries_as_a_short_one(self, django_assert_max_num_queries):
        client = signed_in(person("Editor"))
        first = stored()
        client.get(LIST)
        with django_assert_max_num_queries(12) as short:
            client.get(LIST)
        Image.objects.bulk_create([Image(title=f"{n}", file=first.name) for n in range(30)])
        with django_assert_max_num_queries(len(short)):
            client.get(LIST)


class TestThePicker:
    def test_it_hands_over_an_address_that_stays(self):
        image = stored(alt_tr="Kıyı", alt_en="Shore")
        response = signed_in(person("Author")).get("/admin/news/image/pick/?CKEditorFuncNum=3&q=kordon")

        button = page(response).xpath("//ul[@class='pick-list']//button")[0]
        assert button.get("data-url") == image.body_url
        assert (button.get("data-alt-tr"), button.get("data-alt-en")) == ("Kıyı", "Shore")
        assert all_of(response, "//ul[@class='pick-list']/@data-callback") == ["3"]

    def test_older_pictures_are_a_page_away(self):
        first = stored()
        Image.objects.bulk_create([Image(title=f"{n}", file=first.name) for n in range(30)])
        client = signed_in(person("Author"))
        response = client.get("/admin/news/image/pick/?CKEditorFuncNum=3")

        assert len(all_of(response, "//ul[@class='pick-list']/li")) == 24
        older = all_of(response, "//a[@rel='next']/@href")[0]
        assert "CKEditorFuncNum=3" in older
        assert len(all_of(client.get(f"/admin/news/image/pick/{older}"), "//ul[@class='pick-list']/li")) == 7

    def test_pictures_can_be_uploaded_on_the_way_and_then_picked(self):
        client = signed_in(person("Author"))
        sent = {"files": [photo()], "credit": "", "licence": "own"}
        described = client.post(f"{UPLOAD}?CKEditorFuncNum=3", sent, follow=True)
        address = described.request["PATH_INFO"] + "?" + described.request["QUERY_STRING"]
        response = client.post(address, filled(described))

        assert response["Location"] == "/admin/news/image/pick/?CKEditorFuncNum=3"

    def test_a_callback_that_is_no_number_is_dropped(self):
        client = signed_in(person("Author"))
        sent = {"files": [photo()], "credit": "", "licence": "own"}
        response = client.post(f"{UPLOAD}?CKEditorFuncNum=alert(1)", sent)

        assert "alert" not in response["Location"]


def test_the_small_cut_of_a_picture_is_for_the_newsroom():
    image = make.image()
    address = f"/admin/news/image/{image.pk}/thumb/"
    assert signed_in(person("Author")).get(address).url == image.rendition("thumb").url
    assert "/account/login/" in Client().get(address, follow=True).redirect_chain[-1][0]
    assert signed_in(person("Editor")).get("/admin/news/image/999/thumb/").status_code == 404
