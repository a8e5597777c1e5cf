"""The Code Quality report of GitLab (docs.gitlab.com/ci/testing/code_quality): one JSON list."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, TextIO

from healthlint.records import ERROR_CODE, Record, whole_message, write_json
from healthlint.reportpath import repository_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthlint.diagnostic import Result, RunInfo

_UNCHECKED = "blocker"
_SEVERITIES = {"error": "critical", "warning": "minor", "info": "info"}


def report(results: Iterable[Result], stream: TextIO, run: RunInfo) -> None:
    """Write the list once all *results* are there."""
    seen: dict[str, int] = {}
    entries = [entry for result in results for entry in _entries(result, repository_path(result.path, run.root), seen)]
    write_json(entries, stream, indent=2, keep_lone=False)


def _entries(result: Result, path: str, seen: dict[str, int]) -> Iterator[Record]:
    for message in result.errors:
        yield {
            "description": f"Not, or not fully, checked: {message}",
            "check_name": ERROR_CODE,
            "fingerprint": _fingerprint((ERROR_CODE, path, message), seen),
            "severity": _UNCHECKED,
            "location": {"path": path, "lines": {"begin": 1}},
        }
    for diagnostic in result.diagnostics:
        yield {
            "description": whole_message(diagnostic).replace("\n", " "),
            "check_name": diagnostic.rule,
            "fingerprint": _fingerprint((diagnostic.rule, path, diagnostic.fingerprint), seen),
            "severity": _SEVERITIES[diagnostic.severity],
            "location": {"path": path, "lines": {"begin": diagnostic.start.line, "end": diagnostic.end.line}},
        }


def _fingerprint(parts: tuple[str, str, str], seen: dict[str, int]) -> str:
    """Return a name that no other entry has, as GitLab drops the second of two, and that no shift of lines changes."""
    text = "\0".join(parts)
    seen[text] = seen.get(text, 0) + 1
    return sha256(f"{text}\0{seen[text]}".encode("utf-8", "surrogatepass")).hexdigest()
