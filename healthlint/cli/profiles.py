"""``healthlint profiles``: which profiles there are, and what differs between them."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from healthlint.cli._choice import listing
from healthlint.cli._completing import complete_profiles
from healthlint.cli._manual import Manual
from healthlint.cli._outcome import count
from healthlint.config import Config
from healthlint.rulebook import OFF, Choice, choose
from healthlint.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.library import Library
    from healthlint.rule import Rule

_DEFAULT = Config().profile


class Row(NamedTuple):
    """What each profile makes of one rule: its severity, or the value of one *setting* (None where it is off)."""

    rule: str
    setting: str
    values: tuple[Any, ...]


@click.command("profiles", cls=Manual, short_help="List the profiles, and show what differs between them.")
@click.argument("names", nargs=-1, metavar="[PROFILE]...", shell_complete=complete_profiles)
@listing
def command(names: tuple[str, ...], rule_paths: tuple[str, ...], format_: str, *, preview: bool) -> None:
    """Show what differs between profiles: one line for each rule that they do not treat alike.

    A profile is a file that says how severe each finding is for one kind of reader. Without a PROFILE the four for
    different readers are compared; one alone is compared with the default. Choose yours with 'profile = "marketing"' in
    healthlint.toml, or with --profile.

    \b
    Examples:
      healthlint profiles                                   list them, and compare those for different readers
      healthlint profiles public-web patient-leaflet        what changes when a web page becomes a leaflet?
      healthlint profiles marketing-us marketing-uk marketing-eu
                                                            what does the law of each place change?
    """
    changes = {"rule_paths": tuple(map(os.path.abspath, rule_paths))} if rule_paths else {}
    session = Session(changes=changes)
    library = session.library(session.base_config(os.getcwd()))
    compared = _compared(library, names)
    rows = tuple(_rows(library, compared, preview=preview))
    if format_ == "json":
        click.echo(json.dumps(_record(library, compared, rows), indent=2, ensure_ascii=False))
        return
    for line in (
        *_profile_lines(library, compared if names else sorted(library.profiles)),
        "",
        *_table(compared, rows),
    ):
        click.echo(line)
    rules = len({row.rule for row in rows})
    click.echo(f"\n{count(rules, 'rule')} of {len(library.rules):,} {'differs' if rules == 1 else 'differ'}.")


def _compared(library: Library, names: Sequence[str]) -> tuple[str, ...]:
    """Return the profiles to compare, each once: those named, or those that extend no other, the default first."""
    if len(names) == 1:
        names = (_DEFAULT, *names)
    if not names:
        names = sorted(name for name, profile in library.profiles.items() if not profile.extends)
        names = [_DEFAULT, *names]
    return tuple(dict.fromkeys(names))


def _rows(library: Library, names: Sequence[str], *, preview: bool) -> Iterator[Row]:
    """Yield what differs, by rule: first its severity, then its settings."""
    books = [choose(library, Choice(profile=name, preview=preview)) for name in names]
    by_profile = [{rule.id: rule for rule in book.rules} for book in books]
    for rule in library.rules:
        variants = [rules.get(rule.id) for rules in by_profile]
        rows = [Row(rule.id, "", tuple(each.severity if each else OFF for each in variants))]
        for key in _changed_keys(library, names, rule):
            field = key.replace("-", "_")
            rows.append(Row(rule.id, key, tuple(getattr(each.check, field) if each else None for each in variants)))
        yield from (row for row in rows if len(set(row.values) - {None}) > 1)


def _changed_keys(library: Library, names: Sequence[str], rule: Rule) -> tuple[str, ...]:
    """Return the settings of *rule* that one of the profiles changes."""
    changes = (
        library.profiles[name].settings.get(each, {}) for name in names for each in (rule.id, *rule.text.formerly)
    )
    return tuple(dict.fromkeys(key for keys in changes for key in keys))


def _record(library: Library, names: Sequence[str], rows: Sequence[Row]) -> dict[str, Any]:
    profiles = [
        {"name": name, "summary": library.profiles[name].summary, "extends": library.profiles[name].extends or None}
        for name in names
    ]
    rules: dict[str, dict[str, Any]] = {}
    for row in rows:
        record = rules.setdefault(row.rule, {"rule": row.rule, "severity": None, "settings": {}})
        values = dict(zip(names, row.values, strict=True))
        if row.setting:
            record["settings"][row.setting] = values
        else:
            record["severity"] = values
    return {"version": 1, "profiles": profiles, "rules": list(rules.values())}


def _profile_lines(library: Library, names: Sequence[str]) -> Iterator[str]:
    width = max(map(len, names))
    for name in names:
        profile = library.profiles[name]
        base = f" (extends {profile.extends})" if profile.extends else ""
        yield f"{name:{width}}  {profile.summary}{base}"


def _table(names: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    """Yield a heading and one line per row, in columns; a setting stands below its rule."""
    if not rows:
        yield "There is no difference."
        return
    lines = [("rule", *names), *((_label(row), *map(_cell, row.values)) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        yield "  ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True)).rstrip()


def _label(row: Row) -> str:
    return f"{row.rule}: {row.setting}" if row.setting else row.rule


def _cell(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)
