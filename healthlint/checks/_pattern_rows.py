"""What a dated table says of the words that a pattern found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from healthlint.phrases import tokenize
from healthlint.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthlint.finding import Finding
    from healthlint.table import Row


def with_row(finding: Finding, rows: Sequence[Row]) -> Finding:
    """Return *finding* with the values of the row that is about just its words, and whether that was looked up."""
    words = tokenize(fold(finding.text)).words
    row = next((row for row in rows if any(tokenize(phrase).words == words for phrase in row.phrases)), None)
    if row is None:
        return finding
    values = {**row.texts(), "source": row.source, "as-of": row.as_of, **finding.values}
    return replace(finding, values=values, is_checked=row.checked)
