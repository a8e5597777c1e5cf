"""Which lines of which files changed since a revision, as git tells it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from healthlint.errors import ConfigError
from healthlint.glob import path_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from healthlint.diagnostic import Diagnostic, Result
    from healthlint.text import Span

# No program that a configuration names is started, and no setting of a person changes what is read here.
_GIT = ("git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.quotePath=true")
_DIFF = (
    "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--ignore-submodules", "--diff-filter=d",
    "--src-prefix=a/", "--dst-prefix=b/",
)  # fmt: skip
_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_QUOTED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPES = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}


@dataclass(frozen=True)
class Changes:
    """The changed lines of each changed file of the repository in *root*, as ranges; () stands for all of them.

    Lines are those of git, which ends them at line feeds alone; ranges are half-open, counted from 1, and sorted. A
    file outside of the repository, or not yet known to git, is new: all of it changed.
    """

    root: str
    lines: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict, hash=False)
    tracked: frozenset[str] = frozenset()

    def has(self, path: str) -> bool:
        """Return whether the file *path* changed."""
        return self._ranges(path) is not None

    def only_changed(self, result: Result) -> Result:
        """Return *result* with the diagnostics that touch a changed line; the others are counted."""
        is_changed = self._judge(result)
        shown = tuple(filter(is_changed, result.diagnostics))
        hidden = [each for each in result.diagnostics if not is_changed(each)]
        dangers = result.dangers + sum(each.is_danger for each in hidden)
        return replace(result, diagnostics=shown, unchanged=len(hidden), dangers=dangers)

    def only_changed_fixes(self, result: Result) -> Result:
        """Return *result* with all its diagnostics, and only with the fixes of those that touch a changed line."""
        is_changed = self._judge(result)
        kept = tuple(each if is_changed(each) else replace(each, fix=None) for each in result.diagnostics)
        return replace(result, diagnostics=kept)

    def _judge(self, result: Result) -> Callable[[Diagnostic], bool]:
        ranges = self._ranges(result.path)
        if ranges == ():
            return lambda _: True
        changed = tuple(_offsets(result.source, ranges or ()))
        return lambda diagnostic: _touches(diagnostic.span, changed)

    def _ranges(self, path: str) -> tuple[tuple[int, int], ...] | None:
        place = path_from(self.root, os.path.realpath(path))
        if place in self.lines:
            return self.lines[place]
        return None if place in self.tracked else ()


def changes_since(revision: str, folder: str) -> Changes:
    """Return what changed since the last commit that HEAD of the repository around *folder* shares with *revision*.

    What is not committed counts as changed too. Raise ConfigError, one line, where git cannot tell.
    """
    if not revision.strip() or revision.startswith("-"):
        raise ConfigError(f"--diff-base '{revision}': not a revision; name a branch or commit, such as origin/main")
    root = os.path.realpath(_line(_git(folder, "rev-parse", "--show-toplevel", fault=_no_repository)))
    base = _merge_base(root, revision)
    tracked = _names(_git(root, "ls-files", "-z"))
    new_and_whole = _whole(_git(root, *_DIFF, "--numstat", "-z", base, "--"))
    lines = dict(_hunks(_git(root, *_DIFF, "--unified=0", "--inter-hunk-context=0", base, "--")))
    return Changes(root, {**lines, **dict.fromkeys(new_and_whole, ())}, tracked)


def _merge_base(root: str, revision: str) -> str:
    commit = f"{revision}^{{commit}}"
    found = _line(_git(root, "rev-parse", "--verify", "--quiet", commit, fault=lambda _: _no_revision(revision)))
    return _line(_git(root, "merge-base", found, "HEAD", fault=lambda _: _no_base(revision)))


def _git(folder: str, *arguments: str, fault: Callable[[str], str] | None = None) -> bytes:
    """Return what git writes; where it fails, raise ConfigError with what *fault* makes of its own words."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603  no shell, and no argument that could be an option
            [*_GIT, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError as error:
        raise ConfigError("--diff-base: git cannot be started; install git, or drop the option") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise ConfigError(f"--diff-base: {fault(said) if fault else f'git failed ({said})'}")
    return done.stdout


def _line(output: bytes) -> str:
    return os.fsdecode(output).removesuffix("\n")


def _names(output: bytes) -> frozenset[str]:
    return frozenset(os.fsdecode(name) for name in output.split(b"\0") if name)


def _whole(output: bytes) -> Iterator[str]:
    """Yield the files that ``git diff --numstat -z`` calls binary: it cannot tell which of their lines changed.

    A record is ``added TAB deleted TAB path``; that of a renamed file has no path, and two records for names after it.
    """
    records = iter(output.split(b"\0"))
    for record in records:
        added, _, rest = record.partition(b"\t")
        name = rest.partition(b"\t")[2]
        if record and not name:
            next(records)
            name = next(records)
        if added == b"-":
            yield os.fsdecode(name)


def _hunks(patch: bytes) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
    """Yield each file of a patch without context, as it is now, and the ranges of its lines that changed.

    Where lines were only taken out, those before and after count as changed: what the text says may have changed.
    """
    lines = iter(patch.split(b"\n"))
    name = ""
    ranges: list[tuple[int, int]] = []
    for line in lines:
        if line.startswith(b"diff --git "):
            yield from [(name, tuple(ranges))] if ranges else ()
            name, ranges = "", []
        elif line.startswith(b"+++ "):
            name = _new_name(line)
        elif hunk := _HUNK.match(line.decode("ascii", "replace")):
            taken, first, put = int(hunk[1] or 1), int(hunk[2]), int(hunk[3] or 1)
            ranges.append((first, first + put) if put else (max(first, 1), first + 2))
            for _ in range(taken + put):  # so that no line of a text is taken for one of the patch
                _skip_line(lines)
    yield from [(name, tuple(ranges))] if ranges else ()


def _skip_line(lines: Iterator[bytes]) -> None:
    if next(lines).startswith(b"\\"):  # "\ No newline at end of file" is no line of the text
        next(lines)


def _new_name(line: bytes) -> str:
    """Return the file that a line ``+++ b/name`` names; git quotes it as C does, or puts a tab behind a space in it."""
    name = line.removeprefix(b"+++ ").removesuffix(b"\t")
    if name.startswith(b'"'):
        name = _QUOTED.sub(lambda match: _unquoted(match[1]), name[1:-1])
    return os.fsdecode(name.removeprefix(b"b/"))


def _unquoted(code: bytes) -> bytes:
    return bytes([int(code, 8)]) if code.isdigit() else _ESCAPES.get(code, code)


def _offsets(source: str, ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield where in *source* each of *ranges*, which are sorted, begins and ends."""
    starts = [0, *(match.end() for match in re.finditer("\n", source)), len(source)]
    for first, end in ranges:
        yield starts[min(first, len(starts)) - 1], starts[min(end, len(starts)) - 1]


def _touches(span: Span, changed: Sequence[tuple[int, int]]) -> bool:
    """Return whether a part of *span* is changed; *changed* is sorted, and no two of it overlap."""
    place = bisect_right(changed, (span.end - 1, sys.maxsize))
    return place > 0 and changed[place - 1][1] > span.start


def _no_repository(said: str) -> str:
    if "dubious ownership" in said:
        return f"git refuses this repository ({said}); make it yours, or add it to safe.directory"
    return "this folder is in no git repository; go to one, or drop the option"


def _no_revision(revision: str) -> str:
    return f"no commit '{revision}' here; check the name, or fetch it (a shallow clone has one branch alone)"


def _no_base(revision: str) -> str:
    return f"'{revision}' and HEAD share no commit here; in a shallow clone 'git fetch --unshallow' brings those before"
