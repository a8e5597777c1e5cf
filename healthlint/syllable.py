"""How many syllables an English word has."""

from __future__ import annotations

import re
from functools import lru_cache

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?:[^laeiouycgsxz](?<![cs]h)es|[^tdaeiouy]ed|[^laeiouy]e|[aeiouy]les?|[gq]ues?)$"
    r"|[aeiouy][^aeiouyl]+e(?:ly|ments?|ful|less|ness)$"
    r"|^(?:some|there|where|life|home|time|care|safe|face)(?=[^aeiou])"
)
_SPLIT_VOWELS = re.compile(
    r"[iu]a(?!r?d|ge)|[aeo]ing|i[ou]u?s|[^qg]ua|eo(?!u|ple)|io[^nu]|iu|ie[nt]|yi|oic|[^bgq]uid|reac(?!h)|creat(?!u)|betes|sms?$|[^aeiouy]iest|rial|areas?$"
)
_ONE_SOUND = re.compile(r"[ct]ia|[cstgx]io|tien|(?<!s)cien|[aeiouy]e(?:d|s)$")


@lru_cache(maxsize=65536)
def syllables(word: str) -> int:
    """Return the syllables of an English word in lower case.

    >>> [syllables(word) for word in ("cancer", "banana", "tonsillitis", "breathe")]
    [2, 3, 4, 1]
    """
    groups = len(_VOWELS.findall(word))
    silent = min(len(_SILENT.findall(word)), groups - 1)
    return max(groups - silent + len(_SPLIT_VOWELS.findall(_ONE_SOUND.sub("-", word))), 1)
