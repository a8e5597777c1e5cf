"""The ``healthlint`` command. ``--version`` is answered before anything is loaded."""

from __future__ import annotations

import sys

from healthlint._version import __version__


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"healthlint {__version__}")  # noqa: T201  the one line that is asked for
        return
    from healthlint.cli import cli

    cli(prog_name="healthlint")


if __name__ == "__main__":
    main()
