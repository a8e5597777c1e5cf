"""Comments that speak to healthlint: which rules each names, why, and how far over the text it reaches."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from healthlint.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.diagnostic import Diagnostic
    from healthlint.document import Document

NEXT_LINE = "healthlint-disable-next-line"
LINE = "healthlint-disable-line"
FILE = "healthlint-disable-file"
DISABLE = "healthlint-disable"
ENABLE = "healthlint-enable"
FORMS = (NEXT_LINE, LINE, FILE, DISABLE, ENABLE)
KEYS = ("healthlint", "healthlint.disable")

_LINE_END = re.compile(r"\r\n|\r|\n")
_REASON_MARK = re.compile(r"(?:^|\s)(?:--|[\u2013\u2014])")
_NEXT_ENTRY = re.compile(r",\s+(?=[\w-]+/[\w*-]+\s+(?:--|[\u2013\u2014]))")
_BETWEEN_IDS = re.compile(r"[,\s]+")
_TAG_OR_TEXT = re.compile(r"<[^<>]*>|[^\s>]")
_MAX_SHOWN = 80


class Directive(NamedTuple):
    """What one comment says: one of ``FORMS``, or what stood in its place; rules or packs; "" for no reason."""

    form: str
    ids: tuple[str, ...]
    reason: str
    span: Span


class Lines:
    """The lines of a document, numbered from 0, and how far a directive reaches over them."""

    def __init__(self, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Take *diagnostics* along: a line on which one starts is a line to read."""
        self._document = document
        self._diagnostics = diagnostics
        self.past_end = len(document.source) + 1  # so that an empty span at the very end is inside

    def reach(self, form: str, span: Span) -> tuple[int, int]:
        """Return from where to where *form* silences; the comment stands at *span*.

        The next line is the next with something to read on it, and what is left of the comment's own.
        """
        if form == FILE:
            return 0, self.past_end
        last = self._number(max(span.start, span.end - 1))
        if form == LINE:
            return self._start(self._number(span.start)), self._ends[last]
        return span.end, self._ends[self._next_read[last + 1]]

    @cached_property
    def _ends(self) -> list[int]:
        ends = [match.end() for match in _LINE_END.finditer(self._document.source)]
        return [*ends, self.past_end]

    def _number(self, offset: int) -> int:
        return bisect_right(self._ends, offset)

    def _start(self, number: int) -> int:
        return self._ends[number - 1] if number else 0

    @cached_property
    def _next_read(self) -> list[int]:
        """The number of the next line with something to read on it, for each line and for the one after the last.

        Blank lines, lines of comments alone and of tags alone hold nothing to read, unless a block or a diagnostic
        starts there; so comments can be stacked.
        """
        last = len(self._ends) - 1
        busy = {self._number(block.offsets[0]) for block in self._document.blocks}
        busy |= {self._number(diagnostic.span.start) for diagnostic in self._diagnostics}
        source = self._without_comments()
        following = [last] * (last + 2)
        for number in range(last, -1, -1):
            inner = _TAG_OR_TEXT.finditer(source, self._start(number), self._ends[number])
            is_read = number in busy or any(not match[0].endswith(">") for match in inner)
            following[number] = number if is_read else following[number + 1]
        return following

    def _without_comments(self) -> str:
        source = self._document.source
        pieces: list[str] = []
        position = 0
        for comment in sorted(self._document.comments, key=lambda comment: comment.span):
            start, end = max(comment.span.start, position), max(comment.span.end, position)
            pieces += [source[position:start], " " * (end - start)]
            position = end
        return "".join((*pieces, source[position:]))


def read_directives(document: Document) -> Iterator[Directive]:
    """Yield the directives of the front matter, then of the comments, in the order of the source.

    Of front matter only the values are kept, so the span of its directives is the start of the first line.
    """
    span = Span(0, min(len(document.lines.line(1)), _MAX_SHOWN))
    for key, value in document.metadata.items():
        if key in KEYS:
            yield from (_parse(f"{FILE} {entry}", span) for entry in _entries(value))
        elif key.startswith("healthlint."):
            yield Directive(key, (), "", span)
    for comment in sorted(document.comments, key=lambda comment: comment.span):
        text = comment.text.strip()
        if text.startswith("healthlint-"):
            yield _parse(text, comment.span)


def _entries(value: str) -> list[str]:
    """Cut a front matter value, in which a list is joined by commas, before each rule that has a reason of its own."""
    mark = _REASON_MARK.search(value)
    if mark is None:
        return [value]
    first, *others = _NEXT_ENTRY.split(value[mark.end() :])
    return [value[: mark.end()] + first, *others]


def _parse(text: str, span: Span) -> Directive:
    form, _, rest = " ".join(text.split()).partition(" ")
    mark = _REASON_MARK.search(rest)
    named = _BETWEEN_IDS.split(rest[: mark.start()] if mark else rest)
    reason = rest[mark.end() :].strip() if mark else ""
    return Directive(form, tuple(dict.fromkeys(each for each in named if each)), reason, span)
