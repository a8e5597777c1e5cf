"""Find word classes near one another inside one clause or sentence: in order with small gaps, or in any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Literal

from healthlint.checks._sequence_any import parted_slots, runs_in_any_order
from healthlint.checks._sequence_chain import Chain
from healthlint.checks._sequence_slots import check_slots, clause_numbers, make_finding, rarest_gates, slot_names
from healthlint.errors import SettingError

if TYPE_CHECKING:
    from healthlint.document import Document, Sentence
    from healthlint.entities import Vocabulary
    from healthlint.finding import Finding
    from healthlint.phrases import Mark

_IN_ORDER = ("gap", "barring")
_IN_ANY_ORDER = ("spread", "not_in", "leading")


@dataclass(frozen=True)
class Check:
    """Slots, each ``{entity}``, words, or alternatives of these with ``|`` between them.

    In the ``order`` given, ``gap`` is the largest number of words between two neighbouring slots (one number for all,
    or one per gap); a comma counts as a word. No entity of ``barring`` may stand in a gap. With ``order: either`` the
    last slot may come first, and so on.

    In ``any`` order there are at most ``spread`` words from the first to the last. Words that belong to an earlier slot
    do not fill a later one: of "baby aspirin" nothing is a baby. What an entity of ``not_in`` holds does not fill the
    first slot: "not aspirin". What an entity of ``leading`` holds fills the last slot too, where it stands before the
    first: "give … aspirin".

    ``report`` is ``all`` for everything from the first to the last, or the number of one slot, from 1.
    """

    slots: tuple[str, ...]
    order: Literal["given", "either", "any"] = "given"
    gap: int | tuple[int, ...] = 4
    spread: int = 0
    within: Literal["clause", "sentence"] = "clause"
    barring: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    report: Literal["all"] | int = "all"

    def gates(self, vocabulary: Vocabulary) -> tuple[str, ...] | None:
        """Return what the rarest slot needs, of those that nothing else can fill."""
        return rarest_gates(self._needed, vocabulary)

    def validate(self, vocabulary: Vocabulary) -> None:
        """Check that the slots exist and that the other keys fit them and their order."""
        if len(self.slots) < 2:
            raise SettingError("a sequence needs two slots or more; use 'check: pattern' for one", "slots")
        for key in ("slots", "barring", "not_in", "leading"):
            check_slots(getattr(self, key), vocabulary, key=key)
        for name in _IN_ORDER if self.order == "any" else _IN_ANY_ORDER:
            if getattr(self, name) != getattr(Check, name):
                key, has = name.replace("_", "-"), "only" if self.order != "any" else "not"
                raise SettingError(f"'{key}' is {has} for slots in any order; take it out", name)
        if self.order == "any" and self.spread < len(self.slots):
            raise SettingError(
                f"{len(self.slots)} slots in any order need a 'spread' of that many words or more", "spread"
            )
        if isinstance(self.gap, tuple) and len(self.gap) != len(self.slots) - 1:
            raise SettingError(f"{len(self.slots)} slots have {len(self.slots) - 1} gaps; got {len(self.gap)}", "gap")
        if isinstance(self.report, int) and not 1 <= self.report <= len(self.slots):
            raise SettingError(f"there is no slot {self.report}; use 'all' or 1 to {len(self.slots)}", "report")

    def find(self, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Finding]:
        """Yield each place where all slots are filled, left to right, none overlapping another."""
        for sentence in sentences:
            marks = list(takewhile(bool, (vocabulary.marks(sentence, names) for names in self._needed)))
            if len(marks) == len(self._needed):
                for run in self._runs(sentence, vocabulary):
                    reported = run if self.report == "all" else (run[self.report - 1],)
                    yield make_finding(sentence, run, min(reported), max(reported, key=lambda mark: mark.end))

    @cached_property
    def _slots(self) -> tuple[tuple[str, ...], ...]:
        return tuple(map(slot_names, self.slots))

    @cached_property
    def _needed(self) -> tuple[tuple[str, ...], ...]:
        """The slots that nothing else can fill."""
        return self._slots[:-1] if self.leading else self._slots

    def _runs(self, sentence: Sentence, vocabulary: Vocabulary) -> Iterator[tuple[Mark, ...]]:
        def marks_of(slots: Iterable[str]) -> tuple[Mark, ...]:
            names = tuple(name for slot in slots for name in slot_names(slot))
            return vocabulary.marks(sentence, names) if names else ()

        marks = [vocabulary.marks(sentence, names) for names in self._slots]
        clauses = clause_numbers(sentence, self.within)
        if self.order == "any":
            parted = tuple(parted_slots(marks, marks_of(self.not_in)))
            return runs_in_any_order(parted, marks_of(self.leading), self.spread, clauses)
        gaps = self.gap if isinstance(self.gap, tuple) else (self.gap,) * (len(marks) - 1)
        chain = Chain(sentence, clauses, marks_of(self.barring))
        return chain.runs(marks, gaps) if self.order == "given" else chain.runs_both_ways(marks, gaps)
