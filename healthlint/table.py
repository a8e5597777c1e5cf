"""Dated tables: facts that move, such as the most of a medicine a day, each with its day and its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PATTERN = "pattern"  # of a row: what it is about in words that are no name

Value = str | int | float | bool | tuple[str | int | float | bool, ...]


@dataclass(frozen=True)
class Row:
    """One fact: what it is about, under each of its names, and the ``values`` that a check reads.

    ``phrases`` are the names in all their forms, folded and in lower case. ``as_of`` is the ISO date on which the fact
    was looked up in ``source``, or, where not ``checked``, remembered. ``line`` is where the row stands in its file.
    """

    term: str
    phrases: tuple[str, ...]
    as_of: str
    source: str
    line: int
    also: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    checked: bool = True
    values: Mapping[str, Value] = field(default_factory=dict)

    def texts(self) -> dict[str, str]:
        """Return the values that people read, each as text: "4 g", "2 g or 3 g"."""
        return {key: _text(value) for key, value in self.values.items() if key != PATTERN}


@dataclass(frozen=True)
class Origin:
    """Where a vocabulary file lies, and the day on which what it says was looked up, if it says so, with its source."""

    path: str = ""
    as_of: str = ""
    source: str = ""


def _text(value: Value) -> str:
    *rest, last = map(str, value) if isinstance(value, tuple) else (str(value),)
    return f"{', '.join(rest)} or {last}" if rest else last
