"""The picture library by pointer, by keyboard and on a phone."""

from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from news.models import Article, Image, State
from tests.news import make
from tests.news.newsroom import enter, person
from tests.news.pictures import drawn

pytestmark = pytest.mark.django_db(transaction=True)
# What axe loads beforehand it writes into the page as a style, which our policy refuses.
AXE = {"preload": False}


@pytest.fixture
def photos(tmp_path: Path) -> list[str]:
    paths = [tmp_path / f"IMG_{number}.jpg" for number in range(20)]
    for path in paths:
        path.write_bytes(drawn.photo(6))
    return [str(path) for path in paths]


def stored() -> Image:
    return Image.from_upload(BytesIO(drawn.encoded(drawn.scene(600, 400))), title="Kordon", alt_tr="Kıyı")


def numbers(page: Page) -> tuple[str, str]:
    return (
        page.locator("#id_focal_point_0").input_value(),
        page.locator("#id_focal_point_1").input_value(),
    )


def test_the_focal_point_is_set_by_a_click_and_by_the_arrow_keys(page: Page, context, live_server):
    enter(context, live_server, person("Editor"))
    image = stored()
    page.goto(live_server.url + reverse("admin:news_image_change", args=[image.pk]))
    stage = page.locator(".focal-stage img")
    expect(stage).to_be_visible()
    assert not Axe().run(page, options=AXE).response["violations"]
    size = stage.bounding_box()
    assert size
    stage.click(position={"x": size["width"] * 0.25, "y": size["height"] * 0.75})
    assert numbers(page) == ("25", "75")

    marker = page.get_by_role("button", name="Odak noktası: 25, 75")
    expect(marker).to_be_focused()
    marker.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    assert numbers(page) == ("26", "65")
    shown = page.locator(".cut-tall img").evaluate("image => image.style.objectPosition")
    assert shown != "50% 50%"

    page.locator("#id_focal_point_0").fill("0")
    expect(page.get_by_role("button", name="Odak noktası: 0, 65")).to_be_visible()
    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    image.refresh_from_db()
    assert image.focal_point == "0x65"
    assert image.ready


def test_a_chosen_file_is_shown_before_it_is_sent(page: Page, context, live_server, photos):
    enter(context, live_server, person("Editor"))
    page.goto(live_server.url + reverse("admin:news_image_add"))
    expect(page.locator(".focal")).to_be_hidden()

    page.locator("[name=file]").set_input_files(photos[0])
    expect(page.locator(".focal-stage img")).to_be_visible()


def test_twenty_photos_of_an_event_go_up_from_a_phone_at_once(page: Page, context, live_server, photos):
    enter(context, live_server, person("Author"))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + reverse("admin:news_image_changelist"))
    page.get_by_role("link", name="Toplu yükle").click()
    page.get_by_label("Yüklenecek görseller").set_input_files(photos)
    expect(page.locator(".upload-previews img")).to_have_count(20)
    page.get_by_label("Kaynak").fill("Basın Bürosu")
    assert not Axe().run(page, options=AXE).response["violations"]
    page.get_by_role("button", name="Yükle", exact=True).click()

    expect(page.get_by_text("20 görsel kaydedildi.")).to_be_visible(timeout=60_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not Axe().run(page, options=AXE).response["violations"]
    page.get_by_label("Ne görünüyor (Türkçe)").first.fill("Kıyıda bisikletliler")
    page.get_by_role("button", name="Kaydet").click()
    expect(page.get_by_text("Görsellerin açıklamaları kaydedildi.")).to_be_visible()
    assert Image.objects.filter(credit="Basın Bürosu").count() == 20
    assert Image.objects.filter(alt_tr="Kıyıda bisikletliler").count() == 1


def test_a_picture_from_the_library_stands_in_the_text(page: Page, context, live_server):
    image = stored()
    writer = person("Publisher")
    enter(context, live_server, writer)
    article = make.article(state=State.DRAFT, author=writer)
    page.goto(live_server.url + reverse("admin:news_article_change", args=[article.pk]))
    page.locator(".prose-menubar").get_by_title("görsel", exact=True).click()
    with context.expect_page() as opened:
        page.get_by_role("button", name="Kitaplıktan seç…").click()
    opened.value.wait_for_load_state()
    opened.value.get_by_role("button", name="Kordon").click()
    expect(page.locator("dialog").get_by_label("Alternatif metin")).to_have_value("Kıyı")
    page.locator("dialog").get_by_role("button", name="Ekle").click()
    expect(page.locator(f'.ProseMirror img[src="{image.body_url}"]')).to_be_visible()
    page.locator("[name=_continue]").click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert image.body_url in Article.objects.get(pk=article.pk).body
    assert image.body_uses.get().article_id == article.pk
