"""One JSON object per diagnostic and line, written as the run goes on; the last line is the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from healthlint.records import diagnostic_record, summary_record, write_json
from healthlint.summary import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthlint.diagnostic import Result, RunInfo


def report(results: Iterable[Result], stream: TextIO, run: RunInfo) -> None:
    """Write each file's errors and diagnostics as they come; a run cut short is one without a summary."""
    tally = Tally()
    for result in results:
        tally = tally.add(result)
        for message in result.errors:
            write_json({"path": result.path, "error": message}, stream)
        for diagnostic in result.diagnostics:
            write_json({"path": result.path, **diagnostic_record(diagnostic)}, stream)
    write_json({"summary": summary_record(tally, run)}, stream)
