"""Slots that are filled one after another, with small gaps."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from healthlint.phrases import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.document import Sentence
    from healthlint.phrases import Mark

Run = tuple["Mark", ...]


class Chain:
    """Joins marks of neighbouring slots that stand in one of *clauses* of a sentence, with none of *barred* between."""

    def __init__(self, sentence: Sentence, clauses: Sequence[int], barred: Sequence[Mark]) -> None:
        self._clauses = clauses
        self._barred = [mark.start for mark in barred]
        self._commas = _comma_counts(sentence)

    def runs(self, marks: Sequence[Sequence[Mark]], gaps: Sequence[int]) -> Iterator[Run]:
        """Yield one mark per slot, the nearest that works each, for each place where the first slot starts."""
        tails: dict[Mark, Run] = {mark: (mark,) for mark in marks[-1]}
        for slot in range(len(marks) - 2, -1, -1):
            tails = self._extend(marks[slot], tails, gaps[slot])
        reached = 0
        for mark in sorted(tails):
            if mark.start >= reached:
                run = tails[mark]
                yield run
                reached = run[-1].end

    def runs_both_ways(self, marks: Sequence[Sequence[Mark]], gaps: Sequence[int]) -> Iterator[Run]:
        """Yield runs from the first slot to the last or back, left to right; of those that overlap what ends first."""
        backward = (run[::-1] for run in self.runs(marks[::-1], gaps[::-1]))
        reached = 0
        for run in sorted((*self.runs(marks, gaps), *backward), key=lambda run: (max(run).end, min(run).start)):
            if min(run).start >= reached:
                yield run
                reached = max(run).end

    def _extend(self, marks: Sequence[Mark], tails: dict[Mark, Run], gap: int) -> dict[Mark, Run]:
        followers = sorted(tails)
        starts = [mark.start for mark in followers]
        extended = {}
        for mark in marks:
            for follower in followers[bisect_left(starts, mark.end) : bisect_right(starts, mark.end + gap)]:
                if self._joins(mark, follower, gap):
                    extended[mark] = (mark, *tails[follower])
                    break
        return extended

    def _joins(self, mark: Mark, follower: Mark, gap: int) -> bool:
        if self._clauses[mark.start] != self._clauses[follower.end - 1]:
            return False
        commas = self._commas[follower.start] - self._commas[mark.end - 1]
        if follower.start - mark.end + commas > gap:
            return False
        return bisect_left(self._barred, mark.end) == bisect_left(self._barred, follower.start)


def _comma_counts(sentence: Sentence) -> list[int]:
    """Return for each token how many commas stand before it in the sentence."""
    commas = [index for index, character in enumerate(sentence.shadow) if character == ","]
    return [bisect_left(commas, start) for start in tokens_of(sentence).starts]
