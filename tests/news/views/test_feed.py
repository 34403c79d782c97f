"""What a feed reader gets."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from lxml import etree

from news.models import Article, Correction, Image, SiteProfile, State
from news.syndication import rss
from tests.news.make import article, articles, image

pytestmark = pytest.mark.django_db

NAMESPACES = {"atom": "http://www.w3.org/2005/Atom", "media": "http://search.yahoo.com/mrss/"}


def read(client: Client, address: str = "/tr/feed/", **query: object) -> feedparser.FeedParserDict:
    """The feed as a strict reader takes it."""
    response = client.get(address, query)
    assert response.status_code == 200
    feed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def titles(client: Client, address: str = "/tr/feed/", **query: object) -> list[str]:
    return [entry.title for entry in read(client, address, **query).entries]


def test_the_newest_stands_first_and_equal_times_go_by_number(client: Client):
    noon = timezone.now() - timedelta(days=1)
    article("Eski", published_at=noon - timedelta(days=3))
    article("Birinci", published_at=noon)
    article("İkinci", published_at=noon)
    article("Yeni", published_at=noon + timedelta(hours=1))

    assert titles(client) == ["Yeni", "İkinci", "Birinci", "Eski"]


def test_each_language_has_its_own_feed(client: Client):
    turkish = article("Şenlik başladı")
    english = article("The festival has begun", language="en", translation_key=turkish.translation_key)

    assert titles(client, "/tr/feed/") == ["Şenlik başladı"]
    feed = read(client, "/en/feed/")
    assert [entry.title for entry in feed.entries] == ["The festival has begun"]
    assert feed.feed.language == "en"
    assert feed.entries[0].id == english.guid.urn != turkish.guid.urn


def saved(**values: str) -> Callable[[Article], None]:
    def change(row: Article) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        row.save()

    return change


def corrected(row: Article) -> None:
    Correction.objects.create(article=row, wrong="Üç gün", right="Dört gün")


def led_elsewhere(row: Article) -> None:
    target = Article.objects.exclude(pk=row.pk).get()
    target.slug = "baska-bir-yol"
    target.save()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (saved(title="Yeni başlık"), "Yeni başlık"),
        (saved(body="<p>Yeni metin</p>"), "Yeni metin"),
        (saved(lead_caption="Yeni altyazı"), "Yeni altyazı"),
        (lambda row: Image.objects.filter(lead_of=row).update(credit="Yeni ajans"), "Yeni ajans"),
        (lambda row: row.tags.all().update(name_tr="Yeni konu"), "Yeni konu"),
        (lambda row: row.tags.add("Yeni etiket"), "Yeni etiket"),
        (corrected, "Dört gün"),
        (led_elsewhere, "baska-bir-yol"),
    ],
)
def test_whatever_changes_the_next_reading_says_it(client: Client, change, words: str):
    target = article("Hedef")
    link = f'<p><a href="{target.get_absolute_url()}">Bakınız</a></p>'
    row = article("Haber", body=link, lead_image=image(), lead_alt="Köprü", tags=["Ulaşım"])
    for address in ("/tr/feed/", "/tr/feed/atom/", "/tr/feed.json"):
        assert words not in client.get(address).content.decode()
    change(row)
    for address in ("/tr/feed/", "/tr/feed/atom/", "/tr/feed.json"):
        assert words in client.get(address).content.decode()


def test_only_what_is_public_now_is_told(client: Client):
    now = timezone.now()
    article("Açık")
    article("Taslak", state=State.DRAFT)
    article("İncelemede", state=State.IN_REVIEW)
    article("Zamanı gelmemiş", published_at=now + timedelta(hours=1))
    article("Süresi dolmuş", published_at=now - timedelta(days=2), expires_at=now - timedelta(days=1))
    article("Geri çekilmiş", state=State.WITHDRAWN)

    assert titles(client) == ["Açık"]


def test_the_identity_is_opaque_and_survives_a_new_title_address_and_domain(client: Client, settings):
    made = article("Eski başlık")
    before = read(client).entries[0]
    made.title, made.slug = "Yeni başlık", "baska-bir-adres"
    made.save()
    settings.SITE_URL = "https://yeni.example.org"

    after = read(client).entries[0]

    assert after.id == before.id == f"urn:uuid:{made.guid}"
    assert not after.guidislink
    assert after.link == f"https://yeni.example.org/tr/haberler/{made.pk}/baska-bir-adres/"


def test_the_text_is_whole_and_its_addresses_lead_back_to_the_site(client: Client, settings):
    settings.SITE_URL = "https://sehir.example.org"
    body = '<p>Bkz. <a href="/tr/haberler/">haber</a> &amp; <strong>ayrıntı</strong></p>'
    article(body=body, summary="a < b")

    entry = read(client).entries[0]

    assert 'href="https://sehir.example.org/tr/haberler/"' in entry.content[0].value
    assert "&amp; <strong>ayrıntı</strong>" in entry.content[0].value
    assert entry.summary == "a &lt; b"


def test_without_a_summary_the_text_begins(client: Client):
    article(summary="", body="<p>Meydan bugün açıldı.</p><p>Herkes geldi.</p>")

    assert read(client).entries[0].summary == "Meydan bugün açıldı. Herkes geldi."


def test_a_picture_comes_with_its_true_length_type_words_and_credit(client: Client, settings):
    settings.SITE_URL = "https://sehir.example.org"
    picture = image()
    article(lead_image=picture, lead_alt="Kırmızı tramvay", lead_caption="İlk sefer")

    response = client.get("/tr/feed/")
    entry = feedparser.parse(response.content).entries[0]

    (enclosure,) = entry.enclosures
    shared = picture.rendition("share")
    assert enclosure["href"] == f"https://sehir.example.org{shared.url}"
    assert enclosure["type"] == "image/jpeg"
    assert enclosure["length"] == str(picture.file.storage.size(shared.name))
    assert entry.media_content[0]["filesize"] == enclosure["length"]
    content = etree.fromstring(response.content).find(".//media:content", NAMESPACES)
    assert content.findtext("media:credit", namespaces=NAMESPACES) == "Ayşe Işık"
    assert 'alt="Kırmızı tramvay"' in entry.content[0].value
    assert "İlk sefer Fotoğraf: Ayşe Işık" in entry.content[0].value


def test_a_picture_whose_file_is_gone_costs_the_story_only_its_picture(client: Client, caplog):
    picture = image()
    article("Resimli haber", lead_image=picture, lead_alt="Tramvay")
    Image.objects.update(made_for="")
    shutil.rmtree(Path(picture.file.path).parent)

    (entry,) = read(client).entries

    assert entry.title == "Resimli haber"
    assert not entry.get("enclosures")
    assert "<img" not in entry.content[0].value
    assert f"picture {picture.pk}" in caplog.text


def test_a_picture_with_an_address_outside_the_store_is_not_told(client: Client):
    picture = image()
    Image.objects.filter(pk=picture.pk).update(file="../../etc/passwd")
    article("Resimli haber", lead_image_id=picture.pk)

    assert titles(client) == ["Resimli haber"]


def test_a_story_that_cannot_be_told_is_left_out_and_reported(client: Client, caplog):
    article("Sağlam")
    odd = article("Bozuk")
    Article.objects.filter(pk=odd.pk).update(changed_at=datetime(9999, 12, 31, 23, 59, tzinfo=UTC))

    assert titles(client) == ["Sağlam"]
    assert f"Article {odd.pk} cannot be told" in caplog.text


def test_control_characters_that_reached_the_table_are_taken_out(client: Client):
    odd = article()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE news_article SET title = %s, body = %s, summary = %s WHERE id = %s",
            ["Kırık\x01 baş\ufffelık\x0b", "<p>Me\x02tin\x1f</p>", "Öz\x08et", odd.pk],
        )

    (entry,) = read(client).entries

    assert (entry.title, entry.summary, entry.content[0].value) == ("Kırık başlık", "Özet", "<p>Metin</p>")


def test_kind_topics_and_office_are_told(client: Client):
    article(tags=["Ulaşım", "İzmir"], byline="Basın Bürosu")

    (entry,) = read(client).entries

    assert [tag.term for tag in entry.tags] == ["haber", "Ulaşım", "İzmir"]
    assert entry.author == "Basın Bürosu"


def test_the_build_date_moves_with_the_content_alone(client: Client):
    noon = timezone.now().replace(microsecond=0) - timedelta(hours=5)
    made = article(published_at=noon)
    assert parsedate_to_datetime(read(client).feed.updated) == noon

    made.body = "<p>Bir yazım hatası düzeldi.</p>"
    made.save()
    assert parsedate_to_datetime(read(client).feed.updated) == noon

    made.changed_at = noon + timedelta(hours=1)
    made.save()
    feed = read(client)
    assert parsedate_to_datetime(feed.feed.updated) == noon + timedelta(hours=1)
    assert parsedate_to_datetime(feed.entries[0].published) == noon


def test_two_reads_are_the_same_to_the_byte(client: Client):
    articles(3, tags=["Ulaşım"])

    assert client.get("/tr/feed/").content == client.get("/tr/feed/").content


def test_what_a_reader_has_already_is_not_sent_again(client: Client):
    article()
    first = client.get("/tr/feed/")

    rss.written.cache_clear()
    by_tag = client.get("/tr/feed/", headers={"if-none-match": first["ETag"]})
    by_date = client.get("/tr/feed/", headers={"if-modified-since": first["Last-Modified"]})
    assert rss.written.cache_info().misses == 0

    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert (by_date.status_code, by_date.content) == (304, b"")
    assert by_tag["ETag"] == first["ETag"]
    nonsense = client.get("/tr/feed/", headers={"if-modified-since": "dün akşam"})
    assert nonsense.status_code == 200


@pytest.mark.parametrize("leaves", ["withdrawn", "expires"])
def test_a_reader_who_asks_by_date_learns_that_the_newest_left(client: Client, leaves: str, time_machine):
    now = datetime(2026, 3, 18, 12, tzinfo=UTC)
    time_machine.move_to(now, tick=False)
    article("Kalan", published_at=now - timedelta(days=2))
    going = article("Giden", published_at=now - timedelta(days=1))
    if leaves == "expires":
        Article.objects.filter(pk=going.pk).update(expires_at=now + timedelta(minutes=30))
    first = client.get("/tr/feed/")

    time_machine.move_to(now + timedelta(hours=1), tick=False)
    if leaves == "withdrawn":
        going.state, going.withdrawn_at = State.WITHDRAWN, timezone.now()
        going.save()
    second = client.get("/tr/feed/", headers={"if-modified-since": first["Last-Modified"]})

    assert second.status_code == 200
    assert "Giden" not in second.content.decode()


def test_a_corrected_story_says_so_in_the_feed(client: Client):
    made = article()
    Correction.objects.create(article=made, wrong="Açılış salı günü", right="Açılış çarşamba günü <saat 10>")

    (entry,) = read(client).entries

    assert "Ne yazmıştık: Açılış salı günü" in entry.content[0].value
    assert "Doğrusu: Açılış çarşamba günü &lt;saat 10&gt;" in entry.content[0].value


def test_a_withdrawn_story_that_was_corrected_leaves_a_notice_under_its_identity(client: Client):
    made = article("Köprü kapanıyor", body="<p>Gizli kalması gereken metin.</p>", tags=["Ulaşım"])
    Correction.objects.create(article=made, wrong="Köprü kapanıyor", right="Köprü açık")
    before = read(client).entries[0]
    made.state, made.withdrawn_at = State.WITHDRAWN, timezone.now()
    made.withdrawn_reason = "Haber doğrulanamadı."
    made.save()
    made.relist()

    response = client.get("/tr/feed/")
    (entry,) = feedparser.parse(response.content).entries

    assert entry.id == before.id
    assert entry.title == "Yayından kaldırıldı: Köprü kapanıyor"
    assert entry.summary == "Haber doğrulanamadı."
    assert "Gizli kalması gereken" not in response.content.decode()
    assert entry.updated_parsed > before.published_parsed


def test_a_quiet_site_keeps_fifty_stories_and_a_busy_one_the_whole_fortnight(client: Client):
    articles(60)
    Article.objects.update(published_at=timezone.now() - timedelta(days=40))
    assert len(read(client).entries) == 50

    Article.objects.update(published_at=timezone.now() - timedelta(days=13))
    assert len(read(client).entries) == 60


def test_an_import_of_old_stories_does_not_push_out_the_week(client: Client):
    article("Bu hafta")
    long_ago = timezone.now() - timedelta(days=3000)
    Article.objects.bulk_create(
        Article(title="Arşiv", slug="arsiv", state=State.PUBLISHED, published_at=long_ago) for _ in range(300)
    )

    assert titles(client)[0] == "Bu hafta"
    assert len(titles(client)) == 50


def test_long_texts_give_way_to_summaries_so_that_the_feed_stays_below_a_megabyte(client: Client):
    articles(50, summary="Kısaca")
    Article.objects.update(body="<p>" + "kelime " * 6000 + "</p>")

    response = client.get("/tr/feed/")
    entries = feedparser.parse(response.content).entries

    assert len(response.content) < 1_000_000
    assert "content" in entries[0]
    assert "content" not in entries[-1]
    assert entries[-1].summary == "Kısaca"


def test_the_channel_names_the_site_its_language_and_itself(client: Client, settings):
    settings.SITE_URL = "https://sehir.example.org"
    SiteProfile.objects.create(
        pk=1, name_tr="Körfez Şehri", name_en="Gulf City", short_name_tr="Körfez", short_name_en="Gulf",
        description_tr="Şehrin haberleri", description_en="News of the city",
    )  # fmt: skip

    feed = read(client).feed

    assert (feed.title, feed.subtitle, feed.language) == ("Körfez Şehri", "Şehrin haberleri", "tr")
    links = {link.rel: link.href for link in feed.links}
    assert links["alternate"] == "https://sehir.example.org/tr/haberler/"
    assert links["self"] == "https://sehir.example.org/tr/feed/"


def test_a_feed_without_stories_is_valid_and_does_not_change_by_itself(client: Client, time_machine):
    time_machine.move_to(datetime(2026, 3, 18, 12, tzinfo=UTC))
    first = client.get("/tr/feed/").content
    time_machine.shift(timedelta(days=1))

    assert client.get("/tr/feed/").content == first
    assert read(client).entries == []


def test_a_browser_is_given_a_style_sheet_and_no_cookie(client: Client):
    response = client.get("/tr/feed/")

    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert b'<?xml-stylesheet type="text/css" href="/static/css/feed.css"?>' in response.content
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("number", [1, 20])
def test_the_cost_does_not_grow_with_the_stories(client: Client, number: int, django_assert_num_queries):
    picture = {"lead_image": image(), "lead_alt": "Tramvay"}
    for made in articles(number, tags=["Ulaşım", "Çevre"], **picture):
        Correction.objects.create(article=made, wrong="a", right="b")
    gone = article("Geri çekilen", state=State.WITHDRAWN)
    Correction.objects.create(article=gone, wrong="a", right="b")

    with django_assert_num_queries(8):
        assert len(read(client).entries) == number + 1


def test_a_feed_is_only_read(client: Client):
    assert client.post("/tr/feed/").status_code == 405
    assert client.head("/tr/feed/").content == b""
