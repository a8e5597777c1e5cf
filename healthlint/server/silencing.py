"""The comment that silences one finding, put where the format reads it and the page stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthlint import readers
from healthlint.diagnostic import Edit
from healthlint.directive import LINE, NEXT_LINE
from healthlint.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthlint.diagnostic import Diagnostic, Result
    from healthlint.document import Document

REASON = "say here why it stays"
"""What stands for the reason until it is written; ``check --report-suppressions`` lists it as it stands."""

_WITH_COMMENTS = frozenset({"markdown", "html"})


def silencing_edit(diagnostic: Diagnostic, result: Result) -> Edit | None:
    """Return the edit that silences a finding of *result* where it stands; None where no comment can.

    Each place is tried: the comment must be read as one, and no block may be gained, lost or parted by it.
    """
    if result.format not in _WITH_COMMENTS:
        return None
    before = readers.parse(result.path, result.source, result.format)
    for edit in _places(diagnostic, result.source):
        text = f"{result.source[: edit.start]}{edit.text}{result.source[edit.end :]}"
        after = readers.parse(result.path, text, result.format)
        if len(after.comments) == len(before.comments) + 1 and _seen(after) == _seen(before):
            return edit
    return None


def _places(diagnostic: Diagnostic, source: str) -> Iterator[Edit]:
    """Yield the line before, the end of the line, and the place before the bar that ends a row of a table."""
    lines = LineIndex(source)
    start, line = lines.start(diagnostic.start.line), lines.line(diagnostic.start.line)
    rules = ", ".join(dict.fromkeys(told.rule for told in diagnostic.told))
    above = f"<!-- {NEXT_LINE} {rules} -- {REASON} -->"
    beside = f"<!-- {LINE} {rules} -- {REASON} -->"
    indent = line[: len(line) - len(line.lstrip())]
    end = start + len(line.rstrip(" \t\\"))
    yield Edit(start, start, f"{indent}{above}{_line_end(source)}")
    yield Edit(end, end, f" {beside}")
    if line.rstrip().endswith("|"):
        yield Edit(end - 1, end - 1, f"{beside} ")


def _line_end(source: str) -> str:
    return "\r\n" if "\r\n" in source else "\n"


def _seen(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind, block.group, " ".join(block.text.split())) for block in document.blocks]
