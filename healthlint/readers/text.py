"""Plain text: paragraphs, headings, lists and quotes as people lay them out without markup."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from healthlint.builder import TextBuilder
from healthlint.decoding import decode, well_formed
from healthlint.document import Block, Document, make_document
from healthlint.readers._text_headings import CELL_GAP, MAX_HEADING_CHARACTERS, Passage, with_headings

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = "text"
SUFFIXES = (".txt", ".text")

_LINE = re.compile(r"[^\r\n]+")
_LINE_ENDS = frozenset(("\n", "\r\n", "\r", ""))
_HEADER = re.compile(
    r"(?i)(title|author|date|(?:last )?reviewed|published|(?:last )?updated|lang|language):[ \t]*(\S[^\r\n]{0,300})"
)
_HEADER_KEYS = {"language": "lang"}
_RULE = re.compile(r"[ \t]*([-=*~_+#\u2013—])(?:[ \t]*\1){2,}[ \t]*")
_QUOTE = re.compile(r"[ \t]*>[> \t]*")
_BULLET = re.compile(
    r"[ \t]*(?:[*•·‣▪●◦\u2013-]|(?P<o>o)(?=\t|  | [A-Z])"
    r"|(?P<number>\d{1,3}|(?P<letter>[A-Za-z]|[ivx]{1,5}))\)|(?P<dotted>\d{1,3})\."
    r"|\((?P<inner>\d{1,3}|[A-Za-z]|[ivx]{1,5})\))[ \t]+(?=\S)"
)
_INDENT = re.compile(r"[ \t]*")
_INDENTED = 4


def read(name: str, data: bytes) -> Document:
    """Return the plain text that *data* holds."""
    text, encoding, note = decode(name, data)
    return replace(parse(name, text), encoding=encoding, notes=(note,) if note else ())


def parse(name: str, source: str) -> Document:
    """Return the text as its reader sees it.

    Blank lines part blocks, and so does a first line that is indented. A short line alone, without an end mark and
    not the last, is a heading; so are a line that is underlined, a line in capitals above text, and a short question
    that begins with What, How, Why, When, Who, Where or Which. Lines such as "Author: …" at the very top are metadata.
    """
    text = well_formed(source)
    metadata, start = _header(text)
    passages = _Layout(text).passages(start)
    blocks = [block for passage in with_headings(text, passages) for block in [_build(text, passage)] if block]
    return make_document(name, FORMAT, source, blocks, metadata=metadata)


class _Line(NamedTuple):
    """A line that is not blank: where it stands, without its line end, and whether a blank one is before it."""

    start: int
    end: int
    after_blank: bool


class _List(NamedTuple):
    """A list that is open: the indent of its markers, their sort, and the group of its items."""

    indent: int
    sort: str
    group: int


def _header(text: str) -> tuple[dict[str, str], int]:
    metadata: dict[str, str] = {}
    end = 0
    while (match := _HEADER.match(text, end)) and (match.end() == len(text) or text[match.end()] in "\r\n"):
        key = match[1].lower().removeprefix("last ")
        metadata[_HEADER_KEYS.get(key, key)] = match[2].strip()
        end = match.end()
        end += 2 if text.startswith("\r\n", end) else 1
    return metadata, min(end, len(text))


def _lines(text: str, start: int) -> Iterator[_Line]:
    after_blank = True
    previous = start
    for match in _LINE.finditer(text, start):
        if text[previous : match.start()] not in _LINE_ENDS:
            after_blank = True
        previous = match.end()
        if match[0].isspace():
            after_blank = True
        else:
            yield _Line(match.start(), match.end(), after_blank)
            after_blank = False


class _Layout:
    """Cuts a text into passages, line by line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[Passage] = []
        self._open: Passage | None = None
        self._lists: list[_List] = []
        self._groups = 0
        self._is_parted = True  # a rule stood just before

    def passages(self, start: int) -> list[Passage]:
        """Return the passages after *start*, in order."""
        for line in _lines(self._text, start):
            self._take(line)
        self._close(is_set_off=True)
        return self._found

    def _take(self, line: _Line) -> None:
        is_set_off = line.after_blank or self._is_parted
        self._is_parted = False
        if line.after_blank:
            self._close(is_set_off=True)
        if _RULE.fullmatch(self._text, line.start, line.end):
            self._take_rule(line)
        elif (quote := _QUOTE.match(self._text, line.start, line.end)) and self._is_quote(quote, line):
            self._take_quote(quote.end(), line)
        elif (bullet := _BULLET.match(self._text, line.start, line.end)) and self._is_item(bullet, line):
            self._take_item(bullet, line)
        else:
            self._take_prose(line, is_set_off=is_set_off)

    def _close(self, *, is_set_off: bool) -> None:
        passage, self._open = self._open, None
        if passage is None:
            return
        cells = _cells(self._text, passage) if passage.kind == "paragraph" and len(passage.spans) > 1 else []
        self._groups += bool(cells)
        self._found += [Passage("table-cell", [cell], group=self._groups) for cell in cells]
        if not cells:
            self._found.append(passage if is_set_off else passage._replace(is_alone=False))

    def _take_rule(self, line: _Line) -> None:
        """Close the block before a rule; the rule under a single line makes that line a heading."""
        mark = self._text[line.start : line.end].strip()[0]
        above = self._open
        is_heading = above is not None and above.kind == "paragraph" and len(above.spans) == 1 and mark in "=-~"
        if above is not None and is_heading and above.spans[0][1] - above.spans[0][0] <= 2 * MAX_HEADING_CHARACTERS:
            self._open = above._replace(kind="heading", level=1 if mark == "=" else 2)
        self._close(is_set_off=True)
        self._lists.clear()
        self._is_parted = True

    def _is_quote(self, quote: re.Match[str], line: _Line) -> bool:
        """Say whether a line that begins with ">" is a quoted one, and not "> 65 years"."""
        is_figure = quote.end() < line.end and self._text[quote.end()].isdigit()
        return not is_figure or (self._open is not None and self._open.kind == "quote")

    def _take_quote(self, start: int, line: _Line) -> None:
        self._lists.clear()
        if start == line.end:  # a quoted blank line
            self._close(is_set_off=False)
        elif self._open is not None and self._open.kind == "quote":
            self._open.spans.append((start, line.end))
        else:
            self._close(is_set_off=False)
            self._open = Passage("quote", [(start, line.end)])

    def _is_item(self, bullet: re.Match[str], line: _Line) -> bool:
        """Say whether a line that looks like an item is one, and no wrapped line that begins with a dash or number."""
        if self._open is None or self._open.kind != "paragraph":
            return True
        above = self._text[self._open.spans[-1][0] : self._open.spans[-1][1]].rstrip()
        following = _LINE.match(self._text, line.end + (2 if self._text.startswith("\r\n", line.end) else 1))
        is_followed = following is not None and _BULLET.match(following[0]) is not None
        is_first = (bullet["number"] or bullet["dotted"] or bullet["inner"] or "1").lower() in {"1", "a", "i"}
        return is_first and (above.endswith((":", ".", ";", "!", "?")) or is_followed)

    def _take_item(self, bullet: re.Match[str], line: _Line) -> None:
        self._close(is_set_off=False)
        label = bullet["number"] or bullet["dotted"] or bullet["inner"] or ""
        sort = "number" if label.isdigit() else "letter" if label else "mark"
        indent = _width(self._text, line.start)
        while self._lists and self._lists[-1].indent > indent:
            self._lists.pop()
        if not self._lists or self._lists[-1].indent < indent or self._lists[-1].sort != sort:
            if self._lists and self._lists[-1].indent == indent:
                self._lists.pop()
            self._groups += 1
            self._lists.append(_List(indent, sort, self._groups))
        spans = [(bullet.end(), line.end)]
        self._open = Passage("list-item", spans, len(self._lists), self._lists[-1].group, label, line.after_blank)

    def _take_prose(self, line: _Line, *, is_set_off: bool) -> None:
        indent = _width(self._text, line.start)
        above = self._open
        if above is not None and above.kind != "paragraph":  # an item or a quote goes on in the next line
            above.spans.append((line.start, line.end))
            return
        if above is not None:
            if indent < _INDENTED or indent <= _width(self._text, above.spans[-1][0]):
                above.spans.append((line.start, line.end))
                return
            self._close(is_set_off=False)
        last = self._found[-1] if self._found else None
        if self._lists and indent > self._lists[-1].indent and last is not None and last.kind == "list-item":
            self._open = last._replace(spans=[(line.start, line.end)], is_alone=False)
            return
        self._lists.clear()
        self._open = Passage("paragraph", [(line.start, line.end)], is_alone=is_set_off)


def _cells(text: str, passage: Passage) -> list[tuple[int, int]]:
    """Return the cells of lines that all have some, parted by tabs, bars or wide gaps; none for other lines."""
    cells: list[tuple[int, int]] = []
    for start, end in passage.spans:
        gaps = [gap.span() for gap in CELL_GAP.finditer(text, start, end)]
        edges = [start, *(edge for gap in gaps for edge in gap), end]
        row = [cell for cell in zip(edges[::2], edges[1::2], strict=True) if text[slice(*cell)].strip()]
        if len(row) <= 1:
            return []
        cells += row
    return cells


def _width(text: str, start: int) -> int:
    """Return how far the line at *start* is indented, a tab counting as four."""
    indent = _INDENT.match(text, start)
    return len(indent[0]) + 3 * indent[0].count("\t") if indent else 0


def _build(text: str, passage: Passage) -> Block | None:
    builder = TextBuilder()
    previous = passage.spans[0][0]
    for start, end in passage.spans:
        if start > previous:
            # A line end alone is as wide as the space it becomes; the text stays in one piece.
            builder.add_decoded(" ", previous, start) if start > previous + 1 else builder.add(" ", previous)
        builder.add(text[start:end], start)
        previous = end
    return builder.build(passage.kind, level=passage.level, group=passage.group, label=passage.label)
