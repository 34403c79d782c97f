"""A form says what its sender typed and no more: state, author, times and rights are forged in vain."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from news.models import Alert, Article, Event, SiteProfile, State
from news.publishing import rights
from tests.news import make
from tests.news.newsroom import filled, person, signed_in

pytestmark = pytest.mark.django_db
ROLES = ["Author", "Editor", "Publisher", "Administrator"]
#: Columns that no form names, each with what a forger would like to see there.
FORGED = {
    "state": "published",
    "author": "1",
    "author_id": "1",
    "guid": "00000000-0000-0000-0000-000000000001",
    "first_published_at": "2020-01-01T10:00",
    "changed_at": "2020-01-01T10:00",
    "withdrawn_at": "2020-01-01T10:00",
    "created_at": "2020-01-01T10:00",
    "needs_second_look": "on",
    "merge_approved": "on",
    "original": "1",
    "translation_key": "00000000-0000-0000-0000-000000000001",
    "id": "4711",
    "pk": "4711",
}


def change(item) -> str:
    return reverse(f"admin:news_{item._meta.model_name}_change", args=[item.pk])


def columns(item, *but: str) -> dict:
    free = {"version", "touched_at", *but}
    return {
        field.attname: getattr(item, field.attname)
        for field in item._meta.concrete_fields
        if field.attname not in free
    }


@pytest.mark.parametrize("role", ROLES)
def test_no_role_forges_what_the_form_does_not_offer(role):
    user = person(role)
    article = make.article(state=State.DRAFT, author=user)
    client = signed_in(user)
    before = columns(article)
    response = client.post(change(article), filled(client.get(change(article))) | FORGED)
    assert response.status_code == 302
    article.refresh_from_db()
    assert columns(article) == before


@pytest.mark.parametrize("role", ["Editor", "Publisher", "Administrator"])
def test_nor_of_an_event(role):
    user = person(role)
    event = make.event(state=State.DRAFT, published_at=None, first_published_at=None, author=user)
    client = signed_in(user)
    before = columns(event, "last_ends_at")
    response = client.post(change(event), filled(client.get(change(event))) | FORGED | {"sequence": "9"})
    assert response.status_code == 302
    event.refresh_from_db()
    assert columns(event, "last_ends_at") == before


@pytest.mark.parametrize("role", ["Author", "Editor"])
@pytest.mark.parametrize(
    "move", ["publish", "publish_urgently", "confirm", "unschedule", "withdraw", "retry"]
)
def test_a_forged_step_needs_its_right(role, move):
    user = person(role)
    client = signed_in(user)
    ahead = timezone.now() + timedelta(days=2)
    for article in (
        make.article(state=State.DRAFT, author=user),
        make.article(state=State.IN_REVIEW, author=user),
        make.article(author=user),
        make.article(author=user, published_at=ahead, first_published_at=ahead),
    ):
        before = columns(article)
        client.post(change(article), {"title": "x", "_move": move, "_reason": "x"})
        client.post(reverse("admin:news_article_move", args=[article.pk, move]), {"reason": "x"})
        article.refresh_from_db()
        assert columns(article) == before, (article.state, move)
        assert not article.timeline.exists()


@pytest.mark.parametrize("role", ["Author", "Editor"])
def test_a_time_of_publication_that_was_set_is_not_moved_without_the_right(role):
    user = person(role)
    ahead = timezone.now() + timedelta(days=2)
    article = make.article(author=user, published_at=ahead, first_published_at=ahead)
    response = signed_in(user).post(change(article), {"title": "x", "published_at": "2026-01-01T10:00"})
    assert response.status_code == 403
    article.refresh_from_db()
    assert article.published_at == ahead


def test_an_author_forges_nothing_that_is_not_an_article():
    author = person("Author")
    client = signed_in(author)
    event = make.event(state=State.DRAFT)
    SiteProfile(pk=1, name_tr="Şehir", name_en="City", short_name_tr="Şehir", short_name_en="City").save()
    for address, values in (
        ("/admin/news/alert/add/", {"text_tr": "Fırtına", "severity": "emergency"}),
        ("/admin/news/event/add/", {"title_tr": "Konser", "starts_at": "2031-03-18T10:00"}),
        (change(event), {"title_tr": "Başka"}),
        ("/admin/news/siteprofile/1/change/", {"name_tr": "Başka"}),
        ("/admin/news/tag/add/", {"name_tr": "Yeni"}),
        ("/admin/auth/user/add/", {"username": "eve"}),
        (f"/admin/auth/user/{author.pk}/change/", {"username": "author", "is_superuser": "on"}),
        (f"/admin/auth/group/{author.groups.get().pk}/change/", {"name": "Author"}),
    ):
        assert client.post(address, values).status_code == 403, address
    author.refresh_from_db()
    assert not author.is_superuser
    assert not Alert.objects.exists()
    assert Event.objects.count() == User.objects.count() == 1


def test_another_persons_draft_is_not_reached_by_any_door():
    author, other = person("Author", "yazar"), person("Author", "başkası")
    theirs = make.article(state=State.DRAFT, author=other)
    client = signed_in(author)
    for address in (
        change(theirs),
        reverse("admin:news_article_delete", args=[theirs.pk]),
        reverse("admin:news_article_links", args=[theirs.pk]),
        reverse("admin:news_article_beat") + f"?id={theirs.pk}",
        reverse("admin:news_article_typed") + f"?id={theirs.pk}",
    ):
        assert client.post(address, {"post": "yes", "title": "Benim"}).status_code == 403, address
    assert Article.objects.get().title == theirs.title


def test_each_group_has_what_the_one_below_has_and_no_right_too_many():
    author, editor, publisher, administrator = (set(rights.GROUPS[role]) for role in ROLES)
    assert author < editor < publisher < administrator
    assert not {right for right in author if "publish" in right or "_others_" in right}
    assert not {right for right in editor if "publish" in right}
    for right in publisher - editor:
        assert "publish" in right or "_alert" in right, right
    assert all(right.startswith(("news.", "auth.")) for right in administrator)
    assert not {right for right in administrator if "permission" in right or "session" in right}
