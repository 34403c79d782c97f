"""What Django's own cursor makes of placeholders, ours makes too."""

import pytest
from django.db import connection

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the cursor of SQLite"),
]


def one(query: str, values: object = None) -> tuple:
    with connection.cursor() as cursor:
        return cursor.execute(query, values).fetchone()


@pytest.mark.parametrize("turn", [1, 2])
def test_values_stand_where_they_were_asked_for(turn: int):
    assert one("SELECT %s, '100%%', %s", ["a", turn]) == ("a", "100%", turn)
    assert one("SELECT '100%'") == ("100%",)
    assert one("SELECT %(b)s, %(a)s", {"a": 1, "b": 2}) == (2, 1)


def test_a_query_with_many_rows_is_not_remembered():
    from cityportal.sqlite import base

    before = base._converted.cache_info().currsize
    query = f"SELECT 5 IN ({', '.join(['%s'] * 3_000)})"
    assert one(query, [*range(3_000)]) == (1,)
    assert base._converted.cache_info().currsize == before


def test_many_rows_at_once():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE pair (a, b)")
        cursor.executemany("INSERT INTO pair VALUES (%s, %s)", [(1, 2), (3, 4)])
        assert cursor.execute("SELECT a, b FROM pair ORDER BY a").fetchall() == [(1, 2), (3, 4)]
