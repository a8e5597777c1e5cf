"""Measure the difficulty of sentences on the evaluation sets.

    python tests/quality/difficulty_sets.py DATA [HALF]

DATA is the folder of the evaluation sets, HALF the part of each to read (default: dev). Of all but medreadme_readability
nothing was fitted. Prints n and the value of each measure; of pairs with equal scores none counts as right.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from statistics import correlation, fmean
from typing import Any

from healthlint import readers
from healthlint.difficulty import difficulty, mean_difficulty
from healthlint.document import Block, Sentence
from healthlint.prose import scored_sentences

ORDERS = {
    "cochrane_pls": ("text", "pair", ("plain", "technical")),
    "plainlanguage_before_after": ("markdown", "pair", ("after", "before")),
    "onestopenglish": ("text", "article", ("elementary", "intermediate", "advanced")),
}
DAMAGED = re.compile(r"\b(?:signi|scienti|speci|bene|quali|identi) |\b(?:ndings?|ction|tness|rst|cult|cial)\b")
"""Some texts of onestopenglish have lost "fi" and "fl" inside words: "signi cant", " ndings"."""


def main() -> None:
    """Print a line for each measure."""
    half = sys.argv[2] if len(sys.argv) > 2 else "dev"
    rated = rows("medreadme_readability", half)
    scores = [difficulty(sentence_of(row["text"])).score for row in rated]
    seen = ", which the weights were fitted to" if half == "dev" else ""
    r = correlation(scores, [row["label"] for row in rated])
    print(f"medreadme_readability: r {r:.3f} (n {len(rated)}{seen})")
    for name, (form, key, order) in ORDERS.items():
        groups: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for row in rows(name, half):
            groups[row[key]][row["label"]] = row["text"]
        whole = [group for group in groups.values() if len(group) == len(order)]
        show(name, whole, form, order)
        sound = [group for group in whole if not any(DAMAGED.search(text) for text in group.values())]
        if len(sound) < len(whole):
            show(f"{name}, texts without lost letters", sound, form, order)
    passages = rows("clear_readability", half)
    ease = correlation([by_word(row["text"], "text") for row in passages], [row["label"] for row in passages])
    print(f"clear_readability: r with ease {ease:.3f} (n {len(passages)})")


def show(name: str, groups: list[dict[str, str]], form: str, order: tuple[str, ...]) -> None:
    """Print how many groups of texts are in order."""
    by_words = fmean(in_order([by_word(group[label], form) for label in order]) for group in groups)
    by_sentences = fmean(in_order([by_sentence(group[label], form) for label in order]) for group in groups)
    print(f"{name}: in order {by_words:.3f} (n {len(groups)}); each sentence counted once {by_sentences:.3f}")


def rows(name: str, half: str) -> list[dict[str, Any]]:
    """Return the rows of a set."""
    lines = Path(sys.argv[1], name, f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def sentence_of(text: str) -> Sentence:
    """Return *text* as one sentence."""
    return Sentence(Block("paragraph", text, range(len(text) + 1)), 0, len(text))


def sentences_of(text: str, form: str) -> tuple[Sentence, ...]:
    """Return the running prose of a text; of one that is a phrase, as some of plainlanguage.gov are, that phrase."""
    document = readers.parse("text", text, form)
    return scored_sentences(document) or tuple(each for block in document.blocks for each in block.sentences)


def by_word(text: str, form: str) -> float:
    """Return what healthlint says of a text."""
    return mean_difficulty(sentences_of(text, form))


def by_sentence(text: str, form: str) -> float:
    """Return the mean of the scores, however long the sentences are."""
    return fmean([difficulty(sentence).score for sentence in sentences_of(text, form)] or [0.0])


def in_order(scores: list[float]) -> bool:
    """Tell whether each text scores higher than the one before it."""
    return all(easier < harder for easier, harder in pairwise(scores))


if __name__ == "__main__":
    main()
