import pytest

from news.search.query import MOST_LETTERS, MOST_WORDS, Term, parse


def said(typed: str, language: str = "") -> list[str]:
    """Terms as a person would write them: `word*`, `word`, or `"a phrase"`."""
    return [
        f'"{" ".join(term.words)}"' if len(term.words) > 1 else term.words[0] + ("" if term.exact else "*")
        for term in parse(typed, language).terms
    ]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("Belediye Başkanı", ["belediye*", "baskani*"]),
        ('"Belediye Başkanı"', ['"belediye baskani"']),
        ("“Belediye Başkanı” ulaşım", ['"belediye baskani"', "ulasim*"]),
        ('"meydan"', ["meydan"]),
        ('"açık kalan tırnak', ["acik*", "kalan*", "tirnak*"]),
        ("Ankara'nın", ["ankara*"]),
        ("mayor’s", ["mayor*"]),
        ("d'Artagnan", ["d", "artagnan*"]),
        ("Kültür-Sanat", ["kultur*", "sanat*"]),
        ("2026", ["2026"]),
        ("ev", ["ev"]),
        ("park ve bahçe", ["park*", "bahce*"]),
        ("ve", ["ve"]),
        ("ve ile", ["ve", "ile*"]),
        ("the and", ["the*", "and*"]),
        ("ışık IŞIK isik", ["isik*"]),
        (
            "belediye* AND NOT (title:x OR NEAR(a b)) -^y",
            ["belediye*", "not*", "title*", "x", "or", "near*", "b", "y"],
        ),
        ("!?*'\"()[]", []),
        ("   ", []),
        ("", []),
    ],
)
def test_everything_but_words_and_phrases_only_parts_words(typed, terms):
    assert said(typed) == terms


@pytest.mark.parametrize(
    ("typed", "language", "terms"),
    [
        ("su kesintisi", "tr", ["su", "kesintisi*"]),
        ("şu kesinti", "tr", ["su", "kesinti*"]),
        ("on iş ilanı", "tr", ["on", "is", "ilani*"]),
        ("iş ilanı", "", ["is", "ilani*"]),
        ("at arabası", "tr", ["at", "arabasi*"]),
        ("park ve bahçe", "en", ["park*", "bahce*"]),
        ("news of the water", "en", ["news*", "water*"]),
        ("works on the bridge", "en", ["works*", "bridge*"]),
        ("the bridge", "tr", ["bridge*"]),
        ('"works on the bridge"', "en", ['"works on the bridge"']),
        ("on", "en", ["on"]),
    ],
)
def test_a_word_is_dropped_only_where_it_means_nothing(typed, language, terms):
    assert said(typed, language) == terms


def test_what_is_too_long_is_looked_for_by_its_beginning_and_says_so():
    long = parse("belediye " * 5000)
    assert long.shortened
    assert len(long.typed) <= MOST_LETTERS
    many = parse("a1 b2 c3 d4 e5 f6 g7 h8 i9")
    assert many.shortened
    assert len(many.terms) == MOST_WORDS
    phrase = parse('"a1 b2 c3 d4 e5 f6 g7 h8 i9"')
    assert phrase.shortened
    assert phrase.terms == (Term(("a1", "b2", "c3", "d4", "e5", "f6", "g7", "h8"), exact=True),)
    assert not parse("  ışık  ").shortened
