"""What to change so that a text is easier to read, best first, and what grade that brings it to."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

from healthlint.formula import Counts
from healthlint.readability import count_text, easy_words
from healthlint.score import level, plus
from healthlint.wordlist import word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthlint.document import Sentence
    from healthlint.entities import Vocabulary
    from healthlint.score import Score

WORD_LISTS = ("wordy-phrase", "complex-word", "jargon")
"""The entities that have plain words to offer; where two have the same words, the first."""

_LONG_SENTENCE = 20  # words; a shorter one is not worth splitting
_LEAST_PART = 5  # words
_SPLIT = Counts(sentences=1, words=0, syllables=0, polysyllables=0)
_LEAST_GAIN = 0.05  # of a grade
_ARTICLE = re.compile(r"\b(?:an?|the)\s+$", re.IGNORECASE)


class Place(NamedTuple):
    """Words of a sentence: ``sentence.text[start:end]``."""

    sentence: Sentence
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words as they stand there."""
        return self.sentence.text[self.start : self.end]


class Change(NamedTuple):
    """Something to change: a sentence to "split" before a place in it, or a term to "swap" wherever it stands.

    *instead* is the plain term. *gain* is by how much the level falls with this change alone, *difference* what it does
    to the counts.
    """

    kind: Literal["split", "swap"]
    places: tuple[Place, ...]
    instead: str
    gain: float
    difference: Counts


def changes(score: Score, vocabulary: Vocabulary) -> tuple[Change, ...]:
    """Return what makes the document easier, best first; nothing where it has no sentences."""
    found = (*_splits(score), *_swaps(score, vocabulary))
    worth = (change for change in found if change.gain >= _LEAST_GAIN)
    return tuple(sorted(worth, key=lambda change: (-change.gain, -len(change.places[0].sentence.words))))


def changed(counts: Counts, made: Iterable[Change]) -> Counts:
    """Return the counts of a text once the changes are *made*."""
    return plus(counts, (change.difference for change in made))


def _splits(score: Score) -> Iterator[Change]:
    for each in score.sentences:
        place = cut(each.sentence)
        if place is not None:
            yield Change("split", (place,), "", _gain(score.counts, _SPLIT), _SPLIT)


def cut(sentence: Sentence) -> Place | None:
    """Return the clause before which a long sentence parts best into two, or None for one that is short or whole."""
    starts = [word.start for word in sentence.words]
    if len(starts) <= _LONG_SENTENCE:
        return None
    clauses = [clause for clause in sentence.clauses[1:] if _is_parting(sentence.text, clause.start)]
    before = [sum(start < clause.start for start in starts) for clause in clauses]
    parts = [
        (abs(len(starts) - 2 * words), clause)
        for words, clause in zip(before, clauses, strict=True)
        if min(words, len(starts) - words) >= _LEAST_PART
    ]
    if not parts:
        return None
    _, best = min(parts)
    return Place(sentence, best.start, best.end)


def _is_parting(text: str, place: int) -> bool:
    """Say whether a clause that begins at *place* stands in no brackets, and not in "for a while"."""
    return text.count("(", 0, place) <= text.count(")", 0, place) and not _ARTICLE.search(text, 0, place)


def _swaps(score: Score, vocabulary: Vocabulary) -> Iterator[Change]:
    easy = easy_words(score.document)
    uses: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for each in score.sentences:
        for place, term, instead in _plain_words(each.sentence, vocabulary):
            if term not in easy:
                uses[term, instead].append(place)
    for (_, instead), places in uses.items():
        difference = plus(Counts(0, 0, 0, 0), (_difference(place.text, instead) for place in places))
        yield Change("swap", tuple(places), instead, _gain(score.counts, difference), difference)


def _plain_words(sentence: Sentence, vocabulary: Vocabulary) -> Iterator[tuple[Place, str, str]]:
    """Yield each place with a plain word for it, its term in lower case and that word in the form of the text."""
    taken: set[int] = set()
    for name in WORD_LISTS:
        if name not in vocabulary:
            continue
        for use in word_list(vocabulary, name).uses(sentence):
            place = Place(sentence, use.start, use.end)
            letters = set(range(use.start, use.end))
            offered = use.word.offered(place.text) if use.word.tier == 1 and taken.isdisjoint(letters) else ()
            if offered and not _is_part_of_word(place):
                taken |= letters
                yield place, use.word.term.lower(), offered[0]


def _is_part_of_word(place: Place) -> bool:
    """Say whether a hyphen ties the place to a word that stays: a formula takes both as one word."""
    text = place.sentence.text
    return "-" in (text[place.start - 1 : place.start], text[place.end : place.end + 1])


def _difference(old: str, new: str) -> Counts:
    return Counts(*(after - before for before, after in zip(count_text(old), count_text(new), strict=True)))


def _gain(counts: Counts, difference: Counts) -> float:
    return level(counts) - level(plus(counts, (difference,)))
