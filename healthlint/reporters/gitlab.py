"""The Code Quality report of GitLab (docs.gitlab.com/ci/testing/code_quality): one JSON list."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, TextIO

from healthlint.records import ERROR_CODE, Record, whole_message, write_json
from healthlint.reportpath import repository_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthlint.diagnostic import Diagnostic, Result, RunInfo

_UNCHECKED = "blocker"
_SEVERITIES = {"error": "critical", "warning": "minor", "info": "info"}


def report(results: Iterable[Result], stream: TextIO, run: RunInfo) -> None:
    """Write the list once all *results* are there."""
    seen: dict[str, int] = {}
    entries = [entry for result in results for entry in _entries(result, repository_path(result.path, run.root), seen)]
    write_json(entries, stream, indent=2, keep_lone=False)


def _entries(result: Result, path: str, seen: dict[str, int]) -> Iterator[Record]:
    for message in result.errors:
        fingerprint = _fingerprint((ERROR_CODE, path, message), seen)
        yield _entry(ERROR_CODE, f"Not, or not fully, checked: {message}", _UNCHECKED, fingerprint, path, 1)
    for diagnostic in result.diagnostics:
        yield _of(diagnostic, path, seen)


def _of(diagnostic: Diagnostic, path: str, seen: dict[str, int]) -> Record:
    fingerprint = _fingerprint((diagnostic.rule, path, diagnostic.fingerprint), seen)
    description = whole_message(diagnostic).replace("\n", " ")
    severity = _SEVERITIES[diagnostic.severity]
    entry = _entry(diagnostic.rule, description, severity, fingerprint, path, diagnostic.start.line)
    entry["location"]["lines"]["end"] = diagnostic.end.line
    return entry


def _entry(rule: str, description: str, severity: str, fingerprint: str, path: str, line: int) -> Record:
    return {
        "description": description,
        "check_name": rule,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }


def _fingerprint(parts: tuple[str, str, str], seen: dict[str, int]) -> str:
    """Return a name that no other entry has, as GitLab drops the second of two, and that no shift of lines changes."""
    text = "\0".join(parts)
    seen[text] = seen.get(text, 0) + 1
    return sha256(f"{text}\0{seen[text]}".encode("utf-8", "surrogatepass")).hexdigest()
