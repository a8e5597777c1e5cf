"""One line per diagnostic, for editors, grep and people in a hurry."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from healthlint.summary import Tally, error_line, headline, other_rules, summary_lines
from healthlint.terminal import clean, write_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthlint.diagnostic import Result, RunInfo


def report(results: Iterable[Result], stream: TextIO, run: RunInfo) -> None:
    """Write each file's errors and diagnostics as they come, then the summary."""
    tally = Tally()
    for result in results:
        tally = tally.add(result)
        for message in result.errors:
            write_line(stream, error_line(result.path, message, color=run.color))
        for diagnostic in result.diagnostics:
            also = clean(other_rules(diagnostic))
            line = headline(result.path, diagnostic, color=run.color)
            write_line(stream, f"{line} (also: {also})" if also else line)
    for line in summary_lines(tally, run):
        write_line(stream, line)
