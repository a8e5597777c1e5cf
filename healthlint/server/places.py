"""Places in a text as an editor counts them: lines from 0, columns in the units that both have agreed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol.types import Position, PositionEncodingKind, Range

from healthlint.text import LineIndex

if TYPE_CHECKING:
    from healthlint.text import Span


class Places:
    """Turns offsets of one text into positions and back.

    A line ends at CRLF, CR or LF and nowhere else (LSP 3.17, "Text Documents"); not at a form feed or U+2028.
    """

    def __init__(self, text: str, encoding: PositionEncodingKind | str) -> None:
        self._text = text
        self._lines = LineIndex(text)
        self._counted = {
            PositionEncodingKind.Utf8: self._lines.utf8,
            PositionEncodingKind.Utf16: self._lines.utf16,
        }.get(PositionEncodingKind(encoding), self._characters)

    def position(self, offset: int) -> Position:
        """Return the position of *offset*."""
        return Position(*self._counted(offset))

    def range(self, span: Span) -> Range:
        """Return the range of *span*."""
        return Range(self.position(span.start), self.position(span.end))

    def offset(self, position: Position) -> int:
        """Return the offset of *position*; what lies behind the end of its line, or of the text, is that end.

        A position inside of a character is the start of that character.
        """
        if position.line >= len(self._lines):
            return len(self._text)
        start, line = self._lines.start(position.line + 1), self._lines.line(position.line + 1)
        low, high = start, start + min(position.character, len(line))
        if line.isascii():
            return high
        while low < high:
            middle = (low + high + 1) // 2
            is_reached = self._counted(middle)[1] <= position.character
            low, high = (middle, high) if is_reached else (low, middle - 1)
        return low

    def _characters(self, offset: int) -> tuple[int, int]:
        place = self._lines.position(offset)
        return place.line - 1, place.column - 1
