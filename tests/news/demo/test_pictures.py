import pytest

from news.demo.illustrations import illustrate
from news.demo.pictures import draw

from .plain import plain_picture


@pytest.mark.parametrize(("key", "size"), [("ferry", (1998, 1332)), ("isil-caglayan", (1200, 1500))])
def test_a_picture_is_the_same_each_time(key: str, size: tuple[int, int]):
    first, second = draw(key), draw(key)

    assert first.size == size
    assert first.tobytes() == second.tobytes()


def test_several_processes_give_the_pictures_in_order_with_their_renditions():
    wanted = [(f"picture-{number}", (50, 50)) for number in range(3)]

    done = list(illustrate(wanted, plain_picture, workers=2))

    assert [illustration.key for illustration in done] == ["picture-0", "picture-1", "picture-2"]
    assert all(illustration.master.startswith(b"\xff\xd8") for illustration in done)
    assert {ending for ending, _content in done[0].renditions} >= {
        "-card-300-50x50.avif",
        "-share-300-50x50.jpg",
    }


def test_where_nothing_is_wanted_no_process_starts():
    assert list(illustrate([], plain_picture)) == []
