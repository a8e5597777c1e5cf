"""LanguageTool at the start of a run: reached or started once, and said aloud where texts leave this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from healthlint.cli._outcome import warn
from healthlint.errors import LanguageToolError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from healthlint.session import Session


def announce(session: Session, paths: Sequence[str]) -> None:
    """Say where the text of *paths* is sent, if that is not this machine."""
    announcements = (each.announcement for each in session.proofreaders(paths))
    for announcement in dict.fromkeys(filter(None, announcements)):
        warn(announcement)


def with_languagetool(session: Session, paths: Sequence[str]) -> tuple[Session, bool]:
    """Return what checks *paths*, with LanguageTool ready where they need it, and whether that failed.

    Where it failed, one line says why, and the session returned does all but grammar.
    """
    announce(session, paths)
    try:
        for each in session.proofreaders(paths):
            each.open()
    except LanguageToolError as error:
        warn(f"{error}; grammar is not checked in this run")
        return session.without_grammar(), True
    return session, False
