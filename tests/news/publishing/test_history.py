"""Every save is a version; what differs can be read, what was can be had back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from reversion.models import Version

from news.models import Article, ChangeNote, Mention, Official, State
from news.publishing import actions, compare, copies, history
from news.publishing.content import Content
from tests.news import make
from tests.news.newsroom import person

pytestmark = pytest.mark.django_db


def told(old: Content, new: Content) -> dict[str, list[str]]:
    """Each change as a line in which [-gone-] and {+new+} are marked."""
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return {
        change.label: [
            "".join(marks[piece.kind].format(piece.text) for piece in line) for line in change.paragraphs
        ]
        for change in compare.changes(old, new)
    }


def content(**fields) -> Content:
    rows = fields.pop("rows", {})
    tags = fields.pop("tags", [])
    return Content(fields=fields, rows=rows, tags=tags)


def test_a_difference_names_the_words_that_went_and_came():
    old = content(body="<p>Konser saat 20.00'de başlıyor.</p><p>Giriş ücretsiz.</p>")
    new = content(body="<p>Konser saat 21.00'de başlıyor.</p><p>Giriş ücretsiz.</p>")
    assert told(old, new) == {"metin": ["Konser saat [-20.00'de -]{+21.00'de +}başlıyor."]}


def test_paragraphs_that_came_and_went_stand_alone():
    old = content(body="<p>Bir.</p><p>İki.</p>")
    new = content(body="<p>Bir.</p><p>Üç.</p><p>Dört.</p>")
    assert told(old, new) == {"metin": ["[-İki.-]{+Üç.+}", "{+Dört.+}"]}


def test_a_picture_or_a_link_that_changed_under_the_same_words_is_seen():
    old = content(
        body='<p><a href="/tr/haberler/1/">Haber</a></p><figure><img src="/m/1" alt="Park"></figure>'
    )
    new = content(
        body='<p><a href="/tr/haberler/2/">Haber</a></p><figure><img src="/m/2" alt="Köprü"></figure>'
    )
    (lines,) = told(old, new).values()
    assert "/tr/haberler/2/" in "".join(lines)
    assert "Köprü" in "".join(lines)


def test_the_same_content_has_no_difference():
    article = make.article(tags=["Ulaşım"])
    assert compare.changes(Content.of(article), Content.of(article)) == []


def test_markup_in_a_text_is_shown_as_text_and_not_obeyed():
    old, new = content(title="a"), content(title="<script>alert(1)</script>")
    assert told(old, new) == {"başlık": ["[-a-]{+<script>alert(1)</script>+}"]}


@pytest.fixture
def story() -> Article:
    article = make.article(
        "İlk", state=State.DRAFT, body="<p>İlk metin</p>", tags=["Ulaşım"], author=person("Author")
    )
    official = Official.objects.create(name="Ayşe Işık", family_name="Işık")
    Mention.objects.create(article=article, official=official, office_as_given="Vali")
    article.gallery.create(image=make.image(), alt="Tramvay")
    history.record(article, article.author)
    return article


def rewrite(story: Article) -> None:
    story.title, story.body, story.version = "İkinci", "<p>İkinci metin</p>", 2
    story.save()
    story.tags.set(["Çevre"])
    story.mentions.all().delete()
    story.gallery.all().delete()
    history.record(story, story.author)


def test_a_restored_version_brings_back_text_pictures_people_and_tags_as_a_new_version(story):
    first = history.versions(story).get()
    rewrite(story)
    guid = story.guid
    restored, lost = copies.restore(story, first, story.author)
    story.refresh_from_db()
    assert restored == story
    assert lost == []
    assert (story.title, story.body, story.version, story.guid) == ("İlk", "<p>İlk metin</p>", 3, guid)
    assert story.tags.names() == ["Ulaşım"]
    assert story.mentions.get().office_as_given == "Vali"
    assert story.gallery.get().alt == "Tramvay"
    assert history.versions(story).count() == 3
    assert story.timeline.first().move == "restore"


def test_restoring_what_readers_see_goes_into_a_working_copy(story):
    publisher = person("Publisher")
    first = history.versions(story).get()
    rewrite(story)
    live = actions.publish(story, publisher)
    restored, _lost = copies.restore(live, first, publisher)
    live.refresh_from_db()
    assert live.title == "İkinci"
    assert restored.original == live
    assert restored.title == "İlk"
    actions.publish(restored, publisher)
    before = live.first_published_at
    live.refresh_from_db()
    assert live.title == "İlk"
    assert live.first_published_at == before


def test_what_was_deleted_since_is_named_and_the_rest_comes_back(story):
    first = history.versions(story).get()
    rewrite(story)
    Official.objects.all().delete()
    restored, lost = copies.restore(story, first, story.author)
    assert lost == ["yöneticiler"]
    assert restored.title == "İlk"
    assert not restored.mentions.exists()


def test_every_verb_leaves_a_version(story):
    publisher = person("Publisher")
    actions.publish(story, publisher)
    newest = history.versions(story).first()
    assert newest.revision.user == publisher
    assert newest.field_dict["state"] == State.PUBLISHED


def test_a_deleted_story_comes_back_from_the_bin_with_all_that_belonged_to_it(story):
    ChangeNote.objects.create(article=story, note="Saat değişti.")
    history.record(story, story.author)
    pk, guid = story.pk, story.guid
    story.delete()
    (version,) = history.binned(Article)
    history.take_out_of_bin(version, story.author)
    back = Article.objects.get(pk=pk)
    assert (back.guid, back.title) == (guid, "İlk")
    assert back.mentions.count() == back.gallery.count() == back.change_notes.count() == 1
    assert back.tags.names() == ["Ulaşım"]
    assert history.binned(Article) == []


def test_the_bin_holds_things_for_thirty_days(story):
    story.delete()
    later = timezone.now() + timedelta(days=31)
    assert history.binned(Article, later) == []
    assert history.empty_bin() == 0
    assert history.empty_bin(later) > 0
    assert not Version.objects.get_for_model(Article).exists()
