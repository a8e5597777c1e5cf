"""Texts that readers judged: a file of JSON lines that says what they marked, in pages beside it or in itself.

A record is one of
``{"page": "tea.md", "start": 12, "end": 20, "quote": "…", "concern": "absolute"}``, a mark in a file beside this one;
``{"text": "…", "quotes": [{"quote": "…", "concern": "absolute"}]}``, a text with its marks;
``{"text": "…", "label": true}`` or ``{"text": "…", "concern": "absolute"}``, a text in which something, or something of
this concern, is to be reported; with ``"label": false``, nothing.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.errors import GoldError, ReadError, unknown
from healthlint.readers import known_suffixes
from healthlint.registry import part_names
from healthlint.regular_file import read_bytes
from healthlint.rule import CONCERNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ANY = "any"  # what a label without a concern asks for
_LIMIT = 500_000_000
_NOT_PAGES = ("readme", "license", "licence", "notice")


class Mark(NamedTuple):
    """Words that a reader marked: one that is not *expected* may be found, and is never a false alarm.

    Before it is placed, *start* may be -1: then it is where its quote stands. *line* is that of its record.
    """

    concern: str
    expected: bool
    quote: str = ""
    start: int = -1
    end: int = -1
    line: int = 0


@dataclass(frozen=True)
class Judged:
    """A text and what readers marked in it; *text* is None for a page, which is read from *path*.

    One that is judged *as_a_whole* is right or wrong once, whatever the number of findings; *concern* is the one that
    it was judged for.
    """

    path: str
    line: int = 0
    text: str | None = None
    format: str = "text"
    marks: tuple[Mark, ...] = ()
    as_a_whole: bool = False
    concern: str = ANY


def read_gold(path: str) -> tuple[Judged, ...]:
    """Return the judged texts of the file *path*: first its pages, by name; raise GoldError with all that is wrong.

    Where a record names a page, every file beside *path* that some reader reads is a page that was judged, with marks
    or without; but for those called README, LICENSE or NOTICE.
    """
    reader = _Reader(path)
    texts = [each for each in reader.records(_lines(path)) if each is not None]
    if reader.errors:
        raise GoldError("\n".join(reader.errors))
    if not (texts or reader.pages):
        raise GoldError(f"{path}: no records; write one JSON object per line")
    beside = _pages_beside(path) if reader.pages else ()
    folder = os.path.dirname(path)
    pages = [Judged(os.path.join(folder, page), marks=tuple(reader.pages.get(page, ()))) for page in beside]
    return (*pages, *texts)


def placed(judged: Judged, source: str, gold: str) -> tuple[Mark, ...]:
    """Return the marks of *judged* where they stand in *source*; raise GoldError for those that do not.

    A quote without a place that stands there several times is the next one each time it is named. An offset may count
    a byte-order mark at the head of the file, which is no part of the source.
    """
    errors: list[str] = []
    marks: list[Mark] = []
    after: dict[str, int] = {}
    for mark in judged.marks:
        start, end, quote = mark.start, mark.end, mark.quote
        if start < 0:
            start = source.find(quote, after.get(quote, 0))
            end = after[quote] = start + len(quote)
        elif quote and source[start:end] != quote == source[start - 1 : end - 1]:
            start, end = start - 1, end - 1
        if start < 0 or not start < end <= len(source):
            words = _shown(quote) or f"{start} to {end}"
            errors.append(f"{gold}:{mark.line}: {words} is not in the text; mark it again")
        elif quote and source[start:end] != quote:
            there = _shown(source[start:end])
            errors.append(f"{gold}:{mark.line}: the text has {there} there, not {_shown(quote)}; mark it again")
        marks.append(mark._replace(start=start, end=end, quote=source[start:end]))
    if errors:
        raise GoldError("\n".join(errors))
    return tuple(marks)


def _lines(path: str) -> list[str]:
    try:
        return read_bytes(path, limit=_LIMIT).decode("utf-8-sig").split("\n")
    except ReadError as error:
        raise GoldError(f"{path}: {error}") from error
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: not UTF-8; save the file as UTF-8") from error


def _pages_beside(path: str) -> Iterator[str]:
    suffixes = known_suffixes()
    for name in sorted(os.listdir(os.path.dirname(path) or ".")):
        stem, suffix = os.path.splitext(name.lower())
        if suffix in suffixes and stem not in _NOT_PAGES:
            yield name


class _RefusedError(Exception):
    """Raised when a record cannot be used; says why."""


class _Reader:
    """Reads records; keeps the marks of each page, and what is wrong with its place."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.pages: dict[str, list[Mark]] = {}
        self.errors: list[str] = []

    def records(self, lines: Iterable[str]) -> Iterator[Judged | None]:
        """Yield the text of each record that holds one."""
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield self._record(_object(line), number)
                except _RefusedError as refused:
                    self.errors.append(f"{self._path}:{number}: {refused}")

    def _record(self, record: dict[str, Any], line: int) -> Judged | None:
        if "page" in record:
            self._take_page(record, line)
            return None
        text = record.get("text")
        if not isinstance(text, str) or not text.strip():
            raise _RefusedError("no 'page' and no 'text'; a record has one of them")
        read_as = record.get("format", "text")
        if read_as not in part_names("readers"):
            raise _RefusedError(unknown("format", str(read_as), part_names("readers")))
        if "quotes" in record:
            return Judged(self._path, line, text, read_as, tuple(_quotes(record["quotes"], line)))
        concern = _concern(record) if "concern" in record else ANY
        marks = (Mark(concern, expected=True, start=0, end=len(text), line=line),) if _label(record) else ()
        return Judged(self._path, line, text, read_as, marks, as_a_whole=True, concern=concern)

    def _take_page(self, record: dict[str, Any], line: int) -> None:
        page = record["page"]
        if not isinstance(page, str) or os.path.basename(page) != page or page in {"", ".", ".."}:
            raise _RefusedError(f"'{page}' is no page; name a file in the folder of this one")
        if not os.path.isfile(os.path.join(os.path.dirname(self._path), page)):
            raise _RefusedError(f"no file '{page}' beside this one; check the name")
        marks = self.pages.setdefault(page, [])
        if any(record.get(key) is not None for key in ("start", "quote")):  # else it says what the page lacks
            marks.append(_mark(record, line))


def _object(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _RefusedError("not JSON; write one object per line") from error
    if not isinstance(record, dict):
        raise _RefusedError('not an object; write {"text": …} or {"page": …}')
    return record


def _label(record: dict[str, Any]) -> bool:
    if "label" not in record and "concern" not in record:
        raise _RefusedError("no 'quotes', 'label' or 'concern'; say what is to be found in the text")
    label = record.get("label", True)
    if not isinstance(label, bool):
        raise _RefusedError("'label' is true, where something is to be reported, or false")
    return label


def _quotes(quotes: Any, line: int) -> Iterator[Mark]:
    if not (isinstance(quotes, list) and all(isinstance(each, dict) for each in quotes)):
        raise _RefusedError('\'quotes\' is a list, such as [{"quote": "always", "concern": "absolute"}]')
    yield from (_mark(each, line) for each in quotes)


def _mark(record: dict[str, Any], line: int) -> Mark:
    start, end, quote = record.get("start"), record.get("end"), record.get("quote", "")
    if not isinstance(quote, str):
        raise _RefusedError("'quote' is the text that was marked")
    is_expected = record.get("agreed", True) is True and not record.get("doubt", False)
    if start is None and quote:
        return Mark(_concern(record), is_expected, quote, line=line)
    first, last = _offset(start), _offset(end)
    if not 0 <= first < last:
        raise _RefusedError("'start' and 'end' are numbers of characters, the smaller first")
    return Mark(_concern(record), is_expected, quote, first, last, line)


def _concern(record: dict[str, Any]) -> str:
    concern = record.get("concern", record.get("family"))
    if concern is None:
        raise _RefusedError("no 'concern'; say what the mark is about")
    if concern not in CONCERNS:
        raise _RefusedError(unknown("concern", str(concern), CONCERNS))
    return str(concern)


def _offset(value: Any) -> int:
    """Return a number of characters, or -1 for what is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _shown(text: str) -> str:
    flat = " ".join(text.split())
    return f"'{flat[:60]}…'" if len(flat) > 60 else f"'{flat}'" if flat else ""
