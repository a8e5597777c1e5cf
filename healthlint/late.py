"""A pattern with large entities, compiled for what of them stands in the text: the rest of them need not be ready."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from healthlint.regex import compile_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class LatePattern:
    """A pattern of whose *large* entities only those phrases are compiled that have come up, or all when that pays.

    *filled* returns it with these phrases alone of each of *large*. It is worn, and better compiled whole, once as much
    of it has been compiled as *whole_size*: so it never costs more than twice what the wiser choice would have.
    """

    def __init__(
        self,
        large: Sequence[str],
        filled: Callable[[Mapping[str, frozenset[str]]], str],
        whole_size: int,
        *,
        case: bool,
    ) -> None:
        self.large = tuple(large)
        self._filled = filled
        self._to_spend = whole_size if large else 0
        self._case = case
        self._phrases: tuple[frozenset[str], ...] = ()
        self._regex: Any = None

    @property
    def is_worn(self) -> bool:
        """Whether it is better compiled whole from now on."""
        return self._to_spend <= 0

    def regex(self, present: Sequence[frozenset[str]]) -> Any:
        """Return it for a text with these phrases of each of ``large``."""
        if self._regex is None:
            self._compile(tuple(present))
        elif not all(map(frozenset.issubset, present, self._phrases)):
            self._compile(tuple(map(frozenset.union, present, self._phrases)))
        return self._regex

    def _compile(self, phrases: tuple[frozenset[str], ...]) -> None:
        pattern = self._filled(dict(zip(self.large, phrases, strict=True)))
        self._phrases = phrases
        self._regex = compile_pattern(pattern, case=self._case)
        self._to_spend -= len(pattern)
