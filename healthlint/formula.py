"""Readability formulas as published, each a function of counts.

All were fitted on English. What is counted, and how, is said in ``readability.count``.
"""

from __future__ import annotations

from math import sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Counts(NamedTuple):
    """What the formulas take.

    ``polysyllables`` are words of three syllables or more, ``complex_words`` those of them that are hard by the rules
    of Gunning; ``letters`` are letters and digits.
    """

    sentences: int
    words: int
    syllables: int
    polysyllables: int
    letters: int = 0
    complex_words: int = 0


def flesch_kincaid_grade(counts: Counts) -> float:
    """Return the Flesch–Kincaid grade (Kincaid, Fishburne, Rogers & Chissom 1975, Navy Research Branch Report 8-75).

    >>> round(flesch_kincaid_grade(Counts(sentences=10, words=150, syllables=210, polysyllables=12)), 2)
    6.78
    """
    return 0.39 * counts.words / counts.sentences + 11.8 * counts.syllables / counts.words - 15.59


def flesch_reading_ease(counts: Counts) -> float:
    """Return the reading ease of Flesch (1948, Journal of Applied Psychology 32:221–233): 100 is easy, 0 very hard.

    >>> round(flesch_reading_ease(Counts(sentences=10, words=150, syllables=210, polysyllables=12)), 2)
    73.17
    """
    return 206.835 - 1.015 * counts.words / counts.sentences - 84.6 * counts.syllables / counts.words


def smog(counts: Counts) -> float:
    """Return the SMOG grade (McLaughlin 1969, Journal of Reading 12:639–646; scaled to 30 sentences).

    >>> round(smog(Counts(sentences=30, words=600, syllables=900, polysyllables=81)), 2)
    12.52
    """
    return 1.0430 * sqrt(counts.polysyllables * 30 / counts.sentences) + 3.1291


def gunning_fog(counts: Counts) -> float:
    """Return the fog index (Gunning 1952, The Technique of Clear Writing): a school grade.

    >>> round(gunning_fog(Counts(sentences=5, words=100, syllables=150, polysyllables=12, complex_words=10)), 2)
    12.0
    """
    return 0.4 * (counts.words / counts.sentences + 100 * counts.complex_words / counts.words)


def coleman_liau(counts: Counts) -> float:
    """Return the grade of Coleman & Liau (1975, Journal of Applied Psychology 60:283–284), from letters alone.

    >>> round(coleman_liau(Counts(sentences=5, words=100, syllables=150, polysyllables=12, letters=450)), 2)
    9.18
    """
    return 5.88 * counts.letters / counts.words - 29.6 * counts.sentences / counts.words - 15.8


def automated_readability_index(counts: Counts) -> float:
    """Return the grade of Smith & Senter (1967, AMRL-TR-66-220), from letters and digits per word.

    >>> round(automated_readability_index(Counts(5, 100, 150, 12, letters=450)), 2)
    9.77
    """
    return 4.71 * counts.letters / counts.words + 0.5 * counts.words / counts.sentences - 21.43


METRICS: Mapping[str, Callable[[Counts], float]] = MappingProxyType(
    {
        formula.__name__: formula
        for formula in (
            flesch_kincaid_grade,
            flesch_reading_ease,
            smog,
            gunning_fog,
            coleman_liau,
            automated_readability_index,
        )
    }
)
"""The built-in formulas by name. A text without a word or sentence has no counts to give them."""
