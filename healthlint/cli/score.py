"""``healthlint score``: how hard texts are to read, and what to change."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TextIO

import click

from healthlint import readers
from healthlint.band import level
from healthlint.cli._manual import Manual
from healthlint.cli._outcome import COULD_NOT_CHECK, count, warn
from healthlint.cli._output import opened
from healthlint.cli._run import STDIN, find_pages, progress, read_stdin
from healthlint.cli._score_advice import advice
from healthlint.cli._score_table import record_of, write_csv, write_table
from healthlint.errors import HealthlintError
from healthlint.ratchet import TOLERANCE, read_ratchet, write_ratchet
from healthlint.records import write_json
from healthlint.regular_file import read_bytes
from healthlint.score import score
from healthlint.session import Session
from healthlint.summary import error_line
from healthlint.terminal import clean, wants_color, write_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.files import Found
    from healthlint.ratchet import Ratchet
    from healthlint.score import Score

_BOTH = ("flesch_kincaid_grade", "smog")


@click.command("score", cls=Manual, short_help="Say how hard texts are to read, and what to change.")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--explain", is_flag=True, help="List what makes each text hard and what to change, best first.")
@click.option("--compare", is_flag=True, help="Take two texts, before and after, and say which reads easier.")
@click.option("--baseline", metavar="FILE", help="Fail where a page reads harder than FILE says that it did.")
@click.option("--write-baseline", metavar="FILE", help="Write how hard each page reads into FILE, for --baseline.")
@click.option("--max-grade", type=click.FloatRange(1, 20), metavar="N", help="Fail where both grades are above N.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How to print the scores.",
)
@click.option("--output", metavar="FILE", help="Write to FILE instead of the screen.")
@click.option("--stdin-filename", metavar="NAME", help="With '-': what the text is called, and so how it is read.")
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], **given: Any) -> None:
    """Say how hard files and folders are to read, '-' for standard input; without PATHS, the current folder.

    The grade is a band of school years from two formulas, Flesch-Kincaid and SMOG, over the running prose: headings,
    tables, references and the like are left out. "Own words easy" takes the words of the page's topic, and those it
    explains, as easy ones. A hard sentence is one above 4.5 on a scale from 1 to 6; "healthlint explain
    reading/hard-sentence" says more. Exit code 1: a page is harder than --baseline or --max-grade allows. 2: something
    could not be read.

    \b
    Examples:
      healthlint score leaflets/
      healthlint score --explain leaflet.md
      healthlint score --compare before.md after.md
      healthlint score --write-baseline levels.json content/
      healthlint score --baseline levels.json content/
    """
    _refuse(paths, given)
    ratchet = read_ratchet(given["baseline"]) if given["baseline"] else None
    session = Session()
    reading = _Reading(session, given["stdin_filename"])
    scores = list(reading.scores(paths or (".",)))
    if given["compare"] and len(scores) != 2:
        raise click.UsageError("--compare could not read both texts" if reading.failed else "--compare takes two texts")
    with opened(given["output"]) as stream:
        _write(scores, stream, session, given)
        harder = list(_harder(scores, ratchet, given["max_grade"]))
        for line in harder:
            click.echo(line, err=True)
    if given["write_baseline"]:
        known = write_ratchet(given["write_baseline"], scores)
        click.echo(f"Wrote {clean(given['write_baseline'])}: the levels of {count(known, 'page')}.", err=True)
    ctx.exit(COULD_NOT_CHECK if reading.failed else int(bool(harder)))


def _refuse(paths: tuple[str, ...], given: dict[str, Any]) -> None:
    if given["stdin_filename"] and STDIN not in paths:
        raise click.UsageError("--stdin-filename names the text of '-'; give '-' as a path")
    if given["compare"] and len(paths) != 2:
        raise click.UsageError("--compare takes two texts: healthlint score --compare before.md after.md")
    if given["format_"] != "table" and (given["explain"] or given["compare"]):
        raise click.UsageError("--explain and --compare are for people; drop --format")


class _Reading:
    """Reads and scores texts one by one; *failed* says that one could not be read."""

    def __init__(self, session: Session, stdin_filename: str | None) -> None:
        self.failed = False
        self._session = session
        self._stdin_filename = stdin_filename

    def scores(self, paths: Sequence[str]) -> Iterator[Score]:
        """Yield the score of each text of *paths*, in the order of the files."""
        base = self._session.base_config(os.getcwd())
        found = [each for each in find_pages(paths, base.exclude, base.folder) if not each.skipped]
        with progress(len(found)) as advance:
            for each in found:
                try:
                    yield self._score(each)
                    advance(makes_lines=False)
                except HealthlintError as error:
                    self.failed = True
                    advance(makes_lines=True)
                    message = str(error).removeprefix(f"{each.path}: ")
                    click.echo(error_line(each.path, message, color=False), err=True)

    def _score(self, found: Found) -> Score:
        if found.error:
            raise HealthlintError(found.error)
        is_stdin = found.path == STDIN
        name = (self._stdin_filename or "<stdin>") if is_stdin else found.path
        document = readers.read(name, read_stdin("") if is_stdin else read_bytes(name))
        if document.locale and not document.locale.startswith("en"):
            warn(f"{name}: the page says that it is in '{document.locale}'; the grades are for English")
        return score(document)


def _write(scores: Sequence[Score], stream: TextIO, session: Session, given: dict[str, Any]) -> None:
    if given["format_"] == "json":
        write_json({"version": 1, "scores": [record_of(each) for each in scores]}, stream, indent=2)
    elif given["format_"] == "csv":
        write_csv(scores, stream)
    else:
        color = given["output"] is None and wants_color(stream, os.environ)
        if given["explain"]:
            vocabulary = session.rulebook(session.base_config(os.getcwd())).vocabulary
            for each in scores:
                for line in advice(each, vocabulary, color=color):
                    write_line(stream, line)
        elif scores:
            write_table(scores, stream, color=color)
        if given["compare"]:
            write_line(stream, _comparison(*scores))


def _comparison(before: Score, after: Score) -> str:
    if before.grades is None or after.grades is None:
        return "Too short to compare: each needs 100 words of running prose."
    fall = level(before.counts) - level(after.counts)
    bands = f"about grade {after.grades.band}, before {before.grades.band}"
    if abs(fall) <= TOLERANCE:
        return f"Both read alike: {bands}."
    easier, harder = ("easier", "harder")
    return f"{clean(after.document.name)} reads {easier if fall > 0 else harder}: {bands}."


def _harder(scores: Sequence[Score], ratchet: Ratchet | None, max_grade: float | None) -> Iterator[str]:
    """Yield a line for each page that is harder than it may be."""
    for each in scores:
        rise = ratchet.rise(each) if ratchet else None
        name = clean(each.document.name)
        if rise is not None and rise > TOLERANCE:
            yield f"{name}: harder than it was, by {rise:.1f} grades; 'healthlint score --explain {name}' says why"
        elif each.grades and max_grade is not None and min(each.grades.values[n] for n in _BOTH) > max_grade:
            yield f"{name}: about grade {each.grades.band}, above {max_grade:g}"
