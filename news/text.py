"""Turkish-aware text: one fold for matching, slugs, sort keys, and the cleaning of pasted words.

Python, SQLite and PostgreSQL each treat the Turkish i differently (``"İ".lower()`` is two code points,
``LIKE`` on SQLite knows ASCII only, PostgreSQL answers by its locale), so nothing compares or sorts by the
database's idea of letters: these functions make plain strings that mean the same everywhere.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from html import unescape

from lxml import etree

# Letters that Unicode does not decompose into a base letter and a mark.
BASE_LETTERS = {
    "ı": "i", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ħ": "h", "ŧ": "t",
    "ə": "e", "ŋ": "n", "ĸ": "k", "ß": "ss",
}  # fmt: skip

# Straight and curly marks are one key on the reader's keyboard.
SAME_MARKS = dict.fromkeys("‘’‚‛ʼ′`´", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-")

FOLDED = str.maketrans(BASE_LETTERS | SAME_MARKS)


class _Folding(dict[int, int | str | None]):
    """What becomes of a decomposed character, found out when it is first met: a mark falls away."""

    def __missing__(self, code: int) -> int | str | None:
        is_mark = unicodedata.category(chr(code)) in {"Mn", "Me"}
        self[code] = found = None if is_mark else FOLDED.get(code, code)
        return found


FOLDING = _Folding()
UNMARKED = str.maketrans(BASE_LETTERS)

# Symbols that take part in emoji sequences: near enough to Extended_Pictographic (UTS #51).
PICTOGRAPH = "[©®‼⁉™ℹ\u2190-\u27ff\u2900-\u2bff〰〽㊗㊙\U0001f000-\U0001faff]"
EMOJI_PART = f"{PICTOGRAPH}[\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?"

# A joiner or a variation selector stands only inside an emoji, where it decides what is seen; anywhere else
# it makes two titles that look the same and are not. Everything else here is never seen at all: controls,
# format characters (a bidi override turns "gpj.exe" around, UTR #36), fillers, private use (Word's bullets),
# surrogates, noncharacters. The signs before Arabic numbers (U+0600...) are format characters, but seen.
INVISIBLE = re.compile(
    f"({EMOJI_PART}(?:\u200d{EMOJI_PART})*|[0-9#*]\ufe0f?\u20e3)"
    "|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\ufdd0-\ufdef"
    "\ud800-\udfff\ue000-\uf8ff\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U0004fffe\U0004ffff\U0005fffe\U0005ffff"
    "\U0006fffe\U0006ffff\U0007fffe\U0007ffff\U0008fffe\U0008ffff\U0009fffe\U0009ffff\U000afffe\U000affff"
    "\U000bfffe\U000bffff\U000cfffe\U000cffff\U000dfffe\U000dffff\U000e0000-\U000e0fff\U000efffe-\U0010ffff]"
)
# Where none of these stands, nothing of the above does: most texts are known by it, ten times sooner.
PERHAPS_INVISIBLE = re.compile("[^\t\n -~\xa0-\xac\xae-\u034e\u2010-\u2027]")
LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# The empty Braille cell is a symbol to Unicode and a space to the eye.
BRAILLE_BLANK = "\u2800"
BLANK = re.compile(f"[\\s{BRAILLE_BLANK}]+")

# Slugs end up in addresses that people read aloud, print and shorten.
SLUG_LENGTH = 80
SLUG_DROPS = re.compile(r"[^-\w\s]", re.ASCII)
SLUG_JOINS = re.compile(r"[-\s]+")

WORDS_PER_MINUTE = 200

# Places are sorted word by word, and a double name is two words.
NAME_JOINS = re.compile("[-‐‑‒–—―−/]+")

# The longest key is 2 * (2 * SORTED_LETTERS) + 2 characters; columns that store it take SORT_KEY_LENGTH.
SORTED_LETTERS = 60
SORT_KEY_LENGTH = 255
ALPHABETS = {"tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz", "en": "abcdefghijklmnopqrstuvwxyz"}


def without_invisible(text: str) -> str:
    """`text` without the characters nobody sees; safe on markup, where NFC would join ``>`` and U+0338."""
    if not PERHAPS_INVISIBLE.search(text):
        return text
    return INVISIBLE.sub(lambda match: match[1] or "", text)


def visible(text: str) -> str:
    """`text` in NFC (UAX #15) without the characters nobody sees; white space stays as it is."""
    return unicodedata.normalize("NFC", without_invisible(unicodedata.normalize("NFC", text)))


def clean_line(text: str) -> str:
    """A title or a name as it should be stored: one line, single spaces, nothing invisible.

    Emoji sequences keep their joiners: without them one family becomes four people, which a reader sees.
    """
    return single_spaced(visible(text))


def single_spaced(text: str) -> str:
    return " ".join(text.replace(BRAILLE_BLANK, " ").split())


def clean_text(text: str) -> str:
    """Plain text of several lines as it should be stored; at most one empty line stays between paragraphs."""
    lines = [clean_line(line) for line in LINE_END.sub("\n", text).split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def fold(text: str) -> str:
    """What `text` is matched by, in every language: IŞIK, ışık, Işık and isik all become ``isik``.

    Both sides of a comparison must be folded: columns when stored, words when asked for. Case is folded twice
    because compatibility forms (ℌ, ᾳ) hide capitals behind a decomposition (Unicode 3.13, D146).
    """
    text = visible(text)
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text.casefold())
    return single_spaced(text.translate(FOLDING))


@lru_cache(maxsize=2000)
def slugify(text: str, fallback: str = "") -> str:
    """The readable part of an address: ASCII, lower case, at most 80 characters, cut at a word.

    Agrees with the admin's urlify.js for Turkish titles, where Django's own slugify drops the ı ("Işık" would
    be ``isk``). Other scripts are not transliterated; a title without Latin letters gives `fallback`.
    """
    decomposed = unicodedata.normalize("NFD", clean_line(text))
    letters = "".join(c for c in decomposed if unicodedata.category(c) != "Mn").lower()
    ascii_only = SLUG_DROPS.sub("", letters.translate(UNMARKED))
    slug = SLUG_JOINS.sub("-", ascii_only.strip()).strip("-_")
    if len(slug) > SLUG_LENGTH:
        at_word, _, _ = slug[: SLUG_LENGTH + 1].rpartition("-")
        slug = (at_word or slug[:SLUG_LENGTH]).rstrip("-_")
    return slug or fallback


def sort_key(text: str, language: str) -> str:
    """A string to store beside a name; ordering by it is the alphabet of `language` in every database.

    Numbers sort by value, punctuation does not count, and a plain letter stands before an accented one or a
    capital only where all else is equal (UTS #10).
    """
    signs = _turkish_signs if language.partition("-")[0] == "tr" else _english_signs
    first: list[int] = []
    second: list[int] = []
    for piece in re.findall(r"\d+|\s|\D", NAME_JOINS.sub(" ", clean_line(text))):
        if piece.isdecimal():
            digits = str(int(piece[:SORTED_LETTERS]))
            codes = [10 + min(len(digits), 9), *(20 + int(digit) for digit in digits)]
            marks = [0] * len(codes)
        else:
            codes, marks = signs(piece)
        first += codes
        second += marks
        if len(first) >= SORTED_LETTERS:
            break
    tie = second[:SORTED_LETTERS]
    while tie and not tie[-1]:
        tie.pop()
    return "".join(map(_pair, [*first[:SORTED_LETTERS], 0, *tie]))


def _pair(code: int) -> str:
    """A letter and a digit that every collation keeps in this order.

    No pair of letters ("aa" is a letter in Danish, "ch" in Czech), no run of digits (ICU can count), and no
    letter that some alphabet moves (x in Azerbaijani, y in Lithuanian, vowels in Hawaiian).
    """
    return "bcdfgjrstv"[code // 10] + str(code % 10)


def _signs(letter: str, alphabet: str) -> tuple[list[int], list[int]]:
    """Codes of one character: 1 space, 10-29 numbers, 30-61 letters, 90 and three
    more for other scripts."""
    if letter == " ":
        return [1], [0]
    if unicodedata.category(letter)[0] not in "LNM":
        return [], []
    small = letter.lower()
    if "ı" in alphabet:
        small = {"I": "ı", "İ": "i"}.get(letter, small)
    capital = int(small != letter)
    if small in alphabet:
        return [30 + alphabet.index(small)], [capital]
    codes: list[int] = []
    for base in fold(letter):
        if base in alphabet:
            codes.append(30 + alphabet.index(base))
        else:
            point = ord(base)
            codes += [90, point // 10000, point // 100 % 100, point % 100]
    return codes, [2 + capital] * len(codes)


SignTable = Callable[[str], tuple[list[int], list[int]]]
_turkish_signs: SignTable = lru_cache(maxsize=2048)(lambda letter: _signs(letter, ALPHABETS["tr"]))
_english_signs: SignTable = lru_cache(maxsize=2048)(lambda letter: _signs(letter, ALPHABETS["en"]))


def excerpt(text: str, length: int) -> str:
    """The beginning of `text` in at most `length` characters; a cut falls at a word and shows an ellipsis."""
    line = clean_line(text)
    if len(line) <= length:
        return line
    room = line[:length]
    at_word, _, _ = room.rpartition(" ")
    kept = at_word or room[:-1]
    return kept.rstrip(" .,;:!?-–—(\"'“‘…") + "…"


def reading_minutes(text: str) -> int:
    """Whole minutes to read `text` at 200 words a minute, started minutes counting."""
    return max(1, -(-len(text.split()) // WORDS_PER_MINUTE))


UNSEEN_ELEMENTS = {"script", "style", "template", "noscript", "title", "svg", "math", "iframe", "object"}
INLINE_ELEMENTS = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
}  # fmt: skip


# Real pages nest a few dozen deep. Each stray end tag makes libxml2 look through all that is open, so a
# hostile page of 2 MB would take minutes; beyond this depth markup is not read as markup.
MAX_DEPTH = 500
TAG = re.compile("<[^<>]*>")


class TooDeepError(ValueError):
    """The markup nests deeper than any page a person made."""


def parse(html: str, target: object) -> None:
    """Feed `html` to a target with ``start``, ``end``, ``data`` and ``close``: one pass and no tree."""

    parser = etree.HTMLParser(target=target, remove_comments=True, remove_pis=True, huge_tree=True)
    source = without_invisible(f"<div>{html}</div>")
    for position in range(0, len(source), 65536):
        parser.feed(source[position : position + 65536])
    parser.close()


def without_tags(html: str) -> str:
    """The text of markup that is too deep to be read as such."""
    return unescape(TAG.sub(" ", html))


class _Visible:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.depth = 0
        self.unseen = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TooDeepError
        if tag in UNSEEN_ELEMENTS:
            self.unseen += 1
        self._boundary(tag)

    def end(self, tag: str) -> None:
        self.depth -= 1
        if tag in UNSEEN_ELEMENTS:
            self.unseen -= 1
        self._boundary(tag)

    def data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(BLANK.sub(" ", data))

    def close(self) -> None:
        pass

    def _boundary(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.parts.append(" ")
        elif tag not in INLINE_ELEMENTS:
            self.parts.append("\n")


def plain(html: str) -> str:
    """What a reader sees of `html`, a line for each block: for search, summaries, reading time, mail."""
    seen = _Visible()
    try:
        parse(html, seen)
    except TooDeepError:
        return clean_line(without_tags(html))
    lines = (clean_line(line) for line in "".join(seen.parts).split("\n"))
    return "\n".join(line for line in lines if line)
