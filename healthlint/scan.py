"""Which rules can match which sentence: one RE2 pass over the text for all of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import re2

from healthlint.skeleton import needed_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from healthlint.document import BlockKind, Document, Sentence

_PROBE = "\x1e"
_SHORT = 5_000  # words


class Gate(NamedTuple):
    """A pattern that lets a sentence through to a check, and sets of letters of each of which such a text has one."""

    pattern: str
    letters: tuple[tuple[str, ...], ...] = ()


def make_gates(patterns: Sequence[str] | None) -> tuple[Gate, ...] | None:
    """Return the gates of *patterns*, or None for none: every sentence may pass."""
    return None if patterns is None else tuple(Gate(pattern, needed_letters(pattern)) for pattern in patterns)


class Scan:
    """The gates of many checks at once, each with the kinds of block that its check looks at; None is no gate.

    RE2 takes from each gate the letters that its match cannot do without, looks for those of all gates in one pass, and
    tries only the gates that have theirs (FilteredRE2). When the first document is a short one, only gates whose
    letters are in it are made ready: most runs are over one page.
    """

    def __init__(self, gates: Sequence[tuple[Sequence[Gate] | None, Sequence[BlockKind]]]) -> None:
        self._where = [frozenset(where) for _, where in gates]
        self._open = frozenset(number for number, (own, _) in enumerate(gates) if own is None)
        self._gates = [(number, gate) for number, (own, _) in enumerate(gates) for gate in own or ()]
        self._filter: _Filter | None = None
        self._documents = 0

    def candidates(self, document: Document) -> dict[int, list[Sentence]]:
        """Return for each check, by its number, the sentences it has to look at, in reading order."""
        gates = self._filter_for(document)
        found: defaultdict[int, list[Sentence]] = defaultdict(list)
        always = sorted(self._open | gates.unfit)
        for block in document.blocks:
            for number in always:
                if block.kind in self._where[number]:
                    found[number].extend(block.sentences)
            for sentence in block.sentences if gates else ():
                passed = gates.passed(sentence.shadow)
                sentence.memo["gates"] = (gates.tried, frozenset(pattern for _, pattern in passed))
                for number in {number for number, _ in passed} - gates.unfit:
                    if block.kind in self._where[number]:
                        found[number].append(sentence)
        return found

    def _filter_for(self, document: Document) -> _Filter:
        self._documents += 1
        if self._filter is None and self._documents == 1 and document.word_count <= _SHORT:
            text = "\n".join(block.shadow for block in document.blocks).lower()
            likely = [(number, gate) for number, gate in self._gates if _may_stand_in(text, gate)]
            return _Filter(likely, self._gates)
        if self._filter is None:
            self._filter = _Filter(self._gates, self._gates)
        return self._filter


class _Filter:
    """The *likely* of *every* gate made ready: the others cannot match.

    *unfit* are the numbers of checks whose gates it cannot hold, which is only slower. What is in *tried* and not
    ``passed`` does not match.
    """

    def __init__(self, likely: Iterable[tuple[int, Gate]], every: Iterable[tuple[int, Gate]]) -> None:
        self._filter = re2.Filter()
        self._gates: list[tuple[int, str]] = []
        options = re2.Options()
        options.log_errors = False
        unfit = set()
        for number, gate in likely:
            try:
                self._filter.Add(gate.pattern, options)
                self._gates.append((number, gate.pattern))
            except re2.error:
                unfit.add(number)
        probe = self._filter.Add(_PROBE, options)
        self._filter.Compile()
        if probe not in (self._filter.Match(_PROBE) or ()):
            unfit |= {number for number, _ in self._gates}
            self._gates = []
        self.unfit = frozenset(unfit)
        self.tried = frozenset(gate.pattern for number, gate in every if number not in unfit)

    def __bool__(self) -> bool:
        return bool(self._gates)

    def passed(self, text: str) -> list[tuple[int, str]]:
        """Return the gates that *text* passes, each with the number of its check."""
        gates = self._gates
        return [gates[hit] for hit in self._filter.Match(text) or () if hit < len(gates)]


def _may_stand_in(text: str, gate: Gate) -> bool:
    return all(any(letters in text for letters in alternatives) for alternatives in gate.letters)
