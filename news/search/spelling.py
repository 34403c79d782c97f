"""“Did you mean”: words of the index that lie a slip away from what was typed.

The cost does not grow with the number of words: all slips of one letter are looked up by name, and slips of
several vowels by the consonants, which are stored beside each word.
"""

import re
import string

from django.db import connection

#: Shorter words have too many neighbours, longer ones are not words.
SHORTEST, LONGEST = 4, 24
SAME_SKELETON = 100
VOWELS = str.maketrans("", "", "aeiou")
DOUBLED = re.compile(r"(.)\1+")


def skeleton(word: str) -> str:
    """`belediyye`, `beladiye` and `belediye` are all `bldy`."""
    return DOUBLED.sub(r"\1", word.translate(VOWELS))


def suggestion(name: str, language: str, typed: str) -> tuple[str, int]:
    """The nearest word of the index to `typed`, the more frequent of two, and in how many documents it
    stands; an empty word when none is near."""
    if not (SHORTEST <= len(typed) <= LONGEST and typed.isalpha()):
        return "", 0
    with connection.cursor() as cursor:
        slips = sorted(_slips(typed))
        places = ", ".join(["%s"] * len(slips))
        cursor.execute(
            f"SELECT word, entries FROM {name}_word WHERE language = %s AND word IN ({places})",
            [language, *slips],
        )
        near = dict(cursor.fetchall())
        cursor.execute(
            f"SELECT word, entries FROM {name}_word WHERE language = %s AND skeleton = %s"
            " ORDER BY entries DESC LIMIT %s",
            [language, skeleton(typed), SAME_SKELETON],
        )
        near |= dict(cursor.fetchall())
    most = 1 if len(typed) < 6 else 2
    ranked = [(distance(typed, word), -entries, word) for word, entries in near.items() if entries]
    _distance, entries, word = min((found for found in ranked if 0 < found[0] <= most), default=(0, 0, ""))
    return word, -entries


def _slips(word: str) -> set[str]:
    """All words one slip away: a letter too many, too few, another, or two exchanged."""
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {left + right[1:] for left, right in splits if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    found |= {
        left + letter + right[1:] for left, right in splits if right for letter in string.ascii_lowercase
    }
    found |= {left + letter + right for left, right in splits for letter in string.ascii_lowercase}
    return found - {word}


def distance(one: str, other: str) -> int:
    """Letters to change, add, drop or exchange with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]
