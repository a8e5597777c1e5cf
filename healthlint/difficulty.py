"""How hard one sentence is to read, and what makes it so: a sum of costs that anybody can check, no model."""

from __future__ import annotations

import os.path
from collections import defaultdict
from functools import cache
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from healthlint.cues import Cost, costs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from healthlint.document import Sentence

EASIEST, HARDEST = 1.0, 6.0
EASY_WORDS = 8
"""A sentence of so many common words is easy: what is above it is what the cues say."""

_MOST_WORDS = 5  # of one cue that a person is told
_FOR_WRITERS = {"rare words": "uncommon words", "linked phrases": "phrases strung together with of, in, for"}
_TABLE = os.path.join(os.path.dirname(__file__), "data", "difficulty.json")


class Cue(NamedTuple):
    """One thing that makes a sentence hard: how often it does, what it adds to the score, and the words at fault."""

    name: str
    amount: float
    points: float
    words: tuple[str, ...] = ()


class Difficulty(NamedTuple):
    """The score of a sentence and what raises it above that of an easy sentence, biggest first.

    The points of the cues add up to the difference. The scale is that of the people who rated the sentences the weights
    were fitted to, the levels of the Common European Framework: 1 is A1, for a beginner; 2 A2; 3 B1; 4 B2; 5 C1; 6 C2,
    for a specialist.
    """

    score: float
    cues: tuple[Cue, ...]


class Weights(NamedTuple):
    """The table: the score of one common word, what twice the weight adds to it, and what each kind of cost weighs."""

    one_word: float
    doubling: float
    costs: Mapping[str, float]

    def score(self, weight: float) -> float:
        """Return the score of a sentence that weighs as much as *weight* common words; of none it is the easiest.

        >>> round(Weights(one_word=1.0, doubling=0.5, costs={}).score(16), 2)  # 1 + 0.5 x 4
        3.0
        """
        return min(max(self.one_word + self.doubling * log2(weight or 1), EASIEST), HARDEST)


def difficulty(sentence: Sentence, easy: frozenset[str] = frozenset()) -> Difficulty:
    """Return how hard *sentence* is; words in *easy*, in lower case and in any form, count as familiar.

    A sentence weighs one for each word and more for what is hard in it; each doubling of the weight adds the same.

    >>> from healthlint.document import Block
    >>> text = "They saw callose."
    >>> found = difficulty(Block("paragraph", text, range(len(text) + 1)).sentences[0])
    >>> found.cues[0].words, found.score > load_weights().score(3 + 50)
    (('callose',), True)
    """
    found = tuple(costs(sentence, easy))
    score = _score(sentence, found)
    return Difficulty(score, _cues(len(sentence.words), found, score - load_weights().score(EASY_WORDS)))


def difficulty_score(sentence: Sentence, easy: frozenset[str] = frozenset()) -> float:
    """Return the score alone, in less time; with more *easy* words it is never higher."""
    return _score(sentence, costs(sentence, easy))


def reasons(found: Difficulty, most: int = 3) -> tuple[str, ...]:
    """Return what makes a sentence hard, in words for its writer, biggest first.

    >>> cues = (Cue("length", 31, 0.6), Cue("rare words", 2, 0.4, ("titrate", "nadir")), Cue("clauses", 3, 0.1))
    >>> reasons(Difficulty(4.9, cues))
    ('31 words long', 'uncommon words (titrate, nadir)', '4 clauses')
    """
    return tuple(_reason(cue) for cue in found.cues[:most])


def mean_difficulty(sentences: Iterable[Sentence], easy: frozenset[str] = frozenset()) -> float:
    """Return the mean score over the words of *sentences*, so that a long one counts for as much as is read of it.

    Of no words it is 0.
    """
    scored = [(difficulty_score(sentence, easy), len(sentence.words)) for sentence in sentences]
    words = sum(count for _, count in scored)
    return sum(score * count for score, count in scored) / words if words else 0.0


def _reason(cue: Cue) -> str:
    if cue.name == "length":
        return f"{cue.amount:.0f} words long"
    if cue.name == "clauses":
        return f"{cue.amount + 1:.0f} clauses"
    words = ", ".join(cue.words[:_MOST_WORDS])
    name = _FOR_WRITERS.get(cue.name, cue.name)
    return f"{name} ({words})" if words else name


def _score(sentence: Sentence, found: Iterable[Cost]) -> float:
    weights = load_weights()
    return weights.score(len(sentence.words) + sum(weights.costs[cost.weight] for cost in found))


def _cues(words: int, found: tuple[Cost, ...], raised: float) -> tuple[Cue, ...]:
    """Share *raised* out among the cues by their costs; that of length is the words above those of an easy sentence."""
    table = load_weights().costs
    groups: defaultdict[str, list[Cost]] = defaultdict(list)
    for cost in found:
        groups[cost.cue].append(cost)
    weights = {name: sum(table[cost.weight] for cost in group) for name, group in groups.items()}
    weights["length"] = weights.get("length", 0) + max(words - EASY_WORDS, 0)
    each = max(raised, 0) / (sum(weights.values()) or 1)
    cues = (
        Cue(name, words if name == "length" else len(groups[name]), weight * each, _texts(groups[name]))
        for name, weight in weights.items()
    )
    return tuple(sorted((cue for cue in cues if cue.points > 0), key=lambda cue: (-cue.points, cue.name)))


def _texts(found: Iterable[Cost]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cost.text for cost in found if cost.text))


@cache
def load_weights() -> Weights:
    """Return the table that ships with healthlint."""
    import json

    with open(_TABLE, encoding="utf-8") as file:
        table = json.load(file)
    return Weights(table["one_word"], table["doubling"], {name: row["cost"] for name, row in table["costs"].items()})
