"""A live article is changed beside itself."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from news.models import Article, Event, Mention, Official, State
from news.publishing import actions, copies
from news.publishing.rules import Refused
from tests.news import make
from tests.news.newsroom import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def live() -> Article:
    article = make.article("İlk başlık", body="<p>İlk metin</p>", tags=["Ulaşım"])
    official = Official.objects.create(name="Can Er", family_name="Er")
    Mention.objects.create(article=article, official=official)
    article.gallery.create(image=make.image(), alt="Tramvay")
    article.events.add(Event.objects.create(title_tr="Konser", starts_at=timezone.now()))
    article.relist()
    return article


def changed(live: Article, by, **values) -> Article:
    copy = copies.working_copy(live, by)
    for name, value in values.items():
        setattr(copy, name, value)
    copy.save()
    return copy


def test_the_public_page_stays_the_same_to_the_byte_until_the_copy_is_published(live):
    publisher = person("Publisher")
    address = live.get_absolute_url()
    before = Client().get(address).content
    copy = changed(live, publisher, title="Yeni başlık", body="<p>Yeni metin</p>")
    copy.mentions.all().delete()
    copy.tags.set(["Çevre"])
    assert Client().get(address).content == before
    actions.publish(copy, publisher)
    after = Client().get(address).content.decode()
    assert "Yeni başlık" in after
    assert "Yeni metin" in after
    assert "Can Er" not in after


def test_publishing_the_copy_keeps_identity_address_and_times(live):
    publisher = person("Publisher")
    kept = ("pk", "guid", "slug", "published_at", "first_published_at", "translation_key", "author_id")
    before = [getattr(live, name) for name in kept]
    actions.publish(changed(live, publisher, title="Yeni başlık"), publisher)
    live.refresh_from_db()
    assert [getattr(live, name) for name in kept] == before
    assert live.title == "Yeni başlık"
    assert live.version == 2
    assert Article.objects.count() == 1


def test_pictures_people_tags_and_events_come_with_the_copy_and_go_back_with_it(live):
    publisher = person("Publisher")
    copy = copies.working_copy(live, publisher)
    assert copy.mentions.get().official.name == "Can Er"
    assert copy.gallery.get().alt == "Tramvay"
    assert copy.tags.names() == ["Ulaşım"]
    assert copy.events.count() == 1
    copy.gallery.update(alt="Kırmızı tramvay")
    copy.tags.add("Çevre")
    actions.publish(copy, publisher)
    live.refresh_from_db()
    assert live.gallery.get().alt == "Kırmızı tramvay"
    assert sorted(live.tags.names()) == ["Ulaşım", "Çevre"]
    assert set(live.article_tags.values_list("listed_at", flat=True)) == {live.published_at}


def test_a_minor_edit_does_not_move_updated_and_a_noted_one_does(live):
    publisher = person("Publisher")
    actions.publish(changed(live, publisher, title="Düzeltilmiş yazım"), publisher)
    live.refresh_from_db()
    assert live.changed_at is None
    copy = changed(live, publisher, body="<p>Bambaşka</p>")
    copy.change_notes.create(note="Açılış saati değişti.")
    actions.publish(copy, publisher)
    live.refresh_from_db()
    assert live.changed_at is not None
    assert live.change_notes.get().changed_at == live.changed_at


def test_a_change_can_be_scheduled_and_happens_at_its_time(live):
    publisher = person("Publisher")
    ahead = timezone.now() + timedelta(hours=3)
    copy = actions.publish(changed(live, publisher, title="Yarınki", merge_at=ahead), publisher)
    assert actions.merge_due() == []
    live.refresh_from_db()
    assert live.title == "İlk başlık"
    assert actions.merge_due(ahead) == [live]
    live.refresh_from_db()
    assert live.title == "Yarınki"
    assert not Article.objects.filter(pk=copy.pk).exists()


def test_a_time_alone_publishes_nothing_that_nobody_approved(live):
    author = person("Author")
    live.author = author
    live.save()
    changed(live, author, title="Gizli", merge_at=timezone.now() - timedelta(hours=1))
    assert actions.merge_due() == []


def test_there_is_one_working_copy_and_the_second_editor_gets_the_same(live):
    first, second = person("Editor", "ayşe"), person("Editor", "mehmet")
    assert copies.working_copy(live, first) == copies.working_copy(live, second)


def test_authors_copy_their_own_articles_only(live):
    with pytest.raises(Refused):
        copies.working_copy(live, person("Author"))


def test_the_timeline_of_the_copy_stays_with_the_article(live):
    editor, publisher = person("Editor"), person("Publisher")
    copy = actions.submit(copies.working_copy(live, editor), editor)
    actions.publish(copy, publisher)
    assert list(live.timeline.order_by("pk").values_list("move", flat=True)) == ["copy", "submit", "publish"]


def test_a_withdrawn_article_comes_back_with_the_text_of_its_copy(live):
    publisher = person("Publisher")
    actions.withdraw(live, publisher, "Yanlış.")
    live.refresh_from_db()
    actions.publish(changed(live, publisher, body="<p>Doğrusu</p>"), publisher)
    live.refresh_from_db()
    assert live.is_public()
    assert live.body == "<p>Doğrusu</p>"


def test_a_duplicate_is_a_draft_without_date_address_or_history(live):
    live.change_notes.create(note="Saat değişti.")
    made = copies.duplicate(live, person("Author"))
    assert made.state == State.DRAFT
    assert made.published_at is None
    assert made.first_published_at is None
    assert made.slug != live.slug
    assert made.guid != live.guid
    assert not made.change_notes.exists()
    assert made.mentions.count() == 1


def test_a_translation_shares_the_facts_and_is_made_once(live):
    author = person("Author")
    made = copies.translate(live, author)
    assert made.language == "en"
    assert made.translation_key == live.translation_key
    assert made.state == State.DRAFT
    assert made.events.count() == 1
    assert copies.translate(live, author) == made
