"""``healthlint test``: run the examples that every rule carries."""

from __future__ import annotations

import os

import click

from healthlint.cli._outcome import COULD_NOT_CHECK
from healthlint.library import builtin_folder, load_library
from healthlint.ruletest import run_examples
from healthlint.terminal import clean


@click.command("test", short_help="Run the examples of rules.")
@click.argument("folder", required=False)
@click.option("--select", multiple=True, metavar="RULES", help="Only these rules or packs.")
@click.pass_context
def command(ctx: click.Context, folder: str | None, select: tuple[str, ...]) -> None:
    """Run the examples of every rule in FOLDER, or of the built-in rules.

    An example that is not reported at its marked words is "missing", one that is reported elsewhere "noisy". Exit code
    0: all pass. 1: an example fails. 2: a rule file was refused.

    \b
    Examples:
      healthlint test
      healthlint test house-rules/
    """
    from healthlint.cli._outcome import split
    from healthlint.rulebook import selects

    own = os.path.abspath(folder) if folder else builtin_folder()
    library = load_library((own,) if folder else ())
    wanted = split(select)
    rules = [
        rule
        for rule in library.rules
        if os.path.abspath(rule.path).startswith(os.path.join(own, ""))
        and (not wanted or any(selects(selector, rule) for selector in wanted))
    ]
    if not rules:
        click.echo(f"healthlint: {clean(own)}: no rules to test; a rule is <pack>/<rule>.yaml", err=True)
        ctx.exit(COULD_NOT_CHECK)
    failures = [failure for rule in rules for failure in run_examples(rule, library)]
    for failure in failures:
        click.echo(f"{clean(failure.path)}: {failure.rule}: example {failure.number}: {clean(failure.message)}")
    examples = sum(len(rule.text.examples) for rule in rules)
    verdict = f"{len(failures)} failures" if failures else "all pass"
    click.echo(f"{len(rules)} rules, {examples} examples: {verdict}.")
    ctx.exit(1 if failures else 0)
