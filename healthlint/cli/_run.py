"""The files of one run: found, read, checked, perhaps fixed, with progress where there is a person to see it."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TextIO

import click

from healthlint.baseline import filter_known, read_baseline
from healthlint.diagnostic import Result
from healthlint.errors import ConfigError
from healthlint.files import Found, find_files
from healthlint.fixer import apply_fixes, unified_diff, write_text
from healthlint.registry import load_part, part_names
from healthlint.regular_file import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from healthlint.session import Session

STDIN = "-"
_SHOW_PROGRESS_FROM = 40
_MAX_STDIN = 20_000_000


@dataclass(frozen=True)
class Options:
    """What a run does besides checking."""

    fix: bool = False
    diff: bool = False
    unsafe_fixes: bool = False
    jobs: int = 1
    stdin_filename: str | None = None
    exclude: tuple[str, ...] = ()
    exclude_root: str = ""
    baseline: str | None = None


class Run:
    """Checks *paths*; its results come in the order of the files, whatever the number of processes."""

    def __init__(self, session: Session, paths: Sequence[str], options: Options) -> None:
        if STDIN in paths and options.fix and not options.diff:
            raise ConfigError("--fix changes files; with '-' use --diff, or name a file")
        self._session = session
        self._options = options
        self._baseline = read_baseline(options.baseline) if options.baseline else None
        self._found = list(self._find(paths))

    @property
    def skipped(self) -> tuple[str, ...]:
        """What was found in folders and is not checked, each with its reason."""
        return tuple(f"{found.path}: {found.skipped}" for found in self._found if found.skipped)

    def results(self) -> Iterator[Result]:
        """Yield the result of each file; with ``fix``, of what it is once mended."""
        found = [each for each in self._found if not each.skipped]
        work = self._fixed if self._options.fix else partial(_check, self._session, self._options.stdin_filename)
        with _progress(len(found)) as advance:
            for result in self._map(work, found):
                advance(makes_lines=bool(result.diagnostics or result.errors))
                yield self._without_known(result)

    def diffs(self, stream: TextIO) -> Iterator[Result]:
        """Write to *stream* what ``fix`` would change, and yield the result of each file as it stands."""
        for found in self._found:
            if not found.skipped:
                result = _check(self._session, self._options.stdin_filename, found)
                fixed = apply_fixes(result.source, result.diagnostics, unsafe=self._options.unsafe_fixes)
                stream.write(unified_diff(result.path, result.source, fixed.text))
                yield result

    def _find(self, paths: Sequence[str]) -> Iterator[Found]:
        named = [path for path in paths if path != STDIN]
        if STDIN in paths:
            yield Found(STDIN)
        suffixes = frozenset(each for name in part_names("readers") for each in load_part("readers", name).SUFFIXES)
        yield from find_files(
            named, exclude=self._options.exclude, suffixes=suffixes, exclude_root=self._options.exclude_root
        )

    def _map(self, work: Callable[[Found], Result], found: Sequence[Found]) -> Iterable[Result]:
        if self._options.jobs == 1 or len(found) < 2 or self._options.fix:
            return map(work, found)
        return _in_processes(work, found, self._options.jobs)

    def _without_known(self, result: Result) -> Result:
        if self._baseline is None:
            return result
        new, hidden = filter_known(result.path, result.diagnostics, self._baseline)
        return replace(result, diagnostics=new, baselined=hidden)

    def _fixed(self, found: Found) -> Result:
        result = _check(self._session, None, found)
        fixed = apply_fixes(result.source, result.diagnostics, unsafe=self._options.unsafe_fixes)
        if not fixed.applied or result.errors:
            return result
        data = read_bytes(found.path)
        mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
        if data != mark + result.source.encode("utf-8", "surrogatepass"):
            return replace(result, notes=(*result.notes, "not UTF-8, so not fixed; save it as UTF-8 first"))
        write_text(found.path, mark + fixed.text.encode("utf-8", "surrogatepass"))
        return _check(self._session, None, found)


def _check(session: Session, stdin_filename: str | None, found: Found) -> Result:
    if found.error:
        return Result(path=found.path, errors=(found.error,))
    if found.path != STDIN:
        return session.check_file(found.path, read_bytes)
    name = stdin_filename or "<stdin>"
    data = sys.stdin.buffer.read(_MAX_STDIN + 1)
    if len(data) > _MAX_STDIN:
        return Result(path=name, errors=("larger than 20 MB; split it",))
    return session.check(name, data)


def _in_processes(work: Callable[[Found], Result], found: Sequence[Found], jobs: int) -> Iterator[Result]:
    from multiprocessing import get_context

    with get_context("spawn").Pool(min(jobs, len(found))) as pool:
        yield from pool.imap(work, found, chunksize=max(1, min(16, len(found) // (4 * jobs))))


class _progress:  # noqa: N801  used as a function
    """A bar on standard error when a person is watching and there is much to do."""

    def __init__(self, total: int) -> None:
        watched = total >= _SHOW_PROGRESS_FROM and sys.stderr.isatty()
        self._bar = None
        if watched:
            self._bar = click.progressbar(length=total, label="Checking", file=sys.stderr, show_pos=True)

    def __enter__(self) -> _progress:  # noqa: PYI034  Self needs Python 3.11
        return self

    def __exit__(self, *details: object) -> None:
        if self._bar:
            self._clear()

    def __call__(self, *, makes_lines: bool) -> None:
        """Count one file as done; make way when its result is about to be printed."""
        if self._bar:
            self._bar.update(1)
            if makes_lines:
                self._clear()

    def _clear(self) -> None:
        click.echo("\r\x1b[2K", nl=False, err=True)
