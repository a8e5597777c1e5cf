"""The rows of a dated table as terms: their names, what their patterns match, and what each says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthlint.entities import names_in
from healthlint.finding import Finding
from healthlint.phrases import alternatives
from healthlint.table import PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.document import Sentence
    from healthlint.entities import Vocabulary
    from healthlint.table import Row

_SUGGESTION = "suggestion"


def table_rows(of: str, vocabulary: Vocabulary) -> tuple[Row, ...]:
    """Return the rows of the table *of*, without those whose names a configuration has removed."""
    (name,) = names_in(of)
    rows = vocabulary.rows(name)
    return tuple(row for row in rows if not vocabulary.terms(name).isdisjoint(row.phrases)) if rows else ()


def row_pattern(row: Row) -> str:
    """Return what matches each name of *row*, and its own pattern if it has one, or several."""
    written = row.values.get(PATTERN, ())
    return "|".join([alternatives(row.phrases), *map(str, written if isinstance(written, tuple) else (written,))])


def row_findings(sentence: Sentence, rows: Sequence[Row], locale: str, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Yield each place of one of the *rows* that hold in *locale*; values are ``term`` and what the row says."""
    for row in rows:
        pattern = row_pattern(row)
        holds = not row.locales or locale in row.locales or "-" not in locale
        if holds and vocabulary.likely(sentence, (pattern,)):
            values = {"term": row.term, **row.texts()}
            offered = (values[_SUGGESTION],) if _SUGGESTION in values else ()
            for match in vocabulary.regex_for(sentence, pattern).finditer(sentence.shadow):
                start, end = sentence.start + match.start(), sentence.start + match.end()
                yield Finding(sentence.block, start, end, sentence, values, offered, is_checked=row.checked)
