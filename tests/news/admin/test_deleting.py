"""What is in use is not deleted: no story, event or office gets a hole that nobody notices."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.db import models
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from news.models import Image, Mention, Place, State, Tag
from tests.news import make
from tests.news.newsroom import all_of, person, signed_in, text_of
from tests.news.pictures import drawn

pytestmark = pytest.mark.django_db


def picture() -> Image:
    return Image.from_upload(BytesIO(drawn.photo()), title="Vapur", alt_tr="Vapur", alt_en="Ferry")


def named_official() -> models.Model:
    official = make.official("Sergey Cheremin")
    Mention.objects.create(article=make.article("Konuk haberi"), official=official)
    return official


def participant() -> models.Model:
    official = make.official("Nermin Çağlar")
    make.event("Açılış töreni").participants.add(official)
    return official


def officeholder() -> models.Model:
    official = make.official("Nermin Çağlar")
    make.appointment(official, make.office("Belediye Başkanı"))
    return official


def office_held() -> models.Model:
    return make.appointment(make.official("Kâmil Yıldırım"), make.office("Başkan Vekili")).office


def body_with_offices() -> models.Model:
    return make.office("Genel Sekreter").body


def tag_of_a_story() -> models.Model:
    make.article("Ray haberi", tags=["Ulaşım"])
    return Tag.objects.get()


def tag_of_an_event() -> models.Model:
    make.event("Ray şenliği", tags=["Ulaşım"])
    return Tag.objects.get()


def event_of_a_story() -> models.Model:
    event = make.event("Forum", state=State.DRAFT, published_at=None, first_published_at=None)
    make.article("Forum haberi").events.add(event)
    return event


def festival_with_a_programme() -> models.Model:
    festival = make.event("Şenlik", state=State.DRAFT, published_at=None, first_published_at=None)
    make.event("Konser", part_of=festival)
    return festival


def lead_picture() -> models.Model:
    image = picture()
    make.article("Vapur haberi", lead_image=image, lead_alt="Vapur")
    return image


def picture_within_a_text() -> models.Model:
    image = picture()
    make.event("Vapur gezisi", description_tr=f'<p>A</p><p><img src="{image.body_url}" alt="a"></p>')
    return image


def district_with_a_venue() -> models.Model:
    district = Place.objects.create(name_tr="Konak", name_en="Konak")
    Place.objects.create(name_tr="Büyük Salon", name_en="Main Hall", within=district)
    return district


IN_USE = {
    named_official: "Haber: Konuk haberi",
    participant: "Etkinlik: Açılış töreni",
    officeholder: "Görevlendirme: Nermin Çağlar – Belediye Başkanı",
    office_held: "Yönetici: Kâmil Yıldırım",
    body_with_offices: "Görev: Genel Sekreter",
    tag_of_a_story: "Haber: Ray haberi",
    tag_of_an_event: "Etkinlik: Ray şenliği",
    event_of_a_story: "Haber: Forum haberi",
    festival_with_a_programme: "Etkinlik: Konser",
    lead_picture: "Haber: Vapur haberi",
    picture_within_a_text: "Etkinlik: Vapur gezisi",
    district_with_a_venue: "Yer: Büyük Salon",
}


@pytest.fixture
def administrator() -> User:
    return person("Administrator", is_superuser=True)


@pytest.mark.parametrize(
    ("make_used", "user"), IN_USE.items(), ids=lambda value: getattr(value, "__name__", "")
)
def test_what_is_in_use_stays_and_the_page_names_what_uses_it(
    administrator: User, make_used: Callable[[], models.Model], user: str
):
    used = make_used()
    client = signed_in(administrator)
    address = reverse(f"admin:news_{used._meta.model_name}_delete", args=[used.pk])

    assert user in all_of(client.get(address), "//div[@id='content']//li")
    client.post(address, {"post": "yes"})
    # Neither alone nor chosen in the list, nor past the admin.
    listed = reverse(f"admin:news_{used._meta.model_name}_changelist")
    client.post(listed, {"action": "delete_selected", "_selected_action": [used.pk], "post": "yes"})
    with pytest.raises(ProtectedError):
        used.delete()

    assert type(used)._default_manager.filter(pk=used.pk).exists()


def test_what_nothing_uses_can_be_deleted(administrator: User):
    guest = make.official("Yanlış yazılmış ad")
    make.event("Şenlik").participants.set([])
    client = signed_in(administrator)
    client.post(reverse("admin:news_official_delete", args=[guest.pk]), {"post": "yes"})
    assert not type(guest).objects.exists()


def test_a_topic_of_half_the_archive_is_refused_with_twenty_examples(
    administrator: User, client: Client, django_assert_max_num_queries
):
    for number in range(30):
        make.article(f"Haber {number}", tags=["Ulaşım"])
    tag = Tag.objects.get()
    client = signed_in(administrator)
    with django_assert_max_num_queries(20):
        response = client.get(reverse("admin:news_tag_delete", args=[tag.pk]))
    assert text_of(response).count("Haber: Haber") == 20
