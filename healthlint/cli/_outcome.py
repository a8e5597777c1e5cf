"""What every command shares: errors as one line each, exit codes, and output that survives a closed pipe."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn

import click

from healthlint.errors import HealthlintError
from healthlint.terminal import clean, near

if TYPE_CHECKING:
    from collections.abc import Callable

COULD_NOT_CHECK = 2
INTERRUPTED = 130
_FULL = frozenset({errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EDQUOT, errno.EBADF})


class OutputError(HealthlintError):
    """Raised when what was found cannot be written where it was asked for."""


class ClosedPipeError(Exception):
    """Raised when nobody reads our output any more, as after ``| head -1``."""


def run_main(main: Callable[..., Any], *args: Any, **kwargs: Any) -> NoReturn:
    """Run click's *main* and exit; whatever stops it is shown as lines on standard error, never as a traceback."""
    _accept_any_text()
    try:
        code = main(*args, **{**kwargs, "standalone_mode": False})
        _flush()
    except click.ClickException as error:
        if error.__class__.__name__ == "NoArgsIsHelpError":  # click 8.2 and later
            error.show()
            _exit(COULD_NOT_CHECK)
        _fail(_usage(error))
    except (click.Abort, KeyboardInterrupt) as error:
        if error.__cause__ is None:  # else click has ended the line with the ^C
            click.echo(err=True)
        warn("interrupted")
        _exit(INTERRUPTED)
    except (BrokenPipeError, ClosedPipeError):
        _exit(COULD_NOT_CHECK)
    except HealthlintError as error:
        _fail(str(error))
    except OSError as error:
        _fail(_refused(error))
    except Exception as error:  # noqa: BLE001  a mistake of ours: one line that says where, and never a text
        _fail(_crash(error))
    _exit(code if isinstance(code, int) else 0)


def warn(message: str) -> None:
    """Show each line of *message* on standard error, paths below the current folder as a person writes them."""
    for line in near(message).split("\n"):
        click.echo(f"healthlint: {clean(line)}", err=True)


def split(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of options that may be given more than once and hold several, parted by commas."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def count(number: int, noun: str, ending: str = "s") -> str:
    """Return *number* and *noun*, in the plural unless it is one.

    >>> count(1, "rule"), count(1200, "rule")
    ('1 rule', '1,200 rules')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}{ending}"


def _fail(message: str) -> NoReturn:
    warn(message)
    _exit(COULD_NOT_CHECK)


def _exit(code: int) -> NoReturn:
    """Exit with *code*, and let no output that is still held back turn it into another."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    sys.exit(code)


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _accept_any_text() -> None:
    """Let standard output take what its encoding cannot say, as an escape."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")


def _usage(error: click.ClickException) -> str:
    said = _unknown_option(error) if isinstance(error, click.NoSuchOption) else error.format_message()
    context = getattr(error, "ctx", None)
    message = f"{said[:1].lower()}{said[1:].rstrip('.')}"
    return f"{message}; see '{context.command_path} --help'" if context else message


def _unknown_option(error: click.NoSuchOption) -> str:
    from difflib import get_close_matches

    close = get_close_matches(error.option_name, error.possibilities or (), 1)
    return f"no such option '{error.option_name}'" + (f"; did you mean '{close[0]}'?" if close else "")


def _refused(error: OSError) -> str:
    try:
        os.getcwd()
    except OSError:
        return "the current folder was removed; go to one that exists"
    if error.filename is None and error.errno in _FULL:
        return f"standard output: {error.strerror}; write where there is room"
    return _crash(error)


def _crash(error: Exception) -> str:
    """Return what went wrong and where in our code; not what the error says, for that may quote a text."""
    if os.environ.get("HEALTHLINT_DEBUG"):
        raise error
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""
    return f"a mistake in healthlint ({type(error).__name__}{place}); report it; HEALTHLINT_DEBUG=1 shows more"
