"""Which of many patterns may match in a sentence: the scan knows of most, so that they are asked all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from healthlint.regex import compile_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthlint.document import Sentence

_NO_GATES: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


class Sieve:
    """Patterns, each with a small one that matches wherever it does, or None where there is none."""

    def __init__(self, patterns: Sequence[tuple[str, str | None]]) -> None:
        self._patterns = tuple(pattern for pattern, _ in patterns)
        self._always = tuple(at for at, (_, small) in enumerate(patterns) if small is None)
        self._places: dict[str, list[int]] = {}
        for at, (_, small) in enumerate(patterns):
            if small is not None:
                self._places.setdefault(small, []).append(at)
        self._tried: frozenset[str] | None = None
        self._untried: tuple[str, ...] = ()
        self._regexes: dict[str, Any] = {}

    def likely(self, sentence: Sentence) -> tuple[str, ...]:
        """Return the patterns that may match in *sentence*, in their order."""
        tried, passed = sentence.memo.get("gates", _NO_GATES)
        if tried is not self._tried:  # once per scan
            self._tried = tried
            self._untried = tuple(small for small in self._places if small not in tried)
        hits = [small for small in passed if small in self._places]
        hits += [small for small in self._untried if self._regex(small).search(sentence.shadow)]
        places = [*self._always, *(at for small in hits for at in self._places[small])]
        return tuple(self._patterns[at] for at in sorted(places))

    def _regex(self, small: str) -> Any:
        if small not in self._regexes:
            self._regexes[small] = compile_pattern(small, case=True)
        return self._regexes[small]
