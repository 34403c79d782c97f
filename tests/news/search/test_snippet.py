import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.search.query import parse
from news.search.snippet import LENGTH, highlighted, snippet


def shown(pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("typed", "line", "marked"),
    [
        ("isik", "IŞIKLARI kapat, ışık aç", "[IŞIKLARI] kapat, [ışık] aç"),
        ("istanbul", "İstanbul'un sabahı", "[İstanbul]'un sabahı"),
        ("kagit", "Kâğıt ve kağıt", "[Kâğıt] ve [kağıt]"),
        ("sehir", "s\u0327ehirde bayram", "[s\u0327ehirde] bayram"),
        ("belediye", "be\u00adlediye çalışıyor", "[be\u00adlediye] çalışıyor"),
        (
            '"belediye başkanı"',
            "Belediye Başkanı, belediye ve başkanı",
            "[Belediye Başkanı], belediye ve başkanı",
        ),
        ("ev", "Evler ve ev", "Evler ve [ev]"),
        ("<b>", "a <b> b", "a <[b]> [b]"),
        ("moskova", "Москва", "Москва"),
    ],
)
def test_the_original_letters_are_marked_where_the_plain_words_match(typed, line, marked):
    assert shown(highlighted(line, parse(typed))) == marked


def test_a_long_text_is_shown_around_what_was_found():
    text = "Başlangıç sözleri. " * 50 + "Tramvay yarın çalışmayacak. " + "Son sözler. " * 50
    found = shown(snippet([text], parse("tramvay")))
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert "[Tramvay] yarın çalışmayacak." in found
    assert len(found) < LENGTH + 10


def test_the_place_that_shows_more_of_the_words_is_chosen():
    text = "Tramvay. " + "Araya giren sözler. " * 40 + "Tramvay ve kordon birlikte. " + "Son. " * 40
    assert "[Tramvay] ve [kordon]" in shown(snippet([text], parse("tramvay kordon")))


def test_the_summary_is_shown_where_it_says_as_much_as_the_text():
    assert shown(snippet(["Özet: tramvay.", "Metin: tramvay."], parse("tramvay"))) == "Özet: [tramvay]."
    assert shown(snippet(["Özet.", "Metin: tramvay."], parse("tramvay"))) == "Metin: [tramvay]."
    assert shown(snippet(["Özet.", "Metin."], parse("tramvay"))) == "Özet."
    assert shown(snippet(["", ""], parse("tramvay"))) == ""


@given(
    st.text(st.sampled_from("ab ıİş\u0327\u0301🙂\n"), max_size=600),
    st.text(st.sampled_from('ab ıis"'), max_size=20),
)
def test_nothing_is_lost_or_made_up(line, typed):
    query = parse(typed)
    assert "".join(piece.text for piece in highlighted(line, query)) == line
    found = "".join(piece.text for piece in snippet([line], query))
    assert found.removeprefix("… ").removesuffix(" …") in line
