"""Reading grades of running prose, counted from our own sentences, words and syllables."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from healthlint.diagnostic import Readability

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthlint.document import Document, Sentence

MINIMUM_WORDS = 100
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?:[^laeiouycgsxz](?<![cs]h)es|[^tdaeiouy]ed|[^laeiouy]e|[aeiouy]les?|[gq]ues?)$"
    r"|[aeiouy][^aeiouyl]+e(?:ly|ments?|ful|less|ness)$"
    r"|^(?:some|there|where|life|home|time|care|safe|face)(?=[^aeiou])"
)
_SPLIT_VOWELS = re.compile(
    r"[iu]a(?!r?d|ge)|[aeo]ing|i[ou]u?s|[^qg]ua|eo(?!u|ple)|io[^nu]|iu|ie[nt]|yi|oic|[^bgq]uid|reac(?!h)|creat(?!u)|betes|sms?$|[^aeiouy]iest|rial|areas?$"
)
_ONE_SOUND = re.compile(r"[ct]ia|[cstgx]io|tien|(?<!s)cien|[aeiouy]e(?:d|s)$")
_PROSE = frozenset({"paragraph", "list-item", "quote"})
_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d[\d.,]*")


class Counts(NamedTuple):
    """What the formulas take: numbers of sentences, words, syllables, and words of three or more syllables."""

    sentences: int
    words: int
    syllables: int
    polysyllables: int


@lru_cache(maxsize=65536)
def syllables(word: str) -> int:
    """Estimate the syllables of an English word in lower case; a number counts as one.

    >>> [syllables(word) for word in ("cancer", "banana", "tonsillitis", "breathe", "5")]
    [2, 3, 4, 1, 1]
    """
    groups = len(_VOWELS.findall(word))
    silent = min(len(_SILENT.findall(word)), groups - 1)
    return max(groups - silent + len(_SPLIT_VOWELS.findall(_ONE_SOUND.sub("-", word))), 1)


def count(sentences: Iterable[Sentence]) -> Counts:
    """Count what the formulas need over *sentences*."""
    shadows = [sentence.shadow for sentence in sentences]
    words = Counter(_WORD.findall("\n".join(shadows).lower()))
    spoken = [(syllables(word), uses) for word, uses in words.items()]
    return Counts(
        sentences=len(shadows),
        words=words.total(),
        syllables=sum(number * uses for number, uses in spoken),
        polysyllables=sum(uses for number, uses in spoken if number >= 3),
    )


def flesch_kincaid_grade(counts: Counts) -> float:
    """Return the Flesch–Kincaid grade (Kincaid, Fishburne, Rogers & Chissom 1975, Navy Research Branch Report 8-75).

    >>> round(flesch_kincaid_grade(Counts(sentences=10, words=150, syllables=210, polysyllables=12)), 2)
    6.78
    """
    return 0.39 * counts.words / counts.sentences + 11.8 * counts.syllables / counts.words - 15.59


def smog(counts: Counts) -> float:
    """Return the SMOG grade (McLaughlin 1969, Journal of Reading 12:639–646; scaled to 30 sentences).

    >>> round(smog(Counts(sentences=30, words=600, syllables=900, polysyllables=81)), 2)
    12.52
    """
    return 1.0430 * sqrt(counts.polysyllables * 30 / counts.sentences) + 3.1291


def scored_sentences(document: Document) -> tuple[Sentence, ...]:
    """Return the running prose: sentences of paragraphs and quotes, and list items that are full sentences."""
    return tuple(
        sentence
        for block in document.blocks
        if block.kind in _PROSE
        for sentence in block.sentences
        if block.kind == "paragraph" or _END.search(sentence.text) or sentence.text.count(" ") >= 7
    )


def counts_of(document: Document) -> Counts:
    """Return the counts of the running prose of *document*, made once."""
    counts: Counts | None = document.memo.get("counts")
    if counts is None:
        counts = document.memo["counts"] = count(scored_sentences(document))
    return counts


def readability(document: Document) -> Readability:
    """Return the grades of *document*, None where it has under 100 words of running prose."""
    counts = counts_of(document)
    left_out = max(document.word_count - counts.words, 0)
    if counts.words < MINIMUM_WORDS:
        return Readability(None, None, counts.words, left_out)
    return Readability(round(flesch_kincaid_grade(counts), 1), round(smog(counts), 1), counts.words, left_out)
