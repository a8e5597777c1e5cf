"""How many syllables an English word has: as CMUdict says, else as near kin that it has, else as its letters say."""

from __future__ import annotations

import os
import re
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Each run of vowels is a syllable but for those that are mute, and those that are two.
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?:[^laeiouycgsxz](?<![cs]h)es|[^tdaeiouy]ed|[^laeiouy]e|[aeiouy]l+es?|[gq]ues?)$"
    r"|ically$|[aeiouy][^aeiouyl]+e(?:ly|ments?|ful|less|ness|man|men|way|ways)$"
    r"|^(?:some|there|where|life|home|time|care|safe|face|fore|white|house)(?=[^aeiou])"
)
_SPLIT_VOWELS = re.compile(
    r"[iu]a(?!r?d|ge)|[aeo]ing|i[ou]u?s|[^qg]ua|eo(?!u|ple)|io[^nu]|io$|iu|ie[nt]|yi|oic(?!e)|[^bgq]uid|reac(?!h)"
    r"|creat(?!u)|betes|sms?$|[^aeiouy]iest|rial|areas?$|^mc|iers?$|[aeou]yers?$|uers?$"
    r"|[aeo]ya|[aeo]yo|ea$|oa$|uing|uous$|[^aeiouy]tre$|[^aeiouy][bdgktpf]led$|ayan|ciat|tiat|iya|uox|oent|iect|yel(?=[aio])"
)
_ONE_SOUND = re.compile(
    r"[ct]ia(?=[nl]|s?$)|(?<!^)[cstgx]io(?=[nu])|tien|(?<!s)cien|[aeiouy]e(?:d|s)$|qua|geon|(?<=[aeiouys])sia(?=n?$)"
)
_HISSING = re.compile(r"(?:[sxz]|[cs]h|[cgsz]e)$")
_OWNER = re.compile(r"(?:'s|(?<=s)')$")

# What a word may end in, what its stem ends in instead, and the syllables that this adds.
_ENDINGS = (
    ("s", ("",), 0), ("es", ("",), 1), ("ies", ("y",), 0), ("ed", ("", "e"), 0), ("ied", ("y",), 0),
    ("ing", ("", "e"), 1), ("ly", ("",), 1), ("ally", ("",), 1), ("ness", ("",), 1), ("less", ("",), 1),
    ("ful", ("",), 1), ("er", ("", "e"), 1), ("ers", ("", "e"), 1), ("ment", ("",), 1), ("ments", ("",), 1),
    ("man", ("",), 1),
)  # fmt: skip
_ENDINGS_BY_LETTER = {letter: tuple(each for each in _ENDINGS if each[0][-1] == letter) for letter in "sdgylrtn"}
_BRITISH = (("our", "or"), ("is", "iz"), ("ys", "yz"), ("ae", "e"), ("oe", "e"), ("ogue", "og"), ("mme", "m"))
_MAYBE_BRITISH = re.compile(r"our|[iy]s|[ao]e|ogue|mme")


@lru_cache(maxsize=65536)
def syllables(word: str) -> int:
    """Return the syllables of an English word in lower case; of several ways to say it, those of the usual one.

    >>> [syllables(word) for word in ("cancer", "banana", "tonsillitis", "breathe", "colonel")]
    [2, 3, 4, 1, 2]
    """
    known = exceptions()
    return known.get(word) or estimate(word, known)


def estimate(word: str, known: Mapping[str, int] = MappingProxyType({})) -> int:
    """Return the syllables of a word that is not in the table *known*, from a stem that is, or from its letters."""
    owner = _OWNER.search(word)
    if owner:
        stem = word[: owner.start()]
        return (known.get(stem) or estimate(stem, known)) + (owner[0] == "'s" and bool(_HISSING.search(stem)))
    for stem, added in _stems(word):
        if stem in known:
            return known[stem] + added
    return _by_letters(word)


@cache
def exceptions() -> Mapping[str, int]:
    """Return the syllables of the words of CMUdict for which the estimate is wrong."""
    path = os.path.join(os.path.dirname(__file__), "data", "syllables.txt")
    with open(path, encoding="ascii") as file:
        lines = [line.split() for line in file if not line.startswith("#")]
    return MappingProxyType({word: int(number) for number, *words in lines for word in words})


def _stems(word: str) -> Iterator[tuple[str, int]]:
    """Yield what the word may come of, with the syllables that it has more."""
    for ending, instead, added in _ENDINGS_BY_LETTER.get(word[-1:], ()):
        if word.endswith(ending):
            base = word[: -len(ending)]
            for last in instead:
                yield base + last, added + _is_sounded(base + last, ending)
    if _MAYBE_BRITISH.search(word):
        for british, american in _BRITISH:
            if british in word:
                yield word.replace(british, american), 0


def _is_sounded(stem: str, ending: str) -> bool:
    """Say whether the ending is a syllable after this stem: "needed" but "helped", "causes" but "cakes"."""
    if ending == "ed":
        return stem.endswith(("t", "d", "te", "de"))
    return ending == "s" and stem.endswith(("ce", "ge", "se", "ze", "che", "xe"))


def _by_letters(word: str) -> int:
    groups = len(_VOWELS.findall(word))
    silent = min(len(_SILENT.findall(word)), groups - 1)
    return max(groups - silent + len(_SPLIT_VOWELS.findall(_ONE_SOUND.sub("-", word))), 1)
