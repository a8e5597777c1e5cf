"""Show where our counts and textstat's differ on the same running prose: ``python tests/quality/against_textstat.py FILE…``.

A row per file: sentences, words, syllables and words of three or more syllables by healthlint and by textstat, and the
Flesch–Kincaid grade of both. textstat's syllables are ours where CMUdict has the word, since its own need a download.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import textstat

from healthlint import foreign, readers
from healthlint.formula import METRICS
from healthlint.prose import scored_sentences
from healthlint.readability import counts_of


def main() -> int:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="+")
    print("| text | sentences | words | syllables | long words | Flesch–Kincaid | fog |")
    print("|---|---|---|---|---|---|---|")
    for path in parser.parse_args().file:
        document = readers.read(str(path), path.read_bytes())
        text = "\n".join(sentence.text for sentence in scored_sentences(document))
        ours = counts_of(document)
        with foreign._own_syllables():
            theirs = (
                textstat.sentence_count(text),
                textstat.lexicon_count(text),
                textstat.syllable_count(text),
                textstat.polysyllabcount(text),
            )
        grades = [
            f"{METRICS[name](ours):.1f} / {foreign.score_with_textstat(text, name, 'en'):.1f}"
            for name in ("flesch_kincaid_grade", "gunning_fog")
        ]
        counts = [f"{mine} / {other}" for mine, other in zip(ours[:4], theirs, strict=True)]
        print(f"| {path.name} | {' | '.join((*counts, *grades))} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
