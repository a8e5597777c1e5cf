"""The ``healthlint`` command. ``--version`` is answered before anything is loaded."""

from __future__ import annotations

import os
import sys

from healthlint._version import __version__

INTERRUPTED = 130


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"healthlint {__version__}")  # noqa: T201  the one line that is asked for
        return
    try:
        from healthlint.cli import cli

        cli(prog_name="healthlint")
    except KeyboardInterrupt:  # while the command was still being loaded
        sys.exit(INTERRUPTED)


def _forget_current_folder() -> None:
    """Take the current folder off the import path, where ``python -m`` puts it: a page's neighbour may be yaml.py."""
    try:
        here = os.getcwd()
    except OSError:  # it was removed
        here = ""
    if not getattr(sys.flags, "safe_path", False) and sys.path and sys.path[0] in {"", here}:
        del sys.path[0]


if __name__ == "__main__":
    _forget_current_folder()
    main()
