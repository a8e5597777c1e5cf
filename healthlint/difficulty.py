"""How hard one sentence is to read, and what makes it so."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, NamedTuple

from healthlint.readability import syllables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthlint.document import Sentence

EASIEST, HARDEST = 1.0, 6.0


class Cue(NamedTuple):
    """One thing that makes a sentence hard: how much of it there is, what that costs, and the words it costs for."""

    name: str
    amount: float
    points: float
    words: tuple[str, ...] = ()


class Difficulty(NamedTuple):
    """The score of a sentence, from 1 (for a beginner) to 6 (for a specialist), and its cues, biggest first."""

    score: float
    cues: tuple[Cue, ...]


def difficulty(sentence: Sentence, easy: frozenset[str] = frozenset()) -> Difficulty:
    """Return how hard *sentence* is; words that are in *easy*, in lower case, count as familiar."""
    words = [sentence.text[span.start : span.end] for span in sentence.words]
    hard = tuple(word for word in words if word.lower() not in easy and syllables(word.lower()) > 2)
    cues = (
        Cue("length", len(words), 0.45 * log2(len(words) / 8), ()) if len(words) > 8 else None,
        Cue("rare words", len(hard), 0.12 * len(hard), hard) if hard else None,
    )
    found = tuple(sorted(filter(None, cues), key=lambda cue: -cue.points))
    return Difficulty(min(2.5 + sum(cue.points for cue in found), HARDEST), found)


def mean_difficulty(sentences: Iterable[Sentence]) -> float:
    """Return the mean score of *sentences*, each counted once; 0 for none."""
    scores = [difficulty(sentence).score for sentence in sentences]
    return sum(scores) / len(scores) if scores else 0.0
