"""The Reviewdog Diagnostic Format (reviewdog/reviewdog, proto/rdf): one JSON object per diagnostic and line."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from healthlint.records import ERROR_CODE, Record, whole_message, write_json
from healthlint.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthlint.diagnostic import Diagnostic, Result, RunInfo

_SOURCE = {"name": "healthlint"}


def report(results: Iterable[Result], stream: TextIO, run: RunInfo) -> None:
    """Write each file's errors and diagnostics as they come; nothing found is nothing written."""
    for result in results:
        lines = LineIndex(result.source)
        for message in result.errors:
            write_json(_error(result.path, message), stream, keep_lone=False)
        for diagnostic in result.diagnostics:
            write_json(_record(result.path, diagnostic, lines), stream, keep_lone=False)


def _error(path: str, message: str) -> Record:
    return {
        "message": f"Not, or not fully, checked: {message}",
        "location": {"path": path},
        "severity": "ERROR",
        "source": _SOURCE,
        "code": {"value": ERROR_CODE},
    }


def _record(path: str, diagnostic: Diagnostic, lines: LineIndex) -> Record:
    record: Record = {
        "message": whole_message(diagnostic),
        "location": {"path": path, "range": _range(diagnostic.span, lines)},
        "severity": diagnostic.severity.upper(),
        "source": _SOURCE,
        "code": {"value": diagnostic.rule, **({"url": diagnostic.url} if diagnostic.url else {})},
    }
    edits = diagnostic.fix.edits if diagnostic.fix else ()
    if len(edits) == 1:  # several suggestions are several ways to mend it, not parts of one
        record["suggestions"] = [{"range": _range((edit.start, edit.end), lines), "text": edit.text} for edit in edits]
    return record


def _range(span: tuple[int, int], lines: LineIndex) -> Record:
    """Return the place of *span*; a column is 1-based and counts bytes of UTF-8, the end is exclusive."""
    start, end = ({"line": line + 1, "column": column + 1} for line, column in map(lines.utf8, span))
    return {"start": start, "end": end}
