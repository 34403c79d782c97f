import shutil
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import OperationalError, connection
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from news.models import (
    Article,
    ArticleFile,
    ArticleImage,
    Document,
    Event,
    GalleryImage,
    Image,
    SiteProfile,
    State,
)
from tests.news import make
from tests.news.newsroom import person, through_both_factors
from tests.news.pictures import drawn

pytestmark = pytest.mark.django_db
SOON = timezone.timedelta(hours=1)


def stored() -> Image:
    """A picture with its renditions, which the commit would have made."""
    image = Image.from_upload(BytesIO(drawn.photo()), title="Kordon")
    image.make_renditions()
    return image


@pytest.fixture
def image() -> Image:
    return stored()


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("editor", is_staff=True))
    return client


def addresses(image: Image) -> list[str]:
    return [image.url, image.body_url, *(f"/media/{name}" for name in image.file_names())]


def statuses(client: Client, image: Image) -> set[int]:
    return {client.get(address).status_code for address in addresses(image)}


def attach(article: Article, content: bytes = b"%PDF-1.7 metin", name: str = "Rapor Işık.pdf") -> ArticleFile:
    return ArticleFile.objects.create(article=article, title="Rapor", file=ContentFile(content, name))


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


class TestWhoGetsPictures:
    def test_nobody_gets_the_picture_of_a_draft_by_guessing(self, client: Client, image: Image):
        make.article(lead_image=image, state=State.DRAFT)

        assert statuses(client, image) == {404}

    @pytest.mark.parametrize(
        "hidden",
        [
            {"state": State.DRAFT},
            {"state": State.IN_REVIEW},
            {"state": State.WITHDRAWN},
            {"published_at": timezone.now() + SOON},
            {"published_at": timezone.now() - 2 * SOON, "expires_at": timezone.now() - SOON},
        ],
    )
    @pytest.mark.parametrize("way", ["lead", "gallery", "body"])
    def test_a_picture_is_hidden_and_shown_with_its_article(
        self, client: Client, image: Image, hidden: dict[str, Any], way: str
    ):
        text = f'<p><img src="{image.body_url}" alt="a"></p>' if way == "body" else "<p>Metin.</p>"
        values = {"lead_image": image} if way == "lead" else {}
        article = make.article(body=text, **values, **hidden)
        if way == "gallery":
            ArticleImage.objects.create(article=article, image=image, alt="Kordon")
        assert client.get(image.url).status_code == 404

        shown = {"state": State.PUBLISHED, "published_at": timezone.now() - SOON, "expires_at": None}
        Article.objects.filter(pk=article.pk).update(**shown)
        assert client.get(image.url).status_code == 200

    def test_a_withdrawn_picture_stays_where_another_story_shows_it(self, client: Client, image: Image):
        first, _second = make.article(lead_image=image), make.article("Öteki", lead_image=image)
        Article.objects.filter(pk=first.pk).update(state=State.WITHDRAWN, withdrawn_at=timezone.now())

        assert statuses(client, image) == {200}

    def test_pictures_of_events_officials_and_the_site_are_public_with_them(self, client: Client):
        event, portrait, logo, guest = (
            Image.from_upload(BytesIO(drawn.photo()), title="x") for _ in range(4)
        )
        make.event(image=event)
        make.official(portrait=portrait)
        make.official("Konuk Kişi", portrait=guest, listed=False)
        SiteProfile.objects.create(pk=1, name_tr="Kent", name_en="City", short_name_tr="Kent", logo=logo)

        assert [client.get(image.url).status_code for image in (event, portrait, logo, guest)] == [
            200,
            200,
            200,
            404,
        ]

    def test_an_editor_sees_what_is_not_public_yet_and_no_cache_keeps_it(self, staff: Client, image: Image):
        response = staff.get(image.url)

        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert "ETag" not in response

    @pytest.mark.parametrize("values", [{"is_staff": False}, {"is_staff": True, "is_active": False}])
    def test_others_who_sign_in_see_no_more_than_a_citizen(self, client: Client, image: Image, values: dict):
        client.force_login(User.objects.create_user("other", **values))

        assert client.get(image.url).status_code == 404

    def test_who_still_owes_a_second_factor_sees_no_more_than_a_citizen(
        self, client: Client, image: Image, settings
    ):
        settings.SECOND_FACTOR_REQUIRED = True
        article = make.article(state=State.DRAFT)
        document = attach(article).file.url
        user = person("Publisher")
        client.force_login(user)
        assert {client.get(address).status_code for address in (image.url, document)} == {404}

        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        assert {client.get(address).status_code for address in (image.url, document)} == {404}

        through_both_factors(client, user, secret)
        assert {client.get(address).status_code for address in (image.url, document)} == {200}

    def test_hidden_and_never_there_answer_alike(self, client: Client, image: Image):
        hidden, never = client.get(image.url), client.get(image.url.replace(image.key, "a" * 24))

        assert hidden.content.replace(image.key.encode(), b"a" * 24) == never.content
        assert dict(hidden.headers) == dict(never.headers)
        assert hidden["Cache-Control"] == "no-store"


class TestHowPicturesAreSent:
    def test_nothing_in_them_can_run_and_shared_caches_ask_again_within_a_minute(
        self, client: Client, image: Image
    ):
        make.article(lead_image=image)
        response = client.get(image.rendition("card", extension="avif").url)

        assert response["Content-Type"] == "image/avif"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cache-Control"] == "public, max-age=600, s-maxage=30, stale-while-revalidate=30"
        assert "Vary" not in response
        assert "Set-Cookie" not in response
        assert int(response["Content-Length"]) == len(body(response))

    def test_one_query_decides(self, client: Client, image: Image, django_assert_num_queries):
        make.article(lead_image=image)
        with django_assert_num_queries(1):
            client.get(image.url)

    def test_a_cache_that_has_it_gets_304(self, client: Client, image: Image):
        make.article(lead_image=image)
        etag = client.get(image.url)["ETag"]
        again = client.get(image.url, headers={"if-none-match": etag})

        assert again.status_code == 304
        assert again["ETag"] == etag
        assert client.get(image.body_url, headers={"if-none-match": etag}).status_code == 200

    def test_a_withdrawn_picture_is_404_even_to_a_cache_that_has_it(self, client: Client, image: Image):
        article = make.article(lead_image=image)
        etag = client.get(image.url)["ETag"]
        Article.objects.filter(pk=article.pk).update(state=State.DRAFT)

        assert client.get(image.url, headers={"if-none-match": etag}).status_code == 404

    def test_head_tells_the_size_and_sends_nothing(self, client: Client, image: Image):
        make.article(lead_image=image)
        response = client.head(image.url)

        assert response.status_code == 200
        assert int(response["Content-Length"]) > 0

    def test_other_methods_are_refused(self, client: Client, image: Image):
        assert client.post(image.url).status_code == 405

    @pytest.mark.parametrize(
        "path",
        [
            "images/../../portal.sqlite3",
            "images/%2e%2e/%2e%2e/secret_key",
            "..%5c..%5csecret_key",
            "/etc/passwd",
            "images/" + "a" * 5000,
            "images/%00",
            "images/%ff%fe",
            "files/" + "0" * 32 + "/../../x.pdf",
            "images/",
        ],
    )
    def test_strange_paths_lead_nowhere(self, client: Client, staff: Client, path: str):
        assert client.get(f"/media/{path}").status_code in (400, 404)
        assert staff.get(f"/media/{path}").status_code in (400, 404)


class TestPicturesThatChange:
    def test_until_the_renditions_are_made_the_small_picture_stands_in(self, client: Client, image: Image):
        make.article(lead_image=image)
        Image.objects.filter(pk=image.pk).update(made_for="")
        response = client.get(image.rendition("lead").url)

        assert response.status_code == 200
        assert response["Content-Type"] == "image/webp"
        assert response["Cache-Control"] == "no-store"

    def test_a_page_that_somebody_has_open_keeps_its_pictures_when_the_focal_point_moves(
        self, client: Client, image: Image
    ):
        make.article(lead_image=image)
        before = image.rendition("card").url
        image.focal_point = "9x9"
        image.save()
        image.make_renditions()
        response = client.get(before)

        assert (response.status_code, response["Cache-Control"]) == (200, "no-store")

    def test_a_replaced_file_is_gone_and_texts_show_the_new_one(self, client: Client, image: Image):
        make.article(body=f'<p><img src="{image.body_url}" alt="a"></p>')
        before = [address for address in addresses(image) if address != image.body_url]
        old_body = body(client.get(image.body_url))
        image.file = ContentFile(drawn.encoded(drawn.scene(500, 300)), "b.jpg")
        image.save()
        image.make_renditions()

        assert {client.get(address).status_code for address in before} == {404}
        assert body(client.get(image.body_url)) != old_body

    def test_a_file_that_the_disk_lost_is_not_found_and_no_error(self, client: Client, image: Image):
        make.article(lead_image=image)
        shutil.rmtree(Path(settings.MEDIA_ROOT, "images", image.key))

        assert client.get(image.url).status_code == 404


class TestFiles:
    def test_a_document_goes_with_its_article(self, client: Client, staff: Client):
        article = make.article(state=State.DRAFT)
        address = attach(article).file.url
        assert client.get(address).status_code == 404
        assert staff.get(address)["Cache-Control"] == "private, no-store"

        Article.objects.filter(pk=article.pk).update(
            state=State.PUBLISHED, published_at=timezone.now() - SOON
        )
        assert client.get(address).status_code == 200

    def test_it_is_saved_and_never_opened_within_the_site(self, client: Client, django_assert_num_queries):
        address = attach(make.article()).file.url
        with django_assert_num_queries(1):
            response = client.get(address)

        assert body(response) == b"%PDF-1.7 metin"
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == 'attachment; filename="rapor-isik.pdf"'
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["X-Content-Type-Options"] == "nosniff"

    def test_the_same_file_at_a_working_copy_hides_nothing(self, client: Client):
        article = make.article()
        attached = attach(article)
        copy = make.article(state=State.DRAFT, original=article)
        ArticleFile.objects.bulk_create(
            [ArticleFile(article=copy, file=attached.file.name, title="Rapor", size=1)]
        )

        assert client.get(attached.file.url).status_code == 200

    @pytest.mark.parametrize(
        ("wanted", "status", "part", "where"),
        [
            ("bytes=0-3", 206, b"ID30", "bytes 0-3/13"),
            ("bytes=10-", 206, b"789", "bytes 10-12/13"),
            ("bytes=-2", 206, b"89", "bytes 11-12/13"),
            ("bytes=5-999", 206, b"23456789", "bytes 5-12/13"),
            ("bytes=13-", 416, b"", "bytes */13"),
            ("bytes=-", 200, b"ID30123456789", None),
            ("bytes=0-1,4-5", 200, b"ID30123456789", None),
            ("lines=1-2", 200, b"ID30123456789", None),
        ],
    )
    def test_a_player_may_ask_for_a_part(
        self, client: Client, wanted: str, status: int, part: bytes, where: str | None
    ):
        address = attach(make.article(), b"ID30123456789", "kayit.mp3").file.url
        response = client.get(address, headers={"range": wanted})

        assert (response.status_code, body(response)) == (status, part)
        assert response.headers.get("Content-Range") == where
        assert response["Accept-Ranges"] == "bytes"

    def test_a_part_of_something_else_is_the_whole(self, client: Client):
        address = attach(make.article(), b"ID30123456789", "kayit.mp3").file.url
        response = client.get(address, headers={"range": "bytes=0-1", "if-range": '"other"'})

        assert response.status_code == 200


def test_a_scheduled_picture_comes_with_its_time(client: Client, image: Image, time_machine):
    now = timezone.now()
    make.article(lead_image=image, published_at=now + timedelta(minutes=5))
    assert client.get(image.url).status_code == 404

    time_machine.move_to(now + timedelta(minutes=6))
    assert client.get(image.url).status_code == 200


def away(*asked: object) -> None:
    raise OperationalError("the database is away")


def test_while_the_database_is_away_the_last_known_pictures_are_shown(client: Client, image: Image):
    other = stored()
    make.article(lead_image=image)
    client.get(image.url)

    with connection.execute_wrapper(away):
        assert client.get(image.rendition("card").url).status_code == 200
        assert client.get(other.url).status_code == 503


def test_a_picture_that_was_withdrawn_is_no_longer_known(client: Client, image: Image):
    article = make.article(lead_image=image)
    client.get(image.url)
    Article.objects.filter(pk=article.pk).update(state=State.DRAFT)
    client.get(image.url)

    with connection.execute_wrapper(away):
        assert client.get(image.url).status_code == 503


def test_pictures_and_files_beside_an_event_are_public_with_it(client: Client, image: Image):
    happening = make.event()
    GalleryImage.objects.create(event=happening, image=image, alt_tr="Sahne")
    paper = Document.objects.create(
        event=happening, file=ContentFile(b"x", "program.txt"), title_tr="Program"
    )
    for state, status in ((State.PUBLISHED, 200), (State.DRAFT, 404)):
        Event.objects.filter(pk=happening.pk).update(state=state)
        assert client.get(image.url).status_code == status
        assert client.get(paper.file.url).status_code == status
    with pytest.raises(ProtectedError):
        image.delete()
