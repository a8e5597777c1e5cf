"""Globs of configuration files: matched segment by segment, in time linear in glob times path, whatever either says."""

from __future__ import annotations

import os
from contextlib import suppress
from fnmatch import fnmatchcase

_REFUSED = {
    "{": "braces are not understood; list the globs one by one",
    "}": "braces are not understood; list the globs one by one",
    "\\": "write '/' between folders",
}


def matches_glob(glob: str, path: str) -> bool:
    """Return whether *glob* names *path* or a folder above it; both use ``/``, *path* is relative to the glob's folder.

    ``**`` stands for any number of folders. A glob without a slash is looked for at any depth, as in ``.gitignore``.

    >>> matches_glob("leaflets/**/*.md", "leaflets/2024/flu.md"), matches_glob("drafts", "site/drafts/flu.md")
    (True, True)
    """
    return _match(_segments(glob), [part for part in path.split("/") if part not in {"", "."}])


def glob_fault(glob: str) -> str | None:
    """Return what is wrong with *glob* and what to do, or None when it can be used."""
    if glob.startswith("!"):
        return "a glob cannot start with '!'; name what to match"
    if ".." in glob.split("/"):
        return "'..' leads out of the folder; put the configuration higher up"
    faults = (fault for character, fault in _REFUSED.items() if character in glob)
    return next(faults, None if glob.strip("./") else "it names nothing; write a glob such as 'leaflets/**'")


def path_from(folder: str, path: str) -> str:
    """Return *path* relative to *folder* ("" is the current one), with ``/``; absolute if it lies on another drive."""
    target = os.path.abspath(path)
    with suppress(ValueError):
        target = os.path.relpath(target, os.path.abspath(folder))
    return target.replace(os.sep, "/")


def _segments(glob: str) -> list[str]:
    parts = [part for part in glob.split("/") if part not in {"", "."}]
    anywhere = "/" not in glob.rstrip("/")
    return [*(["**"] if anywhere else []), *parts, "**"]


def _match(glob: list[str], path: list[str]) -> bool:
    """Match greedily; going back to the last ``**`` alone is enough, so no path costs more than glob times path."""
    at = position = 0
    star, resume = -1, 0
    while position < len(path):
        if at < len(glob) and glob[at] == "**":
            star, resume = at, position
            at += 1
        elif at < len(glob) and fnmatchcase(path[position], glob[at]):
            at += 1
            position += 1
        elif star >= 0:
            resume += 1
            at, position = star + 1, resume
        else:
            return False
    return all(part == "**" for part in glob[at:])
