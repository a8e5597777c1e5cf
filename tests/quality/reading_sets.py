"""Measure reading grades on texts that others graded or rated.

    python tests/quality/reading_sets.py FOLDER

FOLDER holds a folder for each set: ``clear_readability``, files of one JSON object per line with ``text``, ``label`` (ease by the judgement of
teachers) and ``reference`` (published values of formulas).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from statistics import correlation, median
from typing import TYPE_CHECKING, Any

from healthlint import readers
from healthlint.formula import METRICS, Counts
from healthlint.readability import counts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_PUBLISHED = {
    "flesch_kincaid_grade": "Flesch-Kincaid-Grade-Level",
    "flesch_reading_ease": "Flesch-Reading-Ease",
    "smog": "SMOG Readability",
    "automated_readability_index": "Automated Readability Index",
}


def main() -> int:
    """Print what was measured on each set in the folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    if not folder.is_dir():
        parser.error(f"{folder}: no such folder")
    for measure in (clear_readability,):
        if (folder / measure.__name__).is_dir():
            measure(folder / measure.__name__)
        else:
            print(f"{measure.__name__}: not in {folder}")
    return 0


def clear_readability(folder: Path) -> None:
    """Print how far our values are from the published ones, and the correlation of both with the ease ratings."""
    rows = [(row, _counts(row["text"])) for row in _rows(folder) if isinstance(row["label"], float)]
    print(f"{folder.name}: {len(rows)} passages")
    for metric, name in _PUBLISHED.items():
        chosen = [
            (METRICS[metric](counts), row["reference"][name], row["label"])
            for row, counts in rows
            if isinstance(row["reference"].get(name), int | float) and counts.words
        ]
        ours, published, ease = zip(*chosen, strict=True)
        differences = [mine - theirs for mine, theirs in zip(ours, published, strict=True)]
        print(
            f"  {metric:28} median |ours - published| {median(map(abs, differences)):.2f} (signed "
            f"{median(differences):+.2f})  r with ease: ours {correlation(ours, ease):+.3f}, "
            f"published {correlation(published, ease):+.3f}"
        )


def _counts(text: str) -> Counts:
    return counts_of(readers.parse("passage.txt", text, "text"))


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


if __name__ == "__main__":
    sys.exit(main())
