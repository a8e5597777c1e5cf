"""Slots that are filled close together, in any order."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.phrases import Mark


def parted_slots(marks: Sequence[Sequence[Mark]], excluded: Sequence[Mark]) -> Iterator[Sequence[Mark]]:
    """Yield the marks of each slot that share no word with one of an earlier slot, of the first with one *excluded*."""
    taken = list(excluded)
    for number, own in enumerate(marks):
        reach = list(accumulate((mark.end for mark in taken), max))
        kept = [mark for mark in own if not _overlaps(mark, taken, reach)]
        yield kept
        taken = sorted((*taken, *kept)) if number else kept


def _overlaps(mark: Mark, taken: Sequence[Mark], reach: Sequence[int]) -> bool:
    """Say whether *mark* shares a word with one of *taken*; *reach* is how far each and those before it go."""
    index = bisect_left(taken, (mark.end,))
    return index > 0 and reach[index - 1] > mark.start


def runs_in_any_order(
    marks: Sequence[Sequence[Mark]], leading: Sequence[Mark], spread: int, clauses: Sequence[int]
) -> Iterator[tuple[Mark, ...]]:
    """Yield one mark per slot as soon as all are there, of each slot the one that came last.

    One of *leading* fills the last slot where it stands before the first. From the first mark to the last there are at
    most *spread* words, all in one of *clauses*.
    """
    last = len(marks) - 1
    latest: dict[int, Mark] = {}
    reached = 0
    for mark, slot in sorted((mark, slot) for slot, own in enumerate(marks) for mark in own):
        latest[slot] = mark
        index = bisect_left(leading, mark) - 1
        if slot == 0 and index >= 0 and leading[index].start >= reached:
            latest[last] = max(leading[index], latest.get(last, leading[index]))
        start = min(each.start for each in latest.values())
        is_close = mark.end - start <= spread and clauses[start] == clauses[mark.end - 1]
        if len(latest) == len(marks) and is_close:
            yield tuple(latest[slot] for slot in range(len(marks)))
            latest.clear()
            reached = mark.end
