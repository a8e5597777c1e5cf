"""The rows of a vocabulary file on their way to a dated table: every date a date, every fact with its source."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.inflection import Forms
from healthlint.schema import FileReader, kebab
from healthlint.table import Row
from healthlint.word import all_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_LOCALE = re.compile(r"[a-z]{2}-[A-Z]{2}")
_KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class _RowText:
    """The keys that every row may have."""

    term: str
    also: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    as_of: str = ""
    source: str = ""
    checked: bool = True


_OWN = frozenset(kebab(each.name) for each in fields(_RowText))


class TableReader(NamedTuple):
    """Reads the rows of one file, and notes in ``file`` what is wrong with them.

    ``as_of`` and ``source`` are those of the file: they hold for each row that has none of its own.
    """

    file: FileReader
    as_of: str
    source: str
    forms: Forms

    def read(self, values: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
        """Return the rows."""
        rows = [row for number, value in enumerate(values) if (row := self._row(("rows", number), value))]
        self._note_repeats(rows)
        return tuple(rows)

    def _row(self, place: tuple[str | int, ...], value: Mapping[str, Any]) -> Row | None:
        text = self.file.convert({key: item for key, item in value.items() if key in _OWN}, _RowText, place)
        values = {key: item for key, item in value.items() if key not in _OWN}
        for key, message in _wrong_values(values):
            self.file.error((*place, key), message)
        if text is None:
            return None
        self._check(place, text)
        return Row(
            term=text.term,
            phrases=all_phrases((text.term, *text.also), self.forms),
            as_of=text.as_of or self.as_of,
            source=text.source or self.source,
            line=self.file.loaded.line(place) or 1,
            also=text.also,
            locales=text.locales,
            checked=text.checked,
            values={key: tuple(item) if isinstance(item, list) else item for key, item in values.items()},
        )

    def _check(self, place: tuple[str | int, ...], text: _RowText) -> None:
        if not text.term.strip():
            self.file.error((*place, "term"), "the row is about nothing; give its 'term'")
        for each in text.locales:
            if not _LOCALE.fullmatch(each):
                self.file.error((*place, "locales"), f"'{each}' is no locale; write it as in en-GB")
        if not (text.source or self.source):
            self.file.error(place, f"'{text.term}' has no source; give one here or for the whole file")
        if text.as_of:
            check_date(self.file, (*place, "as-of"), text.as_of)
        elif not self.as_of:
            self.file.error(place, f"'{text.term}' has no 'as-of'; give the day it was looked up, or one for the file")

    def _note_repeats(self, rows: Sequence[Row]) -> None:
        seen: dict[tuple[str, tuple[str, ...]], int] = {}
        for number, row in enumerate(rows):
            earlier = {seen.setdefault((phrase, row.locales), number): phrase for phrase in reversed(row.phrases)}
            for other in earlier.keys() - {number}:
                line = rows[other].line
                self.file.error(("rows", number), f"'{earlier[other]}' stands in line {line} already; keep one")


def check_date(file: FileReader, place: tuple[str | int, ...], value: str) -> None:
    """Note an error at *place* when *value* is no day in ISO form."""
    try:
        is_date = bool(_DATE.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        is_date = False
    if not is_date:
        file.error(place, f"'{value}' is no date; write year, month and day, as in 2026-11-23")


def _wrong_values(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each further key of a row that no check could read, and what is wrong with it."""
    for key, value in values.items():
        if not _KEY.fullmatch(key):
            yield key, f"'{key}' is no key; write small letters, figures and hyphens"
        elif not all(isinstance(each, (str, int, float)) for each in (value if isinstance(value, list) else [value])):
            yield key, f"'{key}': expected text, a number, true or false, or a list of these"
