"""Baselines: findings known before a team started, kept in a JSON file and not reported again."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from healthlint.errors import ConfigError, ReadError
from healthlint.glob import path_from
from healthlint.regular_file import read_bytes, replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from healthlint.diagnostic import Diagnostic, Result

_VERSION = 1
_LIMIT = 100_000_000


@dataclass(frozen=True)
class Baseline:
    """How often each finding is known, by path relative to *folder*, that of the baseline file.

    A finding is written ``pack/rule fingerprint``, so that a reviewer sees what was accepted.
    """

    folder: str
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict, hash=False)

    @property
    def size(self) -> int:
        """The number of findings that are known."""
        return sum(sum(known.values()) for known in self.counts.values())


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
        raise ConfigError(
            f"{path}: 'files' is not counts by path and finding; write it again with 'healthlint baseline'"
        )
    return Baseline(_folder(path), counts)


def accept(path: str, results: Iterable[Result]) -> Baseline:
    """Return a baseline for the file *path* that knows the diagnostics of *results*.

    It knows what a diagnostic speaks for too, which so stays known where it later stands alone. A diagnostic without a
    fingerprint cannot be known again, and is left out.
    """
    folder = _folder(path)
    counts: dict[str, Counter[str]] = {}
    for result in results:
        found = _findings(each for each in result.diagnostics if each.fingerprint)
        if found:
            counts.setdefault(path_from(folder, result.path), Counter()).update(found)
    return Baseline(folder, counts)


def write_baseline(path: str, baseline: Baseline) -> None:
    """Write *baseline* to the file *path*, sorted, a finding a line; all or nothing, and never over another file."""
    import json

    if os.path.lexists(path):
        read_baseline(path)
    content = json.dumps({"version": _VERSION, "files": baseline.counts}, indent=1, sort_keys=True) + "\n"
    try:
        replace_file(path, content.encode("ascii"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error.strerror}); check the folder") from error


class Comparison:
    """Holds the results of one run against *baseline*, in their order.

    A page whose path is not known, and that has at least half of the findings of a known page that is gone, is that
    page under a new name. Each page that is gone is taken once.
    """

    def __init__(self, baseline: Baseline) -> None:
        self._baseline = baseline
        self._remaining: dict[str, Mapping[str, int]] = {}

    @cached_property
    def _gone(self) -> dict[str, Counter[str]]:
        """The known pages that are gone and not yet taken; looked for only where a page is not known by its path."""
        baseline = self._baseline
        return {
            place: Counter(known)
            for place, known in sorted(baseline.counts.items())
            if not os.path.lexists(os.path.join(baseline.folder, place))
        }

    @cached_property
    def _gone_with(self) -> dict[str, list[str]]:
        """The pages that were gone, by each of their findings."""
        places: dict[str, list[str]] = {}
        for place, known in self._gone.items():
            for finding in known:
                places.setdefault(finding, []).append(place)
        return places

    def without_known(self, result: Result) -> Result:
        """Return *result* without what is known, which it counts; a finding known twice hides the first two.

        A diagnostic that speaks for others is known when they all are. A file that was not fully checked counts
        nothing as fixed.
        """
        place = path_from(self._baseline.folder, result.path)
        found = _findings(result.diagnostics)
        known = self._known(place, found)
        left = Counter(known)
        new: list[Diagnostic] = []
        hidden: list[Diagnostic] = []
        for diagnostic in result.diagnostics:
            told = _findings([diagnostic])
            is_known = bool(diagnostic.fingerprint) and all(left[each] >= times for each, times in told.items())
            left.subtract(told if is_known else ())
            (hidden if is_known else new).append(diagnostic)
        self._remaining[place] = known if result.errors else known & found
        return replace(
            result,
            diagnostics=tuple(new),
            baselined=result.baselined + len(hidden),
            dangers=result.dangers + sum(each.is_danger for each in hidden),
            fixed=sum(known.values()) - sum(self._remaining[place].values()),
        )

    def pruned(self) -> Baseline:
        """Return the baseline without what the results no longer have, and without pages that are gone."""
        kept = {
            place: known
            for place, known in self._baseline.counts.items()
            if place not in self._remaining and os.path.lexists(os.path.join(self._baseline.folder, place))
        }
        remaining = {place: known for place, known in self._remaining.items() if known}
        return replace(self._baseline, counts={**kept, **remaining})

    def _known(self, place: str, found: Counter[str]) -> Counter[str]:
        if place in self._baseline.counts:
            return Counter(self._baseline.counts[place])
        shared: Counter[str] = Counter()
        for finding, times in found.items():
            for former in self._gone_with.get(finding, ()):
                if former in self._gone:
                    shared[former] += min(times, self._gone[former][finding])
        former, most = max(shared.items(), key=lambda item: item[1], default=("", 0))
        if not former or 2 * most < sum(self._gone[former].values()):
            return Counter()
        return self._gone.pop(former)


def _findings(diagnostics: Iterable[Diagnostic]) -> Counter[str]:
    """Count *diagnostics* and all that they speak for."""
    return Counter(f"{each.rule} {each.fingerprint}" for diagnostic in diagnostics for each in diagnostic.told)


def _folder(path: str) -> str:
    return os.path.dirname(os.path.abspath(path))


def _is_counts(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(count, int) and not isinstance(count, bool) and count > 0 for count in value.values()
    )
