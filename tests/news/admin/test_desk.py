"""What somebody finds on the desk when they come in."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User

from news.models import Article, Image, State, TimelineEntry
from news.publishing import actions, undo
from tests.news import make
from tests.news.newsroom import all_of, four_eyes, person, signed_in

pytestmark = pytest.mark.django_db
#: A Monday, 11.00 in Istanbul.
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def section(user: User, name: str) -> str | None:
    found = all_of(signed_in(user).get("/admin/"), f"//section[@aria-labelledby='desk-{name}']")
    return found[0] if found else None


def in_review(author: User, title: str, by: User | None = None) -> Article:
    article = make.article(title, state=State.DRAFT, author=author)
    return actions.submit(article, by or author)


def changed(title: str, at: datetime, by: User) -> Article:
    live = make.article("Bugünkü hâli", published_at=MONDAY - 90 * DAY)
    values: dict[str, Any] = {"language": "tr", "translation_key": live.translation_key}
    return make.article(
        title, original=live, state=State.IN_REVIEW, merge_approved=True, merge_at=at, author=by, **values
    )


def test_a_publisher_finds_what_waits_and_an_author_does_not():
    author = person("Author", first_name="Ayşe", last_name="Işık")
    in_review(author, "Feribot seferleri")
    said = section(person("Publisher"), "waiting")
    assert said
    assert "Feribot seferleri" in said
    assert "Ayşe Işık" in said
    assert "23 Kasım 2026 Pazartesi, 11.00" in said
    assert section(author, "waiting") is None
    assert "Feribot seferleri" in (section(author, "mine") or "")


def test_where_two_people_are_asked_for_nobody_finds_their_own():
    four_eyes()
    one, other = person("Publisher", "one"), person("Publisher", "other")
    in_review(one, "Feribot seferleri")
    assert "Sizi bekleyen bir şey yok." in (section(one, "waiting") or "")
    assert "Feribot seferleri" in (section(other, "waiting") or "")


def test_what_is_scheduled_stands_in_order_and_says_the_weekday():
    make.article("Yarınki haber", published_at=MONDAY + DAY)
    make.article("Akşam haberi", published_at=MONDAY + timedelta(hours=8))
    make.event("Fener alayı", published_at=MONDAY + timedelta(hours=20))
    said = section(person("Author"), "scheduled") or ""
    assert said.index("Akşam haberi") < said.index("Fener alayı") < said.index("Yarınki haber")
    assert "bugün · 23 Kasım 2026 Pazartesi, 19.00" in said
    assert "24 Kasım 2026 Salı, 11.00" in said


def test_a_change_whose_time_has_passed_is_late_and_one_ahead_is_not():
    user = person("Publisher")
    changed("Geciken", MONDAY - timedelta(minutes=5), user)
    changed("Yoldaki", MONDAY + timedelta(minutes=5), user)
    late, planned = section(user, "late") or "", section(user, "planned") or ""
    assert "Geciken" in late
    assert "Yoldaki" not in late
    assert "Yoldaki" in planned
    assert "Geciken" not in planned
    assert "Geciken" not in (section(user, "mine") or "")
    assert "Geciken" not in (section(user, "waiting") or "")


def test_my_drafts_are_mine_alone_and_the_newest_comes_first():
    me, other = person("Author", "me"), person("Author", "other")
    for number in range(3):
        with time_machine.travel(MONDAY - number * DAY, tick=False):
            make.article(f"Taslak {number}", state=State.DRAFT, author=me)
    make.article("Başkasının", state=State.DRAFT, author=other)
    said = section(me, "mine") or ""
    assert said.index("Taslak 0") < said.index("Taslak 1") < said.index("Taslak 2")
    assert "Başkasının" not in said


def test_today_begins_at_midnight_in_istanbul():
    make.article("Gece yarısından sonra", published_at=datetime(2026, 11, 22, 21, 30, tzinfo=UTC))
    make.article("Gece yarısından önce", published_at=datetime(2026, 11, 22, 20, 30, tzinfo=UTC))
    said = section(person("Author"), "today") or ""
    assert "Gece yarısından sonra" in said
    assert "Gece yarısından önce" not in said


def test_what_expires_within_a_week_is_said():
    for days in (6, 8):
        make.article(f"İlan {days}", expires_at=MONDAY + days * DAY)
    make.article("Biten ilan", published_at=MONDAY - 9 * DAY, expires_at=MONDAY - DAY)
    said = section(person("Author"), "expiring") or ""
    assert "İlan 6" in said
    assert "29 Kasım 2026 Pazar, 11.00" in said
    assert "İlan 8" not in said
    assert "Biten" not in said


def test_a_story_is_missed_in_the_other_language_until_it_is_public_there():
    turkish = make.article("Yeni park")
    twin = {"language": "en", "translation_key": turkish.translation_key}
    english = make.article("New park", state=State.DRAFT, **twin)
    user = person("Author")
    assert "İngilizcesi yok" in (section(user, "untranslated") or "")
    actions.publish(english, person("Publisher"))
    assert section(user, "untranslated") is None


def test_pictures_say_what_they_lack():
    make.image(title="Sessiz", alt_tr="", credit="")
    make.image(title="Tamam", alt_tr="Liman", alt_en="Harbour")
    said = section(person("Editor"), "pictures") or ""
    assert "Sessiz" in said
    assert "künyesi yok" in said
    assert "Tamam" not in said
    # An author is asked for their own only.
    assert section(person("Author"), "pictures") is None


def test_officials_without_an_office_are_said_and_guests_are_not():
    post, now = make.office(), date(2026, 11, 23)
    make.appointment(make.official("Görevde Olan"), post)
    make.appointment(make.official("Ayrılan Kişi"), make.office("Vali"), ends_on=now - 3 * DAY)
    make.official("Hiç Atanmamış")
    make.official("Konuk Biri", listed=False)
    said = section(person("Editor"), "officials") or ""
    assert said.index("Hiç Atanmamış") < said.index("Ayrılan Kişi")
    assert "20 Kasım 2026 Cuma" in said
    assert "Görevde" not in said
    assert "Konuk" not in said
    assert section(person("Author"), "officials") is None


def test_urgent_publishing_stays_on_the_desk_until_it_was_looked_over():
    four_eyes()
    one, other = person("Publisher", "one"), person("Publisher", "other")
    article = make.article("Su kesintisi", state=State.DRAFT, author=one)
    article = actions.publish_urgently(article, one)
    assert "Su kesintisi" in (section(other, "second_look") or "")
    actions.confirm(article, other)
    assert section(other, "second_look") is None


def test_an_empty_desk_says_so_and_leaves_out_what_needs_nobody():
    user = person("Publisher")
    titles = all_of(signed_in(user).get("/admin/"), "//section/h2")
    assert titles == ["Beni bekleyenler", "Taslaklarım", "Zamanlananlar", "Bugün yayımlananlar"]
    assert "Taslağınız yok." in (section(user, "mine") or "")


def test_a_list_ends_after_eight_and_leads_to_all_of_them():
    author, publisher = person("Author"), person("Publisher")
    for number in range(10):
        in_review(author, f"Metin {number}")
    client = signed_in(publisher)
    response = client.get("/admin/")
    assert len(all_of(response, "//section[@aria-labelledby='desk-waiting']//li")) == 8
    (link,) = all_of(response, "//section[@aria-labelledby='desk-waiting']/p/a/@href")
    assert len(all_of(client.get(link), "//table[@id='result_list']/tbody/tr")) == 10


def test_what_stands_in_several_lists_is_seen_whole_in_each_of_them():
    user = person("Administrator")
    for number in range(2):
        make.event(f"Taslak etkinlik {number}", state=State.DRAFT, author=user)
        make.event(f"Zamanlı etkinlik {number}", published_at=MONDAY + DAY)
    rows = [make.article("Kopuk haber"), make.event("Kopuk şenlik"), make.official("Kopuk Kişi")]
    for row in rows:
        row.links_out.create(url=f"https://kopuk.example/{row._meta.model_name}", works=False)
    make.event("Başkasının taslağı", state=State.DRAFT, author=person("Editor"))
    client = signed_in(user)

    def seen(name: str) -> dict[str, list[str]]:
        xpath = f"//section[@aria-labelledby='desk-{name}']/p[@class='desk-all']/a"
        words, addresses = (all_of(client.get("/admin/"), xpath + part) for part in ("", "/@href"))
        rows = "//table[@id='result_list']/tbody//th/a"
        return {word: sorted(all_of(client.get(to), rows)) for word, to in zip(words, addresses, strict=True)}

    assert seen("dead_links") == {
        "Tümünü gör: haberler (Kopuk bağlantılar)": ["Kopuk haber"],
        "Tümünü gör: etkinlikler (Kopuk bağlantılar)": ["Kopuk şenlik"],
        "Tümünü gör: yöneticiler (Kopuk bağlantılar)": ["Kopuk Kişi"],
    }
    assert seen("mine") == {"Tümünü gör": ["Taslak etkinlik 0", "Taslak etkinlik 1"]}
    assert seen("scheduled") == {"Tümünü gör": ["Zamanlı etkinlik 0", "Zamanlı etkinlik 1"]}


@pytest.mark.filterwarnings("ignore:The default scheme")
def test_every_link_of_the_desk_opens():
    user = person("Administrator")
    fill(user, 1)
    client = signed_in(user)
    links = all_of(client.get("/admin/"), "//div[contains(@class, 'desk-sections')]//a/@href")
    assert len(links) >= 22
    for link in links:
        assert client.get(link).status_code == 200, link
        assert "e=1" not in client.get(link, follow=True).request.get("QUERY_STRING", "")


def fill(user: User, number: int) -> None:
    """As many rows in every section."""
    four_eyes("Editor")
    author = person("Author", "yazar")
    for count in range(number):
        in_review(author, f"Bekleyen {count}")
        changed(f"Geciken {count}", MONDAY - timedelta(minutes=5), user)
        changed(f"Planlı {count}", MONDAY + timedelta(minutes=5), user)
        make.article(f"Taslak {count}", state=State.DRAFT, author=user)
        make.article(f"Zamanlı {count}", published_at=MONDAY + DAY)
        make.event(f"Etkinlik {count}", published_at=MONDAY + DAY)
        make.article(f"Süreli {count}", expires_at=MONDAY + DAY)
        urgent = make.article(f"Acil {count}", needs_second_look=True)
        TimelineEntry.objects.create(article=urgent, move="publish_urgently", by=author, version=1)
        kinds = [make.official(f"Kişi {count}"), make.event(f"Şenlik {count}")]
        for row in kinds:
            row.links_out.create(url=f"https://kopuk.example/{row._meta.model_name}/{count}", works=False)
        make.article(f"Kopuk {count}").links_out.create(url=f"https://kopuk.example/{count}", works=False)
        undo.remember(user, "publish", f"Geri alınır {count}", [{"what": "move"}])
    first = make.image(alt_tr="")
    for count in range(number - 1):
        Image.objects.create(file=first.file.name, title=f"Resim {count}", made_for=first.made_for)


@pytest.mark.parametrize("number", [1, 20])
def test_the_desk_asks_as_much_for_twenty_rows_as_for_one(number, django_assert_num_queries):
    user = person("Administrator")
    fill(user, number)
    client = signed_in(user)
    client.get("/admin/")
    with django_assert_num_queries(12):
        client.get("/admin/")
