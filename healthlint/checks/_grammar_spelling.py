"""Tell a slip of the pen from a word that a dictionary lacks, of which medicine has many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthlint.phrases import tokenize
from healthlint.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthlint.entities import Vocabulary

_PLAIN = re.compile("[a-z]{4,}")
_LONG = 7  # letters; of shorter words nearly every one is a letter away from another
_DIGRAPH = re.compile("[ao]e")


class Known:
    """The words of all phrases of the entities *names*, and what their patterns match."""

    def __init__(self, names: Sequence[str], vocabulary: Vocabulary) -> None:
        phrases = (phrase for name in names for phrase in vocabulary.terms(name))
        self._words = frozenset(word for phrase in phrases for word in tokenize(phrase).words)
        patterns = [pattern for name in names for pattern in vocabulary.prepared(name).patterns]
        self._patterns = [vocabulary.regex(rf"^(?:{pattern})$") for pattern in patterns]

    def __contains__(self, text: str) -> bool:
        folded = fold(text).lower()
        words = tokenize(folded).words
        return all(self._has(word) for word in words) or any(each.search(folded) for each in self._patterns)

    def _has(self, word: str) -> bool:
        word = word.removesuffix("'s")
        return word in self._words or any(each.search(word) for each in self._patterns)


def is_slip_of_pen(text: str, offered: Sequence[str]) -> bool:
    """Say whether *text* is a plain word, no name, that is one letter away from a word of *offered*.

    Two letters may be swapped anywhere. Else the word is a long one, and its first and last letters count as meant:
    endings tell one term from another (congenita, congenital; nodosa, nodose).

    >>> [is_slip_of_pen(word, [other]) for word, other in (("abuot", "about"), ("nevus", "Nevis"), ("Fabry", "Fairy"))]
    [True, False, False]
    """
    return _PLAIN.fullmatch(text) is not None and any(
        text[0] == other[0] and _ends_alike(text, other) and not _is_variant(text, other) and _is_near(text, other)
        for other in offered
        if _PLAIN.fullmatch(other)
    )


def _ends_alike(word: str, other: str) -> bool:
    is_swapped = sorted(word) == sorted(other)
    return is_swapped or (word[-2:] == other[-2:] and min(len(word), len(other)) >= _LONG)


def _is_variant(word: str, other: str) -> bool:
    """Say whether one is British and the other American, as in "haematuria" and "hematuria"."""
    return _DIGRAPH.sub("e", word) == _DIGRAPH.sub("e", other)


def _is_near(word: str, other: str) -> bool:
    """Say whether one letter is left out, put in, changed, or swapped with its neighbour (Damerau 1964).

    >>> _is_near("recieve", "receive"), _is_near("anosmia", "insomnia")
    (True, False)
    """
    if len(word) < len(other):
        word, other = other, word
    same = next((at for at, pair in enumerate(zip(word, other)) if pair[0] != pair[1]), len(other))  # noqa: B905
    rest, wanted = word[same:], other[same:]
    if len(word) > len(other):
        return rest[1:] == wanted
    return rest[1:] == wanted[1:] or (rest[2:] == wanted[2:] and rest[:2] == wanted[1::-1])
