"""Which rules can match which sentence: one RE2 pass over the text for all of them."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

import re2

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthlint.document import BlockKind, Document, Sentence

_FAILED = "the pass over all rules failed; select fewer rules"
_PROBE = "\x1e"
_LONG = 4_000  # letters; to try a gate this long on a sentence costs more than it saves


class Scan:
    """Many gates at once, each with the kinds of block that its check looks at.

    RE2 takes from each gate the letters that its match cannot do without, and looks for those of all gates in one pass
    (FilteredRE2). A short gate whose letters are there is tried; a long one is taken at that.
    """

    def __init__(self, gates: Sequence[tuple[str | None, Sequence[BlockKind]]]) -> None:
        self._where = [frozenset(where) for _, where in gates]
        short = [number for number, (gate, _) in enumerate(gates) if gate is not None and len(gate) < _LONG]
        long = [number for number, (gate, _) in enumerate(gates) if gate is not None and len(gate) >= _LONG]
        self._passes = [
            _Pass([(number, str(gates[number][0])) for number in numbers], potential=potential)
            for numbers, potential in ((short, False), (long, True))
            if numbers
        ]
        self._ungated: defaultdict[BlockKind, list[int]] = defaultdict(list)
        gated = {number for each in self._passes for number in each.numbers}
        for number in sorted(set(range(len(gates))) - gated):
            for kind in self._where[number]:
                self._ungated[kind].append(number)

    def candidates(self, document: Document) -> dict[int, list[Sentence]]:
        """Return for each check, by its number, the sentences it has to look at, in reading order."""
        found: defaultdict[int, list[Sentence]] = defaultdict(list)
        for block in document.blocks:
            for number in self._ungated[block.kind]:
                found[number].extend(block.sentences)
            for sentence in block.sentences:
                for each in self._passes:
                    for number in each.numbers_for(sentence.shadow):
                        if block.kind in self._where[number]:
                            found[number].append(sentence)
        return found


class _Pass:
    """One filter over several gates; *numbers* is empty when there are more than it can take."""

    def __init__(self, gates: Sequence[tuple[int, str]], *, potential: bool) -> None:
        self._filter = re2.Filter()
        self._potential = potential
        options = re2.Options()
        options.log_errors = False
        numbers = []
        for number, gate in gates:
            with suppress(re2.error):  # one too large for the filter is not gated, which is only slower
                self._filter.Add(gate, options)
                numbers.append(number)
        probe = self._filter.Add(_PROBE, options)
        self._filter.Compile()
        works = probe in (self._filter.Match(_PROBE) or ())
        self.numbers = numbers if works else []

    def numbers_for(self, text: str) -> list[int]:
        """Return the numbers of the gates that *text* may pass."""
        numbers = self.numbers
        hits = self._filter.Match(text, self._potential) if numbers else None
        return [numbers[hit] for hit in hits if hit < len(numbers)] if hits else []
