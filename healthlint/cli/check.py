"""``healthlint check``: check files and folders."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import click

from healthlint.cli._outcome import COULD_NOT_CHECK, split
from healthlint.cli._run import Options, Run
from healthlint.config import Config, load_config
from healthlint.diagnostic import SEVERITIES, RunInfo, rank
from healthlint.registry import load_part, part_names
from healthlint.session import Session
from healthlint.terminal import wants_color

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthlint.diagnostic import Result

NEVER = "never"


@click.command("check", short_help="Check files and folders (the default command).")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option(
    "--format",
    "format_",
    type=click.Choice(part_names("reporters")),
    default="full",
    show_default=True,
    help="How to print what is found.",
)
@click.option("--output", metavar="FILE", help="Write the report to FILE instead of the screen.")
@click.option(
    "--select", multiple=True, metavar="RULES", help="Only these rules, packs or concerns, such as 'claims,statistic'."
)
@click.option("--extend-select", multiple=True, metavar="RULES", help="These too.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Not these.")
@click.option("--profile", metavar="NAME", help="Who reads it: public-web, patient-leaflet, marketing or clinician.")
@click.option("--locale", metavar="TAG", help="en-GB or en-US; without it, what the page says of itself.")
@click.option("--preview", is_flag=True, help="Run rules that are not yet proven, too.")
@click.option("--fail-on", type=click.Choice([*SEVERITIES, NEVER]), help="Exit with 1 from this severity on [error].")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found (still 2 where a check failed).")
@click.option("--fix", is_flag=True, help="Mend what has a fix that is right in every context.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: the other fixes too. Read what changed.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--baseline", metavar="FILE", help="Leave out what this file knows ('healthlint baseline' writes it).")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule.")
@click.option("--stdin-filename", metavar="NAME", help="With '-': what the text is called, and so how it is read.")
@click.option("--config", "config_path", metavar="FILE", help="Use this configuration for every file.")
@click.option("--no-config", is_flag=True, help="Use no configuration file.")
@click.option("--rules", "rule_paths", multiple=True, metavar="FOLDER", help="Use the rules in FOLDER as well.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these files out of folders.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes to work with.")
@click.option(
    "--allow-safety-suppressions",
    is_flag=True,
    help="Let comments in a page silence errors about medicines and safety.",
)
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour the output.",
)
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], **given: Any) -> None:
    """Check files and folders, '-' for standard input; without PATHS, the current folder.

    Exit code 0: nothing at or above --fail-on. 1: something. 2: something could not be checked.

    \b
    Examples:
      healthlint check leaflet.md news/
      healthlint check --profile patient-leaflet --select medication,safety leaflets/
      healthlint check --format json --output report.json content/
      healthlint check --stdin-filename page.html - < page.html
    """
    if given["no_config"] and given["config_path"]:
        raise click.UsageError("--config and --no-config exclude each other; drop one")
    session = Session(_config(given), _changes(given))
    base = session.base_config(os.getcwd())
    run = Run(session, paths or (".",), Options(
        fix=given["fix"], diff=given["diff"], unsafe_fixes=given["unsafe_fixes"], jobs=given["jobs"],
        stdin_filename=given["stdin_filename"], exclude=(*base.exclude, *given["exclude"]),
        exclude_root=base.folder, baseline=given["baseline"] or base.baseline,
    ))  # fmt: skip
    verdict = _Verdict(session, exit_zero=given["exit_zero"])
    with _stream(given["output"]) as stream:
        if given["diff"]:
            verdict.drain(run.diffs(stream))
        else:
            info = _info(session, base, run, stream, given)
            load_part("reporters", given["format_"]).report(verdict.watch(run.results()), stream, info)
    ctx.exit(verdict.exit_code)


class _Verdict:
    """Watches results stream past and knows the exit code at the end."""

    def __init__(self, session: Session, *, exit_zero: bool) -> None:
        self._session = session
        self._exit_zero = exit_zero
        self._could_not = self._found = False

    def watch(self, results: Iterable[Result]) -> Iterator[Result]:
        """Pass *results* on."""
        for result in results:
            self._could_not |= bool(result.errors)
            fail_on = self._session.config(result.path).fail_on if result.diagnostics else NEVER
            if fail_on != NEVER:
                self._found |= any(rank(each.severity) <= rank(fail_on) for each in result.diagnostics)  # type: ignore[arg-type]
            yield result

    def drain(self, results: Iterable[Result]) -> None:
        """Watch *results* and print nothing, but the errors."""
        for result in self.watch(results):
            for error in result.errors:
                click.echo(f"{result.path}: error: {error}", err=True)

    @property
    def exit_code(self) -> int:
        """0, 1 or 2; 2 beats 1."""
        return COULD_NOT_CHECK if self._could_not else int(self._found and not self._exit_zero)


def _config(given: dict[str, Any]) -> Config | None:
    if given["no_config"]:
        return Config()
    return load_config(given["config_path"]) if given["config_path"] else None


def _changes(given: dict[str, Any]) -> dict[str, Any]:
    lists = ("select", "extend_select", "ignore")
    changes: dict[str, Any] = {name: split(given[name]) for name in lists if given[name]}
    changes |= {name: given[name] for name in ("profile", "locale", "fail_on") if given[name]}
    changes |= {name: True for name in ("preview", "allow_safety_suppressions") if given[name]}
    if given["rule_paths"]:
        changes["rule_paths"] = tuple(map(os.path.abspath, given["rule_paths"]))
    return changes


@contextmanager
def _stream(output: str | None) -> Iterator[TextIO]:
    """Yield standard output, or a file that takes its place at *output* only once it is whole."""
    if output is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="backslashreplace")
        yield sys.stdout
        return
    import io

    from healthlint.regular_file import replace_file

    buffer = io.StringIO()
    yield buffer
    try:
        replace_file(output, buffer.getvalue().encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise click.ClickException(f"{output}: {error.strerror}; name a file that can be written") from error


def _info(session: Session, base: Config, run: Run, stream: TextIO, given: dict[str, Any]) -> RunInfo:
    rulebook = session.rulebook(base)
    automatic = stream is sys.stdout and wants_color(stream, os.environ)
    from healthlint._version import __version__

    return RunInfo(
        version=__version__,
        rulebook=f"sha256:{rulebook.digest}",
        rules=len(rulebook.rules),
        color=given["color"] == "always" or (given["color"] == "auto" and automatic),
        skipped=run.skipped,
        statistics=given["statistics"],
    )
