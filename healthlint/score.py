"""How hard a document is to read: its grades, and the sentences that make it so."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from healthlint.band import Band, band, level, minus
from healthlint.cues import has_passive
from healthlint.difficulty import Difficulty, difficulty
from healthlint.formula import METRICS
from healthlint.prose import prose_of
from healthlint.readability import (
    MINIMUM_WORDS,
    ROUGH_BELOW_WORDS,
    adjusted_counts_of,
    count,
    counts_of,
    familiar_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from healthlint.document import Block, Document, Sentence
    from healthlint.formula import Counts

HARD = 4.5
"""Difficulty above which a sentence is called hard: in leaflets few are (docs/sentence-difficulty.md)."""


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
    easy = familiar_words(document)
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


def _sections(document: Document, sentences: Iterable[Sentence]) -> Iterable[SectionScore]:
    by_section: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        by_section.setdefault(document.section_of(sentence.block).start, []).append(sentence)
    for members in by_section.values():
        grades = grade(count(members))
        if grades is not None:
            yield SectionScore(document.section_of(members[0].block).heading, grades)
