"""``healthlint evaluate``: precision and recall on texts that readers judged."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import click

from healthlint._version import __version__
from healthlint.cli._choice import choosing, chosen_session
from healthlint.cli._grammar import announce
from healthlint.cli._manual import Manual
from healthlint.cli._outcome import count
from healthlint.cli._output import opened
from healthlint.errors import ConfigError, unknown
from healthlint.evaluate import evaluate
from healthlint.quality import Quality, write_quality
from healthlint.records import write_json
from healthlint.rule import CONCERNS
from healthlint.share import Share
from healthlint.terminal import clean, write_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from healthlint.evaluate import Case, Evaluation, Score
    from healthlint.rulebook import Rulebook

_ALL = "all"
_PER = 10_000
_COLUMNS = "{:>6} {:>6}  {:<18} {:>9} {:>6}  {:<18} {:>5} {:>16}"
_HEAD = _COLUMNS.format("marks", "found", "recall", "reported", "right", "precision", "F1", f"per {_PER:,} words")


@click.command("evaluate", cls=Manual, short_help="Measure precision and recall on judged texts.")
@click.argument("gold", nargs=-1, required=True, metavar="GOLD...")
@choosing
@click.option("--show", metavar="WHAT", help="Print misses and false alarms of this concern or rule, or of 'all'.")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print."
)
@click.option("--output", metavar="FILE", help="Write to FILE instead of the screen.")
@click.option("--quality", metavar="FILE", help="Write how often each rule was right into FILE; needs --of.")
@click.option("--of", "texts", metavar="WHAT", help="With --quality: which texts they are, as in '20 public pages'.")
def command(gold: tuple[str, ...], **given: Any) -> None:
    """Hold what the rules report against what readers marked in the texts of GOLD, files of one JSON record a line.

    \b
    A mark in a page beside GOLD (all pages of that folder count, marked or not):
      {"page": "tea.md", "start": 12, "end": 18, "quote": "always", "concern": "absolute"}
    A text with its marks:
      {"text": "It always helps.", "quotes": [{"quote": "always", "concern": "absolute"}]}
    A text in which something, or something of one concern, is to be reported, or nothing:
      {"text": "It always helps.", "label": true}

    A mark with "doubt": true or "agreed": false may be found, and is no false alarm. A find counts under efficacy,
    absolute, hype and causal alike. What is reported of a concern that nobody marked is only counted.

    \b
    Example:
      healthlint evaluate --show absolute judged/gold.jsonl
    """
    if bool(given["quality"]) != bool(given["texts"]):
        raise click.UsageError("--quality and --of go together: which file, and which texts were judged")
    session = chosen_session(given)
    announce(session, gold)
    rulebook = session.rulebook(session.base_config(os.getcwd()))
    show = _shown(given["show"], rulebook)
    with opened(given["output"]) as stream:
        evaluation = evaluate(gold, session)
        if given["format_"] == "json":
            write_json(_record(evaluation, gold, rulebook, show), stream, indent=2)
        else:
            for line in (*_case_lines(evaluation, show), *_table_lines(evaluation)):
                write_line(stream, line)
    if given["quality"]:
        _write_quality(given["quality"], given["texts"], evaluation, rulebook)


def _shown(show: str | None, rulebook: Rulebook) -> str:
    known = {_ALL, *CONCERNS, *rulebook.active}
    if show and show not in known:
        raise ConfigError(f"--show: {unknown('rule or concern', show, known)}; 'all' shows everything")
    return show or ""


def _write_quality(path: str, texts: str, evaluation: Evaluation, rulebook: Rulebook) -> None:
    as_of = datetime.now(tz=timezone.utc).date().isoformat()
    severities = {rule.id: rule.severity for rule in rulebook.rules}
    shares = {
        rule: score.precision if severities.get(rule) == "info" else evaluation.loud_rules.get(rule, Share(0, 0))
        for rule, score in evaluation.rules.items()
    }
    judged = {rule: Quality(each.whole, each.part, texts, as_of) for rule, each in shares.items() if each.whole}
    write_quality(path, judged, ran=rulebook.active)
    click.echo(f"Wrote {clean(path)}: {count(len(judged), 'rule')}.", err=True)


def _table_lines(evaluation: Evaluation) -> Iterator[str]:
    for title, scores in (("concern", evaluation.concerns), ("rule", evaluation.rules)):
        width = max(map(len, (title, *scores)), default=0)
        yield f"{title:{width}} {_HEAD}"
        for name, score in scores.items():
            yield f"{name:{width}} {_row(score, evaluation.words)}"
        if title == "concern":
            yield f"{'all':{width}} {_row(evaluation.total, evaluation.words)}"
        yield ""
    loud = evaluation.loud
    yield f"Warnings and errors: {loud.whole:,}, on marked words {loud.part:,}: {loud}."
    marks = count(evaluation.total.expected, "mark")
    yield (
        f"{count(evaluation.texts, 'text')}, {count(evaluation.words, 'word')}, {marks} to find and "
        f"{evaluation.optional:,} more that may be found."
    )
    if evaluation.unjudged:
        listed = ", ".join(f"{concern} {number:,}" for concern, number in evaluation.unjudged.items())
        yield f"Not judged, as nobody marked their concern: {listed}."


def _row(score: Score, words: int) -> str:
    f1 = "-" if score.f1 is None else f"{score.f1:.2f}"
    per = f"{_PER * score.reported / words:.1f}" if words else "-"
    found = (score.expected, score.found, str(score.recall))
    return _COLUMNS.format(*found, score.reported, score.right, str(score.precision), f1, per)


def _case_lines(evaluation: Evaluation, show: str) -> Iterator[str]:
    for case in _cases(evaluation.misses, show):
        yield f"{_place(case)}: missed[{case.concerns[0]}] {clean(case.text)}"
    for case in _cases(evaluation.alarms, show):
        marked = f" (marked: {', '.join(case.marked)})" if case.marked else ""
        yield f"{_place(case)}: false alarm[{', '.join(filter(None, case.rules))}] {clean(case.text)}{marked}"
    if show:
        yield ""


def _place(case: Case) -> str:
    return f"{clean(case.path)}:{case.line}"


def _cases(cases: tuple[Case, ...], show: str) -> list[Case]:
    return [case for case in cases if show == _ALL or show in (*case.concerns, *case.rules)] if show else []


def _record(evaluation: Evaluation, gold: tuple[str, ...], rulebook: Rulebook, show: str) -> dict[str, Any]:
    words = evaluation.words
    return {
        "version": 1,
        "healthlint": __version__,
        "rulebook": f"sha256:{rulebook.digest}",
        "gold": list(gold),
        "texts": evaluation.texts,
        "words": words,
        "optional_marks": evaluation.optional,
        "all": _score_record(evaluation.total, words),
        "concerns": {name: _score_record(score, words) for name, score in evaluation.concerns.items()},
        "rules": {name: _score_record(score, words) for name, score in evaluation.rules.items()},
        "warnings_and_errors": _share_record(evaluation.loud),
        "not_judged": dict(evaluation.unjudged),
        "misses": [case._asdict() for case in _cases(evaluation.misses, show)],
        "false_alarms": [case._asdict() for case in _cases(evaluation.alarms, show)],
    }


def _score_record(score: Score, words: int) -> dict[str, Any]:
    return {
        "marks": score.expected,
        "found": score.found,
        "recall": _share_record(score.recall),
        "reported": score.reported,
        "right": score.right,
        "precision": _share_record(score.precision),
        "f1": score.f1,
        "per_10000_words": _PER * score.reported / words if words else None,
    }


def _share_record(share: Share) -> dict[str, Any]:
    low, high = share.interval or (None, None)
    return {"of": share.whole, "share": share.value, "low": low, "high": high}
