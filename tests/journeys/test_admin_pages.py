"""Every page of the admin, at two widths: no finding of axe, nothing that the policy refuses."""

from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from news.models import (
    Alert,
    Appointment,
    Article,
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
        f"/admin/news/event/{make.event('Fuar', title_en='Fair').pk}/move/withdraw/",
        f"/admin/news/article/{article.pk}/history/",
        f"/admin/news/article/{article.pk}/delete/",
        f"/admin/news/article/{article.pk}/beside/",
        f"/admin/news/article/{public.pk}/beside/",
        "/admin/shortcuts/",
        "/admin/news/image/pick/?CKEditorFuncNum=1",
        "/admin/password_change/",
        "/admin/news/accountevent/",
        f"/admin/auth/user/{user.pk}/password/",
        "/admin/news/image/upload/",
        f"/admin/news/image/describe/?id={picture.pk}",
        *[f"/admin/news/{noun}/bin/" for noun in ("article", "event", "official")],
        f"/admin/news/official/{official.pk}/history/",
        f"/admin/news/event/{event.pk}/delete/",
        f"/admin/news/article/{article.pk}/preview/",
        f"/admin/news/article/{article.pk}/links/",
        f"/admin/news/image/{picture.pk}/delete/",
    ]


class Finder:
    """What axe finds on a page at two widths, gathered so that one run tells of all."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: dict[tuple[str, str], str] = {}

    def look(self, where: str) -> None:
        self.page.wait_for_load_state("networkidle")
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            for violation in Axe().run(self.page, options=AXE).response["violations"]:
                for node in violation["nodes"]:
                    self.found.setdefault((violation["id"], node["html"][:160]), f"{width} {where}")
            if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self.found.setdefault(("scrolls sideways", ""), f"{width} {where}")

    def assert_nothing(self) -> None:
        lines = [f"{rule} {where}: {html}" for (rule, html), where in sorted(self.found.items())]
        assert not lines, "\n".join(lines)


def test_no_page_of_the_admin_has_a_finding(page, live_server, addresses):
    finder = Finder(page)
    for address in addresses:
        response = page.goto(live_server.url + address)
        if response.status != 200:
            finder.found[(str(response.status), "")] = address
        finder.look(address)
    finder.assert_nothing()


def send(page: Page, button: str = "[name=_save]") -> None:
    """Past the browser's own checks, as an old browser or a script would."""
    page.evaluate("for (const form of document.forms) form.noValidate = true")
    page.locator(button).first.click()
    page.wait_for_load_state()


def test_no_answer_to_a_form_has_a_finding(page, live_server, context, faults):
    """Errors, refusals, conflicts, confirmations, the bin and what is given back."""
    user = person("Administrator")
    enter(context, live_server, user)
    finder = Finder(page)
    admin = f"{live_server.url}/admin"
    for noun in ("article", "event", "official", "image", "tag", "alert"):
        page.goto(f"{admin}/news/{noun}/add/")
        send(page)
        expect(page.locator(".errornote, .errorlist").first).to_be_visible()
        finder.look(f"{noun}, empty form refused")

    page.goto(f"{admin}/news/article/add/")
    page.locator("[name=title]").fill("Yeni park")
    send(page, "[name=_move][value=publish]")
    expect(page.locator(".errornote, .errorlist").first).to_be_visible()
    finder.look("publication refused")
    page.locator("[name=title]").fill("Yeni park açıldı")
    send(page, "[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    story = Article.objects.get()
    finder.look("saved")

    Article.objects.filter(pk=story.pk).update(title="Başkasının başlığı", version=7)
    page.locator("[name=title]").fill("Benim başlığım")
    send(page, "[name=_continue]")
    expect(page.locator(".conflict")).to_be_visible()
    finder.look("conflict")
    send(page, "[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Ön izlemeyi göster").click()
    expect(page.locator("iframe[name=preview]")).to_be_visible()
    finder.look("preview beside the form")

    page.goto(f"{admin}/news/article/{story.pk}/history/")
    for number in range(2):
        page.locator("table a").nth(number).click()
        finder.look(f"version {number}")
        page.go_back()
    page.goto(f"{admin}/news/article/{story.pk}/links/")
    page.locator("form button[type=submit], form input[type=submit]").last.click()
    finder.look("a preview link was made")
    link = page.locator("input[readonly], .made a, code").first
    made = link.input_value() if link.evaluate("node => node.tagName") == "INPUT" else link.inner_text()
    page.goto(made)
    finder.look("what a guest sees")

    for action in ("publish", "withdraw", "retag"):
        page.goto(f"{admin}/news/article/")
        page.locator("input.action-select").first.check()
        page.locator("select[name=action]").select_option(action)
        page.locator("button[name=index]").first.click()
        finder.look(f"bulk {action}")
    page.goto(f"{admin}/news/article/{story.pk}/delete/")
    page.locator("#content form input[type=submit], #content form button[type=submit]").first.click()
    finder.look("deleted")
    page.goto(f"{admin}/news/article/bin/")
    finder.look("bin")

    page.goto(f"{admin}/news/tag/add/")
    page.locator("[name=name_tr]").fill("Çevre")
    page.evaluate("for (const it of document.querySelectorAll('[name=csrfmiddlewaretoken]')) it.value = 'x'")
    send(page)
    finder.look("an old token")
    for address in ("/news/article/4711/change/", "/news/article/4711/move/publish/", "/nothing/"):
        page.goto(admin + address)
        finder.look(address)
    faults.clear()
    finder.assert_nothing()


def test_in_english_the_pages_have_no_finding_either(page, live_server, addresses):
    finder = Finder(page)
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("button", name="English").click()
    for address in addresses:
        if address in ("/admin/", "/admin/plan/", "/admin/news/article/add/", "/admin/news/event/"):
            page.goto(live_server.url + address)
            expect(page.locator("html")).to_have_attribute("lang", "en")
            finder.look(address)
    finder.assert_nothing()
