"""The options by which a person chooses rules, and the session that they ask for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypeVar

import click

from healthlint.cli._completing import complete_profiles, complete_rules
from healthlint.cli._outcome import split
from healthlint.config import Config, load_config
from healthlint.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Command = TypeVar("_Command", bound="Callable[..., Any]")

_OPTIONS = (
    click.option(
        "--select",
        multiple=True,
        metavar="RULES",
        shell_complete=complete_rules,
        help="Run only these rules, packs or concerns: 'claims,statistic'.",
    ),
    click.option(
        "--extend-select",
        multiple=True,
        metavar="RULES",
        shell_complete=complete_rules,
        help="Run these as well as those selected.",
    ),
    click.option(
        "--ignore",
        multiple=True,
        metavar="RULES",
        shell_complete=complete_rules,
        help="Do not run these rules, packs or concerns.",
    ),
    click.option(
        "--profile",
        metavar="NAME",
        shell_complete=complete_profiles,
        help="Who reads it, such as patient-leaflet; 'healthlint profiles' lists them.",
    ),
    click.option(
        "--locale",
        type=click.Choice(["en-GB", "en-US"]),
        help="Which English; without it, what the page says of itself.",
    ),
    click.option("--preview", is_flag=True, help="Run rules that are not yet proven, too."),
    click.option(
        "--grammar/--no-grammar",
        "grammar",
        default=None,
        help="Ask LanguageTool about spelling and grammar too, on this machine; or do not, whatever the settings say.",
    ),
    click.option("--config", "config_path", metavar="FILE", help="Use this configuration for every file."),
    click.option("--no-config", is_flag=True, help="Use no configuration file."),
    click.option("--rules", "rule_paths", multiple=True, metavar="FOLDER", help="Use the rules in FOLDER as well."),
)


_LISTING_OPTIONS = (
    click.option("--preview", is_flag=True, help="Count preview rules as running."),
    click.option("--rules", "rule_paths", multiple=True, metavar="FOLDER", help="Look in FOLDER as well."),
    click.option(
        "--format",
        "format_",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How to print it.",
    ),
)


def choosing(command: _Command) -> _Command:
    """Add the options to a command that runs rules; it takes them by name."""
    return _with_options(command, _OPTIONS)


def listing(command: _Command) -> _Command:
    """Add the options to a command that lists what rules or profiles there are; it takes them by name."""
    return _with_options(command, _LISTING_OPTIONS)


def _with_options(command: _Command, options: Sequence[Callable[[_Command], _Command]]) -> _Command:
    for option in reversed(options):
        command = option(command)
    return command


def chosen_session(given: dict[str, Any]) -> Session:
    """Return the session for what was *given*; raise UsageError where options do not go together."""
    if given["no_config"] and given["config_path"]:
        raise click.UsageError("--config and --no-config exclude each other; drop one")
    return Session(_config(given), _changes(given))


def _config(given: dict[str, Any]) -> Config | None:
    if given["no_config"]:
        return Config()
    return load_config(given["config_path"]) if given["config_path"] else None


def _changes(given: dict[str, Any]) -> dict[str, Any]:
    lists = ("select", "extend_select", "ignore")
    changes: dict[str, Any] = {name: split(given[name]) for name in lists if given[name]}
    changes |= {name: given[name] for name in ("profile", "locale", "fail_on") if given.get(name)}
    changes |= {name: True for name in ("preview", "allow_safety_suppressions") if given.get(name)}
    if given["grammar"] is not None:
        changes["wants_grammar"] = given["grammar"]
    if given["rule_paths"]:
        changes["rule_paths"] = tuple(map(os.path.abspath, given["rule_paths"]))
    return changes
