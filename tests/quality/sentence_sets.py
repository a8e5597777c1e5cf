"""Measure two entities on sentences that others labelled: ``hedge`` on BioScope, ``direct-cause`` on causal language.

    python tests/quality/sentence_sets.py FOLDER

FOLDER holds ``bioscope_hedge`` and ``causal_language``, each with files of one JSON object per line: ``text`` and
``label``. Precision and recall come with their 95% Wilson intervals.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from healthlint import readers
from healthlint.checks.pattern import Check
from healthlint.library import load_library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthlint.entities import Vocabulary

_Z = 1.959964  # of the normal distribution, for 95%
_DIRECT_CAUSE = 3


class Score(NamedTuple):
    """How often an entity was found in *n* sentences: rightly, wrongly, and how often it was missed."""

    n: int
    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed or 1)

    def __str__(self) -> str:
        precision = _share(self.right, self.right + self.wrong)
        recall = _share(self.right, self.right + self.missed)
        return f"n {self.n}  P {precision}  R {recall}  F1 {self.f1:.3f}"


def score_hedge(folder: Path, vocabulary: Vocabulary) -> Score:
    """Score the entity ``hedge`` on sentences that hold a cue of speculation (label 1) or none."""
    return _score(folder / "bioscope_hedge", vocabulary, Check("{hedge}"), lambda label: label == 1)


def score_direct_cause(folder: Path, vocabulary: Vocabulary) -> Score:
    """Score ``direct-cause``, with ``not-a-direct-cause`` masked, on sentences that state a direct cause (label 3)."""
    check = Check("{direct-cause}", mask="{not-a-direct-cause}")
    return _score(folder / "causal_language", vocabulary, check, lambda label: label == _DIRECT_CAUSE)


def _score(folder: Path, vocabulary: Vocabulary, check: Check, is_positive: Callable[[int], bool]) -> Score:
    outcomes = Counter(
        (_finds(check, text, vocabulary), is_positive(label)) for text, label in _labelled_sentences(folder)
    )
    return Score(outcomes.total(), outcomes[True, True], outcomes[True, False], outcomes[False, True])


def _labelled_sentences(folder: Path) -> Iterator[tuple[str, int]]:
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield row["text"], row["label"]


def _finds(check: Check, text: str, vocabulary: Vocabulary) -> bool:
    document = readers.parse("sentence", text, "text")
    sentences = [sentence for block in document.blocks for sentence in block.sentences]
    return any(True for _ in check.find(document, sentences, vocabulary))


def _share(part: int, whole: int) -> str:
    low, high = wilson(part, whole)
    return f"{part / (whole or 1):.3f} [{low:.3f}, {high:.3f}]"


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return the 95% interval of a share (Wilson 1927, J Am Stat Assoc 22:209, its formula for the limits).

    >>> [round(limit, 3) for limit in wilson(9, 10)]
    [0.596, 0.982]
    """
    if not whole:
        return 0.0, 1.0
    share = part / whole
    middle = share + _Z**2 / (2 * whole)
    half = _Z * sqrt(share * (1 - share) / whole + _Z**2 / (4 * whole**2))
    scale = 1 + _Z**2 / whole
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def main() -> None:
    """Print both scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    vocabulary = load_library().vocabulary
    for name, score in (("hedge", score_hedge), ("direct-cause", score_direct_cause)):
        sys.stdout.write(f"{name:14}{score(folder, vocabulary)}\n")


if __name__ == "__main__":
    main()
