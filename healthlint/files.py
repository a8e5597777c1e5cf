"""Which files to check: named ones, and those in a folder; no pipe, device or circle of links holds it up."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from healthlint.glob import matches_glob, path_from
from healthlint.ignore import read_parent_rules
from healthlint.regular_file import read_bytes, reason_of, special_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.ignore import IgnoreRules

__all__ = ["Found", "find_files", "read_bytes"]

_NEVER_WALKED = frozenset({".git", "node_modules", ".venv", "__pycache__"})


class Found(NamedTuple):
    """A file to check; or, with *error* or *skipped*, why it is not checked."""

    path: str
    error: str | None = None
    skipped: str | None = None


def find_files(
    paths: Sequence[str], *, exclude: Sequence[str] = (), suffixes: frozenset[str], exclude_root: str = ""
) -> Iterator[Found]:
    """Yield the files named by *paths*, each once: a named file as it is, a folder's files by name.

    *suffixes* are in lower case, with the dot. *exclude* holds globs relative to *exclude_root* (the current folder
    unless told). What a person names is taken, even if an ignore file or *exclude* would leave it out. Links in a
    folder come last, so that a file with two names goes by its own.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        try:
            status = os.stat(path)
        except (OSError, ValueError) as error:
            yield Found(path, error=reason_of(path, error))
            continue
        kind = special_kind(status.st_mode)
        if stat.S_ISDIR(status.st_mode):
            left_out = _Excluded(path, exclude, exclude_root)
            yield from _Walk(path, left_out, suffixes, seen).run()
        elif kind:
            yield Found(path, error=f"{kind}, not a file; name a file")
        elif _is_new(status, seen):
            yield Found(path)


def _is_new(status: os.stat_result, seen: set[tuple[int, int]]) -> bool:
    identity = (status.st_dev, status.st_ino)
    is_new = identity not in seen
    seen.add(identity)
    return is_new


class _Excluded:
    """The globs that leave out files of the folder *root*; one that names *root* itself does not count."""

    def __init__(self, root: str, globs: Sequence[str], globs_root: str) -> None:
        self._root = os.path.abspath(root)
        self._globs_root = globs_root
        place = path_from(globs_root, root)
        self._globs = tuple(glob for glob in globs if not matches_glob(glob, place))

    def holds(self, inside: str) -> bool:
        """Return whether the path *inside* the folder is left out."""
        if not self._globs:
            return False
        place = path_from(self._globs_root, os.path.join(self._root, inside))
        return any(matches_glob(glob, place) for glob in self._globs)


class _Place(NamedTuple):
    """A file or folder yet to be looked at: its path as shown, its path inside the walked root, and what is ignored."""

    shown: str
    inside: str
    is_folder: bool
    ignored: IgnoreRules


class _Walk:
    """One walk of one named folder, without recursion: a folder may be nested deeper than Python's stack."""

    def __init__(self, root: str, excluded: _Excluded, suffixes: frozenset[str], seen: set[tuple[int, int]]) -> None:
        self._root = root
        self._real = os.path.realpath(root)
        self._excluded = excluded
        self._suffixes = suffixes
        self._seen = seen
        self._links: list[_Place] = []
        self._ignored, self._ignore_faults = read_parent_rules(self._real)

    def run(self) -> Iterator[Found]:
        for path, fault in self._ignore_faults:
            yield Found(path, error=fault)
        pending = [_Place("" if self._root in {".", "./"} else self._root, "", is_folder=True, ignored=self._ignored)]
        while pending:
            place = pending.pop()
            if not place.is_folder:
                yield from self._file(place)
                continue
            inner, faults = self._open(place)
            yield from faults
            pending.extend(reversed(inner))
        for place in self._links:
            yield from self._link(place)

    def _open(self, place: _Place) -> tuple[list[_Place], list[Found]]:
        folder = place.shown or "."
        try:
            if not _is_new(os.stat(folder), self._seen):
                return [], []
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            return [], [Found(folder, error=reason_of(folder, error))]
        ignored, faults = place.ignored.entered(place.shown, place.inside, {entry.name for entry in entries})
        found: list[_Place] = []
        for entry in entries:
            inner = _Place(
                os.path.join(place.shown, entry.name),
                f"{place.inside}/{entry.name}" if place.inside else entry.name,
                entry.is_dir(follow_symlinks=False),
                ignored,
            )
            if self._is_wanted(entry, inner):
                (self._links if entry.is_symlink() else found).append(inner)
        return found, [Found(path, error=fault) for path, fault in faults]

    def _is_wanted(self, entry: os.DirEntry[str], place: _Place) -> bool:
        if entry.name.startswith(".#"):  # an Emacs lock: a dangling link by design
            return False
        if place.is_folder and entry.name in _NEVER_WALKED:
            return False
        if not (place.is_folder or entry.is_symlink() or self._is_known(place)) or self._excluded.holds(place.inside):
            return False
        return not place.ignored.ignores(place.inside, is_folder=place.is_folder)

    def _is_known(self, place: _Place) -> bool:
        return os.path.splitext(place.shown)[1].lower() in self._suffixes

    def _file(self, place: _Place) -> Iterator[Found]:
        try:
            status = os.lstat(place.shown)
        except OSError as error:
            yield Found(place.shown, error=reason_of(place.shown, error))
            return
        if kind := special_kind(status.st_mode):
            yield Found(place.shown, skipped=f"{kind}, not a file")
        elif _is_new(status, self._seen):
            yield Found(place.shown)

    def _link(self, place: _Place) -> Iterator[Found]:
        try:
            status = os.stat(place.shown)
        except OSError as error:
            if self._is_known(place):
                yield Found(place.shown, error=reason_of(place.shown, error))
            return
        if stat.S_ISDIR(status.st_mode):
            yield Found(place.shown, skipped="a link to a folder; name it to check what is in it")
        elif not self._is_known(place):
            return
        elif kind := special_kind(status.st_mode):
            yield Found(place.shown, skipped=f"a link to {kind}, not to a file")
        elif not os.path.realpath(place.shown).startswith(self._real.rstrip(os.sep) + os.sep):
            yield Found(place.shown, skipped="a link that leads out of the folder; name it to check it")
        elif _is_new(status, self._seen):
            yield Found(place.shown)
