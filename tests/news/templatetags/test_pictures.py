import re
import timeit

import pytest
from django.template import Context, Template

from news.models import Image
from news.templatetags.pictures import picture, with_pictures

KEY = "abcdefghijklmnopqrstuvwx"
AT = f"/media/images/{KEY}/1a2b3c4d"


def library(width: int = 6000, height: int = 4000, ready: bool = True, **values: str) -> Image:
    """A row as a page has it: nothing is stored."""
    image = Image(key=KEY, file=f"images/{KEY}/1a2b3c4d.jpg", width=width, height=height, **values)
    image.made_for = image.recipe if ready else ""
    return image


def shown(code: str, **context: object) -> str:
    return Template("{% load pictures %}" + code).render(Context(context))


def test_a_lead_picture_comes_in_three_widths_and_two_formats_at_once():
    html = shown('{% picture image "lead" alt="Kordon" eager=True %}', image=library())

    assert re.findall(r'type="(.*?)"', html) == ["image/avif", "image/webp"]
    assert (
        f"{AT}-lead-480-50x50.avif 480w, {AT}-lead-960-50x50.avif 960w, {AT}-lead-1440-50x50.avif 1440w"
        in html
    )
    assert (
        f'<img src="{AT}-lead-1440-50x50.webp" alt="Kordon" width="1440" height="960" fetchpriority="high">'
        in html
    )
    assert "lazy" not in html


def test_a_card_waits_until_it_is_near_and_is_decorative():
    html = shown('{% picture image "card" decorative=True sizes="50vw" %}', image=library(alt_tr="Kordon"))

    assert ' alt="" width="960" height="640" loading="lazy" decoding="async">' in html
    assert html.count('sizes="50vw"') == 2


def test_the_alternative_of_the_library_is_the_fallback():
    assert 'alt="Kordon"' in picture(library(alt_tr="Kordon"), "card")


def test_words_are_escaped():
    html = picture(library(), "card", alt='"><script>', classes='x"y', sizes='"><b>')

    assert "<script" not in html
    assert "<b>" not in html
    assert 'class="x&quot;y"' in html


def test_a_focal_point_is_a_class_and_no_style():
    html = picture(library(focal_point="33x68"), "portrait")

    assert 'class="focus-x-30 focus-y-70"' in html
    assert "style" not in html


def test_a_small_picture_promises_no_more_than_it_has():
    html = picture(library(700, 500), "lead")

    assert "-lead-700-50x50.avif 700w" in html
    assert "960w" not in html
    assert 'width="700" height="467"' in html


def test_until_it_is_ready_a_small_picture_takes_the_same_room():
    html = picture(library(ready=False), "portrait")

    assert f'<picture><img src="{AT}-quick.webp" alt="" width="480" height="600" loading="lazy"' in html


def test_no_picture_is_no_element():
    assert shown('{% picture image "lead" %}{% image_url image "share" %}', image=None) == ""


def test_an_address_alone():
    assert shown('{% image_url image "share" %}', image=library()) == f"{AT}-share-1200-50x50.jpg"
    assert shown("{% image_url image %}", image=library()) == f"{AT}.jpg"


def test_pictures_within_a_text_come_in_their_renditions():
    html = f'<p>A</p><figure><img src="/media/images/{KEY}/body.webp" alt="Bir &quot;ev&quot;"></figure>'
    dressed = with_pictures(html, {KEY: library()})

    assert dressed.startswith("<p>A</p><figure><picture><source type=")
    assert 'alt="Bir &quot;ev&quot;" width="960" height="640" loading="lazy"' in dressed
    assert with_pictures(html, {}) == html


def test_an_empty_alternative_within_a_text_stays_empty():
    html = f'<img src="/media/images/{KEY}/body.webp" alt="">'

    assert 'alt=""' in with_pictures(html, {KEY: library(alt_tr="Kordon")})


@pytest.mark.parametrize("use", ["lead", "card", "portrait", "body", "thumb"])
def test_it_costs_little(use: str):
    image = library()
    best = min(timeit.repeat(lambda: picture(image, use, alt="Kordon"), number=200, repeat=20)) / 200

    # Measured: 30 to 40 microseconds; the rest is for slower machines.
    assert best < 120e-6
