"""Places in a text as an editor counts them: lines from 0, columns in the units that both have agreed on."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from lsprotocol.types import Position, PositionEncodingKind, Range

if TYPE_CHECKING:
    from healthlint.text import Span

_LINE_END = re.compile(r"\r\n|\r|\n")
_CODECS = {PositionEncodingKind.Utf8: "utf-8", PositionEncodingKind.Utf16: "utf-16-le"}
_UNIT_BYTES = {PositionEncodingKind.Utf8: 1, PositionEncodingKind.Utf16: 2}


class Places:
    """Turns offsets of one text into positions and back.

    A line ends at CRLF, CR or LF and nowhere else (LSP 3.17, "Text Documents"); not at a form feed or U+2028.
    """

    def __init__(self, text: str, encoding: PositionEncodingKind | str) -> None:
        self._text = text
        self._codec = _CODECS.get(PositionEncodingKind(encoding))
        self._unit = _UNIT_BYTES.get(PositionEncodingKind(encoding), 1)
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def position(self, offset: int) -> Position:
        """Return the position of *offset*."""
        line = bisect_right(self._starts, offset) - 1
        before = self._text[self._starts[line] : offset]
        return Position(line, self._units(before))

    def range(self, span: Span) -> Range:
        """Return the range of *span*."""
        return Range(self.position(span.start), self.position(span.end))

    def offset(self, position: Position) -> int:
        """Return the offset of *position*; what lies behind the end of its line, or of the text, is that end.

        A position inside of a character is the start of that character.
        """
        if position.line >= len(self._starts):
            return len(self._text)
        start = self._starts[position.line]
        last = position.line + 1 == len(self._starts)
        line = self._text[start:] if last else self._text[start : self._starts[position.line + 1]].rstrip("\r\n")
        return start + self._characters(line, position.character)

    def line_start(self, line: int) -> int:
        """Return the offset at which *line* begins."""
        return self._starts[line]

    def _units(self, text: str) -> int:
        if self._codec is None or text.isascii():
            return len(text)
        return len(text.encode(self._codec, "surrogatepass")) // self._unit

    def _characters(self, text: str, units: int) -> int:
        """Return how many characters of *text* lie wholly within its first *units*."""
        if self._codec is None or text.isascii():
            return min(units, len(text))
        low, high = 0, min(units, len(text))
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._units(text[:middle]) <= units else (low, middle - 1)
        return low
