"""Links within texts: they live when their target is renamed, and are plain words when it is not public."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from news.models import Article, BodyLink, State, lasting_address
from news.publishing import body_links, check, copies, preview
from news.syndication import feed
from news.syndication.source import ROW
from tests.news import make
from tests.news.newsroom import all_of, person, text_of

pytestmark = pytest.mark.django_db


def leading_to(*addresses: str) -> str:
    inside = ", ".join(f'<a href="{address}">bağlantı {n}</a>' for n, address in enumerate(addresses))
    return f"<p>Bakınız: {inside}.</p>"


def read(row) -> list[str]:
    return all_of(Client().get(row.get_absolute_url()), "//main//div[@class='prose']//a/@href")


class TestOnThePage:
    def test_a_link_lives_when_what_it_leads_to_is_renamed(self):
        target = make.article("Eski başlık")
        story = make.article(body=leading_to(lasting_address("article", "tr", target.pk)))
        assert read(story) == [target.get_absolute_url()]

        target.slug = "yeni-baslik"
        target.save()
        assert read(story) == [f"/tr/haberler/{target.pk}/yeni-baslik/"]

    def test_an_address_copied_from_the_site_lives_as_well(self, settings):
        settings.SITE_URL = "https://kent.example"
        target = make.article("Eski başlık")
        copied = f"https://kent.example{target.get_absolute_url()}?utm_source=x#h-neden"
        story = make.article(body=leading_to(copied))
        target.slug = "yeni"
        target.save()
        assert read(story) == [f"/tr/haberler/{target.pk}/yeni/#h-neden"]

    @pytest.mark.parametrize(
        "hidden",
        [
            {"state": State.DRAFT},
            {"state": State.WITHDRAWN},
            {"published_at": timezone.now() + timedelta(days=300)},
            {
                "published_at": timezone.now() - timedelta(days=9),
                "expires_at": timezone.now() - timedelta(days=1),
            },
        ],
    )
    def test_what_readers_may_not_see_is_plain_words(self, hidden):
        target = make.article("Gizli kalacak başlık", **hidden)
        story = make.article(body=leading_to(target.get_absolute_url(), "/tr/haberler/999999/"))
        response = Client().get(story.get_absolute_url())
        assert "Bakınız: bağlantı 0, bağlantı 1." in text_of(response)
        assert read(story) == []
        assert "gizli-kalacak" not in response.content.decode()

    def test_people_events_and_topics_are_met_in_the_language_of_the_page(self):
        person_, event, topic = make.official(), make.event(title_en="Bay festival"), make.topic()
        turkish_only = make.event("Yalnız Türkçe")
        things = [("official", person_), ("event", event), ("tag", topic), ("event", turkish_only)]
        body = leading_to(*[lasting_address(noun, "tr", row.pk) for noun, row in things])
        story = make.article("A story", language="en", body=body)
        assert read(story) == [
            person_.get_absolute_url("en"),
            event.get_absolute_url("en"),
            topic.get_absolute_url("en"),
            turkish_only.get_absolute_url("tr"),
        ]
        spoken = all_of(
            Client().get(story.get_absolute_url()), "//div[@class='prose']//a[@hreflang]/@hreflang"
        )
        assert spoken == ["tr"]

    def test_texts_of_events_and_officials_are_resolved_too(self):
        target = make.article()
        hidden = make.article("Taslak", state=State.DRAFT)
        body = leading_to(
            lasting_address("article", "tr", target.pk), lasting_address("article", "tr", hidden.pk)
        )
        for row in (make.event(description_tr=body), make.official(biography_tr=body)):
            assert read(row) == [target.get_absolute_url()]

    def test_many_links_cost_one_query_for_each_noun(self, django_assert_num_queries):
        articles = [lasting_address("article", "tr", row.pk) for row in make.articles(20)]
        events = [lasting_address("event", "tr", make.event(f"Olay {n}").pk) for n in range(5)]
        with django_assert_num_queries(0):
            body_links.resolved("<p>Metin.</p>", "tr")
        with django_assert_num_queries(2):
            body_links.resolved(leading_to(*articles[:1], *events[:1]), "tr")
        with django_assert_num_queries(2):
            body_links.resolved(leading_to(*articles, *events), "tr")


class TestElsewhere:
    def test_feeds_and_the_api_lead_to_the_address_of_today_and_to_nothing_hidden(self, settings):
        target, hidden = make.article("Hedef"), make.article("Taslak", state=State.DRAFT)
        body = leading_to(
            lasting_address("article", "tr", target.pk), lasting_address("article", "tr", hidden.pk)
        )
        story = make.article("Haber", body=body)
        wanted = f'href="{settings.SITE_URL}{target.get_absolute_url()}"'
        html = Client().get(f"/api/articles/{story.guid}").json()["html"]
        items = Client().get("/tr/feed.json").json()["items"]
        told = next(item for item in items if item["title"] == "Haber")["content_html"]
        for text in (html, told):
            assert wanted in text
            assert f"/haberler/{hidden.pk}/" not in text
            assert "bağlantı 1" in text

    def test_a_feed_asks_for_all_its_links_at_once(self, django_assert_max_num_queries):
        target = make.article("Hedef")
        body = leading_to(lasting_address("article", "tr", target.pk))
        for number in range(10):
            make.article(f"Haber {number}", body=body)
        rows = list(Article.objects.exclude(pk=target.pk).values_list(*ROW))
        with django_assert_max_num_queries(4):
            found = feed.told(rows, timezone.now(), feed.Fragments())
        assert len(found) == 10
        assert all(target.get_absolute_url() in one.item.html for one in found)

    def test_the_preview_shows_what_readers_will_get(self):
        target = make.article("Hedef", state=State.DRAFT)
        story = make.article(
            "Haber", state=State.DRAFT, body=leading_to(lasting_address("article", "tr", target.pk))
        )
        response = preview.shown(lambda: story, Client().get("/tr/").wsgi_request)
        assert "Bakınız: bağlantı 0." in text_of(response)
        assert all_of(response, "//div[@class='prose']//a") == []


class TestForTheEditor:
    def test_the_check_says_which_link_readers_cannot_follow(self):
        hidden = make.article("Henüz taslak", state=State.DRAFT)
        story = make.article(state=State.DRAFT, body=leading_to(lasting_address("article", "tr", hidden.pk)))
        told = [finding.text for finding in check.findings(story)]
        assert any("“Henüz taslak”" in text for text in told)

    def test_a_translation_leads_to_translations(self):
        target = make.article("Hedef")
        english = make.article("Target", language="en", translation_key=target.translation_key)
        only_turkish = make.article("Çevrilmemiş")
        story = make.article(
            "Haber",
            body=leading_to(
                lasting_address("article", "tr", target.pk), lasting_address("article", "tr", only_turkish.pk)
            ),
        )
        made = copies.translate(story, person())
        assert f'href="/en/news/{english.pk}/"' in made.body
        assert f'href="/tr/haberler/{only_turkish.pk}/"' in made.body
        assert [one for one in check.findings(made) if not one.blocks and one.field == "body"] == []
        # It is still the other language's text, whatever its links say.
        made.body = made.body.replace("Bakınız", "Bakınız, bu metin kırk harften daha uzun olmalı")
        story.body = story.body.replace("Bakınız", "Bakınız, bu metin kırk harften daha uzun olmalı")
        story.save()
        assert [one for one in check.findings(made) if one.blocks and one.field == "body"]

    def test_who_links_to_a_thing_is_known_whatever_way_a_text_is_saved(self):
        target = make.article("Hedef")
        address = lasting_address("article", "tr", target.pk)
        story, event = make.article(body=leading_to(address)), make.event(description_tr=leading_to(address))
        assert set(body_links.sources(target)) == {story, event}

        story.body = "<p>Bağlantısız.</p>"
        story.save()
        assert body_links.sources(target) == [event]
        event.delete()
        assert not BodyLink.objects.exists()
