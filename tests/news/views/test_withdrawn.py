"""What was withdrawn is gone from everywhere at once, but for the notice at its own address."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone

from news import search
from news.models import Image, Mention, State
from news.publishing import actions
from tests.news import make
from tests.news.newsroom import person
from tests.news.pictures import drawn
from tests.news.views.test_nothing_leaks import walk

pytestmark = pytest.mark.django_db
MARK = "zkvrnt"


def test_a_withdrawal_reaches_lists_search_feeds_site_map_api_and_pictures():
    publisher = person("Publisher")
    picture = Image.from_upload(BytesIO(drawn.photo()), title="Vapur", alt_tr="Vapur")
    picture.make_renditions()
    story = make.article(
        "Vapur seferleri",
        body=f"<p>{MARK}</p>",
        summary=f"{MARK} özet",
        tags=["Ulaşım"],
        lead_image=picture,
        lead_alt="Vapur",
        state=State.DRAFT,
    )
    Mention.objects.create(article=story, official=make.official("Nermin Çağlar"))
    story = actions.publish(story, publisher)
    client = Client()
    shown = {address for address, text in walk(client).items() if MARK in text}
    assert {"/tr/haberler/", story.get_absolute_url()} <= shown
    assert len(shown) > 8
    media = [picture.url, *(picture.rendition(use).url for use in ("lead", "card", "share"))]
    assert {client.get(address).status_code for address in media} == {200}
    assert search.search(search.parse(MARK), "tr").found
    actions.withdraw(story, publisher, "Saatler yanlıştı.")
    after = walk(client)
    asked = {address for address in after if f"q={MARK}" in address}
    assert [address for address, text in after.items() if MARK in text and address not in asked] == []
    assert "Saatler yanlıştı." in client.get(story.get_absolute_url()).content.decode()
    assert {client.get(address).status_code for address in media} == {404}
    assert not search.search(search.parse(MARK), "tr").found


PAST = {"published_at": datetime(2026, 3, 1, tzinfo=UTC), "expires_at": datetime(2026, 3, 17, tzinfo=UTC)}


@pytest.mark.parametrize("noun", [make.article, make.event])
@pytest.mark.parametrize("gone", [{"state": State.WITHDRAWN, "withdrawn_at": timezone.now()}, PAST])
def test_what_is_gone_may_come_back_so_browsers_ask_again(client: Client, noun, gone: dict):
    response = client.get(noun("Vapur seferleri", **gone).get_absolute_url())
    assert (response.status_code, response["Cache-Control"]) == (410, "no-cache")


def test_an_address_that_leads_elsewhere_may_be_a_page_again_so_browsers_ask_again(client: Client):
    story = make.article("Vapur seferleri", legacy_id=45046)
    right, topic = story.get_absolute_url(), make.topic("Ulaşım")
    merged = make.topic("Toplu taşıma", merged_into=topic)
    official = make.official("Nermin Çağlar").get_absolute_url()
    for address in (
        right.replace("vapur-seferleri", "vapur"),
        make.event("Şenlik").get_absolute_url().replace("senlik", "bayram"),
        official.replace("nermin-caglar", "nermin"),
        merged.get_absolute_url("tr"),
        "/tr/News/vapur/45046/156",
        "/tr/Haberler",
    ):
        response = client.get(address)
        assert (response.status_code, response["Cache-Control"]) == (301, "no-cache"), address
    for address in ("/tr/haberler/4711/yok/", "/tr/yok/"):
        response = client.get(address)
        assert (response.status_code, response["Cache-Control"]) == (404, "no-cache"), address
    assert "max-age" in client.get(right)["Cache-Control"]
