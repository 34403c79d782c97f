"""What Turkish readers type and what editors paste meets, sorts and is stored one way on every database."""

import json
import random
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import django
import pytest
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from news.text import (
    SORT_KEY_LENGTH,
    clean_line,
    clean_text,
    excerpt,
    fold,
    plain,
    reading_minutes,
    slugify,
    sort_key,
    visible,
)

TURKISH = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
TURKISH_CAPITALS = "ABCÇDEFGĞHIİJKLMNOÖPQRSŞTUÜVWXYZ"

pasted = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("çğıöşüÇĞİÖŞÜâîû \u00a0\u200b\u200d\ufe0f\u202e\u0307\u0327\x00\n\r\u2028👩💻❤1-_'’"),
    )
)
every_character = [chr(point) for point in range(sys.maxunicode + 1)]

# Prepended_Concatenation_Mark in PropList.txt: format characters that are drawn.
ARABIC_NUMBER_SIGNS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"


def invisible(character: str) -> bool:
    if character in ARABIC_NUMBER_SIGNS:
        return False
    noncharacter = "\ufdd0" <= character <= "\ufdef" or ord(character) & 0xFFFE == 0xFFFE
    return noncharacter or unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs"}


class TestFold:
    @pytest.mark.parametrize(
        ("spellings", "folded"),
        [
            (["IŞIK", "ışık", "isik", "Işık", "ISIK", "İŞİK", "I\u0307s\u0327ık"], "isik"),
            (["şehir", "Şehir", "ŞEHİR", "SEHIR", "s\u0327ehir"], "sehir"),
            (["İZMİR", "izmir", "Izmir", "ızmır", "İzmir"], "izmir"),
            (["hâlâ", "HÂLÂ", "hala"], "hala"),
            (["Straße", "STRASSE"], "strasse"),
            (["Cœur", "coeur"], "coeur"),
            (["Karşıyaka’da", "Karşıyaka'da", "KARŞIYAKA'DA"], "karsiyaka'da"),
            (["  Kültür\u00a0 \nSanat\u200b ", "kultur sanat"], "kultur sanat"),
            (["Bakı Əliyev", "baki eliyev"], "baki eliyev"),
        ],
    )
    def test_spellings_of_one_word_meet(self, spellings: list[str], folded: str) -> None:
        assert {fold(spelling) for spelling in spellings} == {folded}

    @given(pasted)
    def test_folding_twice_changes_nothing(self, words: str) -> None:
        assert fold(fold(words)) == fold(words)

    def test_capitals_of_every_letter_meet_its_small_form(self) -> None:
        for character in every_character[:0x20000]:
            forms = {
                fold(form) for form in (character, character.upper(), character.lower(), fold(character))
            }
            assert len(forms) == 1, character

    @given(st.text(st.sampled_from(TURKISH + " ")))
    def test_turkish_capitals_meet_small_letters(self, words: str) -> None:
        assert fold(words.translate(str.maketrans(TURKISH, TURKISH_CAPITALS))) == fold(words)


class TestSlugify:
    @pytest.mark.parametrize(
        ("title", "slug"),
        [
            ("Işık Şenliği", "isik-senligi"),
            ("İZMİR’in Kadın Çağrısı", "izmirin-kadin-cagrisi"),
            ("Çığ, ısı ve öğün: %50 üçgen!", "cig-isi-ve-ogun-50-ucgen"),
            ("hâlâ kâr", "hala-kar"),
            ("Straße & cœur", "strasse-coeur"),
            ("  -- Şehir -- ", "sehir"),
            ("Moskova Москва ile", "moskova-ile"),
            ("s\u0327ehir\u200b", "sehir"),
        ],
    )
    def test_titles_become_readable_addresses(self, title: str, slug: str) -> None:
        assert slugify(title) == slug

    @pytest.mark.parametrize("title", ["🎉🎉", "Москва", "إزمير", "…", "", "\u200b"])
    def test_a_title_without_latin_letters_takes_the_fallback(self, title: str) -> None:
        assert slugify(title, "haber") == "haber"

    def test_a_long_title_ends_at_a_word(self) -> None:
        slug = slugify("büyükşehir belediyesi " * 10)
        assert len(slug) <= 80
        assert slug.endswith(("-belediyesi", "-buyuksehir"))

    def test_one_word_of_many_letters_is_cut(self) -> None:
        assert slugify("ş" * 300) == "s" * 80

    @given(pasted)
    def test_only_address_letters_come_out(self, title: str) -> None:
        slug = slugify(title, "haber")
        assert re.fullmatch(r"[a-z0-9]([-_a-z0-9]{0,78}[a-z0-9])?", slug)
        assert slugify(slug) == slug

    def test_the_admin_shows_the_same_slug_while_typing(self, tmp_path: Path) -> None:
        """urlify.js is run as it is, by the node that comes with the browser tests."""
        driver = pytest.importorskip("playwright._impl._driver")
        titles = [
            "Işık Çağı", "IŞIK ÇAĞI", "İzmir’in 9 Eylül’ü", "Kadın  Fuarı - 2026", "ÇĞIİÖŞÜ çğıöşü",
            "hâlâ millî sükûnet", "Tunç Soyer: “Şehir, hepimizin!”", "%50 indirim (öğrenci)",
            "Aşık Veysel'i anma", "s\u0327ehir I\u0307zmir", "1.500 m² park", "Fuar\u00a0açıldı…",
            "A – B – C", "Bornova/Karşıyaka", "E-Belediye", "ör_nek",
        ]  # fmt: skip
        urlify = Path(django.__file__).parent / "contrib/admin/static/admin/js/urlify.js"
        script = tmp_path / "slugs.js"
        script.write_text(
            f"globalThis.window = globalThis;\n{urlify.read_text()}\n"
            f"console.log(JSON.stringify({json.dumps(titles)}.map(t => URLify(t, 80, false))));"
        )
        node = driver.compute_driver_executable()[0]
        shown = subprocess.run([node, script], capture_output=True, check=True, text=True).stdout
        assert [slugify(title) for title in titles] == json.loads(shown)


def collations() -> list[str]:
    """Every collation the database in use could have been created with."""
    if connection.vendor != "postgresql":
        return ["", "collate nocase"]
    with connection.cursor() as cursor:
        cursor.execute(
            "select collname from pg_collation where collencoding in (-1, 6) and collisdeterministic"
        )
        return [f'collate "{name}"' for (name,) in cursor.fetchall()]


class TestSortKey:
    def test_the_turkish_alphabet_in_its_order(self) -> None:
        for letters in (TURKISH, TURKISH_CAPITALS):
            shuffled = random.Random(1).sample(letters, len(letters))
            assert "".join(sorted(shuffled, key=lambda letter: sort_key(letter, "tr"))) == letters

    @pytest.mark.parametrize(
        ("language", "ordered"),
        [
            (
                "tr",
                ["alem", "âlem", "Cumaovası", "Çeşme", "Iğdır", "ılıca", "İzmir", "sehir", "Şehir", "zeytin"],
            ),
            (
                "en",
                ["alem", "âlem", "Çeşme", "Cumaovası", "Iğdır", "ılıca", "İzmir", "sehir", "Şehir", "zeytin"],
            ),
            ("tr", ["Urla", "Üçyol", "vapur", "waterfront", "xerox", "yol", "zeytin"]),
            ("tr-TR", ["Karşı Bahçe", "Karşıyaka", "“Kasım” Şenliği", "Kâşif"]),
            ("tr", ["9 Eylül Meydanı", "100. Yıl Parkı", "Alsancak", "Москва"]),
            ("tr", ["alem", "Alem", "âlem", "alim"]),
            ("en", ["cam", "çam", "can"]),
        ],
    )
    def test_names_stand_where_a_reader_looks(self, language: str, ordered: list[str]) -> None:
        shuffled = random.Random(1).sample(ordered, len(ordered))
        assert sorted(shuffled, key=lambda name: sort_key(name, language)) == ordered

    @given(pasted, st.sampled_from(["tr", "en"]))
    def test_a_key_fits_its_column_in_pairs_every_collation_keeps(self, name: str, language: str) -> None:
        key = sort_key(name, language)
        assert re.fullmatch(r"([bcdfgjrstv][0-9])+", key)
        assert len(key) <= SORT_KEY_LENGTH

    @given(
        st.text(st.sampled_from("ıIiİcCçÇ19 â")), st.text(st.sampled_from("abcçıi"), min_size=1, max_size=3)
    )
    def test_a_longer_name_stands_after_its_beginning(self, name: str, more: str) -> None:
        assert sort_key(name, "tr") < sort_key(f"{name.strip()[:50]} {more}", "tr") or len(name.strip()) > 50

    @pytest.mark.django_db
    def test_the_database_orders_as_python_does(self) -> None:
        names = [
            "Çeşme",
            "Cumaovası",
            "İzmir",
            "Iğdır",
            "zeytin",
            "Şehir",
            "âlem",
            "10 Kasım",
            "9 Eylül",
            "Москва",
        ]
        names += [letter * times for letter in TURKISH + TURKISH_CAPITALS for times in (1, 2)]
        keys = [sort_key(name, "tr") for name in names]
        values = ", ".join(["(%s)"] * len(names))
        with connection.cursor() as cursor:
            for collation in collations():
                cursor.execute(
                    f"select column1 from (values {values}) as v order by column1 {collation}", keys
                )
                assert [key for (key,) in cursor] == sorted(keys), collation

    def test_a_string_of_any_length_has_a_key(self) -> None:
        assert sort_key("9" * 1_000_000 + "ş" * 100_000, "tr").isascii()


class TestClean:
    def test_nothing_invisible_survives(self) -> None:
        unseen = [c for c in every_character if invisible(c) and not c.isspace()]
        assert [c for c in unseen if clean_line(f"a{c}b") != "ab"] == []

    def test_nothing_visible_is_lost(self) -> None:
        lost = [
            c for c in every_character
            if unicodedata.category(c)[0] in "LNPS" and c not in "\u115f\u1160\u3164\uffa0\u2800\ufffc"
            and clean_line(f"a{c}b") != unicodedata.normalize("NFC", f"a{c}b")
        ]  # fmt: skip
        assert lost == []

    @given(pasted)
    @example("👩\u200b\u200d💻")
    @example("a\ufe0f\u200d💻")
    @example("←\u200b\u0338\ufe0f")
    def test_cleaning_twice_changes_nothing(self, words: str) -> None:
        for clean in (visible, clean_line, clean_text):
            assert clean(clean(words)) == clean(words)

    @given(pasted)
    def test_a_title_is_one_line_of_xml_characters(self, words: str) -> None:
        line = clean_line(words)
        assert line == " ".join(line.split())
        assert unicodedata.is_normalized("NFC", line)
        assert not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u200b]", line)

    def test_every_kind_of_space_becomes_one(self) -> None:
        assert clean_line("\ufeff Konak\u00a0\u2009\t\r\n Meydanı \u3000") == "Konak Meydanı"

    def test_emoji_keep_their_joiners_and_words_lose_them(self) -> None:
        assert clean_line("👨‍👩‍👧 ❤️‍🔥 🏳️‍🌈 1️⃣ 👍🏽") == "👨‍👩‍👧 ❤️‍🔥 🏳️‍🌈 1️⃣ 👍🏽"
        assert clean_line("Ko\u200dnak\ufe0f") == "Konak"

    def test_decomposed_letters_of_macos_are_composed(self) -> None:
        assert clean_line("I\u0307zmir s\u0327ehri") == "İzmir şehri"

    def test_a_turned_file_name_is_turned_back(self) -> None:
        assert clean_line("foto\u202egpj.exe") == "fotogpj.exe"

    def test_lines_and_paragraphs_stay_in_plain_text(self) -> None:
        typed = "\r\n Bir \t iki\u00a0\r\nüç\r\n \r\n\r\n\r\ndört\u2028beş\n"
        assert clean_text(typed) == "Bir iki\nüç\n\ndört\nbeş"


class TestExcerpt:
    def test_a_short_text_is_whole(self) -> None:
        assert excerpt("Bir  iki", 7) == "Bir iki"

    def test_a_long_text_ends_at_a_word(self) -> None:
        assert excerpt("Alsancak, Konak ve Bornova", 12) == "Alsancak…"

    @given(pasted, st.integers(2, 40))
    def test_an_excerpt_fits_and_begins_like_the_text(self, words: str, length: int) -> None:
        cut = excerpt(words, length)
        assert len(cut) <= length
        assert clean_line(words).startswith(cut.removesuffix("…"))


def test_reading_takes_a_minute_at_least() -> None:
    assert [reading_minutes("söz " * words) for words in (0, 1, 200, 201, 1000)] == [1, 1, 1, 2, 5]


class TestPlain:
    def test_blocks_are_lines_and_words_stay_whole(self) -> None:
        html = (
            "<h2>Baş&shy;lık</h2><p>Ko<strong>nak</strong>&nbsp;Meydanı<br>açıldı</p>"
            "<ul><li>bir</li><li>iki</li></ul><table><tr><th>Yıl</th><td>2026</td></tr></table>"
            "<figure><img src=/media/a.jpg alt=x><figcaption>Alt &lt;yazı&gt;</figcaption></figure>"
            "<script>x()</script><style>p{}</style><!-- y -->"
        )
        assert plain(html) == "Başlık\nKonak Meydanı\naçıldı\nbir\niki\nYıl 2026\nAlt <yazı>"

    @pytest.mark.parametrize("html", ["", "   ", "<p></p>", "<!-- x -->", "\x00"])
    def test_nothing_to_read_is_an_empty_string(self, html: str) -> None:
        assert plain(html) == ""

    @given(st.text(st.sampled_from("<>/p divbrscript&;a\n !-'\"=")))
    def test_broken_markup_never_fails(self, html: str) -> None:
        plain(html)

    @pytest.mark.parametrize(
        "html",
        [
            "<p>şehir &amp; ışık</p>" * 80_000,
            "<div>" * 400_000,
            "<!--" * 500_000,
            "<a " * 600_000,
            "&" * 2_000_000,
            "<b>" * 300_000 + "</i>" * 280_000,
        ],
        ids=["paragraphs", "nesting", "comments", "tags", "entities", "stray ends"],
    )
    def test_two_megabytes_are_read_to_the_end(self, html: str) -> None:
        assert "<b>" not in plain(html)
