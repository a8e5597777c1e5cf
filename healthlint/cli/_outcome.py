"""What every command shares: errors as one line each, exit codes, and output that survives a closed pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import click

from healthlint.errors import HealthlintError
from healthlint.terminal import clean

COULD_NOT_CHECK = 2


def run_main(main: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Run click's *main*; a HealthlintError is shown as its lines on standard error, with exit code 2."""
    try:
        return main(*args, **kwargs)
    except HealthlintError as error:
        fail(error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(COULD_NOT_CHECK)


def fail(error: HealthlintError) -> NoReturn:
    """Show *error* and exit with 2."""
    for line in str(error).split("\n"):
        click.echo(f"healthlint: {clean(line)}", err=True)
    sys.exit(COULD_NOT_CHECK)


def split(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of options that may be given more than once and hold several, parted by commas."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())
