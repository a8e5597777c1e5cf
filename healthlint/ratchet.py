"""Grades that pages had before, kept in a JSON file: a page may only get easier."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from healthlint.band import level
from healthlint.errors import ConfigError, ReadError
from healthlint.glob import path_from
from healthlint.regular_file import read_bytes, replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from healthlint.score import Score

TOLERANCE = 0.1
"""Of a grade: what the rounding in the file, and a word here or there, may add."""

_VERSION = 1
_LIMIT = 100_000_000


@dataclass(frozen=True)
class Ratchet:
    """The level of each page, the mean of its two grades, by its path relative to *folder*, that of the file."""

    folder: str
    levels: Mapping[str, float] = field(default_factory=dict, hash=False)

    def rise(self, score: Score) -> float | None:
        """Return by how much a page has become harder, less than zero for easier; None for a page not known, or short.

        A rise of TOLERANCE or less is none.
        """
        before = self.levels.get(path_from(self.folder, score.document.name))
        return None if before is None or score.grades is None else level(score.counts) - before


def read_ratchet(path: str) -> Ratchet:
    """Return the ratchet in the file *path*; raise ConfigError, one line, if it cannot be used."""
    import json

    advice = "write it again with 'healthlint score --write-baseline'"
    try:
        content: Any = json.loads(read_bytes(path, limit=_LIMIT))
    except ReadError as error:
        raise ConfigError(f"{path}: {error}") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not JSON; {advice}") from error
    levels = content.get("levels") if isinstance(content, dict) and content.get("version") == _VERSION else None
    if not (isinstance(levels, dict) and all(type(each) in {int, float} for each in levels.values())):
        raise ConfigError(f"{path}: not reading levels of version {_VERSION}; {advice}")
    return Ratchet(os.path.dirname(os.path.abspath(path)), levels)


def write_ratchet(path: str, scores: Iterable[Score]) -> int:
    """Write the level of each page that has one to *path*, and return their number; all or nothing.

    A file there that is no ratchet is not overwritten.
    """
    import json

    if os.path.lexists(path):
        read_ratchet(path)
    folder = os.path.dirname(os.path.abspath(path))
    levels = {path_from(folder, each.document.name): round(level(each.counts), 2) for each in scores if each.grades}
    content = json.dumps({"version": _VERSION, "levels": levels}, indent=1, sort_keys=True) + "\n"
    try:
        replace_file(path, content.encode("ascii"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error.strerror}); check the folder") from error
    return len(levels)
