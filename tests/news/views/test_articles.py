"""The list of news, its filters and the archive."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.http import Http404, QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Kind, Mention, Place, PublishedCount, State, Tag
from news.page_cache import FRAGMENTS, Fragments
from news.views.article_filter import ArticleFilter
from tests.news.make import appointment, article, articles, office, official, topic
from tests.news.pages import Read

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def walk(client: Client, address: str, label: str = "Daha eski") -> list[list[str]]:
    """The titles of each page, following the link with this label to the end."""
    page, base = Read(client, address), address.partition("?")[0]
    pages = [page.titles]
    while page.has_link(label):
        page = Read(client, base + page.link(label))
        pages.append(page.titles)
    return pages


def test_the_newest_stands_first_and_only_what_is_public_in_the_language(client: Client):
    articles(2)
    article("Taslak", state=State.DRAFT)
    article("Yarın", published_at=timezone.now() + HOUR)
    article("Bitti", published_at=timezone.now() - 2 * HOUR, expires_at=timezone.now() - HOUR)
    article("In English", language="en")
    assert Read(client, "/tr/haberler/").titles == ["Haber 1", "Haber 2"]
    assert Read(client, "/en/news/").titles == ["In English"]


def test_every_story_is_met_once_on_the_way_to_the_oldest_and_back(client: Client):
    noon = timezone.now() - HOUR
    # Equal times are where paging skips and repeats.
    rows = [article(f"Haber {number}", published_at=noon - (number // 5) * HOUR) for number in range(30)]
    expected = [row.title for row in sorted(rows, key=lambda row: (row.published_at, row.pk), reverse=True)]

    pages = walk(client, "/tr/haberler/")
    assert [title for page in pages for title in page] == expected
    assert [len(page) for page in pages] == [12, 12, 6]

    second = Read(client, "/tr/haberler/" + Read(client, "/tr/haberler/").link("Daha eski"))
    third = Read(client, "/tr/haberler/" + second.link("Daha eski"))
    assert Read(client, "/tr/haberler/" + third.link("Daha yeni")).titles == pages[1]
    assert Read(client, "/tr/haberler/" + second.link("Daha yeni")).titles == pages[0]
    assert not third.has_link("Daha eski")


def test_a_story_that_arrives_between_two_clicks_shifts_nothing(client: Client):
    articles(20)
    older = Read(client, "/tr/haberler/").link("Daha eski")
    before = Read(client, "/tr/haberler/" + older).titles
    article("Son dakika", published_at=timezone.now())
    assert Read(client, "/tr/haberler/" + older).titles == before


def test_kinds_are_links_and_the_chosen_one_is_marked(client: Client):
    article("Basın bülteni", kind=Kind.PRESS_RELEASE)
    article("Haber")
    page = Read(client, "/tr/haberler/", kind="press_release")
    assert page.titles == ["Basın bülteni"]
    assert page.one("//nav[@aria-label='Haber türü']/a[@aria-current]") == "Basın bültenleri"
    assert page.meta("robots") == ["noindex"]


def test_topic_person_place_and_time_narrow_the_list(client: Client):
    transport = topic("Ulaşım")
    konak = Place.objects.create(name_tr="Konak", name_en="Konak")
    hall = Place.objects.create(name_tr="Kültür Merkezi", name_en="Culture Centre", within=konak)
    mayor = official()
    appointment(mayor, office())
    one = article("Tramvay", tags=["Ulaşım"], published_at=datetime(2024, 5, 5, tzinfo=UTC))
    Mention.objects.create(article=one, official=mayor)
    one.relist()
    article("Konser", place=hall)
    article("Başka")

    narrowed = {
        f"topic={transport.pk}": ["Tramvay"],
        f"person={mayor.pk}": ["Tramvay"],
        f"place={hall.pk}": ["Konser"],
        f"place={konak.pk}": ["Konser"],
        "year=2024": ["Tramvay"],
        "year=2024&month=5": ["Tramvay"],
        "year=2024&month=6": [],
        f"topic={transport.pk}&person={mayor.pk}": ["Tramvay"],
        f"topic={transport.pk}&kind=notice": [],
    }
    assert {query: Read(client, f"/tr/haberler/?{query}").titles for query in narrowed} == narrowed


def test_what_a_list_offers_to_choose_from_is_not_asked_for_again(client: Client, django_assert_num_queries):
    """By the other pages of its generation, which share what they show."""
    mayor, konak = official(), Place.objects.create(name_tr="Konak", name_en="Konak")
    appointment(mayor, office())
    story = article("Tramvay", tags=["Ulaşım"], place=konak)
    Tag.objects.update(is_topic=True)
    shared = Fragments()
    client.get("/tr/haberler/", **{FRAGMENTS: shared})
    for choice in (f"topic={story.tags.get().pk}", f"person={mayor.pk}", f"place={konak.pk}"):
        asked = QueryDict(choice)
        with django_assert_num_queries(0):
            found = ArticleFilter(asked, "tr", shared)
        assert found.heading == ArticleFilter(asked, "tr").heading != ""
    with pytest.raises(Http404):
        ArticleFilter(QueryDict("topic=999"), "tr", shared)


def test_each_filter_can_be_dropped_by_one_link(client: Client):
    transport = topic("Ulaşım")
    article("Tramvay", tags=["Ulaşım"])
    page = Read(client, "/tr/haberler/", topic=transport.pk, kind="story")
    assert "Kentin tüm haberleri" not in page.source
    assert page.link("“Ulaşım” süzgecini kaldır") == "/tr/haberler/?kind=story"
    assert page.link("“Haberler” süzgecini kaldır") == f"/tr/haberler/?topic={transport.pk}"


def test_a_third_filter_is_refused_by_the_form_with_what_was_chosen(client: Client):
    konak = Place.objects.create(name_tr="Konak", name_en="Konak")
    transport = topic("Ulaşım")
    article("Tramvay", tags=["Ulaşım"], place=konak)
    article("Tram", tags=["Ulaşım"], language="en")
    asked = {"q": "", "topic": transport.pk, "person": "", "place": konak.pk, "year": 2026, "month": 3}
    page = Read(client, "/tr/haberler/", 400, **asked)
    assert page.heading == "Haberler"
    assert "En çok iki süzgeç birlikte kullanılabilir. Birini kaldırın:" in page.one("//*[@role='alert']")
    assert page.titles == []
    assert not page.all("//*[@role='status']")
    assert page.all("//select/option[@selected]") == ["Ulaşım", "Konak", "2026", "Mart"]
    rest = f"/tr/haberler/?topic={transport.pk}&place={konak.pk}"
    assert page.link("“Mart 2026” süzgecini kaldır") == rest
    assert "Tramvay" in Read(client, rest).titles
    assert page.meta("robots") == ["noindex"]
    assert not page.all("//link[@rel='canonical']")
    assert page.response["Cache-Control"] == "no-cache"
    english = page.link("English")
    assert "At most two filters can be combined. Drop one:" in Read(client, english, 400).main


def test_what_is_refused_keeps_its_words_and_reads_no_news(client: Client):
    konak = Place.objects.create(name_tr="Konak", name_en="Konak")
    article("Tramvay", place=konak)
    address = f"/tr/haberler/?q=ray&kind=story&place={konak.pk}&year=2026"
    shared = Fragments()
    client.get("/tr/haberler/", **{FRAGMENTS: shared})
    with CaptureQueriesContext(connection) as questions:
        client.get(address, **{FRAGMENTS: shared})
    assert not [asked["sql"] for asked in questions if 'FROM "news_article"' in asked["sql"]]
    page = Read(client, address, 400)
    assert page.all("//form[contains(@class, 'filters')]//input/@value") == ["story", "ray"]
    dropped = page.link("“Konak” süzgecini kaldır")
    assert dropped == "/tr/haberler/?q=ray&kind=story&year=2026"
    assert client.get(dropped)["Location"] == "/tr/arama/?q=ray&kind=story&year=2026"


def test_the_form_keeps_a_choice_that_it_does_not_offer_by_itself(client: Client):
    konak = Place.objects.create(name_tr="Konak", name_en="Konak")
    hall = Place.objects.create(name_tr="Kültür Merkezi", name_en="Culture Centre", within=konak)
    former = official("Eski Başkan")
    article("Konser", place=hall)
    page = Read(client, "/tr/haberler/", place=hall.pk, person=former.pk)
    assert page.all("//select/option[@selected]") == ["Eski Başkan", "Kültür Merkezi"]


def test_no_kind_is_offered_beside_two_other_filters(client: Client):
    konak = Place.objects.create(name_tr="Konak", name_en="Konak")
    article("Haber", place=konak)
    chips = "//nav[@aria-label='Haber türü']/a/@href"
    assert not Read(client, "/tr/haberler/", place=konak.pk, year=2026).all(chips)
    one = Read(client, "/tr/haberler/", place=konak.pk, kind="story").all(chips)
    assert one[0] == f"/tr/haberler/?place={konak.pk}"
    assert {client.get(address).status_code for address in one} == {200}


def test_an_empty_list_says_what_was_looked_for_and_how_to_widen_it(client: Client):
    article("Haber")
    page = Read(client, "/tr/haberler/", kind="notice", year=2020)
    assert page.titles == []
    assert "Aradığınıza uyan haber yok." in page.main
    assert "Aradığınız: Duyurular, 2020." in page.main
    assert page.link("“2020” olmadan yeniden ara") == "/tr/haberler/?kind=notice"
    assert page.link("Tüm haberler") == "/tr/haberler/"


def test_paging_keeps_the_filter(client: Client):
    articles(15)
    article("Duyuru", kind=Kind.NOTICE)
    pages = walk(client, "/tr/haberler/?kind=story")
    assert [len(page) for page in pages] == [12, 3]
    assert "Duyuru" not in pages[0] + pages[1]


def test_words_are_handed_over_to_the_search(client: Client):
    response = client.get("/tr/haberler/", {"q": "ışık", "kind": "story"})
    assert (response.status_code, response["Location"]) == (
        302,
        "/tr/arama/?q=%C4%B1%C5%9F%C4%B1k&kind=story",
    )


def status(client: Client, address: str, **query: object) -> str:
    return Read(client, address, **query).one("//*[@role='status']")


def test_the_list_says_how_many_there_are_and_which_it_shows(client: Client):
    articles(30)
    article("Yarın", published_at=timezone.now() + HOUR)
    article("Bitti", published_at=timezone.now() - 2 * HOUR, expires_at=timezone.now() - HOUR)
    article("Uyarı", kind=Kind.NOTICE, published_at=timezone.now() - 100 * HOUR)
    first = Read(client, "/tr/haberler/")
    second = Read(client, "/tr/haberler/" + first.link("Daha eski"))
    last = Read(client, "/tr/haberler/" + first.link("En eski"))
    assert first.one("//*[@role='status']") == "31 haber, 1–12 arası"
    assert second.one("//*[@role='status']") == "31 haber, 13–24 arası"
    assert last.one("//*[@role='status']") == "31 haber, 20–31 arası"
    assert last.titles[-1] == "Uyarı"
    assert not last.has_link("En eski")
    assert "sayfa 2/3" in second.one("//title")
    assert status(client, "/tr/haberler/", kind="notice") == "1 haber"
    assert status(client, "/en/news/") == "Nothing found"


def test_thousands_are_parted_as_each_language_does(client: Client):
    for number in range(13):
        for language in ("tr", "en"):
            article(f"{number}", language=language)
    PublishedCount.objects.update(number=1008)
    assert status(client, "/tr/haberler/") == "1.008 haber, 1–12 arası"
    assert status(client, "/en/news/") == "1,008 articles, 1–12 shown"


def test_a_topic_is_counted_up_to_a_bound_and_says_so(client: Client, monkeypatch):
    monkeypatch.setattr("news.views.tally.MOST", 20)
    tag = topic("Ulaşım")
    articles(30, tags=["Ulaşım"])
    first = Read(client, "/tr/haberler/", topic=tag.pk)
    assert first.one("//*[@role='status']") == "20 haberden fazla, 1–12 arası"
    second = Read(client, "/tr/haberler/" + first.link("Daha eski"))
    third = Read(client, "/tr/haberler/" + second.link("Daha eski"))
    assert second.one("//*[@role='status']") == "20 haberden fazla, 13–24 arası"
    assert third.one("//*[@role='status']").startswith("20 haberden fazla, yayım tarihi: ")
    both = status(client, "/tr/haberler/", topic=tag.pk, kind="story")
    assert both == "12 haberden fazla, 1–12 arası"


def test_a_place_counts_what_lies_within_it(client: Client):
    district = Place.objects.create(name_tr="Konak", name_en="Konak")
    pier = Place.objects.create(name_tr="İskele", name_en="Pier", within=district)
    articles(8, place=district)
    articles(9, place=pier)
    articles(3)
    assert status(client, "/tr/haberler/", place=district.pk) == "17 haber, 1–12 arası"


def test_editors_put_up_to_three_stories_forward_on_the_first_page_alone(client: Client):
    soon = timezone.now() + HOUR
    articles(14)
    for number in range(4):
        article(f"Öne {number}", featured_until=soon, published_at=timezone.now() - (50 + number) * HOUR)
    article("Süresi geçti", featured_until=timezone.now() - HOUR)
    article("Taslak", featured_until=soon, state=State.DRAFT)
    first = Read(client, "/tr/haberler/")
    assert first.all("//section[@aria-labelledby='featured']//h3") == ["Öne 0", "Öne 1", "Öne 2"]
    for further in (first.link("Daha eski"), "?kind=story"):
        assert not Read(client, "/tr/haberler/" + further).all("//section[@aria-labelledby='featured']")


def test_topics_of_drafts_are_not_offered(client: Client):
    topic("Sır")
    topic("Ulaşım")
    article("Taslak", tags=["Sır"], state=State.DRAFT)
    article("Haber", tags=["Ulaşım"])
    assert Read(client, "/tr/haberler/").all("//select[@name='topic']/option") == ["Tümü", "Ulaşım"]


def test_a_month_begins_and_ends_at_midnight_in_the_city(client: Client):
    article("Nisanın ilk dakikası", published_at=datetime(2026, 3, 31, 21, 0, tzinfo=UTC))
    article("Martın son dakikası", published_at=datetime(2026, 3, 31, 20, 59, tzinfo=UTC))
    assert Read(client, "/tr/arsiv/2026/04/").titles == ["Nisanın ilk dakikası"]
    assert Read(client, "/tr/arsiv/2026/03/").titles == ["Martın son dakikası"]
    year = Read(client, "/tr/arsiv/2026/")
    assert year.titles == ["Nisanın ilk dakikası", "Martın son dakikası"]
    assert year.heading == "2026 haberleri"


def test_the_archive_lists_the_years_since_the_first_news(client: Client):
    this = timezone.localdate().year
    article("Eski", published_at=timezone.make_aware(datetime(this - 2, 6, 1)))
    page = Read(client, f"/tr/arsiv/{this}/")
    assert page.all("//nav[@aria-label='Yıllar']/a") == [str(this), str(this - 1), str(this - 2)]
    assert page.all("//nav[@aria-label='Aylar']/a")[0] == "Ocak"


def test_a_card_has_a_picture_without_words_and_one_link(client: Client):
    from tests.news.make import image

    article("Tramvay", lead_image=image(), lead_alt="Tramvay", summary="Kısa özet.")
    card = Read(client, "/tr/haberler/").document.xpath("//article[contains(@class, 'card')]")[0]
    assert card.xpath(".//img/@alt") == [""]
    assert len(card.xpath(".//a")) == 1
    assert card.xpath(".//img/@width")
    assert card.xpath(".//img/@height")


def test_a_card_of_a_story_names_its_topic_and_others_their_kind(client: Client):
    topic("Ulaşım")
    article("Tramvay", tags=["Ulaşım", "ray"])
    article("Kesinti", kind=Kind.NOTICE, tags=["Ulaşım"], published_at=timezone.now() - timedelta(days=1))
    assert Read(client, "/tr/haberler/").all("//p[@class='kicker']") == ["Ulaşım", "Duyuru"]


def test_dates_of_the_filter_form_are_kept(client: Client):
    article(
        "Haber", published_at=timezone.make_aware(datetime.combine(date(2024, 5, 5), datetime.min.time()))
    )
    page = Read(client, "/tr/haberler/", year=2024, month=5)
    assert page.all("//select[@name='year']/option[@selected]") == ["2024"]
    assert page.all("//select[@name='month']/option[@selected]") == ["Mayıs"]


@pytest.mark.parametrize(
    ("now", "month", "year"),
    [
        (datetime(2026, 3, 31, 20, 59, tzinfo=UTC), 4, 2025),
        # In the city April has begun.
        (datetime(2026, 3, 31, 21, 0, tzinfo=UTC), 4, 2026),
        (datetime(2026, 3, 31, 21, 0, tzinfo=UTC), 3, 2026),
        (datetime(2026, 3, 31, 21, 0, tzinfo=UTC), 12, 2025),
    ],
)
def test_a_month_alone_is_the_one_that_began_last(client: Client, time_machine, now, month: int, year: int):
    time_machine.move_to(now, tick=False)
    article("O ay", published_at=timezone.make_aware(datetime(year, month, 1)))
    article("Bir yıl önce", published_at=timezone.make_aware(datetime(year - 1, month, 1)))
    page = Read(client, "/tr/haberler/", year="", month=month)
    named = {3: "Mart", 4: "Nisan", 12: "Aralık"}[month]
    assert page.titles == ["O ay"]
    assert page.heading == f"Haberler: {named} {year}"
    assert page.all("//select/option[@selected]") == [str(year), named]
    assert page.link(f"“{named} {year}” süzgecini kaldır") == "/tr/haberler/"
    assert page.one("//link[@rel='canonical']/@href").endswith(f"/tr/haberler/?year={year}&month={month}")


def test_a_month_alone_is_one_of_two_filters_and_the_search_takes_it_with_its_year(
    client: Client, time_machine
):
    time_machine.move_to(datetime(2026, 5, 5, tzinfo=UTC), tick=False)
    konak = Place.objects.create(name_tr="Konak", name_en="Konak")
    assert Read(client, "/tr/haberler/", 400, month=6, kind="story", place=konak.pk)
    response = client.get("/tr/haberler/", {"q": "ray", "year": "", "month": 6})
    assert response["Location"] == "/tr/arama/?q=ray&year=2025&month=6"
    # There is no news of that year, and the form shows it all the same.
    page = Read(client, "/tr/haberler/", month=6)
    assert page.all("//select[@name='year']/option") == ["Tümü", "2026", "2025"]
    search = Read(client, "/tr/arama/", q="ray", month=6)
    assert search.has_link("“Haziran 2025” süzgecini kaldır")


def test_a_filter_left_blank_is_no_filter(client: Client):
    article("Yeni durak")
    response = client.get("/tr/haberler/?year=%20&kind=&topic=%20")
    assert response.status_code == 200
    assert "Yeni durak" in response.content.decode()
