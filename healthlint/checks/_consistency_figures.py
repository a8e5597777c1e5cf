"""Numbers and shares as people write them, in digits or in words."""

from __future__ import annotations

import re

_SHARE = re.compile(r"(.+?) (?:in|out of|of|per|for|to) (?:every )?(.+)")
_PERCENT = re.compile(r"(.+?) ?(?:%|percent|per ?cent)")
_THOUSANDS = re.compile(r"(?<=\d)[, ](?=\d{3}\b)")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def _values(words: str, start: int, step: int = 1) -> dict[str, int]:
    """Give each of *words* its value, counting up from *start*; words with ``/`` between them share one."""
    groups = words.split()
    return {word: start + step * place for place, group in enumerate(groups) for word in group.split("/")}


_SMALL = {
    **_values("a/an/one/once two three four five six seven eight nine ten eleven twelve", 1),
    **_values("thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 13),
    **_values("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
}
_SCALES = {"%": 100, "percent": 100, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
_PARTS = _values(
    "half/halves third/thirds quarter/quarters/fourth/fourths fifth/fifths sixth/sixths seventh/sevenths eighth/eighths"
    " ninth/ninths tenth/tenths",
    2,
)


def words_of(text: str) -> str:
    """Return *text* in small letters, a hyphen or any run of space as one space."""
    return " ".join(text.lower().replace("-", " ").split())


def number_of(text: str) -> float | None:
    """Return the number that *text* writes, or None; "per cent" alone is a hundred.

    >>> number_of("1,250"), number_of("Twenty-five"), number_of("a hundred thousand"), number_of("several")
    (1250.0, 25.0, 100000.0, None)
    """
    total = 0.0
    for word in _THOUSANDS.sub("", words_of(text).replace("per cent", "percent")).split():
        if word in _SCALES:
            total = (total or 1) * _SCALES[word]
        elif word in _SMALL:
            total += _SMALL[word]
        elif _DIGITS.fullmatch(word):
            total += float(word)
        else:
            return None
    return total or None


def share_of(text: str) -> float | None:
    """Return the part of all that *text* states as a percentage, a fraction or so many in so many, or None.

    >>> share_of("1 in 4"), share_of("25%"), share_of("a quarter"), share_of("three out of every ten"), share_of("most")
    (0.25, 0.25, 0.25, 0.3, None)
    """
    words = words_of(text)
    if percent := _PERCENT.fullmatch(words):
        return _divided(percent[1], 100)
    if share := _SHARE.fullmatch(words):
        return _divided(share[1], number_of(share[2]))
    few, _, part = words.rpartition(" ")
    return _divided(few or "one", _PARTS.get(part))


def _divided(few: str, many: float | None) -> float | None:
    number = number_of(few)
    return number / many if number and many else None
