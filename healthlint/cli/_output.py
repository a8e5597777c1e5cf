"""Where a report goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from healthlint.cli._outcome import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENED = ("/dev/", "/proc/")
_WIDTH, _LEAST, _MOST = 100, 40, 120


@contextmanager
def opened(output: str | None) -> Iterator[TextIO]:
    """Yield standard output, or what takes its place at *output* only once it is whole; raise OutputError."""
    if output in {None, "-", "/dev/stdout"}:
        if sys.stdout is None:
            raise OutputError("standard output is closed; name a file with --output")
        yield sys.stdout
        return
    import io

    output = str(output)
    _refuse(output)
    buffer = io.StringIO()
    yield buffer
    try:
        _write(output, buffer.getvalue().encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise _unwritable(output, error.strerror or type(error).__name__) from error


def width(stream: TextIO) -> int:
    """Return how many columns a report for *stream* may have."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return _WIDTH
    return max(_LEAST, min(columns, _MOST)) if columns else _WIDTH


def _refuse(output: str) -> None:
    """Raise before the run, not after it, where *output* can never be written."""
    folder = os.path.dirname(output) or "."
    if os.path.isdir(output):
        raise _unwritable(output, "a folder")
    if not os.path.isdir(folder):
        raise OutputError(f"{output}: no such folder; make it first, or name another file")
    if not os.access(output if os.path.exists(output) else folder, os.W_OK):
        raise _unwritable(output, "permission denied")


def _write(output: str, content: bytes) -> None:
    from healthlint.regular_file import replace_file

    if _is_stream(output):
        with open(output, "ab") as file:
            file.write(content)
    else:
        replace_file(output, content)


def _is_stream(output: str) -> bool:
    """Say whether *output* is a device, a pipe, or what another program opened: it is written to, never replaced."""
    return output.startswith(_OPENED) or (os.path.exists(output) and not os.path.isfile(output))


def _unwritable(output: str, reason: str) -> OutputError:
    return OutputError(f"{output}: {reason}; name a file that can be written")
