"""``healthlint rules``: which rules there are, and which run."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import click

from healthlint.cli._choice import listing
from healthlint.cli._completing import complete_profiles, complete_rules
from healthlint.cli._facts import stale_facts, unverified_facts
from healthlint.cli._manual import Manual
from healthlint.cli._outcome import count, split
from healthlint.rulebook import check_selector, selects
from healthlint.session import Session
from healthlint.terminal import clean

if TYPE_CHECKING:
    from healthlint.library import Library


@click.command("rules", cls=Manual, short_help="List the rules.")
@click.argument("selectors", nargs=-1, metavar="[RULES]...", shell_complete=complete_rules)
@click.option("--profile", metavar="NAME", shell_complete=complete_profiles, help="Show them as this profile has them.")
@listing
@click.option("--stale", is_flag=True, help="List instead the facts that were looked up more than a year ago.")
@click.option("--unverified", is_flag=True, help="List instead the facts that nobody has looked up yet.")
def command(  # noqa: PLR0913  one per option
    selectors: tuple[str, ...],
    profile: str | None,
    rule_paths: tuple[str, ...],
    format_: str,
    *,
    preview: bool,
    stale: bool,
    unverified: bool,
) -> None:
    """List the rules, or those of the packs and concerns given, with the severity they have here.

    \b
    Examples:
      healthlint rules
      healthlint rules medication safety --profile patient-leaflet
      healthlint rules statistic --format json
      healthlint rules --stale                    limits and helplines to look up again, with their sources
      healthlint rules --unverified               what a clinician has to sign off, row by row
    """
    if selectors and (stale or unverified):
        raise click.UsageError("--stale and --unverified list the facts of all rules; leave out the names")
    changes: dict[str, object] = {"profile": profile} if profile else {}
    changes |= {"preview": True} if preview else {}
    changes |= {"rule_paths": tuple(map(os.path.abspath, rule_paths))} if rule_paths else {}
    session = Session(changes=changes)
    config = session.base_config(os.getcwd())
    if stale or unverified:
        _print_facts(session.library(config), stale=stale, unverified=unverified, as_json=format_ == "json")
        return
    severities = {rule.id: rule.severity for rule in session.rulebook(config).rules}
    wanted = split(selectors)
    for selector in wanted:
        check_selector(session.library(config), selector)
    rules = [
        rule
        for rule in session.library(config).rules
        if not wanted or any(selects(selector, rule) for selector in wanted)
    ]
    if format_ == "json":
        records = [
            {
                "rule": rule.id, "concern": rule.text.concern, "severity": severities.get(rule.id, "off"),
                "status": rule.text.status, "summary": rule.text.summary,
            }
            for rule in rules
        ]  # fmt: skip
        click.echo(json.dumps(records, indent=2, ensure_ascii=False))
        return
    width = max((len(rule.id) for rule in rules), default=0)
    for rule in rules:
        state = severities.get(rule.id, "preview" if rule.text.status == "preview" else "off")
        click.echo(f"{rule.id:{width}}  {state:7}  {rule.text.summary}")
    running = sum(rule.id in severities for rule in rules)
    verb = "runs" if running == 1 else "run"
    click.echo(f"\n{count(len(rules), 'rule')}; {running:,} {verb} with profile '{config.profile}'.")


def _print_facts(library: Library, *, stale: bool, unverified: bool, as_json: bool) -> None:
    facts = [*(stale_facts(library) if stale else ()), *(unverified_facts(library) if unverified else ())]
    facts = sorted(set(facts), key=lambda fact: (fact.place, fact.line, fact.about))
    if as_json:
        click.echo(json.dumps([fact._asdict() for fact in facts], indent=2, ensure_ascii=False))
        return
    for fact in facts:
        click.echo(clean(fact.text))
    click.echo(f"\n{count(len(facts), 'fact')} to look up.")
