"""What each verb does, who may use it, and what it leaves behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import Generation, State, TimelineEntry
from news.publishing import actions, rules
from news.publishing.rules import Refused
from tests.news import make
from tests.news.newsroom import four_eyes, person

pytestmark = pytest.mark.django_db


def draft(author=None, **values):
    return make.article(state=State.DRAFT, author=author, **values)


def test_publishing_makes_a_draft_public_at_once():
    article = actions.publish(draft(), person("Publisher"))
    assert article.is_public()
    assert article.first_published_at == article.published_at
    assert article.version == 2


def test_publishing_with_a_time_ahead_schedules_it():
    ahead = timezone.now() + timedelta(days=1)
    article = actions.publish(draft(), person("Publisher"), at=ahead)
    assert not article.is_public()
    assert article.is_scheduled()
    assert article.is_public(ahead)


def test_a_schedule_in_the_past_is_refused_with_the_weekday_said_back():
    with pytest.raises(Refused) as refused:
        actions.publish(draft(), person("Publisher"), at=timezone.now() - timedelta(days=1))
    assert "geçti" in refused.value.reason or "has passed" in refused.value.reason


def test_an_expiry_before_the_start_is_refused():
    article = draft(expires_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(Refused):
        actions.publish(article, person("Publisher"))
    article.refresh_from_db()
    assert article.state == State.DRAFT


def test_publishing_again_after_a_withdrawal_keeps_the_first_time_and_the_place_in_the_lists():
    publisher = person("Publisher")
    article = make.article(published_at=timezone.now() - timedelta(days=30))
    was = article.published_at
    actions.withdraw(article, publisher, "Yanlış fotoğraf.")
    article = actions.publish(article, publisher)
    assert article.published_at == was
    assert article.first_published_at == was
    assert article.is_public()


def test_a_withdrawal_needs_a_reason_and_shows_it():
    article = make.article()
    publisher = person("Publisher")
    with pytest.raises(Refused):
        actions.withdraw(article, publisher, "  ")
    withdrawn = actions.withdraw(article, publisher, "Etkinlik iptal edildi.")
    assert withdrawn.withdrawn_reason == "Etkinlik iptal edildi."
    assert withdrawn.withdrawn_at is not None
    assert not withdrawn.is_public()


def test_tags_and_people_are_listed_from_the_moment_of_publication():
    article = draft(tags=["Ulaşım"])
    article = actions.publish(article, person("Publisher"))
    assert article.article_tags.get().listed_at == article.published_at
    actions.withdraw(article, person("Publisher", "second"), "Yanlış.")
    assert article.article_tags.get().listed_at is None


def test_every_move_is_in_the_timeline_with_who_what_and_why():
    author, publisher = person("Author"), person("Publisher")
    article = actions.submit(draft(author), author)
    article = actions.return_to_draft(article, publisher, "Tarih eksik.")
    article = actions.submit(article, author)
    actions.publish(article, publisher)
    assert [(entry.move, entry.by, entry.reason) for entry in article.timeline.order_by("pk")] == [
        ("submit", author, ""),
        ("return_to_draft", publisher, "Tarih eksik."),
        ("submit", author, ""),
        ("publish", publisher, ""),
    ]
    assert [entry.version for entry in article.timeline.order_by("pk")] == [2, 3, 4, 5]


def test_what_readers_see_falls_out_of_the_cache_and_what_they_do_not_see_leaves_it_alone(
    django_capture_on_commit_callbacks,
):
    author, publisher = person("Author"), person("Publisher")
    before = Generation.current()
    article = actions.submit(draft(author), author)
    assert Generation.current() == before
    actions.publish(article, publisher)
    assert Generation.current() == before + 1


def test_a_refused_move_leaves_no_trace():
    author = person("Author")
    article = draft(author)
    with pytest.raises(Refused):
        actions.publish(article, author)
    article.refresh_from_db()
    assert (article.state, article.version) == (State.DRAFT, 1)
    assert not TimelineEntry.objects.exists()


def test_who_sent_for_review_does_not_approve_where_the_group_demands_four_eyes():
    four_eyes()
    first, second = person("Publisher", "birinci"), person("Publisher", "ikinci")
    article = draft(first)
    with pytest.raises(Refused):
        actions.publish(article, first)
    article = actions.submit(article, first)
    with pytest.raises(Refused):
        actions.publish(article, first)
    assert actions.publish(article, second).is_public()


def test_urgent_publishing_is_there_where_the_plain_way_is_closed_and_asks_for_a_second_look():
    four_eyes()
    first, second = person("Publisher", "birinci"), person("Publisher", "ikinci")
    article = actions.publish_urgently(draft(first), first)
    assert article.is_public()
    assert article.needs_second_look
    with pytest.raises(Refused):
        actions.confirm(article, first)
    assert not actions.confirm(article, second).needs_second_look


def test_what_is_scheduled_can_be_taken_back_and_what_was_public_cannot():
    publisher = person("Publisher")
    scheduled = actions.publish(draft(), publisher, at=timezone.now() + timedelta(days=1))
    assert actions.unschedule(scheduled, publisher).state == State.DRAFT
    with pytest.raises(Refused):
        actions.unschedule(make.article(), publisher)


#: state of the item -> the moves each group is offered
OFFERED = {
    State.DRAFT: {
        "Author": ["submit"],
        "Editor": ["submit"],
        "Publisher": ["submit", "publish"],
    },
    State.IN_REVIEW: {
        "Author": ["return_to_draft"],
        "Editor": ["return_to_draft"],
        "Publisher": ["return_to_draft", "publish"],
    },
    State.PUBLISHED: {"Author": [], "Editor": [], "Publisher": ["withdraw"]},
    State.WITHDRAWN: {"Author": [], "Editor": [], "Publisher": ["publish"]},
}


@pytest.mark.parametrize("state", OFFERED)
@pytest.mark.parametrize("group", ["Author", "Editor", "Publisher"])
def test_the_table_of_moves_gives_each_group_what_its_name_says(state, group):
    user = person(group)
    article = make.article(state=state, author=user)
    assert [move.name for move in rules.allowed(article, user)] == OFFERED[state][group]
    for name in rules.MOVES.keys() - set(OFFERED[state][group]):
        with pytest.raises(Refused):
            actions.VERBS[name](article, user, reason="Neden.")


def test_an_account_that_was_closed_makes_no_move():
    publisher = person("Publisher", is_active=False)
    with pytest.raises(Refused):
        actions.publish(draft(), publisher)
