"""What a person sees who searches."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from lxml import etree, html

from news import search
from news.models import Article, Event, Mention, Official, Place, SiteProfile, State, Tag
from news.search import results
from news.views.search import MOST_VALUES
from tests.news import make

pytestmark = pytest.mark.django_db


def article(title: str, **values) -> Article:
    made = make.article(title, **values)
    search.index(made)
    return made


def ask(client: Client, words: str, address: str = "/tr/arama/", **query: object) -> html.HtmlElement:
    response = client.get(address, {"q": words, **query})
    assert response.status_code == 200
    assert not response.cookies
    return html.fromstring(response.content.decode()).find(".//main")


def said(main: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", unescape(main.text_content()))


def titles(main: html.HtmlElement) -> list[str]:
    return [link.text_content().strip() for link in main.xpath(".//li[@class='hit']/h2/a")]


def marked(main: html.HtmlElement) -> list[str]:
    return [mark.text for mark in main.iter("mark")]


def links(main: html.HtmlElement) -> dict[str, str]:
    return {" ".join(link.text_content().split()): link.get("href") for link in main.iter("a")}


def test_results_show_kind_title_snippet_and_date_with_the_words_marked(client: Client):
    article("Işıklar yandı", body="<p>Meydanda <b>ışık</b> gösterisi &lt;script&gt; vardı.</p>")
    main = ask(client, "isik")
    assert titles(main) == ["Işıklar yandı"]
    assert marked(main) == ["Işıklar", "ışık"]
    assert "Meydanda ışık gösterisi <script> vardı." in said(main)
    assert main.find(".//li[@class='hit']//time") is not None
    assert "1 sonuç" in said(main)


def test_markup_in_words_and_titles_stays_text(client: Client):
    article("Ve <script>alert(1)</script> sonra")
    page = client.get("/tr/arama/", {"q": '<script>alert("1")</script>'}).content.decode()
    assert "<script>" not in page
    assert titles(html.fromstring(page)) == ["Ve <script>alert(1)</script> sonra"]


def test_the_words_stay_in_the_field(client: Client):
    main = ask(client, 'ışık "açık hava"')
    assert main.find(".//input[@name='q']").get("value") == 'ışık "açık hava"'


def test_english_words_are_searched_on_the_english_page(client: Client):
    article("Lights on the square", language="en", body="<p>The mayor’s lights.</p>")
    main = ask(client, "mayor's light", "/en/search/")
    assert titles(main) == ["Lights on the square"]
    assert "1 result" in said(main)
    assert titles(ask(client, "light")) == []


def test_who_asks_for_water_cuts_reads_nothing_of_cuts_of_power(client: Client):
    water = article("Su kesintisi", body="<p>Salı günü.</p>")
    article("Elektrik kesintisi")
    assert titles(ask(client, "su kesintisi")) == [water.title]
    feed = client.get("/tr/feed/", {"q": "su kesintisi"}).content.decode()
    assert water.title in feed
    assert "Elektrik" not in feed


def test_events_officials_and_topics_are_shown_in_their_way(client: Client):
    now = timezone.now()
    event = Event.objects.create(
        title_tr="Işık şenliği",
        starts_at=now + timedelta(days=2),
        ends_at=now + timedelta(days=2, hours=1),
        state=State.PUBLISHED,
        published_at=now,
        status="cancelled",
    )
    official = Official.objects.create(name="Ayşe Işık", family_name="Işık", summary_tr="Işık mühendisi")
    topic = Tag.objects.create(name_tr="Işıklandırma", is_topic=True, description_tr="Sokak ışıkları")
    make.article("Sokaklar").tags.add(topic)
    search.index(event, official, topic)
    main = ask(client, "ışık")
    assert set(titles(main)) == {"Işık şenliği", "Ayşe Işık", "Işıklandırma"}
    assert {kicker.text for kicker in main.xpath(".//li[@class='hit']/p[@class='kicker']")} == {
        "Etkinlik", "Yönetici", "Konu"
    }  # fmt: skip
    assert "İptal" in said(main)


def test_an_event_says_why_it_is_there(client: Client):
    place = Place.objects.create(name_tr="Havagazı Fabrikası", name_en="Gasworks")
    concert = make.event(
        "Konser",
        summary_tr="Yaz akşamı.",
        organiser_tr="Rehberler Derneği",
        audience_tr="Gençler",
        place=place,
    )
    search.index(concert)
    for words, shown in {
        "konser": "Yaz akşamı.",
        "rehberler": "Düzenleyen: Rehberler Derneği",
        "gençler": "Kimler için: Gençler",
        "havagazı": "Nerede: Havagazı Fabrikası",
    }.items():
        main = ask(client, words)
        assert titles(main) == ["Konser"]
        assert shown in said(main)
        assert len(marked(main)) == 1


def test_the_name_of_the_city_explains_no_result(client: Client):
    names = {"name_tr": "Metropol Belediyesi", "name_en": "Metropolitan Municipality"}
    SiteProfile.objects.create(pk=1, **names, short_name_tr="Metropol", short_name_en="Metropolis")
    search.index(
        make.event("Metro açılıyor", summary_tr="Pazar günü.", organiser_tr="Metropol Belediyesi"),
        make.event("Konser", organiser_tr="Metropol Belediyesi"),
    )
    main = ask(client, "metro")
    assert titles(main) == ["Metro açılıyor"]
    assert marked(main) == ["Metro"]
    assert "Pazar günü." in said(main)


def test_nothing_found_gives_advice_and_a_way_on(client: Client):
    main = ask(client, "boylesiyok")
    assert "“boylesiyok” için hiçbir şey bulunamadı." in said(main)
    assert "/tr/haberler/" in links(main).values()


def test_a_slip_is_answered_with_what_was_meant(client: Client):
    article("Belediye duyurusu")
    main = ask(client, "beledyie")
    assert links(main)["belediye"] == "/tr/arama/?q=belediye"


def test_without_words_the_page_says_what_it_is_for(client: Client):
    main = ask(client, "")
    assert "Türkçe harfleri yazmak gerekmez" in said(main)
    assert titles(main) == []


def test_too_many_words_are_said_to_be_cut(client: Client):
    assert "Yalnızca ilk sözcükler arandı" in said(ask(client, "kelime " * 2000))


def test_the_page_stays_out_of_other_search_engines(client: Client):
    assert '<meta name="robots" content="noindex">' in client.get("/tr/arama/").content.decode()


def test_the_language_switch_keeps_the_words(client: Client):
    page = client.get("/tr/arama/", {"q": "ışık"}).content.decode()
    assert 'href="/en/search/?q=%C4%B1%C5%9F%C4%B1k"' in page


def test_facts_narrow_the_results_and_show_their_numbers(client: Client):
    official = Official.objects.create(name="Ayşe Işık", family_name="Işık")
    notice = make.article("Tramvay duyurusu", kind="notice", tags=["Ulaşım"])
    Mention.objects.create(article=notice, official=official)
    Tag.objects.update(is_topic=True)
    search.index(notice)
    article("Tramvay haberi")
    article("Tramvay arşivi", published_at=timezone.now() - timedelta(days=800))
    offered = links(ask(client, "tramvay"))
    assert offered["Haber 2"] == "/tr/arama/?q=tramvay&kind=story"
    assert offered["Duyuru 1"] == "/tr/arama/?q=tramvay&kind=notice"
    year = timezone.localdate().year
    assert offered[f"{year} 2"] == f"/tr/arama/?q=tramvay&year={year}"

    narrowed = ask(client, "tramvay", kind="notice")
    assert titles(narrowed) == ["Tramvay duyurusu"]
    assert links(narrowed)["“Duyuru” süzgecini kaldır"] == "/tr/arama/?q=tramvay"

    both = ask(client, "tramvay", kind="story", year=year)
    assert titles(both) == ["Tramvay haberi"]
    assert not [link for link in links(both) if link.endswith(" 1")]


def test_the_news_list_hands_its_filters_over(client: Client):
    article("Tramvay duyurusu", kind="notice")
    response = client.get("/tr/haberler/", {"q": "tramvay", "kind": "notice"}, follow=True)
    assert response.redirect_chain[0][0] == "/tr/arama/?q=tramvay&kind=notice"
    assert "Tramvay duyurusu" in titles(html.fromstring(response.content.decode()))


def test_the_numbers_of_facts_are_bounded(client: Client):
    tags = [f"Konu {number}" for number in range(MOST_VALUES + 5)]
    article("Tramvay", tags=tags)
    article("Tramvay", tags=tags)
    Tag.objects.update(is_topic=True)
    assert len([label for label in links(ask(client, "tramvay")) if label.startswith("Konu")]) == MOST_VALUES


def test_pages_lead_through_all_results(client: Client):
    for number in range(23):
        article(f"Tramvay {number:02}")
    seen, address = [], "/tr/arama/?q=tramvay"
    while address:
        main = html.fromstring(client.get(address).content.decode()).find(".//main")
        seen += titles(main)
        address = links(main).get("Daha fazla sonuç", "")
    assert seen == [f"Tramvay {number:02}" for number in reversed(range(23))]
    assert links(main)["İlk sonuçlar"] == "/tr/arama/?q=tramvay"


def test_more_results_than_are_looked_at_are_said_to_be_the_newest(client: Client, monkeypatch):
    monkeypatch.setattr(results, "NEWEST", 10)
    for number in range(12):
        article(f"Haber {number}", body="<p>tramvay</p>")
    assert "En yeni sonuçlardan en uygun 10 tanesi" in said(ask(client, "tramvay"))


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "draft"},
        {"kind": "story", "year": 2026, "topic": 1},
        {"topic": 999},
        {"person": 10**30},
        {"year": "x"},
        {"year": 1},
        {"month": 13, "year": 2026},
    ],
)
def test_a_filter_that_no_link_leads_to_is_a_missing_page(client: Client, query: dict):
    make.article("Tramvay", tags=["Bir"])
    assert client.get("/tr/arama/", {"q": "tramvay", **query}).status_code == 404


def test_a_topic_of_drafts_is_no_filter(client: Client):
    make.article("Taslak", state=State.DRAFT, tags=["Gizli"])
    tag = Tag.objects.named("Gizli").get()
    assert client.get("/tr/arama/", {"q": "taslak", "topic": tag.pk}).status_code == 404


@pytest.mark.parametrize("words", ["'\"*()", "a" * 10_000, "ve ile", "\ud7ff", "NEAR(a b)", "%", "\\"])
@pytest.mark.parametrize("address", ["/tr/arama/", "/en/search/"])
def test_no_words_are_an_error(client: Client, address: str, words: str):
    article("Tramvay")
    assert client.get(address, {"q": words}).status_code == 200


def test_a_null_byte_is_refused_and_an_unknown_language_is_missing(client: Client):
    assert client.get("/tr/arama/?q=a%00b").status_code == 400
    assert client.get("/de/suche/?q=a").status_code == 404


def test_hidden_things_show_neither_title_nor_snippet_nor_number(client: Client):
    now = timezone.now()
    for values in (
        {"state": State.DRAFT},
        {"published_at": now + timedelta(days=1)},
        {"published_at": now - timedelta(days=2), "expires_at": now - timedelta(days=1)},
        {"state": State.WITHDRAWN},
    ):
        article("Sürpriz açılış", body="<p>Sürpriz sır.</p>", tags=["Sır"], **values)
    main = ask(client, "surpriz")
    assert "Sürpriz" not in said(main)
    assert "sır" not in said(main)
    assert "0 sonuç" in said(main)
    assert "sürpriz" not in said(ask(client, "surpirz"))


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_costs_the_same_queries_however_much_is_found(
    client: Client, django_assert_num_queries, number: int
):
    official = Official.objects.create(name="Ayşe Işık", family_name="Işık")
    for count in range(number):
        made = make.article(f"Tramvay {count}", tags=["Ulaşım"], kind=["story", "notice"][count % 2])
        Mention.objects.create(article=made, official=official)
        search.index(made)
    # Forms of the word, candidates, who may see them, three for slips, rows, topics, people, and four of
    # the frame. PostgreSQL is asked how far back time goes before, and to plan as usual after.
    with django_assert_num_queries(15 if connection.vendor == "postgresql" else 13):
        assert len(titles(ask(client, "tramvay"))) == number


def test_browsers_can_add_the_search(client: Client):
    response = client.get("/tr/arama/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    root = etree.fromstring(response.content)
    spaces = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert root.xpath("string(o:Url[@type='text/html']/@template)", namespaces=spaces) == (
        "http://testserver/tr/arama/?q={searchTerms}"
    )
    assert root.xpath("string(o:Language)", namespaces=spaces) == "tr"
    assert len(root.xpath("string(o:ShortName)", namespaces=spaces)) <= 16


def test_a_phrase_that_was_not_looked_for_everywhere_says_so(client: Client, monkeypatch):
    for _number in range(3):
        article("Tramvay yeni")
    monkeypatch.setattr(results, "PHRASED", 3)
    sentence = "hepsini içeren en yeni metinlerde arandı"
    assert sentence in said(ask(client, '"yeni tramvay"'))
    assert sentence not in said(ask(client, "yeni tramvay"))
    monkeypatch.setattr(results, "PHRASED", 4)
    assert sentence not in said(ask(client, '"yeni tramvay"'))
