"""Every page as a parser, a screen reader and a careful colleague would check it."""

from collections import Counter
from itertools import pairwise

import html5lib
import pytest
from django.test import Client
from lxml import html

from tests.news.views import city

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(client: Client) -> dict[str, str]:
    return {name: client.get(address).content.decode() for name, address in city.build().items()}


def found_in(pages: dict[str, str], faults) -> dict[str, list]:
    read = {name: list(faults(html.document_fromstring(source))) for name, source in pages.items()}
    return {name: found for name, found in read.items() if found}


def test_every_page_is_sound_markup_that_can_be_read_aloud(pages: dict[str, str]):
    """One city is built for all of these: it costs more than they do."""
    assert well_formed(pages) == {}
    assert found_in(pages, repeated_ids) == {}
    assert found_in(pages, broken_references) == {}
    assert found_in(pages, skipped_headings) == {}
    assert found_in(pages, unnamed) == {}
    assert found_in(pages, pictures_without_words_or_size) == {}
    assert found_in(pages, inline_style_or_script) == {}
    assert found_in(pages, addresses_elsewhere) == {}
    assert found_in(pages, empty_links) == {}
    assert found_in(pages, help_elsewhere) == {}


def help_elsewhere(page):
    """WCAG 3.2.6: the quick links and the telephone stand in the same order on every page."""
    marks = (
        "//header[@class='wrap masthead' or not(@class)] | //main | //aside | //footer//a[@href='tel:153']"
    )
    order = [element.tag for element in page.xpath(marks)]
    if order != ["header", "main", "aside", "a"]:
        yield order


def well_formed(pages: dict[str, str]) -> dict[str, str]:
    faults = {}
    for name, source in pages.items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(source)
        if parser.errors:
            faults[name] = str(parser.errors[:3])
    return faults


def repeated_ids(page):
    return [name for name, times in Counter(page.xpath("//@id")).items() if times > 1]


def broken_references(page):
    ids = set(page.xpath("//@id"))
    named = page.xpath("//@aria-labelledby | //@aria-describedby | //label/@for")
    yield from (name for value in named for name in value.split() if name not in ids)
    yield from (
        anchor for anchor in page.xpath("//a/@href") if anchor.startswith("#") and anchor[1:] not in ids
    )


def skipped_headings(page):
    levels = [
        int(heading.tag[1])
        for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")
    ]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1"
    yield from (f"h{before} then h{after}" for before, after in pairwise(levels) if after > before + 1)


def unnamed(page):
    labelled = set(page.xpath("//label/@for"))
    for control in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        if not (
            control.get("id") in labelled or control.xpath("ancestor::label") or control.get("aria-label")
        ):
            yield html.tostring(control)
    for landmark in page.xpath("//nav"):
        if not (landmark.get("aria-label") or landmark.get("aria-labelledby")):
            yield html.tostring(landmark)[:80]


def pictures_without_words_or_size(page):
    return [
        picture.get("src")
        for picture in page.xpath("//img")
        if not all(picture.get(name) is not None for name in ("alt", "width", "height"))
    ]


def inline_style_or_script(page):
    yield from page.xpath("//@style | //@onclick | //@onload | //style")
    yield from page.xpath("//script[not(@src) and not(@type='application/ld+json')]")


def addresses_elsewhere(page):
    """What a browser would fetch by itself from another host."""
    loaded = page.xpath(
        "//script/@src | //img/@src | //img/@srcset | //source/@srcset | //iframe/@src | //use/@href"
    )
    loaded += page.xpath("//link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href")
    return [url for url in loaded if not url.startswith("/") or url.startswith("//")]


def empty_links(page):
    for link in page.xpath("//a"):
        if not link.get("href") or not (
            link.text_content().strip() or link.get("aria-label") or link.xpath(".//img/@alt")
        ):
            yield html.tostring(link)[:100]
