"""Links to the old site, in books, mails and other people's pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from news.models import State
from tests.news.make import article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/en/News/we-have-a-guest-from-moscow/45046/156",
        "/en/News/we-have-a-guest-from-moscow/45046/156/",
        "/EN/NEWS/We-Have-A-Guest-From-Moscow/45046/156",
        "/en/news/anything/45046/1",
        "/en/News//45046/156",
        "/en/News/with/slashes/in/it/45046/156",
        "/en/News/%E2%80%8Bwe-have%E2%80%8B-a-guest/45046/156",
        "/en/News/we%20have%20a%20guest/45046/Haberler",
        "/en/News/mosk%C4%B1va%0Akonu%C4%9Fu/45046/156",
        "/en/News/%FF%FE/45046/156",
        "/en/News/" + "a" * 2000 + "/45046/156",
        "/en/News/x/45046/156?utm_source=x",
    ],
)
def test_an_old_address_reaches_its_article_in_one_permanent_step(client: Client, address: str):
    made = article("We Have A Guest From Moscow", language="en", legacy_id=45046)

    response = client.get(address)

    assert response.status_code == 301
    assert response["Location"] == f"/en/news/{made.pk}/we-have-a-guest-from-moscow/"
    assert client.get(response["Location"]).status_code == 200


def test_each_language_leads_to_its_own_article_where_there_is_one(client: Client):
    turkish = article("Moskova'dan konuğumuz var", legacy_id=45046)
    assert client.get("/en/News/x/45046/156")["Location"] == turkish.get_absolute_url()

    english = article("We have a guest", language="en", legacy_id=45046)

    assert client.get("/en/News/x/45046/156")["Location"] == english.get_absolute_url()
    assert client.get("/tr/Haberler/x/45046/156")["Location"] == turkish.get_absolute_url()


@pytest.mark.parametrize(
    "values",
    [
        {"state": State.DRAFT},
        {"published_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_is_not_public_is_as_if_it_had_never_been(client: Client, values: dict):
    article(legacy_id=45046, **values)

    hidden, never = client.get("/tr/News/x/45046/156"), client.get("/tr/News/x/45047/156")

    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content


@pytest.mark.parametrize(
    "values",
    [
        {"state": State.WITHDRAWN},
        {
            "published_at": timezone.now() - timedelta(days=9),
            "expires_at": timezone.now() - timedelta(days=1),
        },
    ],
)
def test_what_is_gone_leads_to_the_page_that_says_so(client: Client, values: dict):
    made = article(legacy_id=45046, **values)

    assert client.get("/tr/News/x/45046/156")["Location"] == made.get_absolute_url()


def test_new_addresses_are_not_taken_for_old_ones(client: Client):
    made = article("2024", language="en")

    assert client.get(f"/en/news/{made.pk}/2024/").status_code == 200
    assert client.get("/en/archive/2024/03/").status_code == 200


def test_the_number_is_found_by_its_index(client: Client, django_assert_num_queries):
    article(legacy_id=45046)

    with django_assert_num_queries(1) as asked:
        client.get("/tr/News/x/45046/156")
    if connection.vendor == "sqlite":
        # PostgreSQL reads so small a table whole, and rightly.
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + asked[0]["sql"])
            assert "article_old_id" in str(cursor.fetchall())


def test_a_number_beyond_all_numbers_is_a_missing_page(client: Client):
    assert client.get("/tr/News/x/" + "9" * 40 + "/156").status_code == 404
    assert client.post("/tr/News/x/45046/156").status_code == 405
