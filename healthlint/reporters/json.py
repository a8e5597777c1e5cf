"""One JSON object for the whole run; its schema is healthlint/schemas/report.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from healthlint.records import Record, diagnostic_record, summary_record, write_json
from healthlint.summary import Tally, is_read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthlint.diagnostic import Readability, Result, RunInfo

VERSION = 1


def report(results: Iterable[Result], stream: TextIO, run: RunInfo) -> None:
    """Write the report once all *results* are there; a file checked in part is among ``files`` and ``errors``."""
    tally = Tally()
    files: list[Record] = []
    errors: list[Record] = []
    for result in results:
        tally = tally.add(result)
        errors += [{"path": result.path, "message": message} for message in result.errors]
        if is_read(result):
            files.append(_file_record(result))
    value = {
        "version": VERSION,
        "healthlint": run.version,
        "rulebook": run.rulebook,
        "files": files,
        "errors": errors,
        "skipped": list(run.skipped),
        "summary": summary_record(tally, run),
    }
    write_json(value, stream, indent=2)


def _file_record(result: Result) -> Record:
    return {
        "path": result.path,
        "format": result.format,
        "words": result.words,
        "diagnostics": [diagnostic_record(each) for each in result.diagnostics],
        "suppressed": [
            {"diagnostic": diagnostic_record(each.diagnostic), "reason": each.reason} for each in result.suppressed
        ],
        "baselined": result.baselined,
        "fixed": result.fixed,
        "unchanged": result.unchanged,
        "dangers": result.dangers,
        "readability": result.readability and _readability_record(result.readability),
        "notes": list(result.notes),
    }


def _readability_record(readability: Readability) -> Record:
    return {**readability._asdict(), "left_out": dict(readability.left_out)}
