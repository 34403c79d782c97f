"""History, difference and bin in the admin."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from reversion.models import Revision

from news.models import Article, Event, State, TimelineEntry
from news.publishing import actions, copies, history, undo
from tests.news import make
from tests.news.newsroom import all_of, filled, person, signed_in, text_of

pytestmark = pytest.mark.django_db


def draft(author, **values) -> Article:
    return make.article(state=State.DRAFT, author=author, **values)


def change(article: Article) -> str:
    return reverse("admin:news_article_change", args=[article.pk])


def test_every_save_is_a_version_with_its_difference_and_a_way_back():
    author = person("Author")
    article = draft(author, title="İlk başlık")
    history.record(article, author)
    client = signed_in(author)
    client.post(change(article), filled(client.get(change(article)), title="Yeni başlık"))
    page = client.get(reverse("admin:news_article_history", args=[article.pk]))
    assert len(all_of(page, "//table[@id='change-history']/tbody/tr")) == 2
    newest, oldest = history.versions(article)
    difference = client.get(reverse("admin:news_article_version", args=[article.pk, newest.pk]))
    assert all_of(difference, "//del") == ["İlk"]
    assert all_of(difference, "//ins") == ["Yeni"]
    client.post(reverse("admin:news_article_version", args=[article.pk, oldest.pk]))
    article.refresh_from_db()
    assert article.title == "İlk başlık"


@pytest.mark.parametrize(
    ("language", "said"), [("tr", "24 Kasım 2026, 10.05"), ("en", "24 November 2026, 10:05")]
)
def test_times_are_said_as_the_language_writes_them(language, said):
    author = person("Author")
    article = draft(author)
    history.record(article, author)
    at = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
    Revision.objects.update(date_created=at)
    TimelineEntry.objects.create(article=article, move="submit", by=author, at=at, version=1)
    client = signed_in(author)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    listed = client.get(reverse("admin:news_article_history", args=[article.pk]))
    assert all_of(listed, "//table[@id='change-history']/tbody//time") == [said]
    assert said in text_of(
        client.get(reverse("admin:news_article_version", args=[article.pk, history.versions(article)[0].pk]))
    )
    assert all_of(client.get(change(article)), "//section[contains(@class, 'timeline')]//time") == [said]


@pytest.mark.parametrize("noun", ["article", "copy", "event"])
def test_what_was_scheduled_is_not_said_to_have_been_published(noun):
    publisher = person("Publisher")
    later = timezone.now() + timedelta(days=2)
    if noun == "event":
        item = make.event(state=State.DRAFT, published_at=later, first_published_at=None, author=publisher)
    elif noun == "article":
        item = draft(publisher, published_at=later)
    else:
        item = copies.working_copy(make.article(), publisher)
        item.merge_at = later
        item.save()
    item = actions.publish(item, publisher)
    client = signed_in(publisher)
    form = client.get(reverse(f"admin:news_{item._meta.model_name}_change", args=[item.pk]))
    assert all_of(form, "//section[contains(@class, 'timeline')]//strong")[0] == "zamanladı"
    listed = client.get(reverse(f"admin:news_{item._meta.model_name}_history", args=[item.pk]))
    assert all_of(listed, "//table[@id='change-history']/tbody/tr[1]/td[2]") == ["zamanladı"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("tr", ["kaydedildi", "changed by hand", "silindi", "geri aldı", "yayından kaldırdı", "yayımladı"]),
        ("en", ["saved", "changed by hand", "deleted", "took back", "withdrew", "made public"]),
    ],
)
@pytest.mark.parametrize("spoken", ["tr", "en"])
def test_everybody_reads_what_was_done_in_their_own_language(language, said, spoken):
    publisher = person("Publisher")
    with override(spoken):
        article = actions.publish(draft(publisher), publisher)
        before = undo.memo(article)
        withdrawn = actions.withdraw(article, publisher, "Yanlış.")
        deed = undo.remember(publisher, "withdraw", "", [undo.moved(before, withdrawn)])
        undo.take_back(deed, publisher)
        # The second stands for what was kept in words.
        for kept in ("delete", "changed by hand", ""):
            history.record(article, publisher, kept)
    client = signed_in(publisher)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    listed = client.get(reverse("admin:news_article_history", args=[article.pk]))
    assert all_of(listed, "//table[@id='change-history']/tbody/tr/td[2]") == said
    newest = all_of(client.get(change(article)), "//section[contains(@class, 'timeline')]//li")[0]
    assert newest.endswith(f"{said[3]} – {said[4]}")


def test_a_copy_from_the_bin_is_told_in_the_language_of_who_reads():
    publisher = person("Publisher")
    with override("en"):
        made = copies.duplicate(draft(publisher), publisher)
        pk = made.pk
        history.record(made, publisher, "delete")
        made.delete()
        history.take_out_of_bin(history.binned(Article)[0], publisher)
    listed = signed_in(publisher).get(reverse("admin:news_article_history", args=[pk]))
    assert all_of(listed, "//table[@id='change-history']/tbody/tr/td[2]") == [
        "geri getirildi",
        "silindi",
        "kopya olarak oluşturdu",
    ]


def test_a_save_that_was_refused_leaves_no_version():
    author = person("Author")
    article = draft(author)
    client = signed_in(author)
    client.post(change(article), filled(client.get(change(article)), title=""))
    assert not history.versions(article).exists()


def test_the_versions_of_an_article_are_not_read_through_another_one():
    author = person("Author")
    mine, other = draft(author), draft(author)
    history.record(other, author)
    version = history.versions(other).get()
    address = reverse("admin:news_article_version", args=[mine.pk, version.pk])
    assert signed_in(author).get(address).status_code == 404


@pytest.mark.parametrize("noun", ["event", "official"])
def test_the_versions_of_an_article_are_read_at_its_own_address_alone(noun):
    """Who may see events or officials need not be one who may see drafts."""
    author = person("Author")
    article = draft(author, title="Gizli tasarı")
    history.record(article, author)
    address = f"/admin/news/{noun}/{article.pk}/history/{history.versions(article).get().pk}/"
    answer = signed_in(person("Editor")).get(address, follow=True)
    assert "Gizli tasarı" not in text_of(answer)


def test_who_may_not_write_does_not_restore():
    author = person("Author")
    article = draft(author, title="İlk")
    history.record(article, author)
    version = history.versions(article).get()
    article.title = "İkinci"
    article.save()
    address = reverse("admin:news_article_version", args=[article.pk, version.pk])
    signed_in(person("Author", "başkası")).post(address)
    article.refresh_from_db()
    assert article.title == "İkinci"


@pytest.mark.parametrize("noun", ["article", "event"])
def test_what_was_deleted_comes_back_from_the_bin(noun):
    editor = person("Editor")
    client = signed_in(editor)
    if noun == "article":
        item = draft(editor, title="Silinen")
    else:
        item = Event.objects.create(title_tr="Silinen", timing="all_day", starts_on="2026-05-01")
    response = client.post(reverse(f"admin:news_{noun}_delete", args=[item.pk]), {"post": "yes"}, follow=True)
    assert "30 gün" in text_of(response)
    page = client.get(reverse(f"admin:news_{noun}_bin"))
    (version,) = all_of(page, "//input[@name='version']/@value")
    client.post(reverse(f"admin:news_{noun}_bin"), {"version": version})
    assert type(item).objects.filter(pk=item.pk).exists()


def test_authors_take_their_own_drafts_out_of_the_bin_only_where_they_may_write():
    viewer = person("Author")
    viewer.groups.clear()
    assert signed_in(viewer).get("/admin/news/article/bin/").status_code == 403
