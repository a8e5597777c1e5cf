"""Which rules can match which sentence: one RE2 pass over the text for all of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import re2

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthlint.checks import CheckKind
    from healthlint.document import BlockKind, Document, Sentence
    from healthlint.entities import Vocabulary

_MAX_MEMORY = 512 << 20


class Scan:
    """The gates of many checks as one set."""

    def __init__(self, checks: Sequence[tuple[CheckKind, Sequence[BlockKind]]], vocabulary: Vocabulary) -> None:
        options = re2.Options()
        options.max_mem = _MAX_MEMORY
        options.log_errors = False
        self._set: Any = re2.Set.SearchSet(options)
        self._gated: list[int] = []
        self._ungated: defaultdict[BlockKind, list[int]] = defaultdict(list)
        self._where = [frozenset(where) for _, where in checks]
        for number, (check, where) in enumerate(checks):
            gate = check.gate(vocabulary)
            if gate is None:
                for kind in where:
                    self._ungated[kind].append(number)
            else:
                self._set.Add(gate)
                self._gated.append(number)
        if self._gated:
            self._set.Compile()

    def candidates(self, document: Document) -> dict[int, list[Sentence]]:
        """Return for each check, by its number, the sentences it has to look at, in reading order."""
        found: defaultdict[int, list[Sentence]] = defaultdict(list)
        match, gated, where = self._set.Match, self._gated, self._where
        for block in document.blocks:
            for number in self._ungated[block.kind]:
                found[number].extend(block.sentences)
            if not gated:
                continue
            for sentence in block.sentences:
                for hit in match(sentence.shadow) or ():
                    number = gated[hit]
                    if block.kind in where[number]:
                        found[number].append(sentence)
        return found
