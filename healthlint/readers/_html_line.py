"""The text of one HTML block while it is collected: its links, its line breaks, its note markers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from healthlint.builder import TextBuilder
from healthlint.citation import labels_between
from healthlint.document import Block

if TYPE_CHECKING:
    from healthlint.readers._html_context import Context

_MARKER = re.compile(r"[\[(]?(\d{1,3}(?:\s?[,;\u2013-]\s?\d{1,3}){0,20})[\])]?")
_RANGE = re.compile(r"(\d{1,3})(?:\s?[\u2013-]\s?(\d{1,3}))?")
_TO_REFERENCE = re.compile(r"(?i)#[\w:.-]{0,20}?(?:fn|ref|note|cite|bib|edn|source)|#[rb]\d")
_BACK = re.compile(r"(?i)#(?:user-content-)?(?:cite_ref|fn-?_?ref|fnref|footnote-?_?ref|fn-?back|_?ftnref|_?ednref)")
_SKIP = re.compile(r"(?i)(?:skip|jump) (?:straight )?(?:to|over|past|up|navigation|main)\b")
# After a unit or after ten, a raised number is a power, not a note.
_POWER_BASE = re.compile(r"(?:^|[^A-Za-z])[cdkmnµμ]?m$|(?:^|[^\d.,])10$|(?:^|[\s(])[xX]$")
_TAIL = 8
_LONGEST_NUMBER_AFTER_SPACE = 2
_MINUS = "-\u2212\u2013"
_RAISED = str.maketrans("0123456789-\u2212\u2013", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻")

_Piece = tuple[str, int, "int | None"]


class Line:
    """Collects the text of one block after another.

    What stands in a raised element or in a link to a place on the page is held back until its end shows whether it
    is a note marker.
    """

    def __init__(self) -> None:
        self._builder = TextBuilder()
        self._last = ""
        self._is_after_break = False
        self._link = ""
        self._link_start = 0
        self._held: list[_Piece] | None = None
        self._held_url = ""
        self._held_from = 0
        self._is_raised = False

    def add(self, text: str, start: int, end: int | None = None) -> None:
        """Add *text* that stands as it is at *start* of the source or, given an *end*, is written otherwise there."""
        if self._held is not None:
            self._held.append((text, start, end))
            return
        if end is None:
            self._builder.add(text, start)
        else:
            self._builder.add_decoded(text, start, end)
        self._last = text[-_TAIL:]
        if self._is_after_break and not text.isspace():
            self._is_after_break = False

    def add_break(self, start: int, end: int) -> bool:
        """Add a line break; say whether it is the second in a row, which ends the block."""
        if self._is_after_break:
            return True
        self.add(" ", start, end)
        self._is_after_break = True
        return False

    def open_link(self, url: str) -> None:
        """Begin a link, which goes on in the next block until it is closed."""
        self._link = url
        self._link_start = len(self._builder)

    def close_link(self, _: int = 0) -> None:
        """End the link."""
        self._record_link()
        self._link = ""

    def is_holding(self, url: str) -> bool:
        """Say whether text is being held back; if so, *url* is where the marker leads."""
        if self._held is None:
            return False
        self._held_url = self._held_url or url
        return True

    def hold(self, url: str, start: int) -> None:
        """Hold back what follows: it may be a note marker, raised or, with a *url*, a link."""
        self._held = []
        self._held_url = url
        self._held_from = start
        self._is_raised = not url

    def release(self, end: int, following: str = "") -> None:
        """Take up what was held back: as a note marker, which is not read, or as the text it is."""
        pieces, self._held = self._held or [], None
        url = self._held_url
        text = "".join(piece[0] for piece in pieces).strip()
        if _BACK.match(url) or (url and _SKIP.match(text)):
            return
        labels = self._labels(text, url, following)
        if labels is None:
            self._take_up(pieces, text, url)
        for label in labels or ():
            self._builder.add_note(label, self._held_from, end)

    def build(self, context: Context, at: int) -> Block | None:
        """Return the block collected so far, and begin the next."""
        if self._held is not None:
            self.release(at)
        builder = self._builder
        if not len(builder) and not builder.notes:
            return None
        self._record_link()
        self._builder = TextBuilder()
        self._last = ""
        self._is_after_break = False
        self._link_start = 0
        return builder.build(
            context.kind, level=context.level, group=context.group, label=context.label, header=context.header
        )

    def _record_link(self) -> None:
        if self._link and len(self._builder) > self._link_start:
            self._builder.add_link(self._link_start, len(self._builder), self._link)

    def _labels(self, text: str, url: str, following: str) -> tuple[str, ...] | None:
        """Return the labels that a marker names, None when *text* is no marker."""
        is_local = url.startswith("#") or _TO_REFERENCE.search(url) is not None
        match = _MARKER.fullmatch(text)
        if match is None:
            # An arrow back, or a sign such as an asterisk.
            is_sign = is_local and text != "" and not any(character.isalnum() for character in text)
            return ((text,) if self._is_raised else ()) if is_sign else None
        if not url:
            return _labels(match[1]) if self._is_note_place(text, following) else None
        if self._is_raised and not is_local:
            # A raised number that leads off the page is a source by itself, with no entry to look for.
            return ("",)
        is_marker = self._is_raised or (is_local and text[0] in "[(") or _TO_REFERENCE.search(url)
        return _labels(match[1]) if is_marker else None

    def _is_note_place(self, text: str, following: str) -> bool:
        before = self._last
        if not before or following.isalnum():
            return False
        if before[-1].isspace():
            return len(text) <= _LONGEST_NUMBER_AFTER_SPACE
        return _POWER_BASE.search(before) is None or before.endswith("in 10")

    def _take_up(self, pieces: list[_Piece], text: str, url: str) -> None:
        start = len(self._builder)
        is_power = not url and self._last.endswith("10") and text.lstrip(_MINUS).isdecimal()
        for piece, begin, end in pieces:
            self.add(piece.translate(_RAISED) if is_power else piece, begin, end)
        if url and text:
            self._builder.add_link(start, len(self._builder), url)


def _labels(text: str) -> tuple[str, ...]:
    labels: list[str] = []
    for match in _RANGE.finditer(text):
        low, high = int(match[1]), int(match[2] or match[1])
        labels += labels_between(low, max(low, high))
    return tuple(labels)
