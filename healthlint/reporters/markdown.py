"""A summary for a pull request or a job: what was not checked, then a table of what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from healthlint.diagnostic import rank
from healthlint.markdowntext import markdown_code, markdown_text
from healthlint.summary import DISCLAIMER, NOUNS, Counts, Tally, closing_lines, counts
from healthlint.terminal import write_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthlint.diagnostic import Diagnostic, Result, RunInfo

_ROOM = 50_000  # characters of rows: GitHub takes 65,536 in a comment, and the rest of the page needs some


def report(results: Iterable[Result], stream: TextIO, run: RunInfo) -> None:
    """Write the page once all *results* are there, worst first; what has no room in a comment is counted."""
    tally = Tally()
    errors: list[str] = []
    rows: list[tuple[int, str]] = []
    for result in results:
        tally = tally.add(result)
        errors += [f"- {markdown_code(result.path)}: {markdown_text(message)}" for message in result.errors]
        rows += [(rank(each.severity), _row(result.path, each)) for each in result.diagnostics]
    for line in _page(tally, errors, [row for _, row in sorted(rows, key=_by_severity)], run):
        write_line(stream, line)


def _by_severity(row: tuple[int, str]) -> int:
    return row[0]


def _page(tally: Tally, errors: list[str], rows: list[str], run: RunInfo) -> Iterator[str]:
    yield "## healthlint"
    for line in closing_lines(tally, run):
        yield from _summary_line(line)
    yield ""
    if errors:
        yield from ("### Not, or not fully, checked", "", *_fitting(errors, "- "), "")
    if rows:
        yield from ("### Found", "", "| Where | What | Rule |", "| --- | --- | --- |", *_fitting(rows, "| "), "")
    for table in counts(tally) if run.statistics and tally.rules else ():
        yield from _counted(table)
    yield f"<sub>{DISCLAIMER}</sub>"


def _summary_line(line: str) -> Iterator[str]:
    """Yield a line of the summary as a paragraph of its own, or, where it is set in, as an entry of a list."""
    if line.startswith("  "):
        yield f"- {markdown_text(line.strip())}"
    else:
        yield from ("", markdown_text(line))


def _counted(table: Counts) -> Iterator[str]:
    yield f"### By {table.head[-1]}"
    yield from ("", f"| {' | '.join(table.head)} |", f"| ---: |{' --- |' * (len(table.head) - 1)}")
    yield from (f"| {' | '.join((*cells, markdown_code(name)))} |" for *cells, name in table.rows)
    if table.more:
        yield f"| | … and {table.more:,} more |"
    yield ""


def _fitting(lines: list[str], start: str) -> Iterator[str]:
    """Yield *lines* as far as they fit into a comment, and how many do not."""
    left = _ROOM
    for number, line in enumerate(lines):
        left -= len(line) + 1
        if left < 0:
            yield f"{start}… and {len(lines) - number:,} more"
            return
        yield line


def _row(path: str, diagnostic: Diagnostic) -> str:
    place = markdown_code(f"{path}:{diagnostic.start.line}:{diagnostic.start.column}")
    landmark = f" ({markdown_text(diagnostic.landmark)})" if diagnostic.landmark else ""
    said = " ".join(filter(None, (diagnostic.message, diagnostic.advice)))
    rules = ", ".join(markdown_code(each) for each in dict.fromkeys(told.rule for told in diagnostic.told))
    return f"| {place}{landmark} | **{NOUNS[diagnostic.severity]}**: {markdown_text(said)} | {rules} |"
