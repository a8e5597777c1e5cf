"""The files of a rule folder as they stand on the disk, and the profiles that they can hold."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from healthlint.errors import ConfigError, ReadError, RuleError
from healthlint.regular_file import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VOCABULARY, PROFILES = "vocabulary/", "profiles/"
_MAX_BYTES = 2_000_000
_NOT_RULES = "quality.yaml"  # what is known of the rules; changes nothing that they find


@dataclass(frozen=True)
class Profile:
    """Severities and settings for one audience; a key of *severities* is a rule id, or ``pack/*``.

    *extends* names the profile whose severities and settings hold where this one says nothing.
    """

    summary: str
    extends: str = ""
    severities: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


class RuleFile(NamedTuple):
    """A file below a rule folder; *name* is its path from there, with slashes."""

    path: str
    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """The name without its ending: for a rule, its id."""
        return self.name.rpartition(".")[0]

    @property
    def is_rule(self) -> bool:
        """Whether it is neither vocabulary nor profile."""
        return not self.name.startswith((VOCABULARY, PROFILES))


def find_rule_files(folders: Iterable[str]) -> tuple[RuleFile, ...]:
    """Return the YAML and CSV files below *folders*, by folder and name, but for what tells how good rules are."""
    return tuple(file for folder in folders for file in _files_below(folder))


def _files_below(folder: str) -> Iterator[RuleFile]:
    if not os.path.isdir(folder):
        raise ConfigError(f"{folder}: no such folder of rules; check the path")
    for parent, subfolders, names in os.walk(folder, onerror=_refuse_folder):
        subfolders.sort()
        for name in sorted(names):
            path = os.path.join(parent, name)
            if parent == folder and name == _NOT_RULES:
                continue
            if name.endswith((".yaml", ".yml", ".csv")) and not name.startswith(".#"):  # an Emacs lock
                yield RuleFile(path, os.path.relpath(path, folder).replace(os.sep, "/"), _read(path))


def _read(path: str) -> bytes:
    try:
        return read_bytes(path, limit=_MAX_BYTES)
    except ReadError as error:
        raise RuleError(path, None, str(error)) from error


def _refuse_folder(error: OSError) -> NoReturn:
    raise RuleError(str(error.filename), None, f"cannot be read ({error.strerror}); check the folder") from error
