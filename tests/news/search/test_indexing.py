from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from news import search
from news.models import Article, Event, Official, SiteProfile, State, Tag
from news.publishing import actions
from news.search.documents import documents_of, last_position
from tests.news import make

pytestmark = pytest.mark.django_db


def ids(typed: str, language: str = "tr") -> list[int]:
    return [one.object_id for one in search.search(search.parse(typed), language).found]


def known(word: str, language: str = "tr") -> int | None:
    """In how many documents the index counts a word; None where it has never seen it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entries FROM news_search_word WHERE language = %s AND word = %s", [language, word]
        )
        row = cursor.fetchone()
    return row[0] if row else None


def entries() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM news_search_entry")
        return cursor.fetchone()[0]


def test_publishing_makes_it_found_and_withdrawing_takes_it_out():
    editor = User.objects.create_superuser("editor")
    article = Article.objects.create(
        title="Tramvay geldi", summary="Kısaca.", body="<p>Metin.</p>", byline="Basın"
    )
    actions.publish(article, editor)
    assert ids("tramvay") == [article.pk]
    actions.withdraw(article, editor, reason="Yanlıştı.")
    assert ids("tramvay") == []
    assert entries() == 0


def test_a_transaction_that_fails_leaves_the_index_as_it_was():
    article = make.article("Tramvay")
    search.index(article)

    def fails() -> None:
        with transaction.atomic():
            Article.objects.filter(pk=article.pk).update(title="Metro")
            search.index(article)
            assert ids("metro") == [article.pk]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert ids("metro") == []
    assert ids("tramvay") == [article.pk]


def test_a_changed_text_is_found_by_its_new_words_only():
    article = make.article("Tramvay", body="<p>Eskiden böyleydi.</p>")
    search.index(article)
    Article.objects.filter(pk=article.pk).update(title="Metro", body="<p>Artık değil.</p>")
    search.index(article)
    assert ids("tramvay") == ids("eskiden") == []
    assert ids("metro") == [article.pk]
    assert entries() == 1


def test_a_moved_time_moves_the_place_among_the_newest():
    article = make.article("Tramvay")
    search.index(article)
    Article.objects.filter(pk=article.pk).update(published_at=timezone.now() - timedelta(days=900))
    search.index(article)
    assert entries() == 1
    assert ids("tramvay") == [article.pk]


def test_what_is_about_to_be_deleted_leaves():
    article, official = (
        make.article("Tramvay"),
        Official.objects.create(name="Tramvay Bey", family_name="Bey"),
    )
    search.index(article, official)
    search.remove(article, official)
    assert entries() == 0


def test_words_are_counted_once_a_document_however_often_it_is_saved():
    articles = [make.article("Tramvay tramvay", body="<p>tramvay</p>") for _twice in range(2)]
    search.index(*articles)
    search.index(*articles)
    assert known("tramvay") == 2
    search.remove(articles[0])
    assert known("tramvay") == 1
    assert known("t_tramvay") is None


def test_drafts_leave_no_word_behind():
    search.index(make.article("Sürpriz", state=State.DRAFT))
    assert known("surpriz") is None


def test_an_event_stands_in_the_languages_it_has_a_title_in():
    now = timezone.now()
    values = {
        "state": State.PUBLISHED,
        "published_at": now,
        "starts_at": now,
        "ends_at": now + timedelta(hours=1),
    }
    event = Event.objects.create(title_tr="Şenlik", title_en="Festival", **values)
    search.index(event)
    assert ids("şenlik") == [event.pk]
    assert ids("festival", "en") == [event.pk]
    Event.objects.filter(pk=event.pk).update(title_en="")
    search.index(event)
    assert ids("festival", "en") == []


def test_an_event_is_not_found_by_the_name_of_the_city_that_holds_it():
    names = {"name_tr": "İzmir Büyükşehir Belediyesi", "name_en": "İzmir Metropolitan Municipality"}
    SiteProfile.objects.create(pk=1, **names, short_name_tr="İzmir", short_name_en="İzmir")

    def held_by(turkish: str, english: str, **values: bool) -> int:
        made = make.event("Konser", title_en="Concert", organiser_tr=turkish, organiser_en=english, **values)
        search.index(made)
        return made.pk

    held_by("İzmir Büyükşehir Belediyesi", "IZMIR METROPOLITAN MUNICIPALITY")
    held_by("İzmir", "İzmir")
    # As typed into one field only, or with the name of the other language.
    held_by("", "İzmir Büyükşehir Belediyesi")
    together = held_by(
        "UCLG ile İzmir Büyükşehir Belediyesi, Kültür Dairesi", "UCLG with İzmir Metropolitan Municipality"
    )
    other = held_by("İzmir Rehberler Derneği", "Metro Istanbul", external=True)
    assert ids("metro", "en") == ids('"metro istanbul"', "en") == [other]
    assert ids("büyükşehir") == ids("büyükşehir", "en") == []
    assert ids("izmir") == ids("izmir rehberler") == [other]
    assert ids("uclg") == ids("kültür dairesi") == ids("uclg", "en") == [together]
    assert ids('"uclg ile kultur"') == []


def test_a_new_name_of_the_city_finds_none_of_the_events_before():
    site = SiteProfile.objects.create(
        pk=1, name_tr="Eski Belediye", name_en="Old City", short_name_tr="Eski", short_name_en="Old"
    )
    event = make.event("Konser", organiser_tr="Eski Belediye")
    search.index(event)
    SiteProfile.objects.filter(pk=site.pk).update(name_tr="Yeni Belediye")
    assert ids("belediye") == []
    assert ids("konser") == [event.pk]


def test_a_tag_stands_in_the_index_while_it_is_a_topic():
    tag = Tag.objects.create(name_tr="Ulaşım", is_topic=True)
    search.index(tag)
    assert entries() == 1
    Tag.objects.update(is_topic=False)
    search.index(tag)
    assert entries() == 0


def test_things_that_cannot_be_searched_for_are_passed_over(django_assert_num_queries):
    picture = make.image()
    with django_assert_num_queries(0):
        search.index(picture)
        search.remove(picture)


def test_positions_are_in_the_order_of_time_and_id():
    moment = timezone.now().replace(microsecond=0)
    articles = [
        make.article(f"Haber {number}", published_at=moment + timedelta(seconds=number // 3))
        for number in range(9)
    ]
    positions = [document.position for row in articles for document in documents_of("article", [row.pk])]
    assert positions == sorted(set(positions))
    assert positions[2] <= last_position(moment) < positions[3]
    assert max(positions) < 2**63


@pytest.mark.parametrize("year", [1600, 1900, 1969, 2399])
def test_any_year_is_a_place(year):
    article = make.article("Tramvay", published_at=timezone.now().replace(year=year, month=3, day=1))
    search.index(article)
    assert ids("tramvay") == ([article.pk] if year < 2100 else [])


def test_indexing_an_article_costs_a_fixed_number_of_queries(django_assert_max_num_queries):
    article = make.article("Tramvay", tags=["Ulaşım", "Kültür", "Çevre"])
    with django_assert_max_num_queries(22):
        search.index(article)
