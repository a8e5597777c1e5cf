"""``healthlint explain``: what a rule flags, why it matters, and what to do."""

from __future__ import annotations

import os
import re
import sys
import textwrap
from typing import TYPE_CHECKING

import click

from healthlint.ruletest import demonstrate
from healthlint.session import Session
from healthlint.terminal import clean, paint, wants_color

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthlint.diagnostic import Diagnostic
    from healthlint.rule import Rule

_WIDTH = 96
_PLACEHOLDER = re.compile(r"\{[a-z][a-z0-9_-]*\}")


@click.command("explain", short_help="Explain a rule.")
@click.argument("rule_id", metavar="RULE")
@click.option("--rules", "rule_paths", multiple=True, metavar="FOLDER", help="Look in FOLDER as well.")
def command(rule_id: str, rule_paths: tuple[str, ...]) -> None:
    """Explain RULE: what it flags, why, examples, what it leaves alone, and the sources it rests on.

    \b
    Example:
      healthlint explain evidence/unsourced-statistic
    """
    changes = {"rule_paths": tuple(map(os.path.abspath, rule_paths))} if rule_paths else {}
    session = Session(changes=changes)
    library = session.library(session.base_config(os.getcwd()))
    rule = library.rule(rule_id)
    color = sys.stdout is not None and wants_color(sys.stdout, os.environ)
    for line in explanation(rule, demonstrate(rule, library), color=color):
        click.echo(line, color=color)


def explanation(rule: Rule, said: Diagnostic | None, *, color: bool) -> Iterator[str]:
    """Yield the lines that explain *rule*; *said* is what it says of its first example."""
    text = rule.text
    yield paint(rule.id, "bold", color)
    yield text.summary
    yield ""
    state = "stable" if text.status == "stable" else "preview: runs only with --preview"
    yield f"{rule.severity}{', in places one step milder' if text.milder else ''} · concern: {text.concern} · {state}"
    if text.locales:
        yield f"only for pages in {' and '.join(text.locales)}"
    if text.unverified:
        yield from _paragraph("Still to be looked up", text.unverified, color=color)
    yield from _paragraph("Why it matters", text.why, color=color)
    if said is not None:
        yield from _paragraph("What it says", said.message, color=color)
    yield from _paragraph("What to do", _filled(said.advice if said else text.advice), color=color)
    yield from _examples("Flagged", [each.flag for each in text.examples if each.flag], color=color)
    yield from _examples("Left alone", [each.passes for each in text.examples if each.passes], color=color)
    if rule.text.settings:
        yield from _settings(rule, color=color)
    yield ""
    yield paint("Sources", "bold", color)
    for reference in text.references:
        parts = [reference.title, reference.publisher, reference.year, reference.url]
        yield from _bullet(", ".join(part for part in parts if part))


def _filled(text: str) -> str:
    return _PLACEHOLDER.sub("…", text)


def _settings(rule: Rule, *, color: bool) -> Iterator[str]:
    numbers = {key: value for key, value in rule.text.settings.items() if isinstance(value, (int, float)) and value}
    changeable = {key: value for key, value in numbers.items() if not isinstance(value, bool)}
    if changeable:
        yield ""
        yield paint("Settings", "bold", color)
        yield f'  in healthlint.toml, under [rules."{rule.id}"]'
        for key, value in changeable.items():
            yield f"    {key.replace('_', '-')} = {value:g}"


def _paragraph(title: str, text: str, *, color: bool) -> Iterator[str]:
    yield ""
    yield paint(title, "bold", color)
    yield from textwrap.wrap(clean(" ".join(text.split())), _WIDTH, initial_indent="  ", subsequent_indent="  ")


def _examples(title: str, texts: list[str], *, color: bool) -> Iterator[str]:
    yield ""
    yield paint(title, "bold", color)
    for text in texts:
        yield from _bullet(text)


def _bullet(text: str) -> Iterator[str]:
    shown = clean(" ".join(text.split()))
    yield from textwrap.wrap(
        shown, _WIDTH, initial_indent="  - ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )
