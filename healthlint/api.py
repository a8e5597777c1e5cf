"""healthlint from Python: the same path as the command takes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from healthlint import readers
from healthlint.config import Config, load_config
from healthlint.errors import RuleCrashError
from healthlint.files import read_bytes
from healthlint.linter import lint as lint_document
from healthlint.session import Session

if TYPE_CHECKING:
    from healthlint.diagnostic import Diagnostic, Result

Configuration = Config | str | os.PathLike[str] | None


def lint(
    text: str,
    *,
    format: str = "markdown",
    name: str = "<text>",
    config: Configuration = None,
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics for *text*, sorted by place.

    *format* is ``markdown``, ``html`` or ``text``; *config* a Config or the path of a configuration file, else the
    defaults (no file is searched for). Offsets count characters of *text*. Raises ConfigError, RulebookError or
    ReadError when something given cannot be used, and RuleCrashError when a rule failed, so that silence always means
    "checked, nothing found".

    >>> [diagnostic.excerpt for diagnostic in lint("Take 1.0 mg at night.", format="text")]
    ['1.0 mg']
    """
    session = Session(_config(config) or Config())
    document = readers.parse(name, text, format)
    result = lint_document(document, session.rulebook(session.config(name)))
    if result.errors:
        raise RuleCrashError(f"{name}: {'; '.join(result.errors)}")
    return result.diagnostics


def lint_file(path: str | os.PathLike[str], *, config: Configuration = None) -> Result:
    """Return the result for a file, read as its name says, with the nearest configuration unless *config* is given.

    A file that cannot be read, one whose nearest configuration or rules cannot be used, or a rule that failed, is in
    ``errors`` of the result. Raises ConfigError when the *config* that was given cannot be used.
    """
    name = os.fspath(path)
    return Session(_config(config)).check_file(name, read_bytes)


def _config(config: Configuration) -> Config | None:
    if config is None or isinstance(config, Config):
        return config
    return load_config(os.fspath(config))
