"""``healthlint baseline``: accept what is there, so that only what is new is reported."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from healthlint.baseline import Comparison, accept, read_baseline, write_baseline
from healthlint.cli._completing import complete_paths
from healthlint.cli._manual import Manual
from healthlint.cli._outcome import COULD_NOT_CHECK, count
from healthlint.cli._run import Options, Run
from healthlint.session import Session
from healthlint.summary import danger_lines, error_line
from healthlint.terminal import clean, near

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.baseline import Baseline
    from healthlint.diagnostic import Result

_FILE = "healthlint-baseline.json"


@click.command("baseline", cls=Manual, short_help="Accept what is there; report only what is new.")
@click.argument("paths", nargs=-1, metavar="[PATHS]...", shell_complete=complete_paths)
@click.option(
    "--output", metavar="FILE", help=f"The file to write.  [default: 'baseline' in the settings, else {_FILE}]"
)
@click.option(
    "--prune", is_flag=True, help="Accept nothing new; drop from FILE what is fixed, and pages that are gone."
)
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], output: str | None, *, prune: bool) -> None:
    """Write the findings of today to FILE. With --baseline FILE, or 'baseline' in the settings, they are not reported.

    A finding is known by its rule and its sentence, so it stays known when other text changes, when it moves within its
    page, and when the page gets another name. It is new again when its own sentence changes. Errors about medicines and
    safety can be accepted too, but each run counts those that remain.

    \b
    Examples:
      healthlint baseline content/ && healthlint check --baseline healthlint-baseline.json content/
      healthlint baseline --prune content/
    """
    session = Session()
    base = session.base_config(os.getcwd())
    output = output or near(base.baseline or _FILE)
    known = read_baseline(output) if prune else None
    run = Run(session, paths or (".",), Options(exclude=base.exclude, exclude_root=base.folder))
    results = list(_told(run.results()))
    click.echo(_accept(output, results) if known is None else _prune(output, known, results))
    ctx.exit(COULD_NOT_CHECK if run.lacks_grammar or any(result.errors for result in results) else 0)


def _told(results: Iterator[Result]) -> Iterator[Result]:
    """Pass *results* on, and tell what could not be checked."""
    for result in results:
        for error in result.errors:
            click.echo(error_line(result.path, error, color=False), err=True)
        yield result


def _accept(output: str, results: Sequence[Result]) -> str:
    """Write what *results* hold; say how much it is, and how much of it a reader can come to harm by."""
    write_baseline(output, accept(output, results))
    accepted = [each for result in results for each in result.diagnostics if each.fingerprint]
    files = count(sum(not result.errors for result in results), "file")
    verb = "is" if len(accepted) == 1 else "are"
    said = f"Wrote {clean(output)}: {count(len(accepted), 'finding')} in {files} {verb} accepted."
    return "\n".join((said, *danger_lines(sum(each.is_danger for each in accepted))))


def _prune(output: str, known: Baseline, results: Sequence[Result]) -> str:
    """Drop what *results* no longer hold from *known*; say how much it is, and how much is left."""
    comparison = Comparison(known)
    for result in results:
        comparison.without_known(result)
    remaining = comparison.pruned()
    write_baseline(output, remaining)
    left = f"{remaining.size:,}" if remaining.size else "none"
    return f"Dropped {count(known.size - remaining.size, 'finding')} from {clean(output)}; {left} left."
