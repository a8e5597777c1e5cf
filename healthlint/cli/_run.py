"""The files of one run: found, read, checked, perhaps fixed, with progress where there is a person to see it."""

from __future__ import annotations

import os
import sys
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO, cast

import click

from healthlint.baseline import Comparison, read_baseline
from healthlint.changes import Changes, changes_since
from healthlint.cli._grammar import with_languagetool
from healthlint.decoding import encode_like
from healthlint.diagnostic import Result
from healthlint.errors import ConfigError, HealthlintError, ReadError
from healthlint.files import Found, find_files
from healthlint.fixer import Mended, mend, unified_diff, write_text
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
_NOT_FIXED = "not in an encoding that can be kept, so not fixed; save it as UTF-8 first"
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
    diff_base: str | None = None


class Run:
    """Checks *paths*; its results come in the order of the files, whatever the number of processes.

    *mended* counts what ``fix`` or ``diffs`` mended so far, *withheld* the fixes that would open another finding. With
    ``lacks_grammar`` all but grammar is checked.
    """

    def __init__(self, session: Session, paths: Sequence[str], options: Options) -> None:
        if STDIN in paths and len(paths) > 1 and options.fix and not options.diff:
            raise ConfigError("--fix writes the text of '-' to standard output; name it alone")
        self._options = options
        self.mended = self.withheld = 0
        self._known = Comparison(read_baseline(options.baseline)) if options.baseline else None
        self._changes = self._changed()
        self._found = [
            each for each in find_pages(paths, options.exclude, options.exclude_root) if self._is_wanted(each)
        ]
        names = [(options.stdin_filename or "<stdin>") if each.path == STDIN else each.path for each in self._found]
        self.session, self.lacks_grammar = with_languagetool(session, names)

    @property
    def skipped(self) -> tuple[str, ...]:
        """What was found in folders and is not checked, each with its reason."""
        return tuple(f"{found.path}: {found.skipped}" for found in self._found if found.skipped)

    @property
    def is_empty(self) -> bool:
        """Whether there is no file to check."""
        return all(found.skipped for found in self._found)

    def results(self) -> Iterator[Result]:
        """Yield the result of each file; with ``fix``, of what it is once mended."""
        found = [each for each in self._found if not each.skipped]
        work = self._fixed if self._options.fix else partial(_check, self.session, self._options.stdin_filename)
        with progress(len(found)) as advance:
            for result in self._map(work, found):
                advance(makes_lines=bool(result.diagnostics or result.errors))
                yield self._reported(result)

    def diffs(self, stream: TextIO) -> Iterator[Result]:
        """Write to *stream* what ``fix`` would change, and yield the result of each file as it stands."""
        for found in self._found:
            if not found.skipped:
                result = _check(self.session, self._options.stdin_filename, found)
                patch = unified_diff(result.path, result.source, self._mend(result).result.source)
                stream.write("\n".join(map(clean, patch.split("\n"))) if stream.isatty() else patch)
                yield self._changes.only_changed(result) if self._changes else result

    def mend_stdin(self, stream: BinaryIO) -> Iterator[Result]:
        """Write to *stream* standard input as ``fix`` mends it, and yield the result of what is written."""
        name = self._options.stdin_filename or "<stdin>"
        try:
            data = read_stdin(name)
        except ReadError as error:
            yield Result(path=name, errors=(str(error),))
            return
        result = self.session.check(name, data)
        mended = self._mend(result).result
        content = encode_like(data, result.source, mended.source)
        stream.write(data if content is None else content)
        yield self._reported(replace(result, notes=(*result.notes, _NOT_FIXED)) if content is None else mended)

    def _changed(self) -> Changes | None:
        return changes_since(self._options.diff_base, os.getcwd()) if self._options.diff_base is not None else None

    def _is_wanted(self, found: Found) -> bool:
        return self._changes is None or bool(found.error) or self._changes.has(found.path)

    def _map(self, work: Callable[[Found], Result], found: Sequence[Found]) -> Iterable[Result]:
        if self._options.jobs == 1 or len(found) < 2 or self._options.fix:
            return map(work, found)
        at_hand = found[0].path == STDIN  # another process has no standard input
        return chain(map(work, found[:at_hand]), _in_processes(work, found[at_hand:], self._options.jobs))

    def _reported(self, result: Result) -> Result:
        """Return *result* without what lies on unchanged lines and what the baseline knows."""
        changed = self._changes.only_changed(result) if self._changes else result
        return self._known.without_known(changed) if self._known else changed

    def _fixed(self, found: Found) -> Result:
        result = _check(self.session, None, found)
        mended = Mended(result, 0, 0) if result.errors else self._mend(result)
        if not mended.applied:
            return result
        try:
            content = encode_like(read_bytes(found.path), result.source, mended.result.source)
            if content is None:
                self.mended -= mended.applied
                return replace(result, notes=(*result.notes, _NOT_FIXED))
            write_text(found.path, content)
        except HealthlintError as error:
            self.mended -= mended.applied
            return replace(result, errors=(str(error).removeprefix(f"{found.path}: "),))
        self._changes = self._changed()  # its lines may be others now
        return replace(mended.result, notes=result.notes)

    def _mend(self, result: Result) -> Mended:
        """Return what is left of *result* with its fixes put in, and count them."""

        def check(text: str) -> Result:
            return offered(self.session.check(result.path, text.encode(), result.format))

        def offered(found: Result) -> Result:
            return self._changes.only_changed_fixes(found) if self._changes else found

        mended = mend(offered(result), check, unsafe=self._options.unsafe_fixes)
        self.mended += mended.applied
        self.withheld += mended.withheld
        return mended


def find_pages(paths: Sequence[str], exclude: Sequence[str], exclude_root: str) -> Iterator[Found]:
    """Yield standard input, where it is one of *paths*, and the files that they name or hold."""
    named = [path for path in paths if path not in {STDIN, ""}]
    if STDIN in paths:
        yield Found(STDIN)
    if "" in paths:
        yield Found("''", error=_EMPTY_PATH)
    suffixes = known_suffixes() if any(map(os.path.isdir, named)) else frozenset()
    yield from find_files(named, exclude=exclude, suffixes=suffixes, exclude_root=exclude_root)


def _check(session: Session, stdin_filename: str | None, found: Found) -> Result:
    if found.error:
        return Result(path=found.path, errors=(found.error,))
    try:
        if found.path != STDIN:
            return session.check_file(found.path, read_bytes)
        return session.check_file(stdin_filename or "<stdin>", read_stdin)
    except Exception as error:  # noqa: BLE001  one text that we fail on must not leave the others unchecked
        message = f"healthlint failed on it ({type(error).__name__}); report it, without the text if that is private"
        return Result(path=(stdin_filename or "<stdin>") if found.path == STDIN else found.path, errors=(message,))


def read_stdin(_name: str) -> bytes:
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


class progress:  # noqa: N801  used as a function
    """A bar on standard error when a person is watching and there is much to do."""

    def __init__(self, total: int) -> None:
        watched = total >= _SHOW_PROGRESS_FROM and sys.stderr.isatty()
        self._bar = None
        if watched:
            self._bar = click.progressbar(length=total, label="Checking", file=sys.stderr, show_pos=True)

    def __enter__(self) -> progress:  # noqa: PYI034  Self needs Python 3.11
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
