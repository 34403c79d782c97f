from io import BytesIO

import pytest
from PIL import Image

from news.pictures.renditions import BUDGETS, CARD, LEAD, SHARE, TALL, file_names, make
from news.pictures.upload import master
from tests.news.pictures import drawn


def made(content: bytes, focus: tuple[int, int] = (50, 50)) -> dict[str, Image.Image]:
    """The renditions of an upload, decoded, by what follows the name of the master."""
    files = make(BytesIO(master(BytesIO(content)).read()), "m", focus)
    return {name.removeprefix("m-"): Image.open(BytesIO(content)) for name, content in files}


def test_every_use_comes_in_avif_and_webp_and_the_shared_picture_in_jpeg():
    images = made(drawn.encoded(drawn.scene(1500, 1000)))

    assert images["lead-1440-50x50.avif"].size == (1440, 960)
    assert images["lead-480-50x50.webp"].size == (480, 320)
    assert images["card-960-50x50.webp"].size == (960, 640)
    assert images["4x5-480-50x50.avif"].size == (480, 600)
    assert images["full-960.avif"].size == (960, 640)
    assert images["1x1-200-50x50.webp"].size == (200, 200)
    assert images["share-1200-50x50.jpg"].size == (1200, 630)
    assert images["search-1x1-960-50x50.webp"].size == (960, 960)
    assert images["search-4x3-1200-50x50.webp"].size == (1200, 900)
    assert images["search-16x9-1200-50x50.webp"].size == (1200, 675)
    for name, image in images.items():
        assert image.format == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[name.rpartition(".")[2]]


def test_the_names_are_known_before_the_files_are_made():
    for size in [(1500, 900), (700, 900), (100, 50), (1, 1)]:
        content = BytesIO(drawn.encoded(drawn.scene(*size), "PNG"))
        names = [name for name, _content in make(content, "m", (50, 50))]
        assert names == file_names("m", *size, (50, 50))


def test_a_small_picture_is_never_enlarged():
    images = made(drawn.encoded(drawn.scene(700, 900)))

    assert images["lead-480-50x50.avif"].size == (480, 320)
    assert images["lead-700-50x50.avif"].size == (700, 467)
    assert "lead-960-50x50.avif" not in images
    assert images["share-700-50x50.jpg"].size == (700, 368)


@pytest.mark.parametrize(("focus", "white"), [((0, 0), True), ((100, 0), False), ((50, 50), False)])
def test_the_focal_point_stays_in_every_cut(focus: tuple[int, int], white: bool):
    # The white square is an eighth of the width, at the upper left of a wide panorama.
    image = made(drawn.encoded(drawn.scene(1200, 300)), focus)[f"4x5-240-{focus[0]}x{focus[1]}.webp"]

    assert (min(image.convert("RGB").getpixel((10, 10))) > 200) is white


def test_turned_and_reduced_photos_are_cut_at_the_right_place():
    portrait = drawn.scene(2000, 3000).transpose(Image.Transpose.ROTATE_90)
    images = made(drawn.encoded(portrait, exif=drawn.exif(6)), (6, 6))

    image = images["1x1-200-6x6.webp"].convert("RGB")
    assert min(image.getpixel((5, 5))) > 200
    assert image.getpixel((195, 195))[2] > 150


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_no_rendition_tells_where_or_by_whom_it_was_taken(form: str):
    stored = master(BytesIO(drawn.photo(6, form))).read()

    for _name, content in make(BytesIO(stored), "m", (50, 50)):
        assert not any(mark in content for mark in drawn.marks())


def test_wide_colours_arrive_as_what_every_screen_shows():
    images = made(drawn.encoded(drawn.scene(), icc_profile=drawn.PROFILE))

    assert all("icc_profile" not in image.info for image in images.values())
    assert images["full-480.webp"].convert("RGB").getpixel((240, 100)) == pytest.approx((200, 30, 30), abs=12)


def test_a_logo_stays_see_through_and_is_shared_on_white():
    logo = Image.new("RGBA", (1300, 1300), (0, 0, 0, 0))
    logo.paste((0, 90, 60, 255), (300, 300, 900, 900))
    images = made(drawn.encoded(logo, "PNG"))

    assert images["full-480.webp"].convert("RGBA").getpixel((2, 2))[3] == 0
    assert images["full-480.avif"].convert("RGBA").getpixel((2, 2))[3] == 0
    assert min(images["share-1200-50x50.jpg"].getpixel((2, 2))) > 250


def test_a_photo_full_of_detail_keeps_to_the_weights():
    busy = Image.effect_noise((480, 320), 25).resize((1440, 960), Image.Resampling.BICUBIC).convert("RGB")
    content = master(BytesIO(drawn.encoded(busy))).read()
    weights = {name.removeprefix("m-"): len(data) for name, data in make(BytesIO(content), "m", (50, 50))}

    assert weights["lead-1440-50x50.avif"] <= BUDGETS[1440]
    assert weights["card-480-50x50.avif"] <= 25_000
    assert weights["card-960-50x50.avif"] <= weights["lead-960-50x50.avif"] <= BUDGETS[960]


@pytest.mark.parametrize("size", [(1, 4000), (4000, 1), (3, 2), (481, 321)])
def test_slivers_and_specks_come_out_too(size: tuple[int, int]):
    images = made(drawn.encoded(Image.new("RGB", size, (9, 9, 9)), "PNG"))

    assert all(image.width >= 1 and image.height >= 1 for image in images.values())


def test_sizes_are_reckoned_without_the_picture():
    assert LEAD.widths_of(6000, 4000) == [480, 960, 1440]
    assert LEAD.widths_of(1000, 1000) == [480, 960, 1000]
    assert CARD.widths_of(300, 300) == [300]
    assert TALL.size(1000, 1000) == (800, 1000)
    assert SHARE.height(1200, 6000, 4000) == 630
