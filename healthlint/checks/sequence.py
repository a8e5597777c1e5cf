"""Find word classes in order inside one clause or sentence, with small gaps between them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Literal

from healthlint.entities import Mark, names_in
from healthlint.errors import SettingError
from healthlint.finding import Finding
from healthlint.phrases import tokens_of

if TYPE_CHECKING:
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.phrases import Tokens

_WORDS_OR_ENTITY = re.compile(r"\{[^{}]+\}|[^{}]+")
_SHORT = 4


@dataclass(frozen=True)
class Check:
    """Slots in order, each ``{entity}``, words, or alternatives of these with ``|`` between them.

    ``gap`` is the largest number of words between two neighbouring slots (one number for all, or one per gap); a comma
    counts as a word. No entity of ``barring`` may stand in a gap. ``report`` is ``all`` for everything from the first
    slot to the last, or the number of one slot, from 1.
    """

    slots: tuple[str, ...]
    gap: int | tuple[int, ...] = 4
    within: Literal["clause", "sentence"] = "clause"
    barring: tuple[str, ...] = ()
    report: Literal["all"] | int = "all"

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return the slot with the fewest phrases as a pattern, unless "it" is one: what has it may have the rest."""
        return (vocabulary.gate(min(self._slots, key=lambda names: (_is_common(names), vocabulary.size(names)))),)

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that the slots exist and the gaps fit."""
        if len(self.slots) < 2:
            raise SettingError("a sequence needs two slots or more; use 'check: pattern' for one", "slots")
        for key, slots in (("slots", self.slots), ("barring", self.barring)):
            for slot in slots:
                if not all(_WORDS_OR_ENTITY.fullmatch(part.strip()) for part in slot.split("|")):
                    raise SettingError(f"'{slot}': a slot is one entity, or words; part alternatives with |", key)
                vocabulary.check_names(_names(slot), key=key)
        if isinstance(self.gap, tuple) and len(self.gap) != len(self.slots) - 1:
            raise SettingError(f"{len(self.slots)} slots have {len(self.slots) - 1} gaps; got {len(self.gap)}", "gap")
        if isinstance(self.report, int) and not 1 <= self.report <= len(self.slots):
            raise SettingError(f"there is no slot {self.report}; use 'all' or 1 to {len(self.slots)}", "report")

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield each run of slots, left to right, none overlapping another."""
        slots, barring = self._slots, self._barring
        gaps = self.gap if isinstance(self.gap, tuple) else (self.gap,) * (len(slots) - 1)
        for sentence in sentences:
            marks = list(takewhile(bool, (vocabulary.marks(sentence, names) for names in slots)))
            if len(marks) == len(slots):
                barred = vocabulary.marks(sentence, barring) if barring else ()
                chain = _Chain(sentence, self.within, gaps, barred)
                yield from self._report(sentence, chain.runs(marks))

    @cached_property
    def _slots(self) -> tuple[tuple[str, ...], ...]:
        return tuple(map(_names, self.slots))

    @cached_property
    def _barring(self) -> tuple[str, ...]:
        return tuple(name for slot in self.barring for name in _names(slot))

    def _report(self, sentence: Sentence, runs: Iterator[tuple[Mark, ...]]) -> Iterator[Finding]:
        tokens = tokens_of(sentence)
        for run in runs:
            first, last = (run[0], run[-1]) if self.report == "all" else (run[self.report - 1],) * 2
            start, end = tokens.span(first.start, last.end)
            values = {f"slot-{number}": _text(sentence, tokens, mark) for number, mark in enumerate(run, 1)}
            yield Finding(sentence.block, sentence.start + start, sentence.start + end, sentence, values)


class _Chain:
    """Joins marks of neighbouring slots that are close enough to each other in one sentence."""

    def __init__(self, sentence: Sentence, within: str, gaps: Sequence[int], barred: Sequence[Mark]) -> None:
        self._gaps = gaps
        self._barred = [mark.start for mark in barred]
        tokens = tokens_of(sentence)
        self._clauses = _clause_numbers(sentence, tokens) if within == "clause" else [0] * len(tokens.words)
        self._commas = _comma_counts(sentence, tokens)

    def runs(self, marks: Sequence[Sequence[Mark]]) -> Iterator[tuple[Mark, ...]]:
        """Yield one mark per slot, the nearest that works each, for each place where the first slot starts."""
        tails: dict[Mark, tuple[Mark, ...]] = {mark: (mark,) for mark in marks[-1]}
        for slot in range(len(marks) - 2, -1, -1):
            tails = self._extend(marks[slot], tails, self._gaps[slot])
        reached = 0
        for mark in sorted(tails):
            if mark.start >= reached:
                run = tails[mark]
                yield run
                reached = run[-1].end

    def _extend(
        self, marks: Sequence[Mark], tails: dict[Mark, tuple[Mark, ...]], gap: int
    ) -> dict[Mark, tuple[Mark, ...]]:
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


def _names(slot: str) -> tuple[str, ...]:
    """Return the entity names of a slot; words that are no entity are named by themselves with ``=`` in front."""
    parts = [part.strip() for part in slot.split("|")]
    return tuple(names_in(part)[0] if names_in(part) else f"={part}" for part in parts)


def _is_common(names: tuple[str, ...]) -> bool:
    """Say whether a word named by itself is so short that most sentences may have it."""
    return any(name.startswith("=") and len(name) <= _SHORT for name in names)


def _text(sentence: Sentence, tokens: Tokens, mark: Mark) -> str:
    return sentence.text[slice(*tokens.span(*mark))]


def _clause_numbers(sentence: Sentence, tokens: Tokens) -> list[int]:
    starts = [clause.start for clause in sentence.clauses]
    return [bisect_right(starts, start) for start in tokens.starts]


def _comma_counts(sentence: Sentence, tokens: Tokens) -> list[int]:
    """Return for each token how many commas stand before it in the sentence."""
    commas = [index for index, character in enumerate(sentence.shadow) if character == ","]
    return [bisect_left(commas, start) for start in tokens.starts]
