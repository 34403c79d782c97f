"""What a citizen finds on the page of an article."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import PIL.Image
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from news.models import (
    Article,
    ArticleFile,
    ArticleImage,
    ChangeNote,
    Correction,
    FormerName,
    Image,
    Kind,
    Mention,
    State,
    Status,
)
from news.pictures.address import quick_of
from tests.news.make import appointment, article, articles, event, image, office, official, topic
from tests.news.pages import Read

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def read(client: Client, row: Article, status: int = 200) -> Read:
    return Read(client, row.get_absolute_url(), status)


def test_title_summary_text_and_time_are_there(client: Client):
    row = article(
        "Şişli’de İğde Sokağı açıldı",
        summary="Sokak artık yayaların.",
        body="<p>Çağrı üzerine ağaçlar dikildi.</p>",
        byline="Basın Bürosu",
        published_at=datetime(2026, 3, 17, 22, 30, tzinfo=UTC),
    )
    page = read(client, row)

    assert page.heading == "Şişli’de İğde Sokağı açıldı"
    assert "Sokak artık yayaların." in page.main
    assert "Çağrı üzerine ağaçlar dikildi." in page.main
    assert "18 Mart 2026, 01.30" in page.main
    assert "Hazırlayan Basın Bürosu" in page.main
    assert page.one("//html/@lang") == "tr"
    assert page.one("//title").startswith("Şişli’de İğde Sokağı açıldı – ")
    assert page.meta("description") == ["Sokak artık yayaların."]


def test_a_wrong_or_missing_slug_leads_to_the_right_address_in_one_step(client: Client):
    row = article("Yeni köprü")
    right = row.get_absolute_url()
    for wrong in (
        f"/tr/haberler/{row.pk}/",
        f"/tr/haberler/{row.pk}/eski-ad/",
        f"/tr/haberler/{row.pk}/köprü/",
    ):
        response = client.get(wrong)
        assert (response.status_code, response["Location"]) == (301, right)


@pytest.mark.parametrize("slug", ["11", "2026", "yeni-kopru"])
def test_a_number_that_looks_like_a_year_is_still_the_storys(client: Client, slug: str):
    row = article("Yeni köprü", pk=2026, slug=slug)

    assert read(client, row).heading == "Yeni köprü"
    assert client.get("/tr/haberler/2026/")["Location"] == row.get_absolute_url()


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": State.DRAFT},
        {"state": State.IN_REVIEW},
        {"published_at": timezone.now() + timedelta(days=2)},
    ],
)
def test_what_is_not_public_answers_as_if_it_had_never_been(client: Client, hidden: dict):
    row = article("Gizli haber", **hidden)
    secret, nothing = (
        client.get(path).content for path in (row.get_absolute_url(), "/tr/haberler/987654/x/")
    )
    assert client.get(row.get_absolute_url()).status_code == 404
    assert secret == nothing


def test_a_withdrawn_story_says_why_and_what_replaces_it(client: Client):
    newer = article("Doğru haber")
    row = article(
        "Yanlış haber",
        state=State.WITHDRAWN,
        withdrawn_reason="Ölçümler yanlıştı.",
        withdrawn_in_favour_of=newer,
    )
    page = read(client, row, status=410)
    assert page.heading == "Bu sayfa yayından kaldırıldı"
    assert "Ölçümler yanlıştı." in page.main
    assert page.link("Doğru haber") == newer.get_absolute_url()
    assert page.meta("robots") == ["noindex"]


def test_a_notice_whose_time_is_over_says_until_when_it_was_there(client: Client):
    row = article(
        "Konak’ta su kesintisi",
        kind=Kind.NOTICE,
        summary="Özeti gizli",
        body="<p>Metni gizli</p>",
        published_at=datetime(2026, 3, 1, tzinfo=UTC),
        expires_at=datetime(2026, 3, 17, 22, 30, tzinfo=UTC),
    )
    page = read(client, row, status=410)
    assert page.heading == "Bu sayfa artık yayında değil"
    assert "Konak’ta su kesintisi" in page.main
    assert "18 Mart 2026, 01.30 tarihine kadar yayındaydı." in page.main
    assert page.link("Duyurular") == "/tr/haberler/?kind=notice"
    assert "gizli" not in page.source
    assert page.meta("robots") == ["noindex"]
    assert client.get(f"/en/news/{row.pk}/x/").status_code == 404


def test_a_story_withdrawn_without_a_word_does_not_keep_its_title(client: Client):
    row = article("Kişisel bilgi içeren haber", state=State.WITHDRAWN)
    assert "Kişisel bilgi" not in read(client, row, status=410).source


def test_a_draft_that_was_withdrawn_was_never_there(client: Client):
    row = article("Taslak", state=State.WITHDRAWN, first_published_at=None)
    assert client.get(row.get_absolute_url()).status_code == 404


def test_previous_is_older_next_is_newer_and_the_ends_have_one_link(client: Client):
    newest, middle, oldest = articles(3)

    page = read(client, middle)
    assert page.one("//a[@rel='prev']") == f"Önceki haber {oldest.title}"
    assert page.one("//a[@rel='next']/@href") == newest.get_absolute_url()
    assert read(client, newest).all("//a[@rel='next']") == []
    assert read(client, oldest).all("//a[@rel='prev']") == []


def test_neighbours_of_the_same_moment_neither_skip_nor_loop(client: Client):
    noon = timezone.now() - HOUR
    rows = [article(f"Haber {number}", published_at=noon) for number in range(4)]
    seen, row = [rows[-1].get_absolute_url()], rows[-1]
    page = read(client, row)
    while older := page.all("//a[@rel='prev']/@href"):
        seen.append(older[0])
        page = Read(client, older[0])
    assert seen == [row.get_absolute_url() for row in reversed(rows)]


def test_neighbours_are_public_and_of_the_same_language(client: Client):
    middle = article("Ortadaki")
    article("Taslak komşu", state=State.DRAFT, published_at=timezone.now())
    article("Neighbour", language="en", published_at=timezone.now())
    article("Yarının haberi", published_at=timezone.now() + HOUR)
    assert read(client, middle).all("//nav[contains(@class, 'neighbours')]") == []

    # Those of the other language that lie between do not stand in the way either.
    article("Older neighbour", language="en", published_at=timezone.now() - 2 * HOUR)
    older = article("Dünkü haber", published_at=timezone.now() - 30 * HOUR)
    newer = article("Son haber", published_at=timezone.now())
    page = read(client, middle)
    assert page.one("//a[@rel='prev']/@href") == older.get_absolute_url()
    assert page.one("//a[@rel='next']/@href") == newer.get_absolute_url()


def test_people_stand_with_the_name_and_office_they_had_then(client: Client):
    row = article("Ziyaret", published_at=datetime(2021, 6, 10, 9, tzinfo=UTC))
    mayor = official("Şule Öztürk")
    FormerName.objects.create(official=mayor, name="Şule Aydın", until=date(2022, 1, 1))
    appointment(mayor, office("Başkan Vekili"), date(2019, 4, 1), ends_on=date(2023, 1, 1))
    appointment(mayor, office("Belediye Başkanı"), date(2023, 1, 2))
    guest = official("Sergey Cheremin", listed=False)
    Mention.objects.create(article=row, official=mayor)
    Mention.objects.create(article=row, official=guest, office_as_given="Moskova Hükûmeti Bakanı", position=1)

    page = read(client, row)
    named = page.one("//section[@aria-labelledby='named']")
    assert "Şule Aydın" in named
    assert "Başkan Vekili" in named
    assert "Sergey Cheremin" in named
    assert "Moskova Hükûmeti Bakanı" in named
    assert "Belediye Başkanı" not in named


def test_linked_events_tell_what_became_of_them(client: Client):
    row = article()
    over = timezone.now() - timedelta(days=3)
    row.events.add(
        event("Kent Forumu", status=Status.MOVED_ONLINE, attendance="online"),
        event("Tören", starts_at=over, ends_at=over + HOUR),
        event("Gizli toplantı", state=State.DRAFT),
    )
    strip = read(client, row).one("//section[@aria-labelledby='live']")
    assert "Kent Forumu" in strip
    assert "Çevrim içine alındı" in strip
    assert "Tören" in strip
    assert "Sona erdi" in strip
    assert "Gizli" not in strip


def test_linked_events_stand_in_their_order_whether_timed_or_of_whole_days(client: Client):
    row = article()
    row.events.add(
        event("Ekim fuarı", timing="all_day", starts_on=date(2021, 10, 6), ends_on=date(2021, 10, 9)),
        event("Temmuz forumu", timing="all_day", starts_on=date(2021, 7, 1), ends_on=date(2021, 7, 4)),
        event("Eylül töreni", starts_at=datetime(2021, 9, 9, 12, tzinfo=UTC)),
    )
    titles = read(client, row).all("//section[@aria-labelledby='live']//a")
    assert titles == ["Temmuz forumu", "Eylül töreni", "Ekim fuarı"]


def test_corrections_changes_gallery_and_files_are_shown(client: Client):
    row = article(changed_at=timezone.now() + timedelta(days=2))
    Correction.objects.create(article=row, wrong="14 durak", right="Hatta 16 durak var.")
    ChangeNote.objects.create(article=row, note="Durak sayısı düzeltildi.")
    ArticleImage.objects.create(article=row, image=image(), alt="Rayların döşenmesi", caption="Şantiye")
    ArticleFile.objects.create(
        article=row, file=ContentFile(b"%PDF-1.4 " + b"x" * 2000, "plan.pdf"), title="Hat planı"
    )

    page = read(client, row)
    assert "Hatta 16 durak var." in page.main
    assert "Durak sayısı düzeltildi." in page.one("//details")
    assert page.one("//ul[@class='gallery']//img/@alt") == "Rayların döşenmesi"
    assert "Ayşe Işık" in page.one("//ul[@class='gallery']")
    files = page.one("//section[@aria-labelledby='files']")
    assert "Hat planı" in files
    assert "pdf" in files
    assert "2,0 KB" in files


def test_an_old_story_says_so(client: Client):
    assert "bir yıldan eski" in read(client, article(published_at=timezone.now() - timedelta(days=400))).main
    assert "bir yıldan eski" not in read(client, article("Yeni")).main


def test_a_long_text_has_a_list_of_its_parts_and_a_short_one_none(client: Client):
    parts = "".join(f"<h2>Bölüm {number}</h2><p>{'sözcük ' * 300}</p>" for number in range(3))
    page = read(client, article(body=parts))
    anchors = page.all("//nav[@aria-labelledby='contents']//a/@href")
    assert len(anchors) == 3
    assert ["#" + anchor for anchor in page.all("//div[@class='prose']/h2/@id")] == anchors
    assert (
        read(client, article("Kısa", body="<h2>A</h2><h2>B</h2><h2>C</h2><p>x</p>")).all(
            "//nav[@class='contents']"
        )
        == []
    )


def test_the_lead_picture_is_loaded_first_with_its_words_and_credit(client: Client):
    row = article(lead_image=image(), lead_alt="Vapur iskeleye yanaşıyor", lead_caption="İlk sefer")
    page = read(client, row)
    figure = page.one("//figure")
    assert "İlk sefer" in figure
    assert "Ayşe Işık" in figure
    assert page.one("//figure//img/@alt") == "Vapur iskeleye yanaşıyor"
    assert page.one("//figure//img/@fetchpriority") == "high"
    assert page.meta("og:image:alt") == ["Vapur iskeleye yanaşıyor"]
    assert page.meta("og:image")[0].startswith("http://testserver/media/")
    assert page.meta("twitter:card") == ["summary_large_image"]


def test_sharing_encodes_once_and_keeps_turkish_letters(client: Client):
    row = article("Işık & gölge: “İzmir”")
    page = read(client, row)
    whatsapp = page.link("WhatsApp")
    assert "I%C5%9F%C4%B1k%20%26%20g%C3%B6lge" in whatsapp
    assert "%25" not in whatsapp
    assert f"http%3A%2F%2Ftestserver%2Ftr%2Fhaberler%2F{row.pk}%2F" in whatsapp
    for label, name in (("X", "text"), ("Telegram", "text"), ("E-posta", "subject")):
        # No plus for a space: mail programs show it.
        assert "+" not in page.link(label)
        assert parse_qs(urlsplit(page.link(label)).query)[name] == [row.title]
    assert parse_qs(urlsplit(page.link("Facebook")).query)["u"] == [
        f"http://testserver{row.get_absolute_url()}"
    ]


def test_structured_data_cannot_leave_its_element(client: Client):
    row = article("</script><script>alert(1)</script>", summary="<!-- & \u2028")
    page = read(client, row)
    story, crumbs = page.things
    assert story["@type"] == "NewsArticle"
    assert story["headline"] == "</script><script>alert(1)</script>"
    assert story["datePublished"].endswith("+03:00")
    assert [step["position"] for step in crumbs["itemListElement"]] == [1, 2, 3]
    assert page.all("//script[not(@type)]") == []


def test_search_engines_are_offered_the_picture_in_three_shapes(client: Client):
    picture = image(focal_point="20x30")
    row = article(lead_image=picture, lead_alt="Kırmızı tramvay")
    offered = read(client, row).things[0]["image"]
    sizes = []
    for address in offered:
        answer = client.get(address.removeprefix("http://testserver"))
        assert answer["Content-Type"] == "image/webp"
        assert "20x30" in address
        sizes.append(PIL.Image.open(BytesIO(b"".join(answer))).size)
    assert sizes == [(900, 900), (1200, 900), (1200, 675)]


def test_while_the_shapes_are_being_made_there_is_the_small_picture(client: Client):
    picture = image()
    row = article(lead_image=picture, lead_alt="Kırmızı tramvay")
    Image.objects.update(made_for="")
    assert read(client, row).things[0]["image"] == [f"http://testserver{quick_of(picture).url}"]


def test_a_picture_made_before_there_were_shapes_is_shown_as_it_was(client: Client):
    picture = image()
    row = article(lead_image=picture, lead_alt="Kırmızı tramvay")
    Image.objects.update(made_for=f"{picture.name} {picture.focal_point} 1")
    page = read(client, row)
    assert page.things[0]["image"] == [f"http://testserver{picture.rendition('share').url}"]
    assert page.one("//figure//img/@src") == picture.rendition("lead").url
    assert Image.objects.without_renditions().count() == 1


def test_people_are_told_with_the_address_of_their_page(client: Client):
    row, person = article(), official("Nermin Çağlar")
    Mention.objects.create(article=row, official=person)
    page = f"http://testserver{person.get_absolute_url()}"
    assert read(client, row).things[0]["mentions"] == [
        {"@type": "Person", "name": "Nermin Çağlar", "url": page}
    ]


def test_related_stories_share_the_topic(client: Client):
    topic("Ulaşım")
    row = article("Tramvay", tags=["Ulaşım"])
    article("Vapur", tags=["Ulaşım"])
    article("Opera")
    assert Read(client, row.get_absolute_url()).all("//section[@aria-labelledby='related']//h3") == ["Vapur"]


def test_the_way_back_goes_by_topic_or_kind(client: Client):
    topic("Ulaşım")
    trail = "//nav[@class='breadcrumb']//a"
    assert read(client, article(tags=["Ulaşım"])).all(trail) == ["Ana sayfa", "Haberler", "Ulaşım"]
    notice = article("Su kesintisi", kind=Kind.NOTICE)
    assert read(client, notice).all(trail) == ["Ana sayfa", "Haberler", "Duyurular"]


def test_a_bare_story_still_is_a_page(client: Client):
    row = article("W" * 80 + " " + "uzun başlık " * 18, body="", summary="")
    page = read(client, row)
    assert page.heading == row.title
    assert page.meta("description") == []
