"""What to change so that a text is easier to read, best first, and what grade that brings it to."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

from healthlint.band import level, plus
from healthlint.formula import Counts
from healthlint.plainer import cut, plain_words
from healthlint.readability import count_text, easy_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthlint.entities import Vocabulary
    from healthlint.plainer import Place
    from healthlint.score import Score

_SPLIT = Counts(sentences=1, words=0, syllables=0, polysyllables=0)
_LEAST_GAIN = 0.05  # of a grade


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


def _swaps(score: Score, vocabulary: Vocabulary) -> Iterator[Change]:
    easy = easy_words(score.document)
    uses: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for each in score.sentences:
        for place, term, instead in plain_words(each.sentence, vocabulary):
            if term not in easy:
                uses[term, instead].append(place)
    for (_, instead), places in uses.items():
        difference = plus(Counts(0, 0, 0, 0), (_difference(place.text, instead) for place in places))
        yield Change("swap", tuple(places), instead, _gain(score.counts, difference), difference)


def _difference(old: str, new: str) -> Counts:
    return Counts(*(after - before for before, after in zip(count_text(old), count_text(new), strict=True)))


def _gain(counts: Counts, difference: Counts) -> float:
    return level(counts) - level(plus(counts, (difference,)))
