"""Which rules can match which sentence: one RE2 pass over the text for all of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import re2

from healthlint.errors import SettingError
from healthlint.regex import compile_pattern
from healthlint.skeleton import needed_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from healthlint.document import BlockKind, Document, Sentence

_PROBE = "\x1e"
_SHORT = 5_000  # words


class Gate(NamedTuple):
    """A pattern that lets a sentence through to a check, and sets of letters of each of which such a text has one.

    Not ``is_filterable``: RE2 finds no letters in it that its match cannot do without, and would try it everywhere.
    """

    pattern: str
    letters: tuple[tuple[str, ...], ...] = ()
    is_filterable: bool = True


def make_gates(patterns: Sequence[str] | None) -> tuple[Gate, ...] | None:
    """Return the gates of *patterns*, or None for none: every sentence may pass."""
    if patterns is None:
        return None
    return tuple(Gate(pattern, needed_letters(pattern), _is_filterable(pattern)) for pattern in patterns)


def _is_filterable(pattern: str) -> bool:
    tried = re2.Filter()
    return not _is_added(pattern, tried) or (_is_compiled(tried) and 0 not in (tried.Match("", potential=True) or ()))


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
            for sentence in block.sentences:
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
        likely = list(likely)
        others = _ByNeed((number, gate) for number, gate in likely if not gate.is_filterable)
        unfit = set(others.unfit)
        self._others = others
        self._gates: list[tuple[int, str]] = []
        self._filter = re2.Filter()
        for number, gate in likely:
            if gate.is_filterable and _is_added(gate.pattern, self._filter):
                self._gates.append((number, gate.pattern))
            elif gate.is_filterable:
                unfit.add(number)
        if not _is_compiled(self._filter):
            unfit |= {number for number, _ in self._gates}
            self._gates = []
        self.unfit = frozenset(unfit)
        self.tried = frozenset(gate.pattern for number, gate in every if number not in unfit)

    def passed(self, text: str) -> list[tuple[int, str]]:
        """Return the gates that *text* passes, each with the number of its check."""
        gates = self._gates
        hits = self._filter.Match(text) if gates else ()
        return [*self._others.passed(text), *(gates[hit] for hit in hits or () if hit < len(gates))]


class _ByNeed:
    """Gates that RE2 cannot filter: each is tried where the rarest letters that it needs stand, found in one pass."""

    def __init__(self, gates: Iterable[tuple[int, Gate]]) -> None:
        self.unfit: set[int] = set()
        self._always: list[tuple[int, str, Any]] = []
        by_need: dict[tuple[str, ...], list[tuple[int, str, Any]]] = {}
        for number, gate in gates:
            try:
                tried = (number, gate.pattern, compile_pattern(gate.pattern, case=True))
            except SettingError:
                self.unfit.add(number)
                continue
            need = min(gate.letters, key=lambda each: (len(each), -min(map(len, each)), each), default=())
            (by_need.setdefault(need, []) if need else self._always).append(tried)
        self._of_need = list(by_need.values())
        self._needs = re2.Set.SearchSet()
        for need in by_need:
            self._needs.Add(f"(?i:{'|'.join(map(re2.escape, need))})")
        self._needs.Compile()

    def passed(self, text: str) -> list[tuple[int, str]]:
        """Return the gates that *text* passes, each with the number of its check."""
        encoded = text.encode()  # once: google-re2 would do it for each
        hits: Any = self._needs.Match(encoded) or ()
        likely = [each for hit in hits for each in self._of_need[hit]]
        return [(number, pattern) for number, pattern, regex in (*self._always, *likely) if regex.search(encoded)]


def _is_added(pattern: str, to: re2.Filter) -> bool:
    options = re2.Options()
    options.log_errors = False
    try:
        to.Add(pattern, options)
    except re2.error:
        return False
    return True


def _is_compiled(made: re2.Filter) -> bool:
    """Compile what was added, with a pattern that only a control character matches; say whether that is found."""
    probe = made.Add(_PROBE)
    made.Compile()
    return probe in (made.Match(_PROBE) or ())


def _may_stand_in(text: str, gate: Gate) -> bool:
    return all(any(letters in text for letters in alternatives) for alternatives in gate.letters)
