"""Workflow commands of GitHub Actions: each diagnostic an annotation at its line; and the summary, as plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from healthlint.records import ERROR_CODE, whole_message
from healthlint.reportpath import repository_path
from healthlint.summary import Tally, one_line, summary_lines
from healthlint.terminal import clean, write_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthlint.diagnostic import Diagnostic, Result, RunInfo

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def report(results: Iterable[Result], stream: TextIO, run: RunInfo) -> None:
    """Write one command per error and diagnostic as they come, then the summary, which is no command."""
    tally = Tally()
    for result in results:
        tally = tally.add(result)
        path = repository_path(result.path, run.root)
        for message in result.errors:
            said = f"{result.path}: not, or not fully, checked: {message}"
            write_line(stream, _command("error", said, file=path, title=ERROR_CODE))
        for diagnostic in result.diagnostics:
            write_line(stream, _annotation(path, diagnostic))
    for line in summary_lines(tally, run):
        write_line(stream, line)


def _annotation(path: str, diagnostic: Diagnostic) -> str:
    start, end = diagnostic.start, diagnostic.end
    places = {"file": path, "line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:  # GitHub passes over columns where the lines differ
        places |= {"col": str(start.column), "endColumn": str(end.column)}
    said = f"{path}:{start.line}:{start.column}: [{diagnostic.rule}] {whole_message(diagnostic)}"
    return _command(_COMMANDS[diagnostic.severity], said, **places, title=diagnostic.rule)


def _command(name: str, message: str, **properties: str) -> str:
    """Return one line. The runner undoes these escapes and no others (actions/toolkit, command.ts)."""
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    said = "%0A".join(one_line(line).replace("%", "%25") for line in message.split("\n"))
    return f"::{name} {given}::{said}"


def _property(value: str) -> str:
    for character, escape in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        value = value.replace(character, escape)
    return clean(value)
