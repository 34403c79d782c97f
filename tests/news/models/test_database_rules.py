"""What must hold, holds in the database: no import, shell or forgotten form gets around it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from news.models import Alert, Attendance, MenuItem, Occurrence, Place, SiteProfile, SocialAccount, Status
from tests.news.make import appointment, article, event, image, office, official, topic

pytestmark = pytest.mark.django_db

LATER = timezone.now() + timedelta(days=400)


def alert(**values: object) -> Alert:
    return Alert.objects.create(**{"text_tr": "Fırtına", **values})


def menu_item(**values: object) -> MenuItem:
    return MenuItem.objects.create(**{"label_tr": "Haberler", "url_tr": "/tr/haberler/", **values})


def term() -> models.Model:
    return appointment(official(), office())


def account_of_an_official() -> models.Model:
    return official().accounts.create(network="x", url="https://x.com/k")


def site_account() -> SocialAccount:
    return SocialAccount.objects.create(network="x", url="https://x.com/k")


def profile() -> SiteProfile:
    return SiteProfile.objects.create(pk=1, name_tr="K", name_en="K", short_name_tr="K", short_name_en="K")


def occurrence() -> Occurrence:
    return event().occurrences.get()


def place() -> Place:
    return Place.objects.create(name_tr="Konak", name_en="Konak")


@pytest.mark.parametrize(
    ("make", "values"),
    [
        (article, {"title": ""}),
        (article, {"kind": "rumour"}),
        (article, {"language": "de"}),
        (article, {"state": "secret"}),
        (article, {"published_at": None}),
        (article, {"expires_at": timezone.now() - timedelta(days=9)}),
        (article, {"state": "withdrawn", "withdrawn_at": None}),
        (article, {"lead_decorative": True, "lead_alt": "Tramvay"}),
        (event, {"title_tr": "", "title_en": ""}),
        (event, {"timing": "sometime"}),
        (event, {"status": "perhaps"}),
        (event, {"attendance": "nowhere"}),
        (event, {"kind": "secret"}),
        (event, {"state": "secret"}),
        (event, {"starts_at": None}),
        (event, {"starts_on": date(2026, 12, 1)}),
        (event, {"ends_at": timezone.now() - timedelta(days=9)}),
        (event, {"external": True}),
        (event, {"status": Status.RESCHEDULED}),
        (event, {"status": Status.MOVED_ONLINE}),
        (event, {"image_decorative": True, "image_alt_en": "A tram"}),
        (occurrence, {"last_day": date(2020, 1, 1)}),
        (term, {"ends_on": date(2020, 1, 1)}),
        (account_of_an_official, {"network": "minitel"}),
        (topic, {"name_tr": "", "name_en": ""}),
        (image, {"licence": "stolen"}),
        (place, {"latitude": 91}),
        (place, {"longitude": -181}),
        (menu_item, {"menu": "secret"}),
        (menu_item, {"label_tr": ""}),
        (site_account, {"network": "minitel"}),
        (profile, {"id": 2}),
        (alert, {"severity": "panic"}),
        (alert, {"text_tr": ""}),
        (alert, {"ends_at": timezone.now() - timedelta(days=9)}),
    ],
)
def test_what_must_not_be_is_refused(make, values):
    row = make()

    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._base_manager.filter(pk=row.pk).update(**values)


def test_a_venue_and_only_a_link_do_not_go_together():
    row = event(place=place())

    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(attendance=Attendance.ONLINE)


def test_what_is_unlike_all_else_stands_once():
    first = article(legacy_id=7)
    second = article("Başka")
    for values in ({"guid": first.guid}, {"legacy_id": 7}, {"translation_key": first.translation_key}):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(second).objects.filter(pk=second.pk).update(**values)
    one, other = topic("Ulaşım"), topic("Çevre")
    for values in ({"fold_tr": one.fold_tr}, {"fold_en": one.fold_en}):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(other).objects.filter(pk=other.pk).update(**values)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "haberler", "https://", "#"],
)
def test_an_address_that_leads_nowhere_is_stored_as_none(address: str):
    assert menu_item(url_tr=address).url_tr == alert(url_tr=address).url_tr == ""
