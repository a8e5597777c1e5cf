"""Where a sentence can be made plainer: a place to split it, and words that a list has plain ones for."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from healthlint.wordlist import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthlint.document import Sentence
    from healthlint.entities import Vocabulary
    from healthlint.text import Span

WORD_LISTS = ("wordy-phrase", "complex-word", "jargon")
"""The entities that have plain words to offer; where two have the same words, the first."""

_LONG_SENTENCE = 20  # words; a shorter one is not worth splitting
_LEAST_PART = 5  # words
_LOOK = 10  # characters
_TIED = re.compile(r"\b(?:an?|the|at|by|for|from|in|of|on|to|with)$", re.IGNORECASE)


class Place(NamedTuple):
    """Words of a sentence: ``sentence.text[start:end]``."""

    sentence: Sentence
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words as they stand there."""
        return self.sentence.text[self.start : self.end]


def cut(sentence: Sentence) -> Place | None:
    """Return the clause before which a long sentence parts best into two, or None for one that is short or whole."""
    starts = [word.start for word in sentence.words]
    if len(starts) <= _LONG_SENTENCE:
        return None
    parts = ((bisect_left(starts, clause.start), clause) for clause in _parting_clauses(sentence))
    long_enough = (
        (abs(len(starts) - 2 * words), clause)
        for words, clause in parts
        if _LEAST_PART <= words <= len(starts) - _LEAST_PART
    )
    _, best = min(long_enough, default=(0, None))
    return Place(sentence, best.start, best.end) if best else None


def _parting_clauses(sentence: Sentence) -> Iterator[Span]:
    """Yield the clauses that the words before can do without: none in or just after brackets.

    Nor one in "for a while" or "in which".
    """
    text, reached, depth = sentence.text, 0, 0
    for clause in sentence.clauses[1:]:
        depth += text.count("(", reached, clause.start) - text.count(")", reached, clause.start)
        reached = clause.start
        before = text[max(0, reached - _LOOK) : reached].rstrip()
        if depth <= 0 and not before.endswith(")") and not _TIED.search(before):
            yield clause


def plain_words(sentence: Sentence, vocabulary: Vocabulary) -> Iterator[tuple[Place, str, str]]:
    """Yield each place with a plain word for it, its term in lower case and that word in the form of the text."""
    taken: set[int] = set()
    for name in WORD_LISTS:
        if name not in vocabulary:
            continue
        for use in word_list(vocabulary, name).uses(sentence):
            place = Place(sentence, use.start, use.end)
            letters = set(range(use.start, use.end))
            offered = use.word.offered(place.text) if use.word.tier == 1 and taken.isdisjoint(letters) else ()
            if offered and not _is_part_of_word(place):
                taken |= letters
                yield place, use.word.term.lower(), offered[0]


def _is_part_of_word(place: Place) -> bool:
    """Say whether a hyphen ties the place to a word that stays: a formula takes both as one word."""
    text = place.sentence.text
    return "-" in (text[place.start - 1 : place.start], text[place.end : place.end + 1])
