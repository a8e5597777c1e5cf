"""The files of one run: found, read, checked, perhaps fixed, with progress where there is a person to see it."""

from __future__ import annotations

import os
import sys
from codecs import BOM_UTF8
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, TextIO, cast

import click

from healthlint.baseline import filter_known, read_baseline
from healthlint.cli._grammar import with_languagetool
from healthlint.diagnostic import Result
from healthlint.errors import ConfigError, HealthlintError, ReadError
from healthlint.files import Found, find_files
from healthlint.fixer import apply_fixes, unified_diff, write_text
from healthlint.readers import known_suffixes
from healthlint.regular_file import read_bytes
from healthlint.terminal import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from healthlint.session import Session

STDIN = "-"
_EMPTY_PATH = "an empty path; name a file or folder, '.' for this one"
_SHOW_PROGRESS_FROM = 40
_MOST_AT_ONCE = 16
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
    """Checks *paths*; its results come in the order of the files, whatever the number of processes.

    *mended* counts what ``fix`` or ``diffs`` mended so far. With ``lacks_grammar`` all but grammar is checked.
    """

    def __init__(self, session: Session, paths: Sequence[str], options: Options) -> None:
        if STDIN in paths and options.fix and not options.diff:
            raise ConfigError("--fix changes files; with '-' use --diff, or name a file")
        self._options = options
        self.mended = 0
        self._baseline = read_baseline(options.baseline) if options.baseline else None
        self._found = list(self._find(paths))
        names = [(options.stdin_filename or "<stdin>") if each.path == STDIN else each.path for each in self._found]
        self.session, self.lacks_grammar = with_languagetool(session, names)

    @property
    def skipped(self) -> tuple[str, ...]:
        """What was found in folders and is not checked, each with its reason."""
        return tuple(f"{found.path}: {found.skipped}" for found in self._found if found.skipped)

    def results(self) -> Iterator[Result]:
        """Yield the result of each file; with ``fix``, of what it is once mended."""
        found = [each for each in self._found if not each.skipped]
        work = self._fixed if self._options.fix else partial(_check, self.session, self._options.stdin_filename)
        with _progress(len(found)) as advance:
            for result in self._map(work, found):
                advance(makes_lines=bool(result.diagnostics or result.errors))
                yield self._without_known(result)

    def diffs(self, stream: TextIO) -> Iterator[Result]:
        """Write to *stream* what ``fix`` would change, and yield the result of each file as it stands."""
        for found in self._found:
            if not found.skipped:
                result = _check(self.session, self._options.stdin_filename, found)
                fixed = apply_fixes(result.source, result.diagnostics, unsafe=self._options.unsafe_fixes)
                patch = unified_diff(result.path, result.source, fixed.text)
                stream.write("\n".join(map(clean, patch.split("\n"))) if stream.isatty() else patch)
                self.mended += len(fixed.applied)
                yield result

    def _find(self, paths: Sequence[str]) -> Iterator[Found]:
        named = [path for path in paths if path not in {STDIN, ""}]
        if STDIN in paths:
            yield Found(STDIN)
        if "" in paths:
            yield Found("''", error=_EMPTY_PATH)
        suffixes = known_suffixes() if any(map(os.path.isdir, named)) else frozenset()
        yield from find_files(
            named, exclude=self._options.exclude, suffixes=suffixes, exclude_root=self._options.exclude_root
        )

    def _map(self, work: Callable[[Found], Result], found: Sequence[Found]) -> Iterable[Result]:
        if self._options.jobs == 1 or len(found) < 2 or self._options.fix:
            return map(work, found)
        at_hand = found[0].path == STDIN  # another process has no standard input
        return chain(map(work, found[:at_hand]), _in_processes(work, found[at_hand:], self._options.jobs))

    def _without_known(self, result: Result) -> Result:
        if self._baseline is None:
            return result
        new, hidden = filter_known(result.path, result.diagnostics, self._baseline)
        return replace(result, diagnostics=new, baselined=hidden)

    def _fixed(self, found: Found) -> Result:
        result = _check(self.session, None, found)
        fixed = apply_fixes(result.source, result.diagnostics, unsafe=self._options.unsafe_fixes)
        if not fixed.applied or result.errors:
            return result
        try:
            if not _replace_text(found.path, result.source, fixed.text):
                return replace(result, notes=(*result.notes, "not UTF-8, so not fixed; save it as UTF-8 first"))
        except HealthlintError as error:
            return replace(result, errors=(str(error).removeprefix(f"{found.path}: "),))
        self.mended += len(fixed.applied)
        return _check(self.session, None, found)


def _replace_text(path: str, before: str, after: str) -> bool:
    """Write *after* to the file *path*, which holds *before*; return False when it holds other bytes than UTF-8 has."""
    data = read_bytes(path)
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    if data != mark + before.encode("utf-8", "surrogatepass"):
        return False
    write_text(path, mark + after.encode("utf-8", "surrogatepass"))
    return True


def _check(session: Session, stdin_filename: str | None, found: Found) -> Result:
    if found.error:
        return Result(path=found.path, errors=(found.error,))
    try:
        if found.path != STDIN:
            return session.check_file(found.path, read_bytes)
        return session.check_file(stdin_filename or "<stdin>", _read_stdin)
    except Exception as error:  # noqa: BLE001  one text that we fail on must not leave the others unchecked
        message = f"healthlint failed on it ({type(error).__name__}); report it, without the text if that is private"
        return Result(path=(stdin_filename or "<stdin>") if found.path == STDIN else found.path, errors=(message,))


def _read_stdin(_name: str) -> bytes:
    if sys.stdin is None:
        raise ReadError("standard input is closed; give it a text, or name a file")
    try:
        data = sys.stdin.buffer.read(_MAX_STDIN + 1)
    except OSError as error:
        raise ReadError(f"standard input cannot be read ({error.strerror}); give it a text, or name a file") from error
    if len(data) > _MAX_STDIN:
        raise ReadError("larger than 20 MB; split it")
    return data


def _in_processes(work: Callable[[Found], Result], found: Sequence[Found], jobs: int) -> Iterator[Result]:
    """Yield what *work* gives for each of *found*, in order, from *jobs* processes that take turns.

    Each has a pipe of its own, so one that is killed is noticed and cannot hold up the others, as it can in a pool.
    """
    from multiprocessing import get_context

    # A process that is spawned would import what lies in the current folder before any module of ours is loaded.
    os.environ["PYTHONSAFEPATH"] = "1"
    context: Any = get_context("fork" if sys.platform == "linux" else "spawn")
    size = max(1, min(_MOST_AT_ONCE, len(found) // (4 * jobs)))
    parts = [found[start : start + size] for start in range(0, len(found), size)]
    processes: list[BaseProcess] = []
    pipes: list[Connection] = []
    try:
        for first in range(min(jobs, len(parts))):
            pipe, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_serve, args=(work, parts[first::jobs], theirs), daemon=True)
            process.start()
            theirs.close()
            processes.append(process)
            pipes.append(pipe)
        yield from _in_turn(pipes, len(parts))
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _in_turn(pipes: Sequence[Connection], parts: int) -> Iterator[Result]:
    from multiprocessing.connection import wait

    received: dict[Connection, deque[list[Result]]] = {pipe: deque() for pipe in pipes}
    for turn in range(parts):
        pipe = pipes[turn % len(pipes)]
        while not received[pipe]:
            for ready in cast("list[Connection]", wait([each for each in pipes if not each.closed])):
                try:
                    received[ready].append(ready.recv())
                except EOFError:
                    ready.close()
            if pipe.closed and not received[pipe]:
                raise HealthlintError("a process of --jobs was ended (no memory left?); try again with --jobs 1")
        yield from received[pipe].popleft()


def _serve(work: Callable[[Found], Result], parts: Sequence[Sequence[Found]], pipe: Connection) -> None:
    """Send the results of each of *parts*; Ctrl-C is left to the process that started this one."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for part in parts:
        with suppress(BrokenPipeError):
            pipe.send([work(each) for each in part])


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
