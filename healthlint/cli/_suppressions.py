"""The report of what is silenced: each comment, with its reason, and what the settings switch off."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from healthlint.cli._outcome import count
from healthlint.records import write_json
from healthlint.summary import one_line
from healthlint.terminal import write_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from healthlint.diagnostic import Result, Suppression


def report_suppressions(results: Iterable[Result], stream: TextIO, off: Iterable[str], *, as_json: bool) -> None:
    """Write the suppressions of *results*; *off* are the rules about harm that the settings leave out."""
    found = [(result.path, each) for result in results for each in result.suppressions]
    if as_json:
        comments = [{"path": path, **each._asdict()} for path, each in found]
        write_json({"version": 1, "suppressions": comments, "off": list(off)}, stream, indent=2)
        return
    for line in _lines(found, tuple(off)):
        write_line(stream, line)


def _lines(found: list[tuple[str, Suppression]], off: tuple[str, ...]) -> Iterator[str]:
    for path, each in found:
        rules = ", ".join(each.rules) or "no rule"
        reason = f"'{each.reason}'" if each.reason else "no reason given, so it silences nothing"
        yield one_line(f"{path}:{each.line}: {rules}: {count(each.silenced, 'finding')} silenced: {reason}")
    silenced = sum(each.silenced for _, each in found)
    yield f"{count(len(found), 'comment')} {'silences' if len(found) == 1 else 'silence'} {count(silenced, 'finding')}."
    if off:
        yield f"The settings of this folder switch off {count(len(off), 'rule')} about medicines or safety:"
        yield from (f"  {each}" for each in off)
