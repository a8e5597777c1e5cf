"""Spans, positions, lines, the shadow text that patterns are matched on, and one text or several."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LINE_END = re.compile(r"\r\n|\r|\n")
_ODD = re.compile(r"[^\x00-\x7f]")
_SPACES = dict.fromkeys((0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000), " ")
_SINGLE_QUOTES = dict.fromkeys((0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x02BC, 0xFF07, 0x00B4), "'")
_DOUBLE_QUOTES = dict.fromkeys((0x201C, 0x201D, 0x201E, 0x201F, 0x2033, 0x00AB, 0x00BB, 0xFF02), '"')
_HYPHENS = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2212, 0xFE63, 0xFF0D), "-")
_MICRO = {0x03BC: "µ"}
_KEPT = {ord(character): character for character in "µ°—…×±≤≥™®©"}
_FIXED_FOLDS = {**_SPACES, **_SINGLE_QUOTES, **_DOUBLE_QUOTES, **_HYPHENS, **_MICRO, **_KEPT}


class Span(NamedTuple):
    """A half-open range of character offsets; into what is said where it is used."""

    start: int
    end: int


class Placed(Protocol):
    """Whatever stands in a text."""

    @property
    def start(self) -> int:
        """The offset at which it begins."""

    @property
    def end(self) -> int:
        """The offset behind it."""


_Place = TypeVar("_Place", bound=Placed)


class Position(NamedTuple):
    """A place for people: 1-based line and 1-based column in characters."""

    line: int
    column: int


def apart(places: Iterable[_Place]) -> Iterator[_Place]:
    """Yield *places*, left to right, without those that overlap an earlier one; of two at one start, the longer.

    >>> [(place.start, place.end) for place in apart([Span(4, 9), Span(0, 5), Span(5, 7), Span(0, 3)])]
    [(0, 5), (5, 7)]
    """
    reached = 0
    for place in sorted(places, key=lambda place: (place.start, -place.end)):
        if place.start >= reached:
            yield place
            reached = place.end


class LineIndex:
    """Lines of a source text; a line ends at CRLF, CR or LF and nowhere else."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(source))]

    def position(self, offset: int) -> Position:
        """Return the 1-based line and column of *offset*.

        >>> LineIndex("one\\r\\ntwo").position(5)
        Position(line=2, column=1)
        """
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def utf16(self, offset: int) -> tuple[int, int]:
        """Return the 0-based line and the 0-based column of *offset* in UTF-16 code units.

        >>> LineIndex("a\\n💊 x").utf16(4)
        (1, 3)
        """
        line = bisect_right(self._starts, offset)
        before = self._source[self._starts[line - 1] : offset]
        return line - 1, len(before.encode("utf-16-le", "surrogatepass")) // 2

    def utf8(self, offset: int) -> tuple[int, int]:
        """Return the 0-based line and the 0-based column of *offset* in bytes of UTF-8.

        >>> LineIndex("a\\n💊 x").utf8(4)
        (1, 5)
        """
        line = bisect_right(self._starts, offset)
        return line - 1, len(self._source[self._starts[line - 1] : offset].encode("utf-8", "surrogatepass"))

    def start(self, number: int) -> int:
        """Return the offset at which line *number* (1-based) begins."""
        return self._starts[number - 1]

    def line(self, number: int) -> str:
        """Return line *number* (1-based) without its line end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self._source)
        return self._source[start:end].rstrip("\r\n")

    def __len__(self) -> int:
        return len(self._starts)


def fold(text: str) -> str:
    """Return *text* as plain typing would write it, character for character, so that offsets still hold.

    Curly quotes, odd spaces and dashes become their ASCII kin, digits become 0-9, accented Latin letters lose
    their accent. A pattern matched on the result finds the same words whatever the writer's typography
    (RE2's ``\\b \\w \\s`` know ASCII only).

    >>> fold("Sjögren’s: 5\\u00a0mg")
    "Sjogren's: 5 mg"
    """
    return text if text.isascii() else _ODD.sub(_fold_match, text)


def _fold_match(match: re.Match[str]) -> str:
    character = match[0]
    return _FOLDS.get(character) or _fold_and_remember(character)


def _fold_and_remember(character: str) -> str:
    folded = _FIXED_FOLDS.get(ord(character))
    if folded is None:
        decimal = unicodedata.decimal(character, None)
        folded = str(decimal) if decimal is not None else _without_accent(character)
    _FOLDS[character] = folded
    return folded


def _without_accent(character: str) -> str:
    if unicodedata.decomposition(character).startswith(("<super>", "<fraction>", "<square>")):
        return character  # "women³" has a note, "2⅓" is no 21
    base = unicodedata.normalize("NFKD", character)
    first = base[0]
    return first if first.isascii() and first.isalnum() else character


# A memo of a pure function, bounded by the number of characters there are.
_FOLDS: dict[str, str] = {}


def several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return the texts of a key that takes one or several."""
    return (value,) if isinstance(value, str) else value
