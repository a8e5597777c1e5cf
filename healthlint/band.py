"""What two formulas say together of a text: a band of grades, and one level to measure a change of it by."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from healthlint.formula import Counts, flesch_kincaid_grade, smog

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOWEST, _HIGHEST = 1, 18  # grades: school begins, and a second degree ends


class Band(NamedTuple):
    """From one school grade to another: formulas differ by more than a grade, so decimals would say too much."""

    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"


def band(counts: Counts) -> Band:
    """Return the grades of Flesch–Kincaid and SMOG as a band, the lower first.

    >>> band(Counts(sentences=30, words=600, syllables=900, polysyllables=81))
    Band(low=10, high=13)
    """
    low, high = sorted(
        min(max(round(each), _LOWEST), _HIGHEST) for each in (flesch_kincaid_grade(counts), smog(counts))
    )
    return Band(low, high)


def level(counts: Counts) -> float:
    """Return the mean of both grades: what a change of the text is measured by; 0 of no text."""
    return (flesch_kincaid_grade(counts) + smog(counts)) / 2 if counts.sentences and counts.words else 0.0


def minus(counts: Counts, other: Counts) -> Counts:
    """Return the counts of a text without a part of it."""
    return Counts(*(one - less for one, less in zip(counts, other, strict=True)))


def plus(counts: Counts, others: Iterable[Counts]) -> Counts:
    """Return the counts of a text and of what is added to it."""
    return Counts(*map(sum, zip(counts, *others, strict=True)))
