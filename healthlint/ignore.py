"""Ignore files: which paths ``.gitignore`` and ``.healthlintignore`` leave out."""

from __future__ import annotations

import os
import re
import warnings
from typing import TYPE_CHECKING, NamedTuple

from healthlint.errors import ReadError
from healthlint.regular_file import read_bytes

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_NAMES = (".gitignore", ".healthlintignore")
_LINE_END = re.compile(r"\r\n|\r|\n")
_LIMIT = 1_000_000

Fault = tuple[str, str]


class _Layer(NamedTuple):
    """The patterns of one folder. The walked root lies at *prefix* below it, or it at depth *skip* inside the root."""

    spec: GitIgnoreSpec
    prefix: str
    skip: int


class IgnoreRules(NamedTuple):
    """The patterns that hold in a folder, the nearest ignore file first."""

    layers: tuple[_Layer, ...] = ()

    def ignores(self, inside: str, *, is_folder: bool) -> bool:
        """Return whether the path *inside* the walked root is left out; the nearest file that speaks of it decides."""
        for layer in self.layers:
            path = layer.prefix + inside[layer.skip :] + ("/" if is_folder else "")
            said = layer.spec.check_file(_clean(path)).include
            if said is not None:
                return said
        return False

    def entered(self, folder: str, inside: str, names: set[str]) -> tuple[IgnoreRules, list[Fault]]:
        """Return the rules that hold in *folder*, at *inside* in the walked root, and the ignore files not readable."""
        spec, faults = _read_folder(folder, names)
        if spec is None:
            return self, faults
        return IgnoreRules((_Layer(spec, "", len(inside) + 1 if inside else 0), *self.layers)), faults


def read_parent_rules(root: str) -> tuple[IgnoreRules, list[Fault]]:
    """Return what the folders above *root*, up to that with ``.git``, say; nothing if they ignore *root* itself.

    *root* is a real path. Someone who names an ignored folder wants it checked.
    """
    layers: list[_Layer] = []
    faults: list[Fault] = []
    folder, prefix = root, ""
    while not os.path.lexists(os.path.join(folder, ".git")):
        parent, name = os.path.split(folder)
        if parent == folder:
            return IgnoreRules(), []
        folder, prefix = parent, f"{name}/{prefix}"
        spec, unread = _read_folder(folder, {name for name in _NAMES if os.path.lexists(os.path.join(folder, name))})
        faults += unread
        if spec is not None:
            layers.append(_Layer(spec, prefix, 0))
    rules = IgnoreRules(tuple(layers))
    return (IgnoreRules() if rules.ignores("", is_folder=False) else rules), faults


def _read_folder(folder: str, names: set[str]) -> tuple[GitIgnoreSpec | None, list[Fault]]:
    lines: list[str] = []
    faults: list[Fault] = []
    for name in _NAMES:
        if name not in names:
            continue
        path = os.path.join(folder, name)
        try:
            text = read_bytes(path, limit=_LIMIT).decode("utf-8-sig", errors="replace")
        except ReadError as error:
            faults.append((path, str(error)))
        else:
            lines += [line for line in _LINE_END.split(text) if line.strip() and not line.startswith("#")]
    return (_compile(lines) if lines else None), faults


def _compile(lines: list[str]) -> GitIgnoreSpec | None:
    """Return the patterns of *lines*; git passes over a line that is no pattern, and so do we."""
    spec = _spec(lines)
    return _spec([line for line in lines if _spec([line]) is not None]) if spec is None else spec


def _spec(lines: list[str]) -> GitIgnoreSpec | None:
    import re2
    from pathspec import GitIgnoreSpec

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        try:
            return GitIgnoreSpec.from_lines(lines, backend="re2")  # the other backends backtrack
        except (ValueError, re.error, re2.error):
            return None


def _clean(path: str) -> str:
    """Return *path* without the lone surrogates that stand for bytes which are not UTF-8: RE2 refuses them."""
    return path if path.isascii() else path.encode("utf-8", "replace").decode("utf-8")
