"""``healthlint check``: check files and folders."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TextIO

import click

from healthlint.cli._choice import choosing, chosen_session
from healthlint.cli._completing import complete_paths
from healthlint.cli._manual import Manual
from healthlint.cli._outcome import COULD_NOT_CHECK, count, warn
from healthlint.cli._output import opened, width
from healthlint.cli._run import STDIN, Options, Run
from healthlint.cli._suppressions import report_suppressions
from healthlint.config import Config
from healthlint.diagnostic import DANGEROUS_PACKS, SEVERITIES, RunInfo, rank
from healthlint.errors import HealthlintError
from healthlint.glob import glob_fault, path_from
from healthlint.registry import load_part, part_names
from healthlint.reportpath import find_root
from healthlint.summary import error_line
from healthlint.terminal import clean, wants_color, wants_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthlint.diagnostic import Result
    from healthlint.session import Session

NEVER = "never"


@click.command("check", cls=Manual, short_help="Check files and folders (the default command).")
@click.argument("paths", nargs=-1, metavar="[PATHS]...", shell_complete=complete_paths)
@click.option(
    "--format",
    "format_",
    type=click.Choice(part_names("reporters")),
    default="full",
    show_default=True,
    help="How to print what is found.",
)
@click.option("--output", metavar="FILE", help="Write the report to FILE instead of the screen.")
@choosing
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, NEVER]),
    help="The mildest finding that gives exit code 1.  [default: error]",
)
@click.option(
    "--exit-zero", is_flag=True, help="Exit with 0 whatever is found; still with 2 if a file was not checked."
)
@click.option("--fix", is_flag=True, help="Mend what has a fix that is right in every context.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: other fixes too. Read what changed.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--baseline", metavar="FILE", help="Leave out what FILE knows; 'healthlint baseline' writes it.")
@click.option("--diff-base", metavar="REVISION", help="Only what is on lines changed since this branch or commit.")
@click.option("--report-suppressions", is_flag=True, help="List the comments that silence findings, with reasons.")
@click.option("--statistics", is_flag=True, help="Count findings per rule, concern and file, in formats for people.")
@click.option("--why", is_flag=True, help="Show what each cue of a weighed finding gave, in the format 'full'.")
@click.option("--stdin-filename", metavar="NAME", help="With '-': what the text is called, and so how it is read.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these files out of folders: 'drafts/**'.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    metavar="N",
    help="How many processes share the work.  [default: 1]",
)
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

    \b
    Examples:
      healthlint check leaflet.md news/
      healthlint check --profile patient-leaflet --select medication,safety leaflets/
      healthlint check --format json --output report.json content/
      healthlint check --diff-base origin/main content/
      healthlint check --diff leaflet.md          show what --fix would mend; then --fix mends it
      healthlint check --stdin-filename page.html - < page.html
      healthlint check --grammar leaflet.md
    """
    _refuse(ctx, paths, given)
    session = chosen_session(given)
    verdict = _Verdict(session, exit_zero=given["exit_zero"])
    base = _base(session, verdict)
    run = Run(session, paths or (".",), _options(base, given))
    if given["diff_base"] is not None and run.is_empty:
        click.echo(f"No page changed since {clean(given['diff_base'])}.", err=True)
    verdict.could_not_check |= run.lacks_grammar
    with opened(given["output"]) as stream:
        if given["diff"]:
            verdict.drain(run.diffs(stream))
        elif given["report_suppressions"]:
            off = _dangers_left_out(session, base)
            report_suppressions(verdict.errors_of(run.results()), stream, off, as_json=given["format_"] == "json")
        else:
            mends_stdin = given["fix"] and STDIN in paths
            results = run.mend_stdin(sys.stdout.buffer) if mends_stdin else run.results()
            to = sys.stderr if mends_stdin and given["output"] is None else stream
            info = _info(base, run, to, given)
            load_part("reporters", given["format_"]).report(verdict.watch(results), to, info)
    if given["fix"] or given["diff"]:
        _tell_mended(run, verdict, is_patch=given["diff"])
    ctx.exit(verdict.exit_code)


def _tell_mended(run: Run, verdict: _Verdict, *, is_patch: bool) -> None:
    left = max(0, verdict.findings - run.mended) if is_patch else verdict.findings
    done = "This patch mends" if is_patch else "Mended"
    click.echo(f"{done} {count(run.mended, 'finding')}; {f'{left:,}' if left else 'none'} left.", err=True)
    if run.withheld:
        click.echo(f"Left out {count(run.withheld, 'fix', 'es')}: another rule would object to the result.", err=True)


class _Verdict:
    """Watches results stream past and knows the exit code at the end; *findings* counts what is reported."""

    def __init__(self, session: Session, *, exit_zero: bool) -> None:
        self.could_not_check = False
        self.findings = 0
        self._session = session
        self._exit_zero = exit_zero
        self._fails = False

    def watch(self, results: Iterable[Result]) -> Iterator[Result]:
        """Pass *results* on."""
        for result in results:
            self.could_not_check |= bool(result.errors)
            self.findings += len(result.diagnostics)
            fail_on = self._session.config(result.path).fail_on if result.diagnostics else NEVER
            if fail_on != NEVER:
                self._fails |= any(rank(each.severity) <= rank(fail_on) for each in result.diagnostics)  # type: ignore[arg-type]
            yield result

    def drain(self, results: Iterable[Result]) -> None:
        """Watch *results* and print nothing, but the errors."""
        for result in self.watch(results):
            _tell_errors(result)

    def errors_of(self, results: Iterable[Result]) -> Iterator[Result]:
        """Pass *results* on and print their errors, which alone decide the exit code."""
        for result in results:
            self.could_not_check |= bool(result.errors)
            _tell_errors(result)
            yield result

    @property
    def exit_code(self) -> int:
        """0, 1 or 2; 2 beats 1."""
        return COULD_NOT_CHECK if self.could_not_check else int(self._fails and not self._exit_zero)


def _tell_errors(result: Result) -> None:
    for error in result.errors:
        click.echo(error_line(result.path, error, color=False), err=True)


def _dangers_left_out(session: Session, base: Config) -> Iterator[str]:
    """Yield the rules about medicines and safety that would run by default, but for the settings."""
    running = session.rulebook(base).active
    default = session.rulebook(replace(Config(), profile=base.profile, rule_paths=base.rule_paths)).active
    yield from sorted(rule for rule in default - running if rule.startswith(DANGEROUS_PACKS))


def _refuse(ctx: click.Context, paths: tuple[str, ...], given: dict[str, Any]) -> None:
    """Raise UsageError where options do not go together, so that none is passed over in silence."""
    if given["unsafe_fixes"] and not (given["fix"] or given["diff"]):
        raise click.UsageError("--unsafe-fixes does nothing by itself; add --fix or --diff")
    if given["output"] and _is_one_of(given["output"], paths):
        raise click.UsageError(
            f"--output would overwrite '{given['output']}', which is to be checked; name another file"
        )
    if given["stdin_filename"] and STDIN not in paths:
        raise click.UsageError("--stdin-filename names the text that '-' reads; add '-'")
    if given["diff_base"] is not None and STDIN in paths:
        raise click.UsageError("--diff-base asks git about files; name one instead of '-'")
    is_default = ctx.get_parameter_source("format_") is click.core.ParameterSource.DEFAULT
    if given["diff"] and not is_default:
        raise click.UsageError("--diff prints a patch, not a report; drop --format or --diff")
    if given["report_suppressions"] and (given["fix"] or given["diff"] or given["format_"] not in {"full", "json"}):
        raise click.UsageError("--report-suppressions goes with --format full or json, and without --fix and --diff")
    for glob in given["exclude"]:
        if fault := glob_fault(glob):
            raise click.UsageError(f"--exclude cannot use '{glob}': {fault}")


def _is_one_of(output: str, paths: tuple[str, ...]) -> bool:
    """Say whether *output* is a page that was named, and no device or the like."""
    return os.path.isfile(output) and any(os.path.isfile(each) and os.path.samefile(each, output) for each in paths)


def _base(session: Session, verdict: _Verdict) -> Config:
    """Return what holds for the whole run: the configuration of the current folder.

    One that was found but cannot be used is told and makes the run fail, but the files of other folders are checked.
    """
    try:
        base = session.base_config(os.getcwd())
        session.rulebook(base)
    except HealthlintError as error:
        if not session.is_found:
            raise
        base = session.defaults()
        try:
            session.rulebook(base)
        except HealthlintError:
            raise error from None
        verdict.could_not_check = True
        warn(str(error))
    return base


def _options(base: Config, given: dict[str, Any]) -> Options:
    return Options(
        fix=given["fix"],
        diff=given["diff"],
        unsafe_fixes=given["unsafe_fixes"],
        jobs=given["jobs"],
        stdin_filename=given["stdin_filename"],
        exclude=(*base.exclude, *(_from_folder(base.folder, glob) for glob in given["exclude"])),
        exclude_root=base.folder,
        baseline=given["baseline"] or base.baseline,
        diff_base=given["diff_base"],
    )


def _from_folder(folder: str, glob: str) -> str:
    """Return *glob*, written in the current folder, as seen from *folder*."""
    here = path_from(folder, ".")
    if here == "." or "/" not in glob.rstrip("/"):
        return glob
    literal = re.sub(r"([*?[])", r"[\1]", here)
    return f"{literal}/{glob}"


def _info(base: Config, run: Run, stream: TextIO, given: dict[str, Any]) -> RunInfo:
    rulebook = run.session.rulebook(replace(base, wants_grammar=False) if run.lacks_grammar else base)
    is_screen = given["output"] is None
    automatic = is_screen and wants_color(stream, os.environ)
    color = given["color"] == "always" or (given["color"] == "auto" and automatic)
    from healthlint._version import __version__

    return RunInfo(
        version=__version__,
        rulebook=f"sha256:{rulebook.digest}",
        rules=len(rulebook.rules),
        color=color,
        width=width(stream),
        skipped=run.skipped,
        statistics=given["statistics"],
        why=given["why"],
        links=color and is_screen and wants_links(stream, os.environ),
        root=find_root(os.getcwd(), os.environ),
        facts={rule.id: rule.facts for rule in rulebook.rules},
    )
