"""What was read from rule files, kept so that the next run need not read YAML. Holds rules only, never a text."""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from typing import Any
from zlib import crc32

_KEPT = 8
_CHECKSUM_BYTES = 4


def cache_folder() -> str:
    """Return the folder for cached rules: ``HEALTHLINT_CACHE_DIR``, else the user's cache folder."""
    named = os.environ.get("HEALTHLINT_CACHE_DIR")
    if named:
        return named
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "healthlint")


def load(digest: str) -> Any | None:
    """Return what was stored under *digest*, or None when there is nothing, or not what was written."""
    try:
        with open(_path(digest), "rb") as file:
            checksum, payload = file.read(_CHECKSUM_BYTES), file.read()
    except OSError:
        return None
    if _checksum(payload) != checksum:
        return None
    return marshal.loads(payload)  # noqa: S302  our own file in the user's cache folder, mode 0600


def store(digest: str, value: Any) -> None:
    """Keep *value* (plain values only) under *digest*; a cache that cannot be written is no error."""
    folder = cache_folder()
    payload = marshal.dumps(value)
    with contextlib.suppress(OSError):
        import tempfile

        os.makedirs(folder, mode=0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(_checksum(payload) + payload)
        os.replace(temporary, _path(digest))
        _prune(folder)


def _checksum(payload: bytes) -> bytes:
    """Return what tells a damaged file, not a forged one."""
    return crc32(payload).to_bytes(_CHECKSUM_BYTES, "big")


def _path(digest: str) -> str:
    return os.path.join(cache_folder(), f"rules-{digest[:32]}.{sys.implementation.cache_tag}")


def _prune(folder: str) -> None:
    paths = [os.path.join(folder, name) for name in os.listdir(folder) if name.startswith("rules-")]
    for path in sorted(paths, key=os.path.getmtime)[:-_KEPT]:
        os.remove(path)
