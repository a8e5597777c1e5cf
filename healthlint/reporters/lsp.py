"""A JSON list of PublishDiagnosticsParams (LSP 3.17), one per file, as the language server publishes them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, TextIO
from urllib.parse import quote

from healthlint.records import ERROR_CODE, Record, lsp_diagnostic, write_json
from healthlint.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthlint.diagnostic import Result, RunInfo


def report(results: Iterable[Result], stream: TextIO, run: RunInfo) -> None:
    """Write the list once all *results* are there; a clean file has an empty list, which clears it in an editor."""
    write_json([_published(result) for result in results], stream, indent=2)


def _published(result: Result) -> Record:
    lines = LineIndex(result.source)
    return {
        "uri": _uri(result.path),
        "diagnostics": [
            *(_error(message) for message in result.errors),
            *(lsp_diagnostic(each, lines) for each in result.diagnostics),
        ],
    }


def _error(message: str) -> Record:
    start = {"line": 0, "character": 0}
    return {
        "range": {"start": start, "end": start},
        "severity": 1,
        "code": ERROR_CODE,
        "source": "healthlint",
        "message": message,
    }


def _uri(path: str) -> str:
    """Return the file URI of *path*; a text without a file (``<stdin>``) is ``untitled:stdin``."""
    if path.startswith("<") and path.endswith(">"):
        return f"untitled:{quote(path[1:-1])}"
    return Path(os.path.abspath(path)).as_uri()
