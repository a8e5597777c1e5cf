"""``healthlint baseline``: accept what is there, so that only what is new is reported."""

from __future__ import annotations

import os

import click

from healthlint.baseline import write_baseline
from healthlint.cli._outcome import COULD_NOT_CHECK, count
from healthlint.cli._run import Options, Run
from healthlint.session import Session
from healthlint.summary import error_line
from healthlint.terminal import clean


@click.command("baseline", short_help="Accept what is there; report only what is new.")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option(
    "--output", default="healthlint-baseline.json", show_default=True, metavar="FILE", help="The file to write."
)
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], output: str) -> None:
    """Write the findings of today to FILE. With --baseline FILE, or 'baseline' in the settings, they are not reported.

    \b
    Example:
      healthlint baseline content/ && healthlint check --baseline healthlint-baseline.json content/
    """
    session = Session()
    base = session.base_config(os.getcwd())
    run = Run(session, paths or (".",), Options(exclude=base.exclude, exclude_root=base.folder))
    results = list(run.results())
    unread = [result for result in results if result.errors]
    for result in unread:
        for error in result.errors:
            click.echo(error_line(result.path, error, color=False), err=True)
    known = write_baseline(output, results)
    files = count(len(results) - len(unread), "file")
    verb = "is" if known == 1 else "are"
    click.echo(f"Wrote {clean(output)}: {count(known, 'finding')} in {files} {verb} accepted.")
    ctx.exit(COULD_NOT_CHECK if unread or run.lacks_grammar else 0)
