"""How hard a document is to read: its grades, and the sentences that make it so."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from healthlint.cues import has_passive
from healthlint.difficulty import Difficulty, difficulty
from healthlint.explanation import topic
from healthlint.formula import METRICS, Counts, flesch_kincaid_grade, smog
from healthlint.prose import prose_of
from healthlint.readability import (
    MINIMUM_WORDS,
    ROUGH_BELOW_WORDS,
    adjusted_counts_of,
    count,
    counts_of,
    easy_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from healthlint.document import Block, Document, Sentence

HARD = 4.5
"""Difficulty above which a sentence is called hard: in leaflets few are (docs/sentence-difficulty.md)."""

_LOWEST, _HIGHEST = 1, 18  # grades: school begins, and a second degree ends


class Band(NamedTuple):
    """From one school grade to another: formulas differ by more than a grade, so decimals would say too much."""

    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"


class Grades(NamedTuple):
    """What the formulas give for one text."""

    counts: Counts
    values: Mapping[str, float]
    band: Band


class Scored(NamedTuple):
    """A sentence, how hard it is by itself, and by how much the level of its document falls without it."""

    sentence: Sentence
    difficulty: Difficulty
    gain: float


class SectionScore(NamedTuple):
    """A section with enough running prose for a grade."""

    heading: Block | None
    grades: Grades


@dataclass(frozen=True, eq=False)
class Score:
    """What is known about how hard a document is to read; no grades where there is too little prose.

    ``adjusted`` are the grades with the page's own topic and the words it explains as easy ones. ``passive`` is the
    share of sentences with a passive.
    """

    document: Document
    counts: Counts
    grades: Grades | None
    adjusted: Grades | None
    sentences: tuple[Scored, ...]
    sections: tuple[SectionScore, ...]
    difficulty: float
    passive: float

    @property
    def left_out(self) -> Mapping[str, int]:
        """The number of words that are not scored, by the reason why."""
        return prose_of(self.document).left_out

    @property
    def is_rough(self) -> bool:
        """Whether there is so little prose that the grades are rough."""
        return self.counts.words < ROUGH_BELOW_WORDS

    @property
    def hard(self) -> tuple[Scored, ...]:
        """The hard sentences, hardest first."""
        hard = (each for each in self.sentences if each.difficulty.score > HARD)
        return tuple(sorted(hard, key=lambda each: -each.difficulty.score))

    @property
    def longest(self) -> Scored | None:
        """The sentence with the most words, the first of several."""
        return max(self.sentences, key=lambda each: len(each.sentence.words), default=None)


def score(document: Document) -> Score:
    """Return how hard *document* is to read; the work is linear in its text."""
    sentences = prose_of(document).sentences
    easy = easy_words(document).union(topic(document).split())
    counts = counts_of(document)
    scored = tuple(
        Scored(sentence, difficulty(sentence, easy), level(counts) - level(minus(counts, count((sentence,)))))
        for sentence in sentences
    )
    passive = sum(map(has_passive, sentences))
    words = sum(len(sentence.words) for sentence in sentences)
    return Score(
        document,
        counts,
        grade(counts),
        grade(adjusted_counts_of(document)),
        scored,
        tuple(_sections(document, sentences)),
        sum(each.difficulty.score * len(each.sentence.words) for each in scored) / (words or 1),
        passive / (len(scored) or 1),
    )


def grade(counts: Counts) -> Grades | None:
    """Return the grades of a text, None under 100 words."""
    if counts.words < MINIMUM_WORDS:
        return None
    values = {name: formula(counts) for name, formula in METRICS.items()}
    return Grades(counts, MappingProxyType(values), band(counts))


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


def _sections(document: Document, sentences: Iterable[Sentence]) -> Iterable[SectionScore]:
    by_section: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        by_section.setdefault(document.section_of(sentence.block).start, []).append(sentence)
    for members in by_section.values():
        grades = grade(count(members))
        if grades is not None:
            yield SectionScore(document.section_of(members[0].block).heading, grades)
