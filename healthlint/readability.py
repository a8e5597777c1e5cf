"""Reading grades of running prose, counted from our own sentences, words and syllables."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from healthlint.diagnostic import Readability
from healthlint.explanation import Place, is_glossed, topic
from healthlint.formula import Counts, flesch_kincaid_grade, smog
from healthlint.prose import prose_of
from healthlint.spoken import LONG, easy_shape_of, parts_of, shape_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthlint.document import Document, Sentence

MINIMUM_WORDS = 100
ROUGH_BELOW_WORDS = 300
_SMALL_WORDS = frozenset(
    "the and of to with that which by from or be are may can was were has have is it you your".split()
)
_LEAST_SMALL = 0.12
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")


def count(sentences: Iterable[Sentence], easy: frozenset[str] = frozenset()) -> Counts:
    """Count what the formulas need over *sentences*; words of *easy*, in lower case, have two syllables at the most.

    A word inside a sentence that begins with a capital is a name, which Gunning does not call complex.
    """
    texts = [_unshouted(sentence.shadow) for sentence in sentences]
    spoken = [words for words in map(words_of, texts) if words]
    uses = Counter(chain.from_iterable(spoken))
    openers = Counter(words[0] for words in spoken)
    words = syllables = polysyllables = letters = complex_words = 0
    for word, number in uses.items():
        sounded, length, is_complex = easy_shape_of(word, easy) if easy else shape_of(word)
        if sounded:
            words += number
            syllables += sounded * number
            letters += length * number
        if sounded >= LONG:
            polysyllables += number
            if is_complex:
                complex_words += openers[word] if word[0].isupper() else number
    return Counts(len(spoken), words, syllables, polysyllables, letters, complex_words)


def count_text(text: str) -> Counts:
    """Count the words of a piece of a sentence, which is no sentence itself."""
    shapes = [(word, shape_of(word)) for word in words_of(text)]
    return Counts(
        sentences=0,
        words=sum(shape.syllables > 0 for _, shape in shapes),
        syllables=sum(shape.syllables for _, shape in shapes),
        polysyllables=sum(shape.syllables >= LONG for _, shape in shapes),
        letters=sum(shape.letters for _, shape in shapes if shape.syllables),
        complex_words=sum(shape.is_complex and not word[0].isupper() for word, shape in shapes),
    )


def english_share(sentences: Iterable[Sentence]) -> float:
    """Return the share of small words of English among all words: 0.2 or more in English prose, next to 0 in others."""
    words = [word for sentence in sentences for word in sentence.shadow.lower().split()]
    return sum(word in _SMALL_WORDS for word in words) / (len(words) or 1)


def is_english(document: Document) -> bool:
    """Say whether the running prose of *document* is in English: of other languages the measures say nothing."""
    return english_share(prose_of(document).sentences) >= _LEAST_SMALL


def easy_words(document: Document) -> frozenset[str]:
    """Return the words, in lower case, that the readers of *document* have to meet, or are told the meaning of.

    These are, of the words of three or more syllables, those of its titles and those that a sentence of it tells the
    meaning of. Of each the plural or singular is among them. They are looked for once.
    """
    easy: frozenset[str] | None = document.memo.get("easy-words")
    if easy is None:
        words = _topic_words(document) | _glossed(prose_of(document).sentences)
        forms = (form for word in words for form in (word, f"{word}s", word.removesuffix("s")))
        easy = document.memo["easy-words"] = frozenset(forms)
    return easy


def familiar_words(document: Document) -> frozenset[str]:
    """Return the words that make no sentence of *document* hard: its easy words, and all words of its titles."""
    return easy_words(document).union(topic(document).split())


def long_words(sentences: Iterable[Sentence], easy: frozenset[str]) -> tuple[tuple[str, int], ...]:
    """Return the long words of *sentences* that are not *easy*, in lower case, with their uses, the costliest first."""
    uses = Counter(
        part.lower()
        for sentence in sentences
        for word in words_of(sentence.shadow)
        for part in parts_of(word)
        if part.isalpha() and shape_of(part.lower()).syllables >= LONG and part.lower() not in easy
    )
    cost = {word: number * (shape_of(word).syllables - LONG + 1) for word, number in uses.items()}
    return tuple(sorted(uses.items(), key=lambda use: (-cost[use[0]], use[0])))


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


def _unshouted(text: str) -> str:
    """Return a sentence in capitals in small letters, in which its words are no initials."""
    return text.lower() if text.isupper() and " " in text else text


def _topic_words(document: Document) -> set[str]:
    return {word for word in topic(document).split() if shape_of(word).syllables >= LONG}


def _glossed(sentences: Iterable[Sentence]) -> set[str]:
    glossed: set[str] = set()
    for sentence in sentences:
        for match in _LONG_WORD.finditer(sentence.shadow):
            word = match[0].lower()
            if word not in glossed and shape_of(word).syllables >= LONG:
                at = sentence.start
                if is_glossed(Place(sentence.block, sentence, at + match.start(), at + match.end())):
                    glossed.add(word)
    return glossed
