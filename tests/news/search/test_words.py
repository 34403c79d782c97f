import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.search.words import GAP, LONGEST, MOST_TIMES, MOST_WORDS, spans, stream, words

LETTERS = (
    "ıİIiğĞşŞçÇöÖüÜâÂîÎûÛé ’'-\"*()\u0307\u0327\u0306\u200b\u200d\ufeff\u00ad\n\u2800ßŒﬁ①²Ⅻ北москва🙂1️⃣👩‍🚒"
)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("İstanbul'un IŞIK şöleni", ["istanbul", "un", "isik", "soleni"]),
        ("kâğıt, ÇAĞRI; 15.30", ["kagit", "cagri", "15", "30"]),
        ("s\u0327ehir", ["sehir"]),
        ("be\u200blediye", ["belediye"]),
        ("snake_case", ["snake", "case"]),
        ("!?* () --", []),
    ],
)
def test_words_are_plain(line, found):
    assert words(line) == found


def test_letters_of_other_scripts_make_words_too():
    (word,) = words("Москва")
    assert word.isascii()
    assert word.isalnum()
    assert words("москва") == [word]


def test_a_word_without_end_is_cut_the_same_wherever_it_stands():
    assert words("a" * 500) == ["a" * LONGEST]


@given(st.text(st.sampled_from(LETTERS) | st.characters(), max_size=60))
def test_words_stand_in_the_original_where_their_places_say(line):
    found = list(spans(line))
    assert [word for word, _start, _end in found] == words(line)
    for word, start, end in found:
        assert word in words(line[start:end])
        assert 0 <= start < end <= len(line)


@pytest.mark.parametrize(
    "line", ["Işık", "İSTANBUL", "s\u0327ehir", "çağ", "kâr", unicodedata.normalize("NFD", "Şişli")]
)
def test_the_place_of_a_word_is_all_of_its_letters(line):
    whole = f"– {line}. "
    [(_word, start, end)] = spans(whole)
    assert whole[start:end] == line


def test_no_phrase_reaches_from_the_title_into_the_text():
    assert stream(["Yeni park", "Bahçe"]) == ["yeni", "park", GAP, "bahce", GAP]


def test_a_document_is_cut_where_both_databases_can_follow():
    assert len(stream(["kelime " * 20_000])) == MOST_WORDS
    assert stream(["ve " * 1000]).count("ve") == MOST_TIMES
