"""Reading and replacing regular files: never hangs on a pipe, never reads a device, never writes half a file."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress

from healthlint.errors import ReadError

# O_NONBLOCK: opening a pipe must not wait for its writer.
_READ_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_REASONS = {
    errno.ENOENT: "no such file; check the path",
    errno.ENOTDIR: "no such file; check the path",
    errno.EACCES: "permission denied; ask for read access, or leave it out",
    errno.EPERM: "permission denied; ask for read access, or leave it out",
    errno.ELOOP: "a link that leads back to itself; mend or remove it",
    errno.ENAMETOOLONG: "the path is too long for this system; move it higher up",
}


def read_bytes(path: str, *, limit: int = 20_000_000) -> bytes:
    """Return the bytes of the regular file *path*; raise ReadError, which does not name the path, for anything else."""
    try:
        descriptor = os.open(path, _READ_FLAGS)
        try:
            content = _read(descriptor, limit)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        raise ReadError(reason_of(path, error)) from error
    if len(content) > limit:
        raise ReadError(f"larger than {limit / 1_000_000:g} MB; split it, or leave it out")
    return content


def replace_file(path: str, content: bytes, *, new_mode: int = 0o644) -> None:
    """Put *content* in place of the file *path*, all or nothing, keeping its mode; a link stays a link.

    A file that did not exist gets *new_mode*. Raise OSError when it cannot be written; the old content then stands.
    """
    import tempfile

    target = os.path.realpath(path)
    status = os.stat(target) if os.path.lexists(target) else None
    if status is not None and not (stat.S_ISREG(status.st_mode) and os.access(target, os.W_OK)):
        raise PermissionError(errno.EACCES, "not a file that may be written", path)
    descriptor, temporary = tempfile.mkstemp(prefix=".healthlint-", dir=os.path.dirname(target))
    try:
        with open(descriptor, "wb") as stream:
            stream.write(content)
        if status is not None and hasattr(os, "chown"):
            with suppress(OSError):
                os.chown(temporary, status.st_uid, status.st_gid)
        os.chmod(temporary, new_mode if status is None else stat.S_IMODE(status.st_mode))
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def special_kind(mode: int) -> str | None:
    """Return what the mode bits name when it can block or never end ("a named pipe"), else None."""
    return next((name for is_kind, name in _KINDS if is_kind(mode)), None)


def reason_of(path: str, error: OSError | ValueError) -> str:
    """Return why *path* cannot be used, and what to do, without naming it."""
    if not isinstance(error, OSError):
        return "no such file; check the path"
    if error.errno == errno.ENOENT and os.path.islink(path):
        return "a link to a file that does not exist; mend or remove it"
    if error.errno == errno.ENXIO:
        return "a socket or device, not a file; name a file"
    said = error.strerror or type(error).__name__
    return _REASONS.get(error.errno or 0) or f"cannot be read ({said}); check the file"


def _read(descriptor: int, limit: int) -> bytes:
    """Return up to *limit* + 1 bytes; what is open may not be what stood at the path a moment ago."""
    status = os.fstat(descriptor)
    if stat.S_ISDIR(status.st_mode):
        raise ReadError("a folder, not a file; name a file in it")
    if kind := special_kind(status.st_mode):
        raise ReadError(f"{kind}, not a file; name a file")
    with open(descriptor, "rb", closefd=False) as stream:
        content = stream.read(min(status.st_size, limit) + 1)
        if status.st_size < len(content) <= limit:  # it grew, or it is in /proc and never says its size
            content += stream.read(limit + 1 - len(content))
    return content
