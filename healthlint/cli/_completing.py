"""What a shell offers when a person presses tab: rules, packs, profiles and files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

from healthlint.errors import HealthlintError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click

    from healthlint.library import Library


def complete_paths(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leave files and folders to the shell."""
    return [CompletionItem(incomplete, type="file")]


def complete_rule(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer each rule, with what it finds."""
    library = _library()
    rules = library.rules if library else ()
    return [CompletionItem(each.id, help=each.text.summary) for each in rules if each.id.startswith(incomplete)]


def complete_rules(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer packs and rules for the last of several that commas part."""
    before, comma, last = incomplete.rpartition(",")
    library = _library()
    ids = [each.id for each in library.rules] if library else []
    packs = {each.partition("/")[0] for each in ids}
    return _items((f"{before}{comma}{each}" for each in (*sorted(packs), *ids)), f"{before}{comma}{last}")


def complete_profiles(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the profiles, with who each is for."""
    library = _library()
    profiles = sorted(library.profiles.items()) if library else []
    return [CompletionItem(name, help=each.summary) for name, each in profiles if name.startswith(incomplete)]


def _items(values: Iterable[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(each) for each in values if each.startswith(incomplete)]


def _library() -> Library | None:
    """Return the rules of the current folder; None where they cannot be used, for nobody reads an error here."""
    from healthlint.session import Session

    session = Session()
    try:
        return session.library(session.base_config(os.getcwd()))
    except HealthlintError:
        return None
