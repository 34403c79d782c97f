"""Finding what to link to, and seeing who links to what is about to go."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news import search
from news.models import State, lasting_address
from tests.news import make
from tests.news.newsroom import person, signed_in, text_of

pytestmark = pytest.mark.django_db


def titles(client, term: str, **values: str) -> list[str]:
    response = client.get("/admin/links/", {"term": term, **values})
    return [row["text"] for row in response.json()["results"]]


def published(row):
    search.index(row)
    return row


class TestSearch:
    def test_everything_of_ours_is_found_however_it_is_typed_and_says_where_it_stands(self):
        published(make.article("Işıklı köprü açıldı"))
        make.article("Işıklı köprünün taslağı", state=State.DRAFT)
        make.article("Işıklı köprü töreni", published_at=timezone.now() + timedelta(days=400))
        published(make.event("Işıklı köprü gezisi"))
        make.official("Işıklı Köprücü", listed=True)
        found = titles(signed_in(person("Author")), "ISIKLI kopru")
        said = {text.rpartition(" – ")[0]: text.rpartition(" – ")[2] for text in found}
        assert said["Işıklı köprü açıldı"] == "haber, Türkçe, okurlar görüyor"
        assert said["Işıklı köprünün taslağı"] == "haber, Türkçe, taslak"
        assert said["Işıklı köprü töreni"].startswith("haber, Türkçe, zamanlandı: ")
        assert said["Işıklı köprü gezisi"] == "etkinlik, okurlar görüyor"
        assert said["Işıklı Köprücü"] == "yönetici, okurlar görüyor"

    def test_those_in_the_language_that_is_written_come_first(self):
        story = published(make.article("Marina planı"))
        published(make.article("Marina plan", language="en", translation_key=story.translation_key))
        client = signed_in(person("Author"))
        assert [text[:11] for text in titles(client, "marina", language="en")] == [
            "Marina plan",
            "Marina plan",
        ]
        assert "İngilizce" in titles(client, "marina", language="en")[0]
        assert "Türkçe" in titles(client, "marina", language="tr")[0]

    def test_a_working_copy_is_nothing_to_link_to(self):
        live = published(make.article("Tramvay"))
        make.article("Tramvay", original=live, state=State.DRAFT)
        assert len(titles(signed_in(person("Author")), "tramvay")) == 1

    def test_an_address_is_told_by_its_title_and_state(self):
        draft = make.article("Henüz taslak", state=State.DRAFT)
        client = signed_in(person("Author"))
        address = lasting_address("article", "tr", draft.pk)
        target = client.get("/admin/links/", {"url": address}).json()["target"]
        assert (target["title"], target["public"]) == ("Henüz taslak", False)
        assert client.get("/admin/links/", {"url": "/tr/haberler/"}).json()["target"] is None

    def test_the_cost_follows_neither_the_rows_nor_the_hits(self, django_assert_max_num_queries):
        for number in range(20):
            published(make.article(f"Tramvay {number}"))
            make.article(f"Tramvay taslak {number}", state=State.DRAFT)
            make.event(f"Tramvay gezisi {number}")
        client = signed_in(person("Author"))
        titles(client, "tramvay")
        with django_assert_max_num_queries(24):
            assert len(titles(client, "tramvay")) == 12

    def test_it_is_for_people_of_the_newsroom(self, client):
        assert client.get("/admin/links/", {"term": "x"}).status_code == 302


class TestWhoLinksHere:
    def test_it_is_said_before_withdrawing_and_before_deleting(self):
        target, person_ = make.article("Hedef"), make.official("Nermin Çağlar")
        body = "".join(
            f'<p><a href="{lasting_address(noun, "tr", row.pk)}">bağlantı</a></p>'
            for noun, row in (("article", target), ("official", person_))
        )
        make.article("Bağlayan haber", body=body)
        client = signed_in(person("Administrator"))
        for page in (
            f"/admin/news/article/{target.pk}/move/withdraw/",
            f"/admin/news/article/{target.pk}/change/",
            f"/admin/news/official/{person_.pk}/delete/",
        ):
            assert "Buraya bağlantı veren metinler" in text_of(client.get(page)), page
            assert "Bağlayan haber (yayımlandı)" in text_of(client.get(page))
