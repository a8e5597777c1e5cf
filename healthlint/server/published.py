"""Results as the diagnostics of LSP 3.17: those that ``--format lsp`` prints, counted as the editor counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from healthlint.records import ERROR_CODE, lsp_diagnostic
from healthlint.text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from healthlint.diagnostic import Diagnostic, Result
    from healthlint.server.places import Places

_MOST = 1_000
_SOURCE = "healthlint"
_START = types.Range(types.Position(0, 0), types.Position(0, 0))


def diagnostics_of(result: Result, places: Places) -> list[types.Diagnostic]:
    """Return the diagnostics of a result; of very many the first, and one that says how many more there are."""
    found = [_error(message) for message in result.errors]
    found += published(result.diagnostics[:_MOST], result.source, places)
    more = len(result.diagnostics) - _MOST
    if more > 0:
        found.append(_note(f"{more:,} more findings are not shown; 'healthlint check' shows them all"))
    if not result.source:
        found += [_note(note) for note in result.notes]
    return found


def published(diagnostics: Iterable[Diagnostic], source: str, places: Places) -> list[types.Diagnostic]:
    """Return diagnostics of the text *source* as they are published."""
    lines = LineIndex(source)
    return [_diagnostic(lsp_diagnostic(each, lines), places.range(each.span)) for each in diagnostics]


def _diagnostic(record: dict[str, Any], place: types.Range) -> types.Diagnostic:
    link = record.get("codeDescription")
    return types.Diagnostic(
        range=place,
        severity=types.DiagnosticSeverity(record["severity"]),
        code=record["code"],
        code_description=types.CodeDescription(link["href"]) if link else None,
        source=record["source"],
        message=record["message"],
        data=record["data"],
    )


def _error(message: str) -> types.Diagnostic:
    return types.Diagnostic(_START, message, severity=types.DiagnosticSeverity.Error, code=ERROR_CODE, source=_SOURCE)


def _note(message: str) -> types.Diagnostic:
    return types.Diagnostic(_START, message, severity=types.DiagnosticSeverity.Information, source=_SOURCE)
