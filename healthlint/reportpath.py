"""Paths as review tools want them: from the root of the repository, with slashes, or as URIs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Where the runners of GitHub and GitLab put the repository.
_ROOT_VARIABLES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def find_root(folder: str, environ: Mapping[str, str]) -> str:
    """Return the repository that holds *folder*, as a CI runner names it, else *folder* itself."""
    for name in _ROOT_VARIABLES:
        root = environ.get(name, "")
        if root and _inside(os.path.realpath(folder), os.path.realpath(root)):
            return root
    return folder


def repository_path(path: str, root: str = "") -> str:
    """Return *path* relative to *root* (the current folder, for ""), or absolute where it lies outside.

    A text without a file (``<stdin>``) keeps its name.
    """
    if path.startswith("<") and path.endswith(">"):
        return path
    absolute, folder = os.path.abspath(path), os.path.abspath(root)
    inside = _inside(absolute, folder) or _inside(os.path.realpath(absolute), os.path.realpath(folder))
    return (inside or absolute).replace(os.sep, "/")


def uri_reference(path: str) -> str:
    """Return what ``repository_path`` gave as a URI: relative where it is, else with ``file:``.

    >>> uri_reference("a b/100%.md"), uri_reference("/tmp/é.md")
    ('a%20b/100%25.md', 'file:///tmp/%C3%A9.md')
    """
    from urllib.parse import quote  # not needed by most runs

    encoded = quote(os.fsencode(path))
    if os.path.isabs(path):
        return f"file://{encoded}" if encoded.startswith("/") else f"file:///{encoded}"
    return encoded


def _inside(path: str, folder: str) -> str:
    """Return *path* as seen from *folder*, or "" where it is not in it; both are absolute."""
    if path == folder:
        return "."
    start = os.path.join(folder, "")
    return path[len(start) :] if path.startswith(start) else ""
