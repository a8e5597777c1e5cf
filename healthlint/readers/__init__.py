"""Readers: one file per input format, each with FORMAT, SUFFIXES, ``read`` (bytes) and ``parse`` (text)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from healthlint.errors import ConfigError
from healthlint.registry import load_part, part_names

if TYPE_CHECKING:
    from types import ModuleType

    from healthlint.document import Document

__all__ = ["known_suffixes", "parse", "read", "reader_for"]

# Tried first, so that reading a page imports no reader but its own; the other readers are asked for their suffixes.
_COMMON = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".txt": "text"}


def reader_for(path: str, format: str | None = None) -> ModuleType:
    """Return the reader of *format*, else the one for the suffix of *path*; text where the suffix is unknown."""
    if format is not None:
        return _reader_of_format(format)
    suffix = os.path.splitext(path)[1].lower()
    common = _COMMON.get(suffix)
    if common is not None:
        return load_part("readers", common)
    for name in part_names("readers") if suffix else ():
        reader = load_part("readers", name)
        if suffix in reader.SUFFIXES:
            return reader
    return load_part("readers", "text")


def known_suffixes() -> frozenset[str]:
    """Return every suffix that some reader reads, with its dot."""
    return frozenset(suffix for name in part_names("readers") for suffix in load_part("readers", name).SUFFIXES)


def read(name: str, data: bytes, format: str | None = None) -> Document:
    """Return the document that *data* holds; *name* says its format when *format* does not."""
    return cast("Document", reader_for(name, format).read(name, data))


def parse(name: str, text: str, format: str) -> Document:
    """Return *text* as a document of *format*."""
    return cast("Document", reader_for(name, format).parse(name, text))


def _reader_of_format(format: str) -> ModuleType:
    known = part_names("readers")
    if format not in known:
        import difflib

        close = difflib.get_close_matches(format, known, 1)
        hint = f"did you mean '{close[0]}'? Known: " if close else "use one of "
        raise ConfigError(f"unknown format '{format}'; {hint}{', '.join(known)}")
    return load_part("readers", format)
