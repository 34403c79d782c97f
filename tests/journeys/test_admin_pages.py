"""Every page of the admin, at two widths: no finding of axe, nothing that the policy refuses."""

from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from news.models import (
    Alert,
    Appointment,
    Body,
    Event,
    Mention,
    MenuItem,
    Office,
    Official,
    Place,
    SiteProfile,
    SocialAccount,
    State,
    Tag,
)
from news.publishing.event import rebuild_occurrences
from tests.news import make
from tests.news.newsroom import enter, person

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (390, 1440)
# What axe loads beforehand it writes into the page as a style, which our policy refuses.
AXE = {"preload": False}


@pytest.fixture
def addresses(context, live_server) -> list[str]:
    """Every page, with one of everything on it, for somebody who may do everything."""
    user = person("Administrator")
    picture = make.image()
    place = Place.objects.create(name_tr="Konak", name_en="Konak")
    body = Body.objects.create(name_tr="Başkanlık", name_en="Mayor's office")
    office = Office.objects.create(title_tr="Başkan", title_en="Mayor", body=body)
    official = Official.objects.create(name="Ayşe Işık", family_name="Işık", portrait=picture)
    Appointment.objects.create(official=official, office=office, starts_on=date(2024, 4, 5))
    weekly = {"starts_at": timezone.now(), "recurrence": "FREQ=WEEKLY;COUNT=3"}
    event = Event.objects.create(title_tr="Konser", title_en="Concert", place=place, **weekly)
    rebuild_occurrences(event)
    article = make.article(state=State.DRAFT, author=user, lead_image=picture, lead_alt="Tramvay")
    article.tags.add("Ulaşım")
    article.events.add(event)
    Mention.objects.create(article=article, official=official)
    article.gallery.create(image=picture, alt="Tramvay")
    public = make.article("Yayında", author=user)
    rows = [
        article,
        public,
        official,
        office,
        body,
        event,
        place,
        picture,
        MenuItem.objects.create(label_tr="Haberler", url_tr="/tr/haberler/"),
        SocialAccount.objects.create(network="x", url="https://x.com/sehir"),
        Alert.objects.create(text_tr="Fırtına", ends_at=timezone.now() + timedelta(hours=1)),
        Tag.objects.create(name_tr="Çevre", name_en="Environment", is_topic=True),
        user,
        user.groups.get(),
    ]
    SiteProfile(pk=1, name_tr="Şehir", name_en="City", short_name_tr="Şehir", short_name_en="City").save()
    enter(context, live_server, user)
    nouns = {f"/admin/{row._meta.app_label}/{row._meta.model_name}/" for row in rows}
    return [
        "/admin/",
        "/admin/news/",
        "/admin/plan/",
        *sorted(nouns),
        *[f"{noun}add/" for noun in sorted(nouns)],
        *[f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/" for row in rows],
        "/admin/news/siteprofile/1/change/",
        "/admin/news/article/?q=tramvay&state=draft&since=2026-02-31",
        f"/admin/news/article/{public.pk}/move/withdraw/",
        f"/admin/news/article/{article.pk}/history/",
        f"/admin/news/article/{article.pk}/delete/",
        f"/admin/news/article/{article.pk}/beside/",
        f"/admin/news/article/{public.pk}/beside/",
        "/admin/shortcuts/",
        "/admin/news/image/pick/?CKEditorFuncNum=1",
        "/admin/password_change/",
    ]


def test_no_page_of_the_admin_has_a_finding(page, live_server, addresses):
    found: dict[tuple[str, str], str] = {}
    for address in addresses:
        response = page.goto(live_server.url + address)
        if response.status != 200:
            found[(str(response.status), "")] = address
        page.wait_for_load_state("networkidle")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for violation in Axe().run(page, options=AXE).response["violations"]:
                for node in violation["nodes"]:
                    found.setdefault((violation["id"], node["html"][:160]), f"{width} {address}")
    assert not found, "\n".join(f"{rule} {where}: {html}" for (rule, html), where in sorted(found.items()))
