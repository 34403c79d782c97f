"""Whatever is pasted, a reader sees its words in clean structure and nothing of where they came from."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from django.utils import translation
from hypothesis import given

from news.richtext import absolute, clean, headings, image_sources, links, render
from news.richtext.writing import ATTRIBUTES
from news.text import plain
from tests.news.richtext_markup import markup

PASTED = Path(__file__).parents[1] / "data" / "pasted"
FRAGMENTS = sorted(path.name.removesuffix(".clean.html") for path in PASTED.glob("*.clean.html"))


def elements(html: str) -> Iterator[tuple[str, dict[str, str]]]:
    """What a browser makes of it: html5lib follows the WHATWG parsing rules and knows nothing of ours."""
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        yield str(element.tag), dict(element.attrib)


def assert_harmless(html: str) -> None:
    for tag, attributes in elements(html):
        assert tag in {*ATTRIBUTES, "DOCUMENT_FRAGMENT"}
        assert set(attributes) <= ATTRIBUTES.get(tag, set())
        assert re.match(
            r"(https?://.|mailto:.|tel:.|[^:]*$|[/?#])", attributes.get("href", "/"), re.IGNORECASE
        )
        assert attributes.get("src", "/media/x").startswith("/media/")


class TestPasted:
    def test_the_corpus_has_fifty_fragments(self) -> None:
        assert len(FRAGMENTS) >= 50

    @pytest.mark.parametrize("name", FRAGMENTS)
    def test_a_fragment_reads_as_it_should(self, name: str) -> None:
        pasted = (PASTED / f"{name}.html").read_bytes().decode()
        expected = (PASTED / f"{name}.clean.html").read_text().removesuffix("\n")
        assert clean(pasted) == expected
        assert clean(expected) == expected
        assert_harmless(expected)

    @pytest.mark.parametrize(
        ("name", "unseen"),
        [
            ("word-desktop-comments-and-deletions", "Bunu yayımlamayalım"),
            ("word-desktop-comments-and-deletions", "gizli konuk"),
            ("word-desktop-text-box-and-hidden", "GİZLİ NOT"),
            ("word-desktop-list", "·"),
            ("web-hidden-parts", "tuzak"),
            ("web-form", "Gönder"),
            ("hostile-control-and-bidi", "\u202e"),
        ],
    )
    def test_what_the_source_did_not_show_is_not_published(self, name: str, unseen: str) -> None:
        assert unseen not in clean((PASTED / f"{name}.html").read_bytes().decode())


class TestEditor:
    """Everything the extensions of the editor can write comes back from a save."""

    @pytest.mark.parametrize(
        "written",
        [
            "<p><strong>Bold</strong> <em>Italic</em> <s>Strike</s> H<sub>2</sub>O m<sup>2</sup></p>",
            "<h2>Heading 2</h2>\n<h3>Heading 3</h3>",
            "<blockquote><p>Bir</p><p>İki</p></blockquote>",
            '<p><a href="https://www.izmir.bel.tr/tr" title="Belediye">bağ</a></p>',
            "<p>bir<br>iki</p>\n<hr>\n<p>üç</p>",
            '<figure><img src="/media/a.jpg" alt="Kule" width="10" height="5"></figure>',
            '<figure><img src="/media/a.jpg" alt=""><figcaption>Saat <em>Kulesi</em></figcaption></figure>',
            '<ol start="3" type="a"><li>bir<ul><li>iki</li></ul></li></ol>',
            '<table><tbody><tr><th scope="row">a</th><td colspan="2" rowspan="2">b</td></tr></tbody></table>',
        ],
    )
    def test_it_survives(self, written: str) -> None:
        assert clean(written) == written

    def test_paragraphs_in_entries_and_cells_cost_nothing(self) -> None:
        lists, cells = "<ul><li><p>a</p></li></ul>", '<td colspan="1"><p>b</p></td><td><p>c</p></td>'
        assert clean(f"{lists}<table><tr>{cells}</tr></table>") == (
            "<ul><li>a</li></ul>\n<table><tbody><tr><td>b</td><td>c</td></tr></tbody></table>"
        )


class TestStructure:
    @pytest.mark.parametrize(
        ("levels", "mended"),
        [
            ("1", "2"),
            ("14", "23"),
            ("246", "233"),
            ("3323", "2223"),
            ("123", "233"),
            ("2324", "2323"),
            ("62", "22"),
        ],
    )
    def test_headings_start_below_the_title_and_skip_no_level(self, levels: str, mended: str) -> None:
        pasted = "".join(f"<h{level}>x</h{level}><p>y</p>" for level in levels)
        assert re.findall("<h([0-9])>", clean(pasted)) == list(mended)

    def test_a_heading_in_a_cell_or_quotation_is_only_bold(self) -> None:
        assert (
            clean("<blockquote><h2>a</h2></blockquote>")
            == "<blockquote><p><strong>a</strong></p></blockquote>"
        )

    @pytest.mark.parametrize("empty", [
        "<p></p>", "<p>&nbsp;</p>", "<p><br></p>", "<p><b> </b></p>", "<h2> </h2>", "<ul><li></ul>",
        "<p>\u200b</p>",
        "<table><tr><td></table>", "<blockquote>\n</blockquote>", "<a href=/x></a>",
    ])  # fmt: skip
    def test_what_holds_nothing_is_gone(self, empty: str) -> None:
        assert clean(f"{empty}<p>a</p>{empty}") == "<p>a</p>"

    def test_head_cells_say_what_they_head(self) -> None:
        rows = "<tr><td></td><th>Sabah</th></tr><tr><th>Konak</th><td>1</td></tr>"
        assert clean(f"<table>{rows}</table>") == (
            '<table><thead><tr><td></td><th scope="col">Sabah</th></tr></thead>'
            '<tbody><tr><th scope="row">Konak</th><td>1</td></tr></tbody></table>'
        )

    def test_a_scope_that_was_given_stays(self) -> None:
        assert 'scope="rowgroup"' in clean("<table><tr><th scope=rowgroup>a<td>b</table>")

    def test_numbers_keep_to_their_units(self) -> None:
        assert clean("<p>17&nbsp;°C&nbsp;ve&nbsp; rüzgâr&nbsp;</p>") == "<p>17&nbsp;°C ve rüzgâr</p>"

    def test_letters_of_macos_are_composed(self) -> None:
        assert clean("<p>I\u0307zmir s\u0327ehri</p>") == "<p>İzmir şehri</p>"

    def test_the_language_of_foreign_words_is_kept_but_not_what_word_believes(self) -> None:
        assert clean('<p lang="en">a</p>') == '<p lang="en">a</p>'
        assert clean('<p class="MsoNormal" lang="EN-US">a <span lang="DE">b</span></p>') == "<p>a b</p>"

    def test_bold_ends_with_its_word(self) -> None:
        assert clean("<p>a<b> b </b>c</p>") == "<p>a <strong>b</strong> c</p>"

    def test_two_quotations_stay_two(self) -> None:
        assert clean("<p><q>a</q><q>b</q></p>") == "<p><q>a</q><q>b</q></p>"

    def test_counting_that_does_not_start_at_one_is_not_a_list(self) -> None:
        assert "<ol>" not in clean("<p>5.&nbsp; madde</p><p>6.&nbsp; madde</p>")


class TestAddresses:
    @pytest.mark.parametrize(
        ("pasted", "stored"),
        [
            ("https://a.tr/x?a=1&amp;b=ş", "https://a.tr/x?a=1&amp;b=ş"),
            ("/tr/haberler/1/", "/tr/haberler/1/"),
            ("#ulasim", "#ulasim"),
            ("tel:+902322930000", "tel:+902322930000"),
            ("www.izmir.bel.tr", "https://www.izmir.bel.tr"),
            ("bilgi@izmir.bel.tr", "mailto:bilgi@izmir.bel.tr"),
            ("//a.tr/b c", "https://a.tr/b%20c"),
            ("\\\\a.tr\\b", "https://a.tr/b"),
            ("HTTPS://a.tr", "HTTPS://a.tr"),
        ],
    )
    def test_links_that_lead_somewhere_stay(self, pasted: str, stored: str) -> None:
        assert clean(f'<p><a href="{pasted}">x</a></p>') == f'<p><a href="{stored}">x</a></p>'

    @pytest.mark.parametrize("pasted", [
        "javascript:x", "java\nscript:x", "data:text/html,x", "vbscript:x", "file:///c:/x", "C:\\x.doc",
        "about:blank",
        "ftp://a.tr", "#_Toc1", "#", "", " ", "http://", "https://[", "/" * 2001,
    ])  # fmt: skip
    def test_of_other_links_only_the_text_stays(self, pasted: str) -> None:
        assert clean(f'<p><a href="{pasted}">x</a></p>') == "<p>x</p>"

    @pytest.mark.parametrize("src", [
        "https://evil.tr/a.jpg", "//evil.tr/media/a.jpg", "media/a.jpg", "/media/", "/media/../admin/",
        "/media/%2E%2e/a", "data:image/png;base64,AA", "/media/a\\b",
    ])  # fmt: skip
    def test_pictures_of_others_are_dropped(self, src: str) -> None:
        assert clean(f'<p>a</p><figure><img src="{src}"><figcaption>b</figcaption></figure>') == "<p>a</p>"

    def test_media_may_live_elsewhere(self) -> None:
        source = "https://media.izmir.bel.tr/a.jpg"
        kept = f'<figure><img src="{source}" alt="x"></figure>'
        assert clean(kept, media_url="https://media.izmir.bel.tr/") == kept
        assert clean(kept) == ""

    def test_a_picture_may_carry_a_link(self) -> None:
        kept = '<figure><a href="/x"><img src="/media/a.jpg" alt="x"></a></figure>'
        assert clean(kept) == kept


class TestProperties:
    @given(markup)
    def test_anything_becomes_harmless_and_stays_as_it_is(self, pasted: str) -> None:
        cleaned = clean(pasted)
        assert clean(cleaned) == cleaned
        assert_harmless(cleaned)
        assert not re.search(
            "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u200b\ufffe\uffff]", cleaned
        )
        assert unicodedata.is_normalized("NFC", cleaned)

    @given(markup)
    def test_anything_can_be_shown(self, pasted: str) -> None:
        cleaned = clean(pasted)
        assert plain(render(cleaned)) == plain(cleaned)
        ids = [heading.id for heading in headings(cleaned)]
        assert [attributes["id"] for _, attributes in elements(render(cleaned)) if "id" in attributes] == ids
        assert len(set(ids)) == len(ids)
        assert image_sources(absolute(cleaned, "https://a.tr/haber")) == [
            f"https://a.tr{source}" for source in image_sources(cleaned)
        ]

    @pytest.mark.parametrize(
        "pasted",
        [
            "<p>İzmir <strong>Kültürpark</strong>ta <a href='/x'>yeni</a> etkinlik.</p>" * 3_000,
            "<div>" * 400_000,
            "<b>" * 300_000 + "</i>" * 280_000,
            "".join(f"<font color={number}>" for number in range(400)) + "<p>x" * 30_000,
            "<p " + " ".join(f"x{number}=1" for number in range(100_000)) + ">x",
            "<table><tr>" + "<td>x" * 30_000,
            "<ul><li>x</ul>" * 20_000,
            "a<br>" * 30_000,
            "<h2>a</h2>" * 20_000,
            "<blockquote><p>x</blockquote>" * 10_000,
            "<p>" + "&nbsp;" * 100_000,
            "a" + "\u0301" * 200_000,
        ],
        ids=[
            "news", "nesting", "stray ends", "marks", "attributes", "cells", "lists", "breaks",
            "headings", "quotes",
            "spaces", "accents",
        ],
    )  # fmt: skip
    def test_two_hostile_megabytes_are_read_to_the_end(self, pasted: str) -> None:
        cleaned = clean(pasted)
        assert clean(cleaned) == cleaned
        assert render(cleaned) is not None

    def test_a_long_text_of_many_letters_is_whole(self) -> None:
        cleaned = clean("<p>" + "ışık 👩\u200d💻 şehir " * 20_000 + "</p>")
        assert plain(cleaned).split() == ["ışık", "👩\u200d💻", "şehir"] * 20_000

    def test_markup_too_deep_to_be_a_page_is_kept_as_text(self) -> None:
        assert clean("<blockquote>" * 600 + "a &lt;b&gt; & c") == "<p>a &lt;b&gt; &amp; c</p>"


class TestRender:
    TABLE = '<table><tbody><tr><th scope="row">a</th><td>b</td></tr></tbody></table>'

    def test_headings_can_be_linked_to(self) -> None:
        html = '<h2>Işık <em>Çağı</em></h2>\n<h3 lang="en">Light</h3>\n<h2>Işık Çağı</h2>\n<h2>Москва</h2>'
        assert [tuple(heading) for heading in headings(html)] == [
            (2, "h-isik-cagi", "Işık Çağı"),
            (3, "h-light", "Light"),
            (2, "h-isik-cagi-2", "Işık Çağı"),
            (2, "h-x", "Москва"),
        ]
        assert '<h3 lang="en" id="h-light">Light</h3>' in render(html)

    def test_a_table_scrolls_by_keyboard_under_the_name_of_its_caption(self) -> None:
        html = self.TABLE.replace("<tbody>", "<caption>Sefer &amp; “saat”</caption><tbody>")
        region = '<div class="scroll" role="region" tabindex="0" aria-label="Sefer &amp; “saat”"><table>'
        assert render(html).startswith(region)
        assert render(html).endswith("</table></div>")

    def test_tables_without_caption_have_names_of_their_own(self) -> None:
        with translation.override("en"):
            names = re.findall('aria-label="([^"]*)"', render(self.TABLE * 2))
        assert names == ["Table", "Table 2"]

    def test_foreign_links_say_so(self) -> None:
        html = (
            '<p><a href="https://a.tr/">a</a> <a href="https://izmir.bel.tr/x">b</a> <a href="/c">c</a></p>'
        )
        shown = render(html, host="izmir.bel.tr:8000")
        assert re.findall('href="([^"]*)" rel="noopener external"', shown) == ["https://a.tr/"]

    def test_what_was_never_cleaned_is_harmless_all_the_same(self) -> None:
        shown = render("<p onclick=x>a<script>alert(1)</script><img src=x onerror=y></p><h2>b")
        assert shown == '<p>a<img></p><h2 id="h-b">b</h2>'

    def test_links_and_pictures_are_listed_once(self) -> None:
        html = clean('<a href="/a?b&c">x</a> <a title="t" href="/a?b&c">y</a>' + "<img src=/media/a.jpg>" * 2)
        assert links(html) == ["/a?b&c"]
        assert image_sources(html) == ["/media/a.jpg"]

    def test_readers_elsewhere_get_whole_addresses(self) -> None:
        html = (
            '<p><a href="/c?d&amp;e">c</a><a href="#f">f</a><a href="mailto:a@b.tr">g</a></p>'
            '<figure><img src="/media/a.jpg" alt="x"></figure>'
        )
        assert links(absolute(html, "https://a.tr/tr/haberler/1/")) == [
            "https://a.tr/c?d&e",
            "https://a.tr/tr/haberler/1/#f",
            "mailto:a@b.tr",
        ]
        assert 'src="https://a.tr/media/a.jpg"' in absolute(html, "https://a.tr/tr/haberler/1/")
