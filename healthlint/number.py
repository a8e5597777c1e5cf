"""Numbers as people write them: figures, fractions and words."""

from __future__ import annotations

import re

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {
    **{word: float(value) for value, word in enumerate(_ONES, 1)},
    **{word: value * 10.0 for value, word in enumerate(_TENS, 2)},
    "½": 0.5,
    "¼": 0.25,
    "¾": 0.75,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
}
_TIMES = {"k": 1e3, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "dozen": 12, "couple": 2, "pair": 2, "handful": 5}
_PARTS = {"half": 0.5, "quarter": 0.25, "quarters": 0.25}

_FIGURES = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
_SIMPLE = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_ONES[:9])}))?|{'|'.join(_ONES)})"
_WORDS = (
    r"(?:half\s+(?:a\s+dozen|an?)|(?:an?|one)\s+(?:half|quarter)(?:\s+of\s+an?)?|three[\s-]quarters(?:\s+of\s+an?)?"
    r"|a\s+(?:couple|pair|handful|dozen)(?:\s+of)?"
    rf"|(?:an?|{_SIMPLE})(?:\s+(?:hundred|thousand|million))+(?:\s+and\s+{_SIMPLE})?"
    rf"|{_SIMPLE}(?:\s+and\s+a\s+(?:half|quarter))?)"
)
_SCALED = rf"{_FIGURES}(?:\s?k\b|\s(?:hundred|thousand|million)\b)?"
NUMBER = rf"(?:\d+\s\d/\d|\d/\d|{_FIGURES}\s?[½¼¾⅓⅔]|[½¼¾⅓⅔]|{_SCALED}|{_WORDS}\b)"
"""An RE2 pattern of a number in a folded text, for either case."""

_TOKEN = re.compile(rf"\d+/\d+|{_FIGURES}|[½¼¾⅓⅔]|[a-z]+")


def read_number(text: str) -> float:
    """Return the value of what ``NUMBER`` matched.

    >>> [read_number(each) for each in ("1,000", "1,5", "2½", "1 1/2", "half a dozen", "two and a half", "a hundred")]
    [1000.0, 1.5, 2.5, 1.5, 6.0, 2.5, 100.0]
    """
    tokens = _TOKEN.findall(text.lower())
    value = 0.0
    for token in tokens:
        if token in {"a", "an"}:
            value = value or 1.0
        elif token in _TIMES:
            value = (value or 1.0) * _TIMES[token]
        elif token in _PARTS:
            value = value + _PARTS[token] if "and" in tokens else (value or 1.0) * _PARTS[token]
        elif token not in {"of", "and"}:
            value += _VALUES.get(token) or _figures(token)
    return value


def _figures(token: str) -> float:
    if "/" in token:
        over, _, under = token.partition("/")
        return float(over) / (float(under) or 1.0)
    whole, _, end = token.rpartition(",")
    parts_thousands = bool(whole) and len(end.partition(".")[0]) == 3
    return float(token.replace(",", "") if parts_thousands else token.replace(",", "."))
