"""Baselines: findings known before a team started, kept in a JSON file and not reported again."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.errors import ConfigError, ReadError
from healthlint.glob import path_from
from healthlint.regular_file import read_bytes, replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from healthlint.diagnostic import Diagnostic, Result

_VERSION = 1
_LIMIT = 100_000_000


@dataclass(frozen=True)
class Baseline:
    """How often each fingerprint is known, by path relative to *folder*, that of the baseline file."""

    folder: str
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict, hash=False)


class Applied(NamedTuple):
    """Results without what is known, and how many known findings of their files are gone: fixed."""

    results: tuple[Result, ...]
    fixed: int


def read_baseline(path: str) -> Baseline:
    """Return the baseline in the file *path*; raise ConfigError, one line, if it cannot be used."""
    import json

    try:
        content: Any = json.loads(read_bytes(path, limit=_LIMIT))
    except ReadError as error:
        raise ConfigError(f"{path}: {error}") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not JSON; write it again with 'healthlint baseline'") from error
    version = content.get("version") if isinstance(content, dict) else None
    if version != _VERSION or isinstance(version, bool):
        raise ConfigError(f"{path}: not a baseline of version {_VERSION}; write it again with 'healthlint baseline'")
    counts = content.get("files")
    if not (isinstance(counts, dict) and all(_is_counts(each) for each in counts.values())):
        raise ConfigError(f"{path}: 'files' is not counts by path and fingerprint; write it again")
    return Baseline(os.path.dirname(os.path.abspath(path)), counts)


def write_baseline(path: str, results: Iterable[Result]) -> int:
    """Write the diagnostics of *results* to the baseline *path* and return their number; all or nothing.

    What a diagnostic speaks for is written too, so that it stays known where it later stands alone. A file there that
    is no baseline is not overwritten. A diagnostic without a fingerprint cannot be known again, and is left out.
    """
    import json

    if os.path.lexists(path):
        read_baseline(path)
    folder = os.path.dirname(os.path.abspath(path))
    counts: dict[str, Counter[str]] = {}
    written = 0
    for result in results:
        lasting = [each for each in result.diagnostics if each.fingerprint]
        written += len(lasting)
        if lasting:
            counts.setdefault(path_from(folder, result.path), Counter()).update(_fingerprints(lasting))
    content = json.dumps({"version": _VERSION, "files": counts}, indent=1, sort_keys=True) + "\n"
    try:
        replace_file(path, content.encode("ascii"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error.strerror}); check the folder") from error
    return written


def filter_known(
    path: str, diagnostics: Sequence[Diagnostic], baseline: Baseline
) -> tuple[tuple[Diagnostic, ...], int]:
    """Return the *diagnostics* of the file *path* that *baseline* does not know, and how many it does.

    A finding known twice hides the first two, in order. One that speaks for others is known when they all are.
    """
    left = Counter(baseline.counts.get(path_from(baseline.folder, path), {}))
    if not left:
        return tuple(diagnostics), 0
    new: list[Diagnostic] = []
    for diagnostic in diagnostics:
        found = _fingerprints([diagnostic])
        if diagnostic.fingerprint and all(left[each] >= times for each, times in found.items()):
            left.subtract(found)
        else:
            new.append(diagnostic)
    return tuple(new), len(diagnostics) - len(new)


def apply_baseline(results: Iterable[Result], baseline: Baseline) -> Applied:
    """Return *results* without what *baseline* knows; a file that was not fully checked counts nothing as fixed."""
    applied: list[Result] = []
    fixed = 0
    for result in results:
        new, hidden = filter_known(result.path, result.diagnostics, baseline)
        applied.append(replace(result, diagnostics=new, baselined=hidden))
        if not result.errors:
            known = Counter(baseline.counts.get(path_from(baseline.folder, result.path), {}))
            fixed += sum((known - _fingerprints(result.diagnostics)).values())
    return Applied(tuple(applied), fixed)


def _fingerprints(diagnostics: Iterable[Diagnostic]) -> Counter[str]:
    """Count the fingerprints of *diagnostics* and of all that they speak for."""
    return Counter(each.fingerprint for diagnostic in diagnostics for each in diagnostic.told)


def _is_counts(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(count, int) and not isinstance(count, bool) and count > 0 for count in value.values()
    )
