"""``healthlint explain``: what a rule flags, why it matters, and what to do."""

from __future__ import annotations

import os
import sys
import textwrap
from typing import TYPE_CHECKING

import click

from healthlint.cli._completing import complete_rule
from healthlint.cli._manual import Manual
from healthlint.library import builtin_folder
from healthlint.quality import read_quality
from healthlint.reference import describe
from healthlint.session import Session
from healthlint.terminal import clean, paint, wants_color

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthlint.reference import Entry, Option

_WIDTH = 96


@click.command("explain", cls=Manual, short_help="Explain a rule.")
@click.argument("rule_id", metavar="RULE", shell_complete=complete_rule)
@click.option("--rules", "rule_paths", multiple=True, metavar="FOLDER", help="Look in FOLDER as well.")
def command(rule_id: str, rule_paths: tuple[str, ...]) -> None:
    """Explain RULE: what it flags, why, examples, what it leaves alone, how often it is right, and its sources.

    \b
    Example:
      healthlint explain evidence/unsourced-statistic
    """
    changes = {"rule_paths": tuple(map(os.path.abspath, rule_paths))} if rule_paths else {}
    session = Session(changes=changes)
    config = session.base_config(os.getcwd())
    library = session.library(config)
    quality = read_quality((builtin_folder(), *config.rule_paths))
    (entry,) = describe([library.rule(rule_id)], library, quality)
    color = sys.stdout is not None and wants_color(sys.stdout, os.environ)
    for line in explanation(entry, color=color):
        click.echo(line, color=color)


def explanation(entry: Entry, *, color: bool) -> Iterator[str]:
    """Yield the lines that explain a rule."""
    yield paint(entry.id, "bold", color)
    yield entry.summary
    yield ""
    state = "stable" if entry.is_stable else "preview: runs only with --preview"
    yield f"{entry.severities} · concern: {entry.concern} · {state}"
    if entry.needs_languagetool:
        yield "runs only with --grammar, or with a table [grammar] in healthlint.toml"
    if entry.locales:
        yield f"only for pages in {' and '.join(entry.locales)}"
    yield from _paragraph("Still to be looked up", entry.unverified, color=color)
    yield from _paragraph("Why it matters", entry.why, color=color)
    yield from _paragraph("What it says", entry.says, color=color)
    yield from _paragraph("What to do", entry.advice, color=color)
    yield from _bullets("Flagged", entry.flagged, color=color)
    yield from _bullets("Left alone", entry.left_alone, color=color)
    if entry.options:
        yield from ("", paint("Settings", "bold", color), f'  in healthlint.toml, under [rules."{entry.id}"]')
        yield from map(_option, entry.options)
    for name in entry.lists:
        yield f"  in healthlint.toml, [vocabulary.{name}] adds and removes words"
    if entry.facts:
        yield from _bullets("What it knows", entry.facts, color=color)
    yield from _paragraph("How often it is right", str(entry.quality), color=color)
    sources = ((each.title, each.publisher, each.year, each.url) for each in entry.references)
    yield from _bullets("Sources", (", ".join(filter(None, parts)) for parts in sources), color=color)


def _option(option: Option) -> str:
    elsewhere = "".join(f"; {value:g} in {name}" for name, value in option.elsewhere.items())
    return f"    {option.key} = {option.value:g}{elsewhere}"


def _paragraph(title: str, text: str, *, color: bool) -> Iterator[str]:
    if text:
        yield from ("", paint(title, "bold", color))
        yield from textwrap.wrap(clean(" ".join(text.split())), _WIDTH, initial_indent="  ", subsequent_indent="  ")


def _bullets(title: str, texts: Iterable[str], *, color: bool) -> Iterator[str]:
    yield from ("", paint(title, "bold", color))
    for text in texts:
        yield from textwrap.wrap(
            clean(text), _WIDTH, initial_indent="  - ", subsequent_indent="    ", break_long_words=False,
            break_on_hyphens=False,
        )  # fmt: skip
