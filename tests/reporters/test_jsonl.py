"""One object per line."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

from healthlint.reporters.jsonl import report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from healthlint.diagnostic import Result, RunInfo


def test_the_whole_report(
    render: Callable[..., str], snapshot: Callable[[str, str], None], leaflet: Result, broken: Result
) -> None:
    snapshot(render("jsonl", leaflet, broken), "report.jsonl")


def test_each_line_is_a_diagnostic_of_the_json_report(render: Callable[..., str], leaflet: Result) -> None:
    *lines, last = render("jsonl", leaflet).splitlines()
    whole = json.loads(render("json", leaflet))

    assert [json.loads(line) for line in lines] == [
        {"path": "leaflet.md", **diagnostic} for diagnostic in whole["files"][0]["diagnostics"]
    ]
    assert all(line.startswith('{"path": ') for line in lines)
    assert json.loads(last) == {"summary": whole["summary"]}


def test_a_failed_file_is_a_line_of_its_own(render: Callable[..., str], broken: Result) -> None:
    first, last = render("jsonl", broken).splitlines()

    assert json.loads(first) == {"path": "broken.docx", "error": "not a Word document; save it as .docx again"}
    assert json.loads(last)["summary"]["errors"] == 1


def test_lines_are_written_before_the_next_file_is_asked_for(leaflet: Result, run: RunInfo) -> None:
    stream = io.StringIO()
    seen: list[int] = []

    def results() -> Iterator[Result]:
        yield leaflet
        seen.append(stream.getvalue().count("\n"))

    report(results(), stream, run)

    assert seen == [len(leaflet.diagnostics)]
