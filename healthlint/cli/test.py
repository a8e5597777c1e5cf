"""``healthlint test``: run the examples that every rule carries."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from healthlint.cli._manual import Manual
from healthlint.cli._outcome import count, split, warn
from healthlint.errors import ConfigError, LanguageToolError
from healthlint.library import builtin_folder, load_library
from healthlint.rulebook import check_selector, selects
from healthlint.ruletest import needs_languagetool, run_examples
from healthlint.session import Session
from healthlint.terminal import clean

if TYPE_CHECKING:
    from healthlint.proofreading import Proofreader


@click.command("test", cls=Manual, short_help="Run the examples of rules.")
@click.argument("folder", required=False)
@click.option("--select", multiple=True, metavar="RULES", help="Only these rules or packs.")
@click.pass_context
def command(ctx: click.Context, folder: str | None, select: tuple[str, ...]) -> None:
    """Run the examples of every rule in FOLDER, or of the built-in rules.

    Those of the pack grammar are skipped where there is no LanguageTool to ask.

    An example that is not reported at its marked words is "missing", one that is reported elsewhere "noisy". Exit code
    0: all pass. 1: an example fails. 2: a rule file was refused.

    \b
    Examples:
      healthlint test
      healthlint test house-rules/
    """
    own = os.path.abspath(folder) if folder else builtin_folder()
    library = load_library((own,) if folder else ())
    wanted = split(select)
    for selector in wanted:
        check_selector(library, selector)
    rules = [
        rule
        for rule in library.rules
        if os.path.abspath(rule.path).startswith(os.path.join(own, ""))
        and (not wanted or any(selects(selector, rule) for selector in wanted))
    ]
    if not rules:
        raise ConfigError(f"{own}: no rules to test; a rule is <pack>/<rule>.yaml")
    proofreader = _proofreader() if any(map(needs_languagetool, rules)) else None
    tried = [rule for rule in rules if proofreader or not needs_languagetool(rule)]
    failures = [failure for rule in tried for failure in run_examples(rule, library, proofreader)]
    for failure in failures:
        place = os.path.relpath(failure.path) if folder else failure.path
        click.echo(f"{clean(place)}: {failure.rule}: example {failure.number}: {clean(failure.message)}")
    examples = sum(len(rule.text.examples) for rule in tried)
    verdict = count(len(failures), "failure") if failures else "all pass"
    if tried:
        click.echo(f"{count(len(tried), 'rule')}, {count(examples, 'example')}: {verdict}.")
    if len(tried) < len(rules):
        click.echo(
            f"{count(len(rules) - len(tried), 'rule')} skipped, needs LanguageTool; docs/grammar.md says how to get it."
        )
    ctx.exit(1 if failures else 0)


def _proofreader() -> Proofreader | None:
    """Return what asks LanguageTool, where there is one on this machine or the settings of this folder name one."""
    from healthlint.proofreading import Proofreader

    proofreader = Proofreader(Session().base_config(os.getcwd()).grammar)
    if proofreader.announcement:
        warn(proofreader.announcement)
    try:
        proofreader.open()
    except LanguageToolError:
        return None
    return proofreader
