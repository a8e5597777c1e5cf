"""Reading grades of running prose, counted from our own sentences, words and syllables."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from healthlint.diagnostic import Readability
from healthlint.formula import Counts, flesch_kincaid_grade, smog
from healthlint.prose import prose_of, words_of
from healthlint.syllable import syllables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthlint.document import Document, Sentence

MINIMUM_WORDS = 100
ROUGH_BELOW_WORDS = 300
_SPOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d[\d.,/:]*")


def count(sentences: Iterable[Sentence], easy: frozenset[str] = frozenset()) -> Counts:
    """Count what the formulas need over *sentences*; words of *easy*, in lower case, count as easy ones."""
    shadows = [sentence.shadow for sentence in sentences]
    words = Counter(words_of("\n".join(shadows)))
    spoken = [(spoken_syllables(word), uses) for word, uses in words.items()]
    return Counts(
        sentences=len(shadows),
        words=words.total(),
        syllables=sum(number * uses for number, uses in spoken),
        polysyllables=sum(uses for number, uses in spoken if number >= 3),
        letters=0,
        characters=0,
        complex_words=0,
    )


@lru_cache(maxsize=65536)
def spoken_syllables(word: str) -> int:
    """Return the syllables of a word as it is written in the text: a number counts as one."""
    return sum(syllables(part) for part in _SPOKEN.findall(word.lower())) or 1


def easy_words(document: Document) -> frozenset[str]:
    """Return the words, in lower case, of the topic of *document*, of names, and of terms that it explains."""
    return frozenset()


def counts_of(document: Document) -> Counts:
    """Return the counts of the running prose of *document*, made once."""
    counts: Counts | None = document.memo.get("counts")
    if counts is None:
        counts = document.memo["counts"] = count(prose_of(document).sentences)
    return counts


def adjusted_counts_of(document: Document) -> Counts:
    """Return the counts of the running prose of *document* with its ``easy_words`` as easy ones, made once."""
    counts: Counts | None = document.memo.get("adjusted-counts")
    if counts is None:
        easy = easy_words(document)
        counts = document.memo["adjusted-counts"] = count(prose_of(document).sentences, easy)
    return counts


def readability(document: Document) -> Readability:
    """Return the grades of *document*, None where it has under 100 words of running prose."""
    counts = counts_of(document)
    left_out = tuple(prose_of(document).left_out.items())
    is_graded = counts.words >= MINIMUM_WORDS
    return Readability(
        flesch_kincaid_grade=round(flesch_kincaid_grade(counts), 1) if is_graded else None,
        smog=round(smog(counts), 1) if is_graded else None,
        words_scored=counts.words,
        words_left_out=sum(words for _, words in left_out),
        rough=counts.words < ROUGH_BELOW_WORDS,
        left_out=left_out,
    )
