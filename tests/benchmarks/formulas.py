"""Time all built-in formulas on top of segmentation, and textstat on the same text: ``python tests/benchmarks/formulas.py FILE…``.

Each figure is the median over the rounds, for 1,000 words. "first" has no word in any cache, as the first page of a run;
"next" has met the words before. textstat's caches of whole texts are by-passed, its syllables are ours, since its own
need a download.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from healthlint import foreign, readers, spoken, syllable
from healthlint.formula import METRICS
from healthlint.prose import prose_of
from healthlint.readability import count

if TYPE_CHECKING:
    from collections.abc import Callable

_ROUNDS = 15
_THEIRS = (
    "flesch_kincaid_grade",
    "flesch_reading_ease",
    "smog_index",
    "gunning_fog",
    "coleman_liau_index",
    "automated_readability_index",
)


def main() -> int:
    """Print milliseconds per 1,000 words, and the ratio of textstat to ours."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="+")
    paths = parser.parse_args().file
    documents = [readers.read(str(path), path.read_bytes()) for path in paths]
    sentences = [sentence for document in documents for sentence in prose_of(document).sentences]
    thousands = count(sentences).words / 1000
    if not thousands:
        parser.error("no running prose in these files")
    text = "\n".join(sentence.text for sentence in sentences)

    def ours() -> None:
        counts = count(sentences)
        for formula in METRICS.values():
            formula(counts)

    def first() -> None:
        spoken.shape_of.cache_clear()
        syllable.syllables.cache_clear()
        ours()

    def theirs() -> None:
        nonlocal text
        text += " "  # a text that its caches do not have
        for metric in _THEIRS:
            foreign.score_with_textstat(text, metric, "en")

    syllable.exceptions()
    theirs()
    figures = {
        name: _median_ms(run) / thousands for name, run in (("first", first), ("next", ours), ("textstat", theirs))
    }
    print(f"{thousands * 1000:.0f} words, ms per 1,000")
    for name, figure in figures.items():
        print(f"{name:10}{figure:8.3f}   {figure / figures['next']:6.1f} x")
    return 0


def _median_ms(run: Callable[[], None]) -> float:
    times: list[float] = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - started))
    return median(times)


if __name__ == "__main__":
    sys.exit(main())
