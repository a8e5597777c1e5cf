"""Words as reading formulas count them: their syllables as spoken, and which of them are long or complex.

Flesch (1948) counts what stands between spaces as one word, hyphenated or not; a number, with a unit or sign written to
it, is one word of one syllable, so that doses and dates do not tell on the grade.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from healthlint.syllable import syllables

LONG = 3  # syllables
_EASY = 2
# A word is what stands between spaces, dashes and slashes and has a letter or digit in it; "1/2" is one.
_WORD = re.compile(r"[Ww]{3}\.\S*|[^\W_][^\s—…/-]*(?:(?:-(?!-)|(?<=\d)/(?=\d)|(?<=:)//\S*)[^\s—…/-]*)*")
_PART = re.compile(r"\d[\d.,:/]*(?:[^\W\d_]{1,4}(?![^\W\d_]))?|[^\W\d_]+(?:'[^\W\d_]+)*")
# Initials that can be said as a word: "AIDS" can, "COPD" cannot.
_SPEAKABLE = re.compile(
    r"[^AEIOUY]{0,2}[AEIOUY]{1,2}[^AEIOUY]?(?:[AEIOUY]|[AEIOUY][^AEIOUY]|N[DTK]|S[TKP]|[LR][DTKMNSP]|[SCTG]H|CK|[A-Z]S)?"
)
_SHORTEST_SPOKEN = 4
_LONGEST_SPELT = 5
_LETTER_W = 3  # syllables; every other letter has one
_SAID_SO = {
    "dr": 2, "mr": 2, "mrs": 2, "ms": 1, "vs": 2, "etc": 4, "eg": 2, "ie": 2, "am": 1, "pm": 2, "st": 1, "prof": 3,
    # Units go with their number.
    "mg": 1, "mcg": 1, "µg": 1, "kg": 1, "ml": 1, "mm": 1, "cm": 1, "km": 1, "mmol": 1, "iu": 1, "kcal": 1, "mmhg": 1,
    "kj": 1, "hr": 1, "hrs": 1, "mins": 1, "lb": 1, "lbs": 1, "oz": 1, "ft": 1, "ng": 1, "dl": 1, "mol": 1, "msv": 1,
}  # fmt: skip
# Written in capitals for emphasis far more often than as initials.
_EMPHASISED = frozenset(
    "ALL AND ANY ARE ASK AT BE BUT BY CAN DAY DO EAT FEW FOR GET GO HAD HAS HER HIS HOW IF IN IS ITS LOW MAY MEN "
    "NEW NO NOT NOW OF OFF OLD ON ONE OR OUR OUT OWN PUT SAY SEE SO TEN THE TO TRY TWO UP USE WAS WAY WE WHY "
    "YES YOU".split()
)
# Two easy words written as one, such as Gunning's "bookkeeper".
_JOINED = re.compile(
    r"(?:any|every|some|no|how|what|when|where|who|which|under|over|out|up|in|after|grand|health|care|book|butter|fore|man"
    r"|water|news|summer|winter|mother|father|finger|tooth|hand|foot|heart|blood|bed|key|home|house|work|week|birth|child)"
    r"(?:thing|body|one|where|ever|time|noon|stand|taken?|taking|come|going|mother|father|children|keeper|keeping|giver|"
    r"fly|power|works?|working|ends?|proof|paper|nail|parents?|care|day|days|beat|stream|pressure|room|hold|side|line)s?"
)
_INFLECTED = re.compile(r"(?:es|ed|ing)$")


class WordShape(NamedTuple):
    """What of a word goes into the formulas; *is_complex* is what Gunning calls hard, names apart.

    A web or mail address, which nobody reads as a word, has no syllables.
    """

    syllables: int
    letters: int
    is_complex: bool


def words_of(text: str) -> list[str]:
    """Return the words of a folded text, with the marks that stand at their ends.

    >>> words_of("Take 1/2 a well-known pill - or not - and/or 5 mg.")
    ['Take', '1/2', 'a', 'well-known', 'pill', 'or', 'not', 'and', 'or', '5', 'mg.']
    """
    return _WORD.findall(text)


def parts_of(word: str) -> list[str]:
    """Return the words that are joined in one, and its figures.

    >>> parts_of("anti-inflammatory,"), parts_of("12-week"), parts_of("don't")
    (['anti', 'inflammatory'], ['12', 'week'], ["don't"])
    """
    return _PART.findall(word)


def is_address(word: str) -> bool:
    """Say whether the word is a web or mail address, which nobody reads as a word.

    >>> [is_address(word) for word in ("www.nhs.uk.", "https://www.nhs.uk/", "me@example.org", "a.m.")]
    [True, True, True, False]
    """
    return "://" in word or "@" in word or word[:4].lower() == "www."


@lru_cache(maxsize=65536)
def shape_of(word: str) -> WordShape:
    """Return the shape of a word as it is written.

    >>> [shape_of(word).syllables for word in ("5,000", "50mg", "NHS", "AIDS", "follow-up", "Dr.", "a.m.", "WHO")]
    [1, 1, 3, 1, 3, 2, 2, 5]
    """
    if is_address(word):
        return WordShape(0, 0, is_complex=False)
    parts = parts_of(word)
    sounded = [_part_syllables(part) for part in parts]
    number = sum(sounded) or 1
    is_complex = number >= LONG and max(sounded) >= LONG and not _is_simple(word, parts)
    return WordShape(number, sum(map(str.isalnum, word)), is_complex)


def easy_shape_of(word: str, easy: frozenset[str]) -> WordShape:
    """Return the shape of a word of which the parts in *easy*, in lower case, have two syllables at the most.

    >>> easy_shape_of("Tonsillitis,", frozenset({"tonsillitis"})).syllables
    2
    """
    shape = shape_of(word)
    parts = parts_of(word) if shape.syllables else []
    is_easy = [part.lower().removesuffix("'s") in easy for part in parts]
    if not any(is_easy):
        return shape
    sounded = [
        min(_part_syllables(part), _EASY) if each else _part_syllables(part)
        for part, each in zip(parts, is_easy, strict=True)
    ]
    number = min(sum(sounded), _EASY) if all(is_easy) else sum(sounded)
    return WordShape(number, shape.letters, shape.is_complex and not all(is_easy))


def _part_syllables(part: str) -> int:
    if part[0].isdigit():
        return 1
    if is_spelt(part):
        return sum(_LETTER_W if letter == "W" else 1 for letter in part.removesuffix("s"))
    lower = part.lower()
    return _SAID_SO.get(lower) or syllables(lower)


def is_spelt(part: str) -> bool:
    """Say whether a word is initials that are said letter by letter.

    >>> [is_spelt(word) for word in ("GP", "COPD", "IUDs", "AIDS", "NICE", "NOT", "It")]
    [True, True, True, False, False, False, False]
    """
    initials = part.removesuffix("s")
    if not (initials.isupper() and _EASY <= len(initials) <= _LONGEST_SPELT) or part in _EMPHASISED:
        return False
    return len(initials) < _SHORTEST_SPOKEN or not _SPEAKABLE.fullmatch(initials)


def _is_simple(word: str, parts: list[str]) -> bool:
    """Say whether Gunning leaves out a long word: initials, easy words joined, or long only by -es, -ed or -ing."""
    if len(parts) > 1 or is_spelt(parts[0]):
        return all(_part_syllables(part) < LONG or is_spelt(part) for part in parts)
    lower = parts[0].lower()
    ending = _INFLECTED.search(lower)
    if ending and syllables(lower) == LONG and syllables(lower[: ending.start()]) < LONG:
        return True
    return bool(_JOINED.fullmatch(lower))
