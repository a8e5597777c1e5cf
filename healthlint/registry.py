"""Parts that are found by their file name: checks, conditions, readers, reporters."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

_ROOT = os.path.dirname(os.path.abspath(__file__))


@cache
def part_names(folder: str) -> tuple[str, ...]:
    """Return the names of all parts in *folder* (``checks``, ``readers``, …), sorted."""
    files = os.listdir(os.path.join(_ROOT, folder))
    return tuple(sorted(name[:-3] for name in files if name.endswith(".py") and not name.startswith("_")))


def load_part(folder: str, name: str) -> ModuleType:
    """Import the part *name* of *folder*; raise KeyError when there is no such file."""
    if name not in part_names(folder):
        raise KeyError(name)
    return import_module(f"healthlint.{folder}.{name}")
